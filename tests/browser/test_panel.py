"""The article beside the conversation: opened by a number, a card or a link, left by the back button, walked through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.browser.conftest import BOTH, SIZES, Visitor, serving
from tests.qa.chat.fake_assistant import MEETING, VALLEY, FakeAssistant

pytestmark = pytest.mark.browser

QUESTION = "智汇谷产业基地计划新增多少个就业岗位？"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(FakeAssistant()) as served:
        yield served


@pytest.mark.parametrize("size", BOTH)
def test_the_number_behind_a_quote_opens_the_same_source(visit: Visitor, address: str, size: str) -> None:
    reader = visit(address, size=size)
    reader.ask(QUESTION)
    reader.answer().locator(".wb-ref").first.hover()
    assert reader.answer().locator(".wb-card").first.locator(".wb-lit").count() > 0
    reader.answer().locator(".wb-ref").first.click()
    reader.page.locator("#wb-panel mark").first.wait_for()


def test_on_a_phone_the_back_button_closes_the_sheet(visit: Visitor, address: str) -> None:
    reader = visit(address, size="phone")
    reader.ask(QUESTION)
    reader.answer().locator(".wb-card-open").first.click()
    reader.page.locator("#wb-panel .wb-quoted").wait_for()
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 390
    reader.page.go_back()
    reader.page.locator("#wb-panel").wait_for(state="hidden")
    assert reader.page.locator(".wb-answer").count() == 1


@pytest.mark.parametrize("size", SIZES)
def test_a_permanent_link_opens_the_article_with_its_passage(visit: Visitor, address: str, size: str) -> None:
    reader = visit(address, at=f"#/passage/{VALLEY.id}-s02", size=size)
    page = reader.page
    page.locator("#wb-panel .wb-in-view").wait_for()
    assert VALLEY.headline == page.locator("#wb-panel h2").inner_text()
    page.keyboard.press("Escape")
    page.locator("#wb-panel").wait_for(state="hidden")
    assert page.evaluate("location.hash") == ""
    page.evaluate(f"location.hash = '#/passage/{VALLEY.id}-s99'")
    page.locator("#wb-panel .wb-changed").wait_for()
    page.evaluate("location.hash = '#/passage/gone'")
    page.locator("#wb-panel .wb-verdict").wait_for()
    assert "不在档案里了" in page.locator("#wb-panel").inner_text()
    page.evaluate("location.hash = '#/article/" + VALLEY.id + "'")
    page.locator("#wb-panel .wb-paragraph").first.wait_for()
    reader.seen.errors[:] = [error for error in reader.seen.errors if "404" not in error]  # the browser's own report of "gone"


@pytest.mark.parametrize("size", SIZES)
def test_from_an_article_one_steps_to_its_neighbours_and_back(visit: Visitor, size: str) -> None:
    second = replace(MEETING, id="dongchangfuxun-2021-06-08-p1-a02", ordinal=2, headline="高考首日", jump=None, flags=())
    rest = replace(second, id="dongchangfuxun-2021-06-08-p2-a01", issue_id="dongchangfuxun-2021-06-08-p2", page="2", ordinal=1)
    articles = [replace(MEETING, continues_on="2"), second, replace(rest, headline="推进网格化（续）")]
    with serving(FakeAssistant(articles)) as address:
        reader = visit(address, size=size)
        page = reader.page
        reader.ask("社会治理网格化要把握的“四个环节”是哪四个？")
        opener = reader.answer().locator(".wb-card-open").first
        opener.click()
        headline = page.locator("#wb-panel h2")
        page.locator("#wb-panel .wb-quoted").wait_for()
        page.keyboard.press("ArrowRight")
        page.locator("#wb-panel h2", has_text="高考首日").wait_for()
        assert page.evaluate("location.hash") == f"#/article/{second.id}"
        page.locator("#wb-panel .wb-previous").first.click()
        page.locator("#wb-panel .wb-part").wait_for()
        assert "续文见第2版" in page.locator("#wb-panel .wb-part").inner_text()
        page.locator("#wb-panel .wb-page-articles summary").click()
        page.locator("#wb-panel .wb-page-articles .wb-step", has_text="高考首日").click()
        page.locator("#wb-panel h2", has_text="高考首日").wait_for()
        page.keyboard.press("ArrowLeft")
        page.locator("#wb-panel .wb-part button").click()
        page.locator("#wb-panel h2", has_text="（续）").wait_for()
        page.go_back()
        page.locator("#wb-panel h2", has_text=MEETING.headline).wait_for()
        assert headline.count() == 1
        page.locator("#wb-close").click()
        page.locator("#wb-panel").wait_for(state="hidden")
        page.wait_for_function("location.hash === ''")
        assert page.evaluate("document.activeElement.value") == opener.get_attribute("value")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
