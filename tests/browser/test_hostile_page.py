"""A newspaper that tries to take over the page: nothing of it may become an element, a request or a script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import Visit, Visitor, serving
from tests.qa.chat.fake_assistant import FakeAssistant
from tests.qa.chat.hostile import PAYLOADS, WORD, hostile_article
from tests.qa.chat.page_reader import OURS

pytestmark = pytest.mark.browser

# Elements in the places that archive text reaches which this page did not make, and handlers on any of them.
FOREIGN = """([allowed, places]) => [...document.querySelectorAll(places)].flatMap((place) => [...place.querySelectorAll('*')])
    .filter((element) => !allowed.includes(element.tagName.toLowerCase())
        || [...element.attributes].some((each) => each.name.startsWith('on') || /^\\s*(javascript|data|http)/i.test(each.value)))
    .map((element) => element.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(FakeAssistant([hostile_article()])) as served:
        yield served


def foreign(reader: Visit, places: str) -> list[str]:
    """Return the elements that stand in these places and are not ours; no script may have run."""
    assert reader.page.evaluate("window.__struck") is None
    found: list[str] = reader.page.evaluate(FOREIGN, [sorted(OURS), places])
    return found


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_a_hostile_newspaper_stays_text(visit: Visitor, address: str, size: str) -> None:
    reader = visit(address, size=size)
    page = reader.page
    dialogs: list[str] = []

    def dismiss(dialog: Any) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    reader.ask(WORD)
    assert reader.answer().locator(".wb-card").count() == 5
    assert foreign(reader, ".wb-answer, .wb-masthead") == []
    for summary in reader.answer().locator("summary").all():
        summary.click()
    for opener in reader.answer().locator(".wb-card-open").all():
        opener.click()
        page.locator("#wb-panel .wb-in-view").first.wait_for()
        assert foreign(reader, "#wb-panel-body") == []
        page.keyboard.press("Escape")
    assert "<script>window.__struck=1" in reader.answer().inner_text()
    assert page.locator(".katex, svg.mermaid, pre, iframe, form form, img[src^='http']").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert dialogs == []


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_hostile_question_is_echoed_as_text(visit: Visitor, address: str, payload: str) -> None:
    reader = visit(address)
    reader.ask(payload[:400].replace("\n", " "))
    assert foreign(reader, ".wb-question, .wb-answer") == []
    assert reader.page.locator("#wb-talk :is(h1, li, pre, img, iframe, svg.mermaid, .katex, a)").count() == 0
