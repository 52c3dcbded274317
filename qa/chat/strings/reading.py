"""Words of asking and reading: masthead, first visit, answers, sources, articles. (Chinese, English)."""

from __future__ import annotations

READING: dict[str, tuple[str, str]] = {
    "name": ("问报", "Wenbao"),
    "motto": ("向报纸提问，读原文作答", "Ask the newspaper, read what it printed"),
    "opening": ("正在打开档案……", "Opening the archive…"),
    "switch_language": ("EN", "中文"),
    "switch_theme": ("明暗", "Light/dark"),
    "new": ("新对话", "New"),
    "menu": ("更多", "More"),
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
