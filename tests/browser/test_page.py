"""The page's own behaviour, over the stand-in: states, keyboard, language, light, follow-ups."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest

from index.errors import ArchiveDamaged, ArchiveMissing
from index.schema import Filter
from qa.schema import Answer, Interpretation, Retrieved, Turn
from tests.browser.conftest import BOTH, Visitor, serving
from tests.qa.chat.fake_assistant import FakeAssistant

pytestmark = pytest.mark.browser

QUESTION = "智汇谷产业基地计划新增多少个就业岗位？"


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture(scope="module")
def address(assistant: FakeAssistant) -> Iterator[str]:
    with serving(assistant) as served:
        yield served


@pytest.mark.parametrize("size", BOTH)
def test_a_follow_up_leans_on_what_was_asked(visit: Visitor, address: str, assistant: FakeAssistant, size: str) -> None:
    reader = visit(address, size=size)
    reader.ask(QUESTION)
    reader.ask("那总裁是谁？")
    assert [turn.question for turn in assistant.histories[-1]] == [QUESTION]
    assert f"理解为：{QUESTION} 那总裁是谁？" in reader.answer().inner_text().replace("\n", "")
    assert reader.page.locator(".wb-question").count() == 2


def test_two_readers_do_not_share_a_conversation(visit: Visitor, address: str, assistant: FakeAssistant) -> None:
    visit(address).ask(QUESTION)
    second = visit(address)
    second.ask("那总裁是谁？")
    assert assistant.histories[-1] == ()
    assert second.page.locator(".wb-question").count() == 1


@pytest.mark.parametrize("size", BOTH)
def test_language_and_light_switch_at_once_and_are_remembered(visit: Visitor, address: str, size: str) -> None:
    reader = visit(address, size=size)
    reader.ask(QUESTION)
    page = reader.page
    assert "出处" in page.locator("body").inner_text()
    page.locator("#wb-language").click()
    assert "Sources" in page.locator("body").inner_text()
    assert "出处" not in page.locator("body").inner_text()
    assert page.evaluate("document.documentElement.lang") == "en"
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#wb-theme").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != paper
    page.reload()
    page.locator("#wb-question").wait_for()
    assert page.evaluate("[document.documentElement.dataset.lang, document.documentElement.dataset.theme]") == ["en", "dark"]


@pytest.mark.parametrize("size", BOTH)
def test_everything_works_by_keyboard(visit: Visitor, address: str, size: str) -> None:
    reader = visit(address, size=size)
    page = reader.page
    page.locator(".wb-example").first.wait_for()
    page.keyboard.press("/")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    reader.answer().wait_for()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.value")
    assert first.startswith("/page/articles/")
    for forth, back in (("j", "k"), ("ArrowDown", "ArrowUp")):
        page.keyboard.press(forth)
        assert page.evaluate("document.activeElement.value") != first
        page.keyboard.press(back)
        assert page.evaluate("document.activeElement.value") == first
    page.keyboard.press("c")
    page.locator(".wb-card .wb-gbt").first.wait_for()
    page.keyboard.press("o")
    page.locator("#wb-panel .wb-quoted").wait_for()
    page.keyboard.press("Escape")
    page.locator("#wb-panel").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.value") == first


@pytest.mark.parametrize("size", BOTH)
def test_citation_link_and_other_forms_are_copied(visit: Visitor, address: str, assistant: FakeAssistant, size: str) -> None:
    reader = visit(address, size=size)
    reader.ask(QUESTION)
    card = reader.answer().locator(".wb-card").first
    cited = assistant.ask(QUESTION).citations[0]

    def copied(control: str) -> str:
        card.locator(control).first.click()
        card.locator(f"{control}[data-said]").wait_for()
        assert "已复制" in card.locator(control).first.get_attribute("data-said")
        return str(reader.page.evaluate("navigator.clipboard.readText()"))

    assert copied(".wb-copy") == cited.gbt7714
    assert card.locator(".wb-gbt").inner_text() == cited.gbt7714
    assert copied(".wb-copy-link") == f"{address}#/passage/{cited.passage_id}"
    card.locator(".wb-forms summary").click()
    assert copied(".wb-copy-form").startswith("@article{")
    assert card.locator(".wb-gbt").inner_text().startswith("@article{")


class Slow(FakeAssistant):
    """Takes its steps only when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Semaphore(0)

    def steps(
        self, question: str, history: Sequence[Turn] = (), limit: int | None = None, *, filter: Filter | None = None
    ) -> Iterator[Interpretation | Retrieved | Answer]:
        for step in super().steps(question, history, limit, filter=filter):
            self.go.acquire(timeout=10)
            yield step


@pytest.mark.parametrize("size", BOTH)
def test_the_steps_of_a_slow_answer_are_told_and_it_can_be_stopped(visit: Visitor, size: str) -> None:
    slow = Slow()
    with serving(slow) as address:
        reader = visit(address, size=size)
        page = reader.page
        field = page.locator("#wb-question input, #wb-question textarea")
        field.fill(QUESTION)
        field.press("Enter")
        thinking = page.locator(".wb-thinking")
        thinking.wait_for()
        assert "正在翻阅报纸" in thinking.inner_text()
        assert not page.locator("#wb-send").is_visible()
        page.wait_for_timeout(200)
        slow.go.release(2)
        page.locator(".wb-thinking", has_text="翻到").wait_for()
        slow.go.release()
        reader.answer().locator(".wb-quote").first.wait_for()
        assert page.locator("#wb-send").is_visible()

        field.fill("那总裁是谁？")
        field.press("Enter")
        thinking.wait_for()
        page.locator("#wb-stop").click()
        page.locator(".wb-stopped").wait_for()
        slow.go.release(3)
        assert "已停下" in reader.answer().inner_text()
        field.fill(QUESTION)
        slow.go.release(6)
        field.press("Enter")
        page.locator(".wb-answer").nth(2).locator(".wb-quote").first.wait_for()
        assert [turn.question for turn in slow.histories[-1]] == [QUESTION]  # what was stopped is no part of the conversation


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_nothing_is_wider_than_the_window(visit: Visitor, address: str, size: str) -> None:
    reader = visit(address, size=size)
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    reader.ask(QUESTION)
    reader.ask("谁发明了电灯？")
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_enter_that_confirms_a_word_does_not_send(visit: Visitor, address: str) -> None:
    reader = visit(address)
    field = reader.page.locator("#wb-question input, #wb-question textarea")
    field.fill("zhihui")
    confirm = "(box) => box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    field.evaluate(confirm)
    field.evaluate(confirm.replace("keydown", "keypress"))
    reader.page.wait_for_timeout(400)
    assert reader.page.locator(".wb-question").count() == 0


@pytest.mark.parametrize("size", BOTH)
def test_an_empty_question_is_answered_in_words_and_forgotten(visit: Visitor, address: str, size: str) -> None:
    reader = visit(address, size=size)
    field = reader.page.locator("#wb-question input, #wb-question textarea")
    for nothing in ("", "   "):
        field.fill(nothing)
        field.press("Enter")
        assert "请先写下问题" in reader.page.locator("#wb-notice").inner_text()
        reader.page.locator("#wb-notice:empty").wait_for(state="attached")
    reader.page.locator("#wb-send").click()
    assert "请先写下问题" in reader.page.locator("#wb-notice").inner_text()
    reader.ask(QUESTION)
    assert reader.page.locator(".wb-question").count() == 1


def test_a_second_enter_sends_nothing_twice_and_loses_nothing(visit: Visitor, address: str, assistant: FakeAssistant) -> None:
    reader = visit(address)
    field = reader.page.locator("#wb-question input, #wb-question textarea")
    before = len(assistant.histories)
    field.fill(QUESTION)
    field.press("Enter")
    field.press("Enter")
    reader.answer().wait_for()
    field.fill("那总裁是谁？")
    field.press("Enter")
    reader.answer().locator("text=理解为").first.wait_for(state="attached")
    assert reader.page.locator(".wb-question").count() == 2
    assert len(assistant.histories) == before + 2


@pytest.mark.parametrize("size", BOTH)
def test_screen_readers_hear_words_and_no_markup(visit: Visitor, address: str, size: str) -> None:
    reader = visit(address, size=size)
    reader.ask(QUESTION)
    labels = reader.page.evaluate("[...document.querySelectorAll('[aria-label]')].map((each) => each.getAttribute('aria-label'))")
    assert not [label for label in labels if "<" in label]
    assert reader.page.locator("#wb-question input, #wb-question textarea").get_attribute("aria-label") == "问题"
    assert reader.page.locator("#wb-send").get_attribute("aria-label") == "提问"


@pytest.mark.parametrize("size", BOTH)
def test_errors_are_said_in_words(visit: Visitor, size: str) -> None:
    with serving(FakeAssistant(failure=ArchiveDamaged("archive.db is damaged at page 3"))) as address:
        reader = visit(address, size=size)
        reader.ask(QUESTION)
        words = reader.answer().inner_text()
        assert "档案现在打不开" in words
        assert "archive.db is damaged at page 3" in words
        assert "Traceback" not in reader.page.content()


@pytest.mark.parametrize("size", BOTH)
def test_a_crowd_is_told_from_a_server_that_is_gone(visit: Visitor, address: str, size: str) -> None:
    reader = visit(address, size=size)
    full = {"status": 503, "content_type": "application/json", "body": '{"detail": "Queue is full."}'}
    reader.page.route("**/gradio_api/queue/join*", lambda route: route.fulfill(**full))
    reader.field().fill(QUESTION)
    reader.field().press("Enter")
    reader.page.locator("#wb-notice:not(:empty)").wait_for()
    assert "这会儿提问的人太多" in reader.page.locator("#wb-notice").inner_text()
    assert reader.field().input_value() == QUESTION  # nothing is lost
    reader.page.unroute("**/gradio_api/queue/join*")
    reader.answer().locator(".wb-quote").first.wait_for()  # what stays in the box is sent again
    reader.seen.errors.clear()  # the browser itself reports the 503


@pytest.mark.parametrize("size", BOTH)
def test_on_paper_nothing_is_cut_off(visit: Visitor, address: str, size: str) -> None:
    reader = visit(address, size=size)
    reader.ask(QUESTION)
    page = reader.page
    page.set_viewport_size({"width": 642, "height": 970})  # A4 without its margins
    page.emulate_media(media="print")
    script = """() => {
        const held = document.querySelector('.wb-held');
        const range = document.createRange();
        range.selectNodeContents(held);
        const words = range.getBoundingClientRect(), name = document.querySelector('.wb-name').getBoundingClientRect();
        return [words.left >= 0, words.right <= innerWidth, words.top >= name.bottom, words.height > 10];
    }"""
    assert page.evaluate(script) == [True] * 4
    assert page.locator(".wb-card .wb-gbt").first.is_visible()
    assert not page.locator("#wb-ask-line").is_visible()


@pytest.mark.parametrize("size", BOTH)
def test_an_empty_archive_says_how_to_begin(visit: Visitor, size: str) -> None:
    for nothing in (FakeAssistant(articles=()), ArchiveMissing("there is no archive at data/archive")):
        with serving(nothing) as address:
            reader = visit(address, size=size)
            words = reader.page.locator("#wb-welcome").inner_text()
            assert "档案里还没有报纸" in words
            assert "update" in words


@pytest.mark.parametrize("size", BOTH)
def test_a_server_that_is_gone_is_said_in_words(visit: Visitor, size: str) -> None:
    with serving(FakeAssistant()) as address:
        reader = visit(address, size=size)
    reader.page.locator("#wb-question input, #wb-question textarea").fill(QUESTION)
    reader.page.keyboard.press("Enter")
    reader.page.locator("#wb-notice:not(:empty)").wait_for()
    assert "没有连上问报" in reader.page.locator("#wb-notice").inner_text()
    reader.seen.errors.clear()  # the browser itself reports the refused connection
