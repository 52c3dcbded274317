"""What the archive inferred: flag -> its name and its meaning, each in Chinese and English."""

from __future__ import annotations

from index import schema

FLAGS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    schema.JOINED: (
        ("已拼接", "Rejoined"),
        ("这段在版面上被栏目断开，已接回", "a column break cut this paragraph in two; it was put together again"),
    ),
    schema.MOVED: (
        ("位置经推断", "Position inferred"),
        (
            "文字里这段落在别处，按内容移回了这篇文章",
            "this paragraph stood elsewhere in the text and was moved back into this article",
        ),
    ),
    schema.START_MISSING: (
        ("段首缺失", "Beginning missing"),
        ("这段的开头版面上没有", "the beginning of this paragraph is not on the page"),
    ),
    schema.CONTINUATION_MISSING: (
        ("后文未收录", "Continuation missing"),
        ("文章转到另一版，那一版不在档案里", "the article goes on on a page that the archive lacks"),
    ),
    schema.PAGE_INFERRED: (
        ("版次经推断", "Page number inferred"),
        ("版面上没印版次，由报头或转版推得", "it is not printed but follows from the masthead or a jump line"),
    ),
}
