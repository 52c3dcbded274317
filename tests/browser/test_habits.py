"""A reader's own things in a browser: conversations kept, exports, a word on a source, settings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.chat.feedback import Feedback
from tests.browser.conftest import BOTH, SIZES, Visitor, serving
from tests.browser.test_hostile_page import FOREIGN
from tests.qa.chat.fake_assistant import FakeAssistant
from tests.qa.chat.hostile import WORD, hostile_article
from tests.qa.chat.page_reader import OURS

pytestmark = pytest.mark.browser

QUESTION = "智汇谷产业基地计划新增多少个就业岗位？"
NEXT = "那总裁是谁？"


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("feedback") / "feedback.jsonl"


@pytest.fixture(scope="module")
def address(assistant: FakeAssistant, ledger: Path) -> Iterator[str]:
    with serving(assistant, feedback=Feedback(ledger)) as served:
        yield served


@pytest.mark.parametrize("size", BOTH)
def test_a_conversation_outlives_the_page(visit: Visitor, address: str, assistant: FakeAssistant, size: str) -> None:
    reader = visit(address, size=size)
    page = reader.page
    reader.ask(QUESTION)
    before = reader.answer().locator(".wb-quotes").inner_text()
    page.wait_for_timeout(400)
    reader.reload()
    page.locator("#wb-earlier .wb-answer").wait_for()
    assert page.locator("#wb-earlier .wb-quotes").inner_text() == before
    page.locator("#wb-earlier .wb-card-open").first.click()
    page.locator("#wb-panel .wb-quoted").wait_for()
    page.keyboard.press("Escape")
    reader.ask(NEXT)
    assert [turn.question for turn in assistant.histories[-1]] == [QUESTION]
    assert "5万" in assistant.histories[-1][0].answer
    assert "①" not in assistant.histories[-1][0].answer
    page.wait_for_timeout(400)

    page.locator("#wb-new").click()
    page.locator(".wb-welcome").wait_for()
    page.locator("#wb-talk .wb-question").first.wait_for(state="detached")
    reader.ask("要把握哪“四个环节”？")
    page.wait_for_timeout(400)
    drawer = reader.from_menu("talks")
    assert drawer.locator(".wb-talk-title").all_inner_texts() == ["要把握哪“四个环节”？", QUESTION]
    assert "2 问" in drawer.inner_text()
    drawer.locator("text=改名").last.click()
    drawer.locator(".wb-field").fill("<b>就业</b>")
    drawer.locator(".wb-field").press("Enter")
    assert drawer.locator(".wb-talk-title").last.inner_text() == "<b>就业</b>"
    drawer.locator(".wb-talk-open").last.click()
    page.locator("#wb-earlier .wb-question").nth(1).wait_for()
    assert page.locator("#wb-earlier .wb-question").all_inner_texts() == [QUESTION, NEXT]

    drawer = reader.from_menu("talks")
    delete = drawer.locator(".wb-talk-row").first.locator(".wb-talk-actions .wb-link").last
    delete.click()
    assert delete.inner_text() == "确定？"
    delete.click()
    drawer.locator(".wb-talk-row").nth(1).wait_for(state="detached")
    assert drawer.locator(".wb-talk-title").all_inner_texts() == ["<b>就业</b>"]
    page.keyboard.press("Escape")

    drawer = reader.from_menu("settings")
    drawer.locator("input[name=wb-set-keep][value=no]").check()
    page.keyboard.press("Escape")
    reader.reload()
    page.locator(".wb-welcome").wait_for()
    assert page.locator("#wb-earlier").count() == 0
    assert page.evaluate("localStorage.getItem('wenbao-talks')") is None
    assert "不保留" in reader.from_menu("talks").inner_text()


def test_what_is_kept_is_never_obeyed(visit: Visitor) -> None:
    struck = "<script>window.__struck=1</script><img src=x onerror='window.__struck=2'><a href='javascript:1'>x</a>"
    hostile = f"<div class='wb-answer' onclick='window.__struck=3' style='position:fixed'><p class='wb-prose'>{struck}</p></div>"
    kept = [{"id": "one", "title": struck, "at": 1, "exchanges": [{"question": struck, "answer": hostile}]}, {"id": 7}, None]
    with serving(FakeAssistant([hostile_article()])) as address:
        reader = visit(address)
        page = reader.page
        page.evaluate(
            "(kept) => { localStorage['wenbao-talks'] = JSON.stringify(kept); sessionStorage['wenbao-talk'] = 'one' }", kept
        )
        reader.reload()
        page.locator("#wb-earlier .wb-answer").wait_for()
        reader.from_menu("talks")
        assert page.evaluate(FOREIGN, [sorted(OURS), "#wb-earlier"]) == []
        assert page.locator("#wb-drawer .wb-talk-title :is(*)").count() == 0
        page.keyboard.press("Escape")
        reader.ask(WORD)
        page.wait_for_timeout(400)
        reader.reload()
        page.locator("#wb-earlier .wb-answer").nth(1).wait_for()
        assert page.evaluate(FOREIGN, [sorted(OURS), "#wb-earlier"]) == []
        for broken in ("{", "[1]", '{"a":1}', "[" * 9000):
            page.evaluate("(text) => { localStorage['wenbao-talks'] = text }", broken)
            reader.reload()
            page.locator(".wb-welcome").wait_for()
        assert page.evaluate("window.__struck") is None
        # The policy of the page refuses handlers even before they are taken away, and says so.
        assert [error for error in reader.seen.errors if "Content Security Policy" not in error] == []
        reader.seen.errors.clear()


@pytest.mark.parametrize("size", BOTH)
def test_exports_and_a_word_on_a_source(visit: Visitor, address: str, ledger: Path, size: str) -> None:
    reader = visit(address, size=size)
    page = reader.page
    reader.ask(QUESTION)
    drawer = reader.from_menu("export")
    for format, suffix, words in (
        ("markdown", ".md", "新增5万余个就业岗位"),
        ("docx", ".docx", None),
        ("bibtex", ".bib", "@article{"),
        ("ris", ".ris", "TY  - NEWS"),
    ):
        with page.expect_download() as coming:
            drawer.locator(f"[data-format={format}]").click()
        assert coming.value.suggested_filename.endswith(suffix)
        if words:
            assert words in Path(coming.value.path()).read_text(encoding="utf-8")
    page.keyboard.press("Escape")
    card = reader.answer().locator(".wb-card").first
    card.locator("[data-verdict=wrong]").click()
    card.locator("[data-verdict=wrong][aria-pressed=true]").wait_for()
    assert "已经记下" in page.locator("#wb-notice").inner_text()
    said = json.loads(ledger.read_text(encoding="utf-8").splitlines()[-1])
    assert (said["verdict"], said["question"], said["answered"]) == ("wrong", QUESTION, True)
    assert "新增5万余个就业岗位" in said["answers"][0]
    card.locator("[data-verdict=wrong]").click()
    card.locator("[data-verdict=wrong][aria-pressed=false]").wait_for()
    assert json.loads(ledger.read_text(encoding="utf-8").splitlines()[-1])["verdict"] == "withdrawn"


@pytest.mark.slow
def test_on_a_phone_the_back_button_closes_the_drawer(visit: Visitor, address: str) -> None:
    reader = visit(address, size="phone")
    reader.ask(QUESTION)
    for _ in range(2):
        drawer = reader.from_menu("talks")
        reader.page.go_back()
        drawer.wait_for(state="hidden")
        reader.from_menu("keys")
        reader.page.keyboard.press("Escape")
        drawer.wait_for(state="hidden")
        reader.page.wait_for_timeout(200)
        assert reader.page.evaluate("history.state?.drawer ?? null") is None
    assert reader.page.locator(".wb-answer").count() == 1


@pytest.mark.parametrize("size", BOTH)
def test_settings_and_keys(visit: Visitor, address: str, size: str) -> None:
    reader = visit(address, size=size)
    page = reader.page
    page.locator(".wb-example:visible").first.wait_for()
    page.keyboard.press("?")
    assert "上一个出处" in page.locator("#wb-drawer").inner_text()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.closest('#wb-drawer') !== null")  # no key acts behind the drawer
    page.keyboard.press("Escape")
    page.locator("#wb-drawer").wait_for(state="hidden")
    drawer = reader.from_menu("settings")
    shades = {}
    for value in ("dark", "light", ""):
        drawer.locator(f"input[name=wb-set-theme][value='{value}']").check()
        shades[value] = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert shades["dark"] != shades["light"] == shades[""]
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("(dark) => getComputedStyle(document.body).backgroundColor === dark", arg=shades["dark"])
    drawer.locator("input[name=wb-set-language][value=en]").check()
    assert drawer.locator("h2").inner_text() == "Settings"
    page.keyboard.press("Escape")
    page.locator("#wb-drawer").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.id") == "wb-menu-button"
    assert page.evaluate("document.querySelector('a, button, input, textarea').id") == "wb-skip"
    page.locator("#wb-skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('#wb-question') !== null")
    reader.ask(QUESTION)
    page.locator("#wb-live:not(:empty)").wait_for(state="attached")
    assert page.locator("#wb-live").inner_text().startswith("Found in ")
    assert page.locator("#wb-live").inner_text().count(" sources: ") == 1
    assert page.evaluate("[innerWidth, document.documentElement.scrollWidth]") == [SIZES[size][0]] * 2
