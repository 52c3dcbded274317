from __future__ import annotations

from dataclasses import replace

import pytest

from index.errors import ArchiveDamaged, QuestionError
from index.schema import DateRange, Filter, Stats
from qa.chat import render
from qa.schema import Answer, Interpretation, Note
from tests.qa.chat.fake_assistant import VALLEY, FakeAssistant
from tests.qa.chat.hostile import WORD, hostile_article
from tests.qa.chat.page_reader import OURS, elements

ASKED = "智汇谷产业基地计划新增多少个就业岗位？"


def asked(question: str = ASKED) -> tuple[Answer, Stats]:
    fake = FakeAssistant()
    return fake.ask(question), fake.stats()


def test_the_answer_shows_the_quote_with_its_answering_words_marked() -> None:
    shown = render.answer(*asked())
    assert "新增<mark>5万余个</mark>就业岗位" in shown
    assert shown.index("wb-quotes") < shown.index("wb-cards")


def test_every_source_names_what_the_page_printed_and_what_it_did_not() -> None:
    text = elements(render.answer(*asked())).text
    for words in ("报纸名未印", "日期未印", VALLEY.headline or "", "第2段", "Newspaper not named", "paragraph 2"):
        assert words in text
    text = elements(render.answer(*asked("社会治理网格化要把握的“四个环节”是哪四个？"))).text
    for words in ("东昌府讯", "2021年6月8日", "8 June 2021", "总第1345期", "第1版", "page 1", "已拼接", "Rejoined", "复制引文"):
        assert words in text


def test_the_citation_to_copy_is_the_printed_form() -> None:
    found, stats = asked()
    buttons = elements(render.answer(found, stats)).elements
    copies = [attributes["value"] for _, attributes in buttons if "wb-copy" in str(attributes.get("class")).split()]
    assert copies[0::4] == [citation.gbt7714 for citation in found.citations]
    assert copies[1::4] == [f"#/passage/{citation.passage_id}" for citation in found.citations]
    assert copies[2] == f"/page/citations/{found.citations[0].passage_id}?form=bibtex"


def test_sources_outside_the_text_of_the_answer_bring_their_own_quote() -> None:
    found, stats = asked()
    first = replace(found, text=found.citations[0].quote)
    shown = render.answer(first, stats)
    assert shown.count("wb-card-quote") == len(found.citations) - 1
    assert "相关的还有" in shown


def test_an_answer_in_other_words_is_shown_with_all_quotes_below() -> None:
    found, stats = asked()
    shown = render.answer(replace(found, text="五万多个。"), stats)
    assert "五万多个。" in shown
    assert shown.count("wb-card-quote") == len(found.citations)


def test_doubt_is_said_in_words() -> None:
    found, stats = asked()
    assert "把握不大" in render.answer(replace(found, confidence=0.3), stats)
    assert "把握不大" not in render.answer(found, stats)


def test_what_was_understood_is_shown_when_it_differs() -> None:
    found, stats = asked()
    assert "理解为" not in render.answer(found, stats)
    limits = Filter(dates=(DateRange("2021-01-01", "2021-12-31"),), pages=("2",))
    meant = Interpretation("高庆民说了什么？", limits, (Note("<注>", "<note>"),))
    text = elements(render.answer(replace(found, interpretation=meant), stats)).text
    for words in (
        "理解为：",
        "高庆民说了什么？",
        "2021年1月1日",
        "2021年12月31日",
        "第2版",
        "<注>",
        "<note>",
        "含未印日期的版面",
    ):
        assert words in text


def test_not_found_says_what_was_looked_for_and_what_the_archive_holds() -> None:
    found, stats = asked("谁发明了电灯？")
    assert not found.found
    shown = render.answer(found, stats)
    text = elements(shown).text
    for words in ("档案里没有找到答案", "谁发明了电灯？", "1 种报纸", "2021年6月8日", "1 个版面未印日期", "不是答案"):
        assert words in text
    assert shown.index("wb-nearest") < shown.index("wb-card")
    assert "wb-quotes" not in shown


@pytest.mark.parametrize("text", ["", "  \n\u3000"])
def test_an_empty_question_is_refused_in_words(text: str) -> None:
    assert "请先写下问题" in (render.refusal(text) or "")


def test_a_question_is_refused_when_it_is_too_long_only() -> None:
    assert render.refusal("问" * render.MAX_QUESTION) is None
    assert "1&#44;000 字以内" in (render.refusal("问" * (render.MAX_QUESTION + 1)) or "")


def test_errors_made_for_readers_are_shown_and_others_are_not() -> None:
    assert "the archive is damaged at page 3" in elements(render.failure(ArchiveDamaged("the archive is damaged at page 3"))).text
    assert "<b>" in elements(render.failure(QuestionError("odd <b>"))).text
    unforeseen = elements(render.failure(RuntimeError("secret path /home/x"))).text
    assert "secret" not in unforeseen
    assert "请再问一次" in unforeseen


def test_the_empty_archive_says_how_to_add_a_page() -> None:
    empty = FakeAssistant(articles=()).stats()
    shown = render.welcome(empty, (), ())
    assert "档案里还没有报纸" in shown
    assert "update" in shown


def test_examples_serve_both_languages_when_the_archive_has_one() -> None:
    shown = render.welcome(FakeAssistant().stats(), ["甲？", "乙？"], ())
    assert shown.count('wb-example"') == 4
    both = render.welcome(FakeAssistant().stats(), ["甲？"], ["Who?"])
    assert both.count('wb-example"') == 2


def test_a_hostile_page_leaves_only_our_elements_in_the_answer() -> None:
    fake = FakeAssistant([hostile_article()])
    found = fake.ask(WORD, limit=20)
    assert found.found
    parsed = elements(render.answer(found, fake.stats()))
    assert {name for name, _ in parsed.elements} <= OURS
    for name, attributes in parsed.elements:
        assert set(attributes) <= {"class", "lang", "type", "value", "id", "hidden"}, name
        assert not str(attributes.get("value", "")).lower().startswith(("javascript", "data", "http"))
    for address in (attributes["value"] for _, attributes in parsed.elements if "wb-open" in str(attributes.get("class"))):
        assert str(address).startswith("/page/articles/bad%22%3E%3Cb%3E1")


def test_a_hostile_question_is_shown_as_it_was_typed() -> None:
    typed = "<script>alert(1)</script> **粗** $$x$$"
    parsed = elements(render.question(typed))
    assert parsed.text == typed
    assert [name for name, _ in parsed.elements] == ["div"]


def test_no_language_is_left_untranslated() -> None:
    shown = render.answer(*asked()) + render.masthead(FakeAssistant().stats())
    assert shown.count('class="wb-zh"') == shown.count('class="wb-en"')


def test_the_masthead_waits_for_the_archive() -> None:
    assert "正在打开档案" in render.masthead(None)
