"""The main job in a browser, on the archive that ``app.py`` builds from the seeds."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.conftest import BOTH, SIZES, Visitor

pytestmark = pytest.mark.browser

QUESTION = "智汇谷产业基地计划新增多少个就业岗位？"
ANSWER = "新增5万余个就业岗位"
HEADLINE = "赋能助力聊城高质量发展"


def in_view(page: Any, selector: str) -> bool:
    """Return whether the element lies inside the window and nothing lies over its middle."""
    script = """(selector) => {
        const box = document.querySelector(selector).getClientRects()[0];
        const x = box.left + box.width / 2, y = box.top + box.height / 2;
        const there = document.elementFromPoint(x, y);
        return there !== null && there.closest(selector) !== null;
    }"""
    return bool(page.evaluate(script, selector))


@pytest.mark.parametrize("size", SIZES)
def test_a_question_is_answered_cited_and_shown_in_its_article(visit: Visitor, seeds: str, size: str) -> None:
    reader = visit(seeds, size=size)
    page = reader.page
    reader.ask(QUESTION)
    quote = reader.answer().locator(".wb-quote").first
    assert ANSWER in quote.inner_text()
    assert "5万" in "".join(quote.locator("mark").all_inner_texts())
    card = reader.answer().locator(".wb-card").first
    words = card.inner_text()
    assert HEADLINE in words
    assert "报纸名未印" in words  # the first seed prints no newspaper name: said, not guessed
    assert re.search(r"第\d+段", words)

    card.locator(".wb-card-open").click()
    page.locator("#wb-panel .wb-quoted").first.wait_for()
    assert page.locator("#wb-panel h2").inner_text() == HEADLINE
    assert ANSWER in page.locator("#wb-panel .wb-in-view").inner_text()
    assert in_view(page, "#wb-panel .wb-quoted")
    assert page.locator("#wb-panel .wb-paragraph p").count() > 10

    page.keyboard.press("Escape")
    page.locator("#wb-panel").wait_for(state="hidden")


@pytest.mark.parametrize("size", SIZES)
def test_what_the_page_prints_stands_on_the_card(visit: Visitor, seeds: str, size: str) -> None:
    reader = visit(seeds, size=size)
    reader.ask("社会治理网格化要把握的“四个环节”是哪四个？")
    words = reader.answer().locator(".wb-card").first.inner_text()
    for printed in ("东昌府讯", "2021年6月8日", "总第1345期", "第1版", "推进社会治理网格化服务管理工作", "版次经推断"):
        assert printed in words


@pytest.mark.parametrize("size", BOTH)
def test_examples_come_from_the_archive_and_are_answered(visit: Visitor, seeds: str, size: str) -> None:
    reader = visit(seeds, size=size, wait_for=".wb-example")
    example = reader.page.locator(".wb-zh .wb-example").first
    question = example.inner_text()
    example.click()
    reader.answer().wait_for()
    assert reader.page.locator(".wb-question").inner_text() == question
    assert reader.answer().locator(".wb-quote").count() >= 1


@pytest.mark.parametrize("size", BOTH)
def test_what_the_archive_lacks_is_not_answered(visit: Visitor, seeds: str, size: str) -> None:
    question = "1969年首次登上月球的宇航员叫什么名字？"
    reader = visit(seeds, size=size)
    reader.ask(question)
    words = reader.answer().inner_text()
    assert "档案里没有找到答案" in words
    assert question in words
    assert "2021年6月8日" in words
    assert reader.answer().locator(".wb-quotes").count() == 0


@pytest.mark.parametrize("size", BOTH)
def test_an_english_reader_gets_an_english_page(visit: Visitor, seeds: str, size: str) -> None:
    reader = visit(seeds, size=size, language="en-US")
    reader.ask(QUESTION)
    words = reader.page.locator("body").inner_text()
    for printed in ("Wenbao", "Sources", "Newspaper not named", "Copy citation", "paragraph"):
        assert printed in words
    for chinese in ("出处", "复制引文", "报纸名未印", "读全文"):
        assert chinese not in words
