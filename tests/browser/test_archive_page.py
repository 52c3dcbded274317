"""The archive's own views in a browser, over a small archive: overview, year, issue, words in context, chips, bars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest

from tests.browser.conftest import BOTH, SIZES, Visitor, serving
from tests.browser.library import BRIDGE, DAILY, WEEKLY, library
from tests.qa.chat.fake_assistant import MEETING, FakeAssistant
from tests.qa.chat.hostile import WORD, hostile_article

pytestmark = pytest.mark.browser

COST = f"{BRIDGE}主塔封顶时完成投资多少万元？"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(library(tmp_path_factory.mktemp("library") / "archive")) as served:
        yield served


def place(page: Any) -> str:
    """Return what the address bar points at."""
    return unquote(page.evaluate("location.hash"))


def fits(page: Any) -> bool:
    """Tell whether nothing is wider than the window or the panel."""
    script = """() => document.documentElement.scrollWidth <= innerWidth
        && document.getElementById('wb-panel-body').scrollWidth <= document.getElementById('wb-panel-body').clientWidth"""
    return bool(page.evaluate(script))


def chips(page: Any) -> list[str]:
    return [each.strip() for each in page.locator("#wb-limits bdi").all_inner_texts()]


@pytest.mark.parametrize("size", SIZES)
def test_from_the_overview_to_an_article_and_back(visit: Visitor, address: str, size: str) -> None:
    page = visit(address, size=size).page
    page.keyboard.press("g")
    page.locator("#wb-panel .wb-years").wait_for()
    words = page.locator("#wb-panel").inner_text()
    for printed in ("档案总览", DAILY, WEEKLY, "1 个版面未印日期", "2020年1月1日 — 2021年12月31日"):
        assert printed in words
    assert place(page) == "#/archive"
    assert fits(page)
    assert page.evaluate("window.__struck") is None
    assert page.locator("#wb-panel img").count() == 0

    page.locator("#wb-panel .wb-years tbody tr").first.locator("button.wb-heat").nth(1).click()
    page.locator("#wb-panel .wb-sheet[aria-current]").wait_for()
    assert place(page) == "#/archive/2020-02"
    assert f"{DAILY} 可能缺 10–12 日" in page.locator("#wb-panel .wb-sheet[aria-current]").inner_text()
    assert page.locator("#wb-panel .wb-sheet[aria-current] .wb-gap").count() == 3
    assert fits(page)

    page.locator("#wb-panel .wb-sheet[aria-current] button.wb-day").first.focus()
    page.keyboard.press("ArrowDown")  # from Saturday 1 to Saturday 8
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.locator("#wb-panel .wb-issue").wait_for()
    assert place(page) == "#/issue/2020-02-07"
    assert "2020年2月7日" in page.locator("#wb-panel").inner_text()
    assert page.locator("#wb-panel .wb-tab").all_inner_texts() == [WEEKLY, DAILY]
    assert fits(page)

    page.locator("#wb-panel .wb-tab", has_text=DAILY).click()
    page.locator("#wb-panel .wb-headline").wait_for()
    assert place(page) == f"#/issue/2020-02-07/{DAILY}"
    page.locator("#wb-panel .wb-issue-after").first.click()
    page.wait_for_function(f"decodeURIComponent(location.hash) === '#/issue/2020-02-08/{DAILY}'")
    page.locator("#wb-panel .wb-contents button").first.click()
    page.locator("#wb-panel .wb-article").wait_for()
    assert "城区图书馆接待读者" in page.locator("#wb-panel").inner_text()
    page.go_back()
    page.locator("#wb-panel .wb-issue").wait_for()
    page.go_back()
    page.locator("#wb-panel .wb-months").wait_for()
    page.keyboard.press("Escape")
    page.locator("#wb-panel").wait_for(state="hidden")
    assert place(page) == ""


@pytest.mark.parametrize("size", SIZES)
def test_what_a_question_limits_is_shown_and_taken_away(visit: Visitor, address: str, size: str) -> None:
    reader = visit(address, size=size)
    page = reader.page
    reader.ask(f"2020年4月的报纸上，{COST}")
    page.locator("#wb-limits").wait_for()
    assert chips(page) == ["2020年4月", "含未印日期的版面"]
    assert page.locator("#wb-limits .wb-read-out").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#wb-limits button").first.click()
    page.locator(".wb-answer").nth(1).wait_for()
    page.locator("#wb-limits").wait_for(state="detached")

    page.locator("#wb-narrow").click()
    menu = page.locator("#wb-filter-menu")
    menu.wait_for()
    assert f"{WEEKLY}\n105 期" in menu.inner_text()
    assert "img" not in menu.inner_html().replace("&lt;img", "")
    menu.locator("label", has_text=WEEKLY).locator("input").check()
    menu.locator("input[type=date]").first.fill("2021-01-01")
    menu.locator("input[type=text]").first.fill("A2")
    page.keyboard.press("Enter")
    assert chips(page) == ["2021年", WEEKLY, "第A2版", "含未印日期的版面"]
    page.keyboard.press("Escape")
    menu.wait_for(state="detached")
    assert page.evaluate("document.activeElement.id") == "wb-narrow"
    page.locator("#wb-narrow[aria-label='限定范围（3 项）']").wait_for()

    reader.ask(f"{BRIDGE}完成投资多少万元？")
    cards = reader.answer().locator(".wb-card .wb-place").all_inner_texts()
    assert cards
    assert all("2021年" in card and WEEKLY in card for card in cards)
    assert chips(page) == ["2021年", WEEKLY, "第A2版", "含未印日期的版面"]
    for _ in range(4):
        page.locator("#wb-limits button").first.click()
    page.locator("#wb-limits .wb-limit:not(.wb-read-out)").first.wait_for(state="detached")


@pytest.mark.parametrize("size", SIZES)
def test_hits_stand_in_time_and_a_phrase_in_its_context(visit: Visitor, address: str, size: str) -> None:
    reader = visit(address, size=size)
    page = reader.page
    reader.ask(f"{BRIDGE}完成投资多少万元？")
    bars = page.locator(".wb-hits")
    bars.wait_for()
    assert "相关报道 6 篇，按月分布如下" in bars.inner_text()
    assert bars.locator(".wb-column").count() == 23  # January 2020 to November 2021
    assert bars.locator("button.wb-period").count() == 6
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    bars.locator("button.wb-period").nth(3).click()
    page.locator(".wb-question").nth(1).wait_for()
    page.locator("#wb-limits").wait_for()
    assert chips(page) == ["2021年3月"]

    reader.ask(f"“{BRIDGE}”")
    button = page.locator(".wb-everywhere")
    button.wait_for()
    if size == "phone":
        button.click()
    lines = page.locator("#wb-panel .wb-lines li")
    lines.first.wait_for()
    assert lines.count() == 6
    assert place(page) == f"#/words/date/{BRIDGE}"
    assert "开工建设" in lines.first.inner_text()
    middles = page.evaluate(
        "[...document.querySelectorAll('.wb-key')].map((each) => Math.round(each.getBoundingClientRect().left))"
    )
    assert len(set(middles)) == 1  # the words stand under one another
    assert fits(page)
    page.locator("#wb-panel .wb-tab", has_text="按后面的字").click()
    page.wait_for_function("location.hash.startsWith('#/words/after/')")
    page.locator("#wb-panel .wb-tab[aria-pressed=true]", has_text="按后面的字").wait_for()
    ordered = [each.split("，")[0] for each in page.locator("#wb-panel .wb-right").all_inner_texts()]
    assert ordered == sorted(ordered)
    lines.first.locator(".wb-key").click()
    page.locator("#wb-panel mark").wait_for()
    assert page.locator("#wb-panel mark").inner_text() == BRIDGE
    page.go_back()
    lines.first.wait_for()


@pytest.mark.parametrize("size", BOTH)
def test_every_view_has_an_address_of_its_own(visit: Visitor, address: str, size: str) -> None:
    page = visit(address, size=size, language="en-US", theme="dark").page
    page.evaluate("(words) => history.replaceState(null, '', `#/words/date/${words}`)", BRIDGE)
    page.reload()
    page.locator("#wb-panel .wb-lines").wait_for()
    assert "6 places" in page.locator("#wb-panel").inner_text()
    for hash, wait_for, words in (
        ("/archive/2021", ".wb-months", "December 2021"),
        (f"/archive/all/{DAILY}", ".wb-archive", "57 issues"),
        ("/issue/2021-03-19", ".wb-issue", "19 March 2021"),
        ("/issue/2020-02-11", ".wb-issue", "The archive holds no newspaper of this day."),
        ("/issue/undated/~", ".wb-issue", "Every page prints its date."),
        ("/words", ".wb-words-form", ""),
    ):
        page.evaluate("(hash) => { location.hash = hash; }", hash)
        page.locator(f"#wb-panel {wait_for}").filter(has_text=words).wait_for()
        assert fits(page)
        words_shown = page.locator("#wb-panel").inner_text()
        assert not any(chinese in words_shown for chinese in ("期数", "缺报", "没有", "上一期"))
    page.locator(".wb-words-form input").fill("游船照常")
    page.keyboard.press("Enter")
    page.locator(".wb-lines li").first.wait_for()
    assert place(page) == "#/words/date/游船照常"


@pytest.mark.parametrize("size", BOTH)
def test_the_words_of_an_answer_are_looked_for_within_its_limits(visit: Visitor, address: str, size: str) -> None:
    reader = visit(address, size=size)
    page = reader.page
    reader.ask(f"2020年的报纸上，“{BRIDGE}”完成投资多少万元？")
    page.locator(".wb-everywhere").click()
    lines = page.locator("#wb-panel .wb-lines li")
    lines.first.wait_for()
    assert lines.count() == 3
    limits = page.locator("#wb-panel .wb-words header .wb-note")
    assert "2020年1月1日 — 2020年12月31日" in limits.inner_text()
    page.locator("#wb-panel .wb-words-form input").fill("市长王志强")
    page.keyboard.press("Enter")
    page.locator("#wb-panel h2", has_text="市长王志强").wait_for()
    assert lines.count() == 3
    reader.reload()
    page.locator("#wb-panel h2", has_text="市长王志强").wait_for()
    assert lines.count() == 3
    page.keyboard.press("Escape")
    page.wait_for_function("location.hash === ''")
    page.keyboard.press("w")
    page.locator("#wb-panel .wb-words-form input").fill(BRIDGE)
    page.keyboard.press("Enter")
    page.locator("#wb-panel h2", has_text=BRIDGE).wait_for()
    assert lines.count() == 6


NOTED = {
    "zh-CN": ("In the papers of 2019, who opened the bridge?", "档案里没有", r"[A-Za-z]{2,}"),
    "en-US": ("2019年的报纸上，谁主持了通车仪式？", "The archive has no newspaper of", "[\u4e00-\u9fff]"),
}


@pytest.mark.parametrize("size", BOTH)
@pytest.mark.parametrize("language", NOTED)
def test_what_is_said_beside_an_answer_is_in_the_language_of_the_page(
    visit: Visitor, address: str, language: str, size: str
) -> None:
    question, words, foreign = NOTED[language]
    reader = visit(address, size=size, language=language)
    reader.ask(question)
    notes = reader.answer().locator(".wb-notes").first.inner_text()
    assert words in notes
    assert not re.search(foreign, re.sub("“[^”]*”|→[^；;]*|按中文查找：.*", "", notes)), notes
    reader.page.locator("#wb-language").click()
    assert words not in reader.answer().locator(".wb-notes").first.inner_text()


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_a_hostile_newspaper_stays_text_in_every_view(visit: Visitor, size: str) -> None:
    with serving(FakeAssistant([hostile_article(), MEETING])) as address:
        page = visit(address, size=size).page
        for hash in (
            "/archive",
            "/archive/2021",
            "/issue/undated",
            "/issue/2021-06-08",
            f"/words/date/{WORD}",
            f"/words/after/{WORD}",
        ):
            page.evaluate("(hash) => { location.hash = hash; }", hash)
            name = "words" if "words" in hash else "issue" if "issue" in hash else "archive"
            page.locator(f"#wb-panel .wb-{name}").first.wait_for()
            page.wait_for_timeout(300)
            assert fits(page)
            assert page.evaluate("window.__struck") is None
            assert page.locator("#wb-panel-body :is(img, script, iframe, svg, a, style, form:not(.wb-words-form))").count() == 0
        page.locator("#wb-panel #wb-close").click()
        page.locator("#wb-narrow").click()
        page.locator("#wb-filter-menu").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
