"""Every word of the page, in Chinese and English, and the two spans that show one of them.

Both languages stand in the page; the stylesheet shows the one that ``<html data-lang>`` names, so the switch
is immediate and covers answers already given. Archive text is never translated and never stands here.
"""

from __future__ import annotations

from index import schema
from qa.chat.markup import Html, esc, join, tag

STRINGS: dict[str, tuple[str, str]] = {
    "name": ("问报", "Wenbao"),
    "motto": ("向报纸提问，读原文作答", "Ask the newspaper, read what it printed"),
    "opening": ("正在打开档案……", "Opening the archive…"),
    "switch_language": ("EN", "中文"),
    "switch_theme": ("明暗", "Light/dark"),
    "new": ("新对话", "New"),
    # masthead and coverage
    "papers": ("{n} 种报纸", "{n} newspapers"),
    "papers_one": ("1 种报纸", "1 newspaper"),
    "pages": ("{n} 个版面", "{n} pages"),
    "pages_one": ("1 个版面", "1 page"),
    "articles": ("{n} 篇文章", "{n} articles"),
    "articles_one": ("1 篇文章", "1 article"),
    "undated": ("{n} 个版面未印日期", "{n} pages print no date"),
    "undated_one": ("1 个版面未印日期", "1 page prints no date"),
    # first visit
    "welcome": ("想查什么？", "What would you like to look up?"),
    "welcome_how": (
        "用一句话提问。回答全是报纸上的原话，答案处划线标出，每句都注明出自哪张报纸、哪一天、哪一版；点开可读全文。",
        "Ask in a sentence. Every answer is the paper’s own words, with the answering words underlined and the newspaper, "
        "day and page named; open any source to read the whole article.",
    ),
    "try": ("试试这几问", "Try one of these"),
    "empty": ("档案里还没有报纸", "There are no newspapers in the archive yet"),
    "empty_how": (
        "把报纸的文字文件放进一个文件夹，运行下面的命令，然后刷新本页。",
        "Put the text files of some newspaper pages into a folder, run the command below, then reload this page.",
    ),
    # asking
    "thinking": ("正在翻阅报纸……", "Turning the pages…"),
    "understood": ("理解为：", "Understood as: "),
    "limited": ("只查：", "Only: "),
    "undated_too": ("含未印日期的版面", "pages without a date included"),
    "page_only": ("第{page}版", "page {page}"),
    "uncertain": ("把握不大，请点开原文核对。", "Not certain: please check against the article itself."),
    "sources": ("出处", "Sources"),
    "also_printed": ("又见：", "Also printed in:"),
    "differs": ("此处作“{here}”，该处作“{there}”", "“{here}” here, “{there}” there"),
    "also": ("相关的还有", "See also"),
    # source
    "no_newspaper": ("报名未印", "Newspaper not printed"),
    "no_date": ("日期未印", "date not printed"),
    "issue_number": ("总第{n}期", "no. {n}"),
    "page": ("第{page}版", "page {page}"),
    "no_headline": ("（无标题）", "(no headline)"),
    "paragraph": ("第{n}段", "paragraph {n}"),
    "caption": ("图片说明", "photo caption"),
    "recognised": ("识别可信度 {sure}", "recognised from a scan, certainty {sure}"),
    "masthead": ("报头", "masthead"),
    "read": ("读全文", "Read the article"),
    "copy": ("复制引文", "Copy citation"),
    # not found
    "not_found": ("档案里没有找到答案", "No answer in this archive"),
    "looked_for": ("查找的是：", "Looked for: "),
    "covers": ("档案现有：{held}。", "The archive holds {held}."),
    "not_found_how": (
        "没有收进来的报纸，这里答不了。也可以换个说法，或写明人名、地名、日期再问。",
        "What is not in these pages cannot be answered here. Try other words, or name a person, a place or a date.",
    ),
    "nearest": ("以下几段只是用词相近，不是答案", "Closest passages by wording, but not an answer"),
    # errors
    "error_empty": ("请先写下问题。", "Please write a question first."),
    "error_long": ("问题太长了，请缩短到 {n} 字以内。", "The question is too long; please keep it under {n} characters."),
    "error_question": ("这个问题没法查，请换个说法再问。", "This question cannot be looked up; please put it another way."),
    "error_archive": ("档案现在打不开。", "The archive cannot be opened right now."),
    "error_unknown": (
        "刚才出了差错，这一问没有答成，请再问一次。",
        "Something went wrong and this question was not answered. Please ask again.",
    ),
    "error_detail": ("原因：", "Reason: "),
    # article
    "article_missing": (
        "档案里没有这篇文章，可能已被移除或更新，请重新提问。",
        "This article is not in the archive any more; it may have been removed or updated. Please ask again.",
    ),
    "jump": ("（{jump}）", "(printed: {jump})"),
    "captions": ("图片说明", "Photo captions"),
    "by": ("", "By "),
    "masthead_passage": ("这句话出自报头，不属于哪篇文章。", "These words stand in the masthead and belong to no article."),
}

# Words that the script sets on controls, and says when the server cannot.
SCRIPT_WORDS: dict[str, tuple[str, str]] = {
    "title": ("问报 · 向报纸提问", "Wenbao · ask the newspaper"),
    "ask_first": ("问一句，例如某人、某事、某一天……", "Ask the newspapers…"),
    "ask_on": ("接着问……", "Ask on…"),
    "question": ("问题", "Your question"),
    "ask": ("提问", "Ask"),
    "close": ("关闭", "Close"),
    "article": ("报纸原文", "The article"),
    "conversation": ("问与答", "Questions and answers"),
    "copied": ("已复制", "Copied"),
    "select_copy": ("已选中，请按复制键", "Selected, now press copy"),
    "empty": ("请先写下问题。", "Please write a question first."),
    "not_opened": ("文章没有打开，请稍后再点一次。", "The article did not open. Please try again in a moment."),
    "not_sent": (
        "没有连上问报，请确认它仍在运行，再问一次。",
        "Wenbao cannot be reached. Check that it is still running, then ask again.",
    ),
}

# What the archive inferred: flag -> its name and its meaning, each in Chinese and English.
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

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def pair(chinese: object, english: object) -> Html:
    """Return both versions; the stylesheet shows one. Parts that are not ``Html`` are escaped."""
    return join(tag("span", chinese, cls="wb-zh", lang="zh"), tag("span", english, cls="wb-en", lang="en"))


def say(key: str, **values: object) -> Html:
    """Return the words of ``key`` in both languages; values are escaped."""
    chinese, english = (filled(template, values) for template in STRINGS[key])
    return pair(chinese, english)


def filled(template: str, values: dict[str, object]) -> Html:
    """Return the template with ``{name}`` replaced by escaped values; the template itself is ours and trusted."""
    return Html(template.format(**{key: esc(value) for key, value in values.items()}))


def count(key: str, n: int) -> Html:
    """Return e.g. ``2 newspapers``; English has its own form for one."""
    return say(f"{key}_one") if n == 1 else say(key, n=f"{n:,}")


def day(iso: str) -> Html:
    """Return a day as each language writes it; anything that is not an ISO day is shown as it stands."""
    parts = iso.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return esc(iso)
    year, month, number = parts[0], int(parts[1]), int(parts[2])
    return pair(f"{year}年{month}月{number}日", f"{number} {MONTHS[month - 1]} {year}")


def flag(name: str) -> Html:
    """Return a flag with its meaning; an unknown one is shown by its name alone."""
    if name not in FLAGS:
        return tag("span", name, cls="wb-flag")
    _, meaning = FLAGS[name]
    explained = pair(join("：", meaning[0]), join(": ", meaning[1]))
    return tag("span", tag("b", flag_name(name)), explained, cls="wb-flag")


def flag_name(name: str) -> Html:
    """Return the name of a flag in both languages."""
    return pair(*FLAGS[name][0]) if name in FLAGS else esc(name)
