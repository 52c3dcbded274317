"""From English words to Chinese forms: dictionary, ordinals and romanised names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.schema import Term
from qa.crosslingual import Form, forms_of, words_of


@dataclass(frozen=True)
class _Neighbour:
    word: str
    similarity: float
    weight: float


_KNOWN = {
    "heating": [_Neighbour("供热", 0.8, 1.2), _Neighbour("热", 0.9, 1.0)],
    "city": [_Neighbour("城市", 0.5, 0.6)],
}


class _Table:
    """A dictionary of two words."""

    def related(self, word: str, limit: int = 5, floor: float = 0.35) -> Sequence[_Neighbour]:
        return _KNOWN.get(word, [])


class _Counts:
    """An archive that holds the given character pairs once each."""

    def __init__(self, *held: str) -> None:
        self._held = held

    def document_frequency(self, terms: Sequence[Term]) -> list[int]:
        return [int(term.text in self._held) for term in terms]


def test_content_words_drop_frames_and_possessives() -> None:
    assert words_of("How many of Liaocheng's new jobs are in the city?") == ["Liaocheng", "new", "jobs", "city"]


def test_translations_of_two_characters_or_more() -> None:
    assert forms_of("heating", _Table(), _Counts()) == (Form("heating", 1.0), Form("供热", 0.8))


def test_plural_finds_the_singular() -> None:
    assert Form("城市", 0.3) in forms_of("cities", _Table(), _Counts())


def test_ordinals_are_written_the_chinese_way() -> None:
    assert [form.text for form in forms_of("sixth", None, _Counts())] == ["第六", "sixth"]
    assert forms_of("21st", None, _Counts())[0].text == "第二十一"


def test_a_number_of_two_digits_may_be_printed_in_chinese() -> None:
    assert [form.text for form in forms_of("19", None, _Counts())] == ["19", "十九"]
    assert [form.text for form in forms_of("9", None, _Counts())] == ["9"]


def test_the_first_of_a_series_has_words_of_its_own() -> None:
    assert [form.text for form in forms_of("first", None, _Counts())] == ["第一", "首届", "首次", "first"]


def test_a_romanised_name_is_spelt_as_the_archive_prints_it() -> None:
    forms = forms_of("Zhihuigu", None, _Counts("智汇", "汇谷", "智慧"))
    assert forms[0] == Form("智汇谷", 0.95)


def test_a_name_that_the_archive_lacks_has_no_chinese_form() -> None:
    assert forms_of("Zhihuigu", None, _Counts("智汇")) == (Form("zhihuigu", 1.0),)


def test_lower_case_words_are_no_names() -> None:
    assert forms_of("machine", None, _Counts("马池")) == (Form("machine", 1.0),)
