"""Words that the scripts of the page set on controls, and say when the server cannot. (Chinese, English)."""

from __future__ import annotations

SCRIPT: dict[str, tuple[str, str]] = {
    "title": ("问报 · 向报纸提问", "Wenbao · ask the newspaper"),
    "ask_first": ("问一句，如某人、某事……", "Ask the newspapers…"),
    "ask_on": ("接着问……", "Ask a follow-up…"),
    "question": ("问题", "Your question"),
    "ask": ("提问", "Ask"),
    "stop": ("停下", "Stop"),
    "close": ("关闭", "Close"),
    "menu": ("更多", "More"),
    "article": ("报纸原文", "The article"),
    "conversation": ("问与答", "Questions and answers"),
    "copied": ("已复制", "Copied"),
    "select_copy": ("已选中，请按复制键", "Selected, now press copy"),
    "not_copied": ("没有复制成，请再点一次", "Not copied, please try again"),
    "empty": ("请先写下问题。", "Please write a question first."),
    "not_opened": ("没有打开，请稍后再点一次。", "This did not open. Please try again in a moment."),
    "busy": ("这会儿提问的人太多，请稍候再问。", "Too many are asking just now. Please ask again in a moment."),
    "not_sent": (
        "没有连上问报，请确认它仍在运行，再问一次。",
        "Wenbao cannot be reached. Check that it is still running, then ask again.",
    ),
}
