from __future__ import annotations

from dataclasses import replace

from index.schema import Passage
from qa.chat import article as panel
from qa.chat.article import View
from tests.qa.chat.fake_assistant import MEETING, VALLEY, FakeAssistant
from tests.qa.chat.hostile import hostile_article
from tests.qa.chat.page_reader import OURS, elements


def passage_of(article_id: str, number: int) -> Passage:
    return next(each for each in FakeAssistant().passages(article_id) if each.paragraph == number)


def test_the_whole_article_is_shown_as_printed() -> None:
    text = elements(panel.article(VALLEY, View())).text
    for words in (VALLEY.kicker, VALLEY.headline, "孙亚飞", "资源整合", *VALLEY.captions, *(p.text for p in VALLEY.paragraphs)):
        assert str(words) in text
    assert elements(panel.article(MEETING, View())).text.count("下转二版") == 2  # once for each language


def test_passage_quote_and_answering_words_are_marked_in_place() -> None:
    passage = passage_of(VALLEY.id, 2)
    start = passage.text.index("新增")
    mark = passage.text.index("5万余个")
    view = View(passage, (start, len(passage.text)), ((mark, mark + 4),))
    shown = panel.article(VALLEY, view)
    assert shown.count("wb-in-view") == 1
    assert '<span class="wb-quoted">新增<mark>5万余个</mark>就业岗位' in shown
    assert "计划将孵化" in shown.split('<span class="wb-quoted">')[0].rsplit("wb-passage", 1)[1]


def test_a_part_of_a_long_paragraph_is_found_where_it_stands() -> None:
    whole = passage_of(VALLEY.id, 2)
    part = replace(whole, text=whole.text[10:40])
    shown = panel.article(VALLEY, View(part, (0, 5)))
    assert f'<span class="wb-passage"><span class="wb-quoted">{whole.text[10:15]}</span>' in shown


def test_spans_that_do_not_fit_mark_the_passage_alone() -> None:
    passage = passage_of(VALLEY.id, 2)
    for quote in ((5, 5), (9, 3), (0, 10_000)):
        shown = panel.article(VALLEY, View(passage, quote, ((0, 99_999),)))
        assert "wb-passage" in shown
        assert "wb-quoted" not in shown


def test_a_passage_the_article_no_longer_holds_leaves_it_unmarked() -> None:
    stale = replace(passage_of(VALLEY.id, 2), text="旧的一段")
    assert "wb-passage" not in panel.article(VALLEY, View(stale, (0, 2)))


def test_a_caption_is_marked_among_the_captions() -> None:
    caption = next(each for each in FakeAssistant().passages(VALLEY.id) if each.kind == "caption")
    shown = panel.article(VALLEY, View(caption, (1, 10)))
    assert shown.index("wb-captions") < shown.index("wb-in-view")


def test_masthead_words_are_shown_without_an_article() -> None:
    words = Passage("m1", "i-masthead", "i", "masthead", "总第1345期 今日四版", "")
    shown = panel.loose([words], View(words, (0, 6)))
    assert "wb-in-view" in shown
    assert "报头" in shown


def test_flags_of_article_and_paragraph_are_explained_once() -> None:
    text = elements(panel.article(MEETING, View())).text
    assert text.count("文章转到另一版") == 1
    assert text.count("按内容移回了这篇文章") == 1


def test_a_hostile_article_leaves_only_our_elements() -> None:
    record = hostile_article()
    fake = FakeAssistant([record])
    for passage in fake.passages(record.id):
        view = View(passage, (0, min(30, len(passage.text))), ((0, 4),))
        parsed = elements(panel.article(record, view))
        assert {name for name, _ in parsed.elements} <= OURS
        assert all(set(attributes) <= {"class", "lang", "id", "type", "value"} for _, attributes in parsed.elements)
        assert all((attributes.get("value") or "/page/").startswith("/page/") for _, attributes in parsed.elements)
