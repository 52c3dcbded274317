"""Web pages: users' selectors, pages of unknown make, what is refused."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from index.errors import ReadError
from index.parsing import parse_page
from index.readers import read_file

PAGE = """<html><body><div id="story"><p class="t">河水清了</p><span class="w">方同 田一天</span>
<div class="text"><p>河水清了，人在河里能看到小田螺。</p><p hidden>隐藏</p><script>alert(1)</script></div></div>
<div id="other"><p>无关的话，在这里写着。</p></div></body></html>"""
SELECTORS = "清河日报网:\n  newspaper: 清河日报\n  body: '#story .text'\n  headline: p.t\n  author: .w\n"


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("place", ["selectors.yaml", "day/selectors.yml"])
def test_selectors_of_users(tmp_path: Path, place: str) -> None:
    write(tmp_path / place, SELECTORS)
    [page] = read_file(write(tmp_path / "day" / "a.html", PAGE, "gb18030")).pages
    issue = parse_page(page)
    assert issue.newspaper == "清河日报"
    [article] = issue.articles
    assert (article.headline, article.authors) == ("河水清了", ("方同", "田一天"))
    assert [paragraph.text for paragraph in article.paragraphs] == ["河水清了，人在河里能看到小田螺。"]


@pytest.mark.parametrize(
    ("selectors", "reason"),
    [
        ("x:\n  body: 'p['\n", "no CSS selector"),
        ("x:\n  headline: h1\n", "needs body"),
        ("x:\n  body: ' '\n", "needs body"),
        ("x: [\n", "is no YAML"),
        ("x:\n  body: div.absent\n", "none of its layouts has its body on this page"),
        ("x:\n  body: p\n  date: p\n", "does not know date"),
    ],
)
def test_faulty_selectors_are_told(tmp_path: Path, selectors: str, reason: str) -> None:
    write(tmp_path / "selectors.yaml", selectors)
    reading = read_file(write(tmp_path / "a.html", PAGE))
    assert len(reading.pages) == 1
    assert reason in reading.skipped[0].reason
    assert reading.skipped[0].source == str(tmp_path / "selectors.yaml")


def test_page_of_unknown_make(tmp_path: Path) -> None:
    text = """<html><head><title>x</title></head><body><nav><a href="/">首页</a></nav><article><h1>河水清了</h1>
    <p>本报讯（记者 方同）河水清了，人在河里能看到小田螺。</p><h2>天天有人看河</h2><p>县里说，一年里每天有人看河。</p>
    <table><tr><td>河段</td><td>长度</td></tr></table></article><footer>版权所有</footer></body></html>"""
    [page] = read_file(write(tmp_path / "a.html", text)).pages
    assert page.text.split("\n\n") == [
        "# 河水清了",
        "本报讯（记者 方同）河水清了，人在河里能看到小田螺。",
        "## 天天有人看河",
        "县里说，一年里每天有人看河。",
        "| 河段 | 长度 |",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<html><body><ul>" + "<li><a href='x'>第01版：要闻标题一条</a></li>" * 20 + "</ul></body></html>", "is a page of links"),
        ("<html><body><script>var a = '<p>text</p>';</script></body></html>", "holds no text"),
        ("<" * 500_000, "is too large|holds no text"),
    ],
)
def test_refusals(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_file(write(tmp_path / "a.html", text))


@pytest.mark.parametrize("piece", ["<div>", "<!--", "<p ", "&", "<a b='", "<![CDATA[", "</", "<!DOCTYPE "])
def test_hostile_markup_takes_no_long_time(tmp_path: Path, piece: str) -> None:
    started = time.process_time()
    path = write(tmp_path / "a.html", "<p>河水清了，鱼多了。</p>" + piece * (150_000 // len(piece)))
    try:
        read_file(path)
    except ReadError as error:
        assert "\n" not in str(error)
    assert time.process_time() - started < 10


def test_xhtml_is_read_without_a_warning(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="UTF-8"?>\n<body><h1>河水清了</h1><p>河水清了，鱼多了，天天有人看鱼。</p></body>'
    assert "鱼多了" in read_file(write(tmp_path / "a.xhtml", text)).pages[0].text
