"""The page for those who do not see it, or see it badly: axe-core on every state; and no word of the other language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from index.errors import ArchiveDamaged, ArchiveMissing
from index.schema import Filter
from qa.chat.feedback import Feedback
from qa.schema import Language, Period, Timeline, Unit
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


class Storied(FakeAssistant):
    """A stand-in whose answers have a course in time."""

    def timeline(
        self, question: str, *, unit: Unit | None = None, limit: int = 50, filter: Filter | None = None
    ) -> Timeline | None:
        counts = (Period("2021-06-08", 2), Period("2021-06-09", 0), Period("2021-06-11", 5))
        return Timeline(question, "day", counts, (), undated=1)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(Storied(), feedback=Feedback(tmp_path_factory.mktemp("said") / "feedback.jsonl")) as served:
        yield served


def drawn(page: Any) -> None:
    """Wait until what moves has moved: a colour under way is no colour to judge."""
    moves = "document.getAnimations().filter((each) => each.effect.getTiming().iterations < 9)"
    page.evaluate(f"Promise.all({moves}.map((each) => each.finished.catch(() => null)))")


def states(reader: Visit, *, question: str = QUESTION, unanswered: str = UNANSWERED, words: str = "要") -> Iterator[str]:
    """Bring the page into each of its states, and name it."""
    page = reader.page
    absent = "zzzzz" if words.isascii() else "嗡嗡嗡"
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
    page.locator(".wb-hits").first.wait_for()
    yield "answer with its hits in time"
    page.locator(".wb-card .wb-forms summary").first.click()
    yield "other forms of a citation"
    page.locator("#wb-narrow").click()
    page.locator("#wb-filter-menu").wait_for()
    yield "filters"
    page.keyboard.press("Escape")
    reader.ask(unanswered)
    yield "not found"
    for place, wait_for in (
        ("issue/2021-06-08", ".wb-issue .wb-contents"),
        ("issue/2021-06-09", ".wb-issue .wb-verdict"),
        ("archive/2021-06", ".wb-months"),
        (f"words/date/{words}", ".wb-lines li"),
        (f"words/date/{absent}", ".wb-words .wb-verdict"),
        ("article/gone", ".wb-error"),
    ):
        page.evaluate("(hash) => { location.hash = hash; }", f"#/{place}")
        page.locator(f"#wb-panel {wait_for}").first.wait_for()
        yield place
    reader.seen.errors[:] = [each for each in reader.seen.errors if "404" not in each]  # the browser's own report of "gone"
    page.keyboard.press("Escape")
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
            assert english(reader.page) == [], state


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_empty_archive_and_errors_have_no_findings(visit: Visitor, size: str, theme: str) -> None:
    for nothing in (FakeAssistant(articles=()), ArchiveMissing("data/archive: there is no archive here; make one")):
        with serving(nothing) as empty:
            reader = visit(empty, size=size, theme=theme)
            reader.page.locator(".wb-welcome h1").first.wait_for()
            assert findings(reader.page) == []
            assert english(reader.page) in ([], ["python", "run", "update", "FOLDER"])
            reader.page.close()
        reader.seen.errors[:] = [each for each in reader.seen.errors if "503" not in each]  # the browser's own report
    damaged = "data/archive: the disk failed (disk I/O error); the archive is as it was before"
    with serving(FakeAssistant(failure=ArchiveDamaged(damaged))) as address:
        reader = visit(address, size=size, theme=theme)
        reader.field().press("Enter")
        reader.page.locator("#wb-notice:not(:empty)").wait_for()
        assert findings(reader.page) == [], "empty question"
        assert english(reader.page) == []
        reader.ask(QUESTION)
        assert findings(reader.page) == [], "an error instead of an answer"
        assert english(reader.page) == ["data", "archive"]  # where it lies
        full = {"status": 503, "content_type": "application/json", "body": '{"error": "too many are asking at this moment"}'}
        for path in ("**/page/archive", "**/gradio_api/queue/join*"):
            reader.page.route(path, lambda route: route.fulfill(**full))
        reader.page.evaluate("location.hash = '#/archive'")
        reader.page.locator("#wb-panel .wb-trouble").wait_for()
        assert findings(reader.page) == [], "a view that did not open"
        reader.page.keyboard.press("Escape")
        reader.field().fill(QUESTION)
        reader.field().press("Enter")
        reader.page.locator("#wb-notice:not(:empty)").wait_for()
        assert findings(reader.page) == [], "overload"
        assert english(reader.page) == ["data", "archive"]
        reader.page.close()  # else it is sent again and again
        reader.seen.errors.clear()  # the browser itself reports the 503


def english(page: Any) -> list[str]:
    """Return the English words that are seen, but for names that are written so in Chinese too."""
    return re.findall(r"[A-Za-z]{2,}", SINGLE.sub("", NAMES.sub("", shown(page))))


def shown(page: Any) -> str:
    """Return the text that is seen, and what stands in fields and labels."""
    labels = """() => [...document.querySelectorAll('body *')].filter((each) => each.offsetParent !== null)
        .flatMap((each) => ['aria-label', 'title', 'placeholder'].map((name) => each.getAttribute(name)))
        .filter(Boolean).join('\\n')"""
    return str(page.locator("body").inner_text()) + "\n" + str(page.evaluate(labels))


class Gazette(Storied):
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
        for state in states(
            reader, question="How many jobs does the bridge plan to create?", unanswered="xyzzy?", words="bridge"
        ):
            assert re.findall("[\u3400-\u9fff]+", shown(reader.page).replace("中文", "")) == [], state
