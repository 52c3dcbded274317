from __future__ import annotations

import pytest

from index.errors import QuestionError
from index.schema import DateRange, Filter
from qa.assistant import Assistant
from qa.verbatim.holding import phrases_of


def test_every_line_is_where_it_says(assistant: Assistant) -> None:
    found = assistant.snippets("就业", width=6, limit=100)
    assert found.total == len(found.lines) == 9
    assert found.complete
    for line in found.lines:
        text, start, end = line.citation.passage_text, line.citation.start, line.citation.end
        assert line.words == text[start:end] == "就业"
        assert line.left == text[max(0, start - 6) : start]
        assert line.right == text[end : end + 6]


def test_dated_lines_come_first_and_the_rest_is_counted(assistant: Assistant) -> None:
    found = assistant.snippets("就业", limit=2)
    assert (found.total, found.passages, len(found.lines)) == (9, 5, 2)
    assert [line.citation.date for line in found.lines] == ["2021-06-08", None]


def test_all_words_must_stand_there_and_a_phrase_stays_whole(assistant: Assistant) -> None:
    both = assistant.facets("就业 智汇谷 企业")
    assert 0 < both.total < assistant.facets("就业").total
    assert assistant.facets("“新增5万余个”").total == 1
    assert assistant.facets("“5万余个新增”").total == 0


def test_width_case_and_traditional_characters_do_not_matter(assistant: Assistant) -> None:
    assert assistant.snippets("網格員").total == assistant.snippets("网格员").total > 0
    assert assistant.snippets("５万").total == assistant.snippets("5万").total > 0


def test_facets_count_passages_and_keep_the_unknown(assistant: Assistant) -> None:
    counted = assistant.facets("就业")
    assert sum(each.count for each in counted.newspapers) == counted.total == 5
    assert {each.value: each.count for each in counted.years} == {"2021": 1, None: 4}
    assert counted.years[-1].value is None


def test_a_filter_narrows_both(assistant: Assistant) -> None:
    june = Filter(dates=(DateRange("2021-06-01", "2021-06-30"),), undated=False)
    assert assistant.facets("就业", filter=june).total == 1
    assert {line.citation.date for line in assistant.snippets("就业", filter=june).lines} == {"2021-06-08"}


@pytest.mark.parametrize("words", ["", "  ", "。", "“”", "，；", "\ud800", "a b c d e f g h i", "网" * 201])
def test_what_are_no_words_is_told_in_one_line(words: str) -> None:
    with pytest.raises(QuestionError) as told:
        phrases_of(words)
    assert "\n" not in str(told.value)
