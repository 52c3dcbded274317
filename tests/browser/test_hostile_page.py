"""A newspaper that tries to take over the page: nothing of it may become an element, a request or a script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from index.schema import ArticleRecord, Filter
from qa.schema import Answer, Turn
from tests.browser.conftest import SIZES, Visit, Visitor, serving
from tests.qa.chat.fake_assistant import FakeAssistant
from tests.qa.chat.hostile import BARE, PAYLOADS, WORD, hostile_article, in_every_field, vectors
from tests.qa.chat.page_reader import OURS

pytestmark = pytest.mark.browser

# Elements in the places that archive text reaches which this page did not make, and handlers on any of them.
FOREIGN = """([allowed, places]) => [...document.querySelectorAll(places)].flatMap((place) => [...place.querySelectorAll('*')])
    .filter((element) => !allowed.includes(element.tagName.toLowerCase())
        || [...element.attributes].some((each) => each.name.startsWith('on') || each.name === 'style'
            || (element.className.includes?.('wb-copy') ? false : /^\\s*(javascript|data|http)/i.test(each.value))))
    .map((element) => element.outerHTML.slice(0, 200))"""
# Opens each article in the panel; returns what is not ours there, what sticks out, and which were not shown.
LEAF_THROUGH = """async ([allowed, addresses]) => {
    const { openPanel } = await import('wb/panel');
    const wrong = [];
    for (const address of addresses) {
        await openPanel(address);
        const body = document.getElementById('wb-panel-body');
        if (!body.querySelector('.wb-article .wb-paragraph')) wrong.push(`${address} was not shown`);
        if (body.scrollWidth > body.clientWidth) wrong.push(`${address} sticks out by ${body.scrollWidth - body.clientWidth}`);
        for (const element of body.querySelectorAll('*')) {
            if (!allowed.includes(element.tagName.toLowerCase())) wrong.push(element.outerHTML.slice(0, 200));
            const names = [...element.attributes].map(({ name }) => name);
            const bad = names.some((name) => name.startsWith('on') || ['style', 'href', 'src'].includes(name));
            if (bad) wrong.push(element.outerHTML.slice(0, 200));
            const box = element.getBoundingClientRect();
            const seen = box.width > 1 && !element.closest('.wb-hidden');
            if (seen && box.right > innerWidth + 1) wrong.push(`${address} ${element.className} ends at ${box.right}`);
        }
    }
    return wrong;
}"""


class Everything(FakeAssistant):
    """A stand-in that puts ``most`` of what it has into one answer."""

    most = 500

    def ask(
        self, question: str, history: Sequence[Turn] = (), limit: int | None = None, *, filter: Filter | None = None
    ) -> Answer:
        return super().ask(question, history, self.most, filter=filter)


def foreign(reader: Visit, places: str) -> list[str]:
    """Return the elements that stand in these places and are not ours; no script may have run."""
    assert reader.page.evaluate("window.__struck") is None
    found: list[str] = reader.page.evaluate(FOREIGN, [sorted(OURS), places])
    return found


def nothing_got_through(visit: Visitor, articles: Iterable[ArticleRecord], questions: Iterable[str], *, size: str) -> None:
    """Answer from these articles, open them all, ask these questions: text stays text. Requests and errors ``visit`` sees."""
    assistant = Everything(list(articles))
    with serving(assistant) as address:
        reader = visit(address, size=size)
        page, dialogs = reader.page, list[str]()

        def dismiss(dialog: Any) -> None:
            dialogs.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", dismiss)
        assert foreign(reader, ".wb-welcome") == []
        reader.ask(WORD)
        page.evaluate("document.querySelectorAll('.wb-answer details').forEach((each) => { each.open = true; })")
        assert foreign(reader, ".wb-answer, .wb-masthead") == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        openers = page.evaluate("[...new Set([...document.querySelectorAll('.wb-card-open')].map((each) => each.value))]")
        assert len(openers) >= len(reader.page.locator(".wb-card").all()) // 2
        allowed = sorted(OURS | {"nav", "ul", "li", "kbd"})
        assert page.evaluate(LEAF_THROUGH, [allowed, openers]) == []
        page.keyboard.press("Escape")
        assistant.most = 1
        for question in questions:
            reader.ask(question[:400].replace("\n", " ") or "？")
            assert foreign(reader, ".wb-question, .wb-answer") == [], question
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.locator(".katex, svg.mermaid, pre, iframe, form form, img[src^='http']").count() == 0
        assert page.locator("#wb-talk :is(h1, pre, img, iframe, svg.mermaid, .katex, a)").count() == 0
        assert dialogs == []


def test_payloads_in_every_field_and_question_stay_text(visit: Visitor) -> None:
    articles = [in_every_field([payload], number=number) for number, payload in enumerate(BARE, 1)]
    nothing_got_through(visit, [hostile_article(), *articles], PAYLOADS, size="phone")


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_every_payload_in_every_dress_stays_text(visit: Visitor, size: str) -> None:
    payloads = list(vectors())
    assert len(payloads) > 200
    for first in range(0, len(payloads), 40):  # the page keeps the last fifty
        part = payloads[first : first + 40]
        articles = [in_every_field([payload], number=number) for number, payload in enumerate(part, 1)]
        nothing_got_through(visit, articles, part, size=size)
