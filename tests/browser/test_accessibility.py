"""The page for those who do not see it, or see it badly: axe-core on every state; and no word of the other language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from qa.chat.feedback import Feedback
from qa.schema import Language
from tests.browser.conftest import SIZES, Visit, Visitor, serving
from tests.qa.chat.fake_assistant import MEETING, VALLEY, FakeAssistant

pytestmark = pytest.mark.browser

QUESTION = "智汇谷产业基地计划新增多少个就业岗位？"
UNANSWERED = "谁发明了电灯？"
DRAWERS = ("talks", "export", "settings", "keys", "add")
VIEWS = ("overview", "find-words")
# Names that are written alike in both languages, keys, and suffixes of files.
NAMES = re.compile(r"Wenbao|English|Word|PDF|zip|Markdown|BibTeX|RIS|LaTeX|EndNote|Zotero|CSL|JSON|CSV|GB/T|Enter|Esc|EN|\.\w+")
SINGLE = re.compile(r"(?<![A-Za-z])[a-z](?![A-Za-z])")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(FakeAssistant(), feedback=Feedback(tmp_path_factory.mktemp("said") / "feedback.jsonl")) as served:
        yield served


def drawn(page: Any) -> None:
    """Wait until what moves has moved: a colour under way is no colour to judge."""
    moves = "document.getAnimations().filter((each) => each.effect.getTiming().iterations < 9)"
    page.evaluate(f"Promise.all({moves}.map((each) => each.finished.catch(() => null)))")


def states(reader: Visit, *, question: str = QUESTION, unanswered: str = UNANSWERED) -> Iterator[str]:
    """Bring the page into each of its states, and name it."""
    page = reader.page
    page.locator(".wb-example:visible").first.wait_for()
    yield "first visit"
    page.keyboard.press("Tab")
    yield "skip link"
    reader.ask(question)
    page.locator(".wb-said").first.wait_for()
    yield "answer"
    reader.answer().locator(".wb-card-open").first.click()
    page.locator("#wb-panel .wb-quoted").wait_for()
    yield "article"
    page.keyboard.press("Escape")
    reader.ask(unanswered)
    yield "not found"
    for name in VIEWS:
        page.locator("#wb-menu-button").click()
        if name == VIEWS[0]:
            yield "menu"
        page.locator(f"#wb-menu [data-entry={name}]").click()
        page.locator("#wb-panel:not([hidden])").wait_for()
        page.wait_for_timeout(200)
        yield name
        page.keyboard.press("Escape")
    for name in DRAWERS:
        page.locator("#wb-menu-button").click()
        page.locator(f"#wb-menu [data-entry={name}]").click()
        page.locator("#wb-drawer[open]").wait_for()
        yield name
        page.keyboard.press("Escape")
        page.locator("#wb-drawer").wait_for(state="hidden")
    page.wait_for_timeout(400)
    page.reload()
    page.locator("#wb-earlier .wb-answer").first.wait_for()
    yield "after a reload"


def findings(page: Any) -> list[str]:
    """Return what axe-core finds serious or critical."""
    drawn(page)
    result = Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        f"{each['id']}: {node['html'][:140]}"
        for each in result.response["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


@pytest.mark.parametrize(
    ("size", "theme", "language"),
    [
        pytest.param("wide", "light", "zh-CN"),
        pytest.param("phone", "dark", "en-US", marks=pytest.mark.slow),
        pytest.param("wide", "dark", "en-US", marks=pytest.mark.slow),
        pytest.param("phone", "light", "zh-CN", marks=pytest.mark.slow),
    ],
)
def test_axe_finds_nothing_serious_and_the_chinese_page_has_no_english(
    visit: Visitor, address: str, size: str, theme: str, language: str
) -> None:
    reader = visit(address, size=size, theme=theme, language=language)
    for state in states(reader):
        assert findings(reader.page) == [], state
        if language == "zh-CN":
            assert re.findall(r"[A-Za-z]{2,}", SINGLE.sub("", NAMES.sub("", shown(reader.page)))) == [], state


def test_the_empty_archive_and_errors_have_no_findings(visit: Visitor) -> None:
    with serving(FakeAssistant(articles=())) as empty:
        reader = visit(empty)
        assert findings(reader.page) == []
        reader.page.keyboard.press("Enter")
        assert findings(reader.page) == []


def shown(page: Any) -> str:
    """Return the text that is seen, and what stands in fields and labels."""
    labels = """() => [...document.querySelectorAll('body *')].filter((each) => each.offsetParent !== null)
        .flatMap((each) => ['aria-label', 'title', 'placeholder'].map((name) => each.getAttribute(name)))
        .filter(Boolean).join('\\n')"""
    return str(page.locator("body").inner_text()) + "\n" + str(page.evaluate(labels))


class Gazette(FakeAssistant):
    """A stand-in that offers its questions in English too."""

    def examples(self, language: Language, limit: int = 4) -> Sequence[str]:
        return ["How many jobs does the bridge plan to create?"]


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_the_english_page_has_no_chinese(visit: Visitor, tmp_path: Path, size: str) -> None:
    texts = (
        "The new bridge over the river was opened on Monday; it is 1260 metres long and took three years to build.",
        "The mayor said that the bridge plans to create 5000 jobs in the valley within the next two years.",
    )
    articles = [
        replace(
            each,
            id=f"gazette-2021-06-08-p1-a0{number}",
            issue_id="gazette-2021-06-08-p1",
            newspaper="The Gazette",
            date="2021-06-08",
            page="1",
            headline="The bridge is open",
            kicker=None,
            subheads=(),
            authors=("A. Writer",),
            captions=(),
            jump=None,
            paragraphs=tuple(replace(each.paragraphs[0], number=at, text=text) for at, text in enumerate(texts, 1)),
        )
        for number, each in enumerate((MEETING, VALLEY), 1)
    ]
    with serving(Gazette(articles), feedback=Feedback(tmp_path / "feedback.jsonl")) as address:
        reader = visit(address, size=size, language="en-US")
        for state in states(reader, question="How many jobs does the bridge plan to create?", unanswered="xyzzy?"):
            assert re.findall("[\u3400-\u9fff]+", shown(reader.page).replace("中文", "")) == [], state
