from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.errors import QuestionError
from index.schema import DateRange, Filter, Term
from index.storage import lexical
from index.storage.lexical import MAX_TERMS, Entry, LegDamaged, Lexical, create, extend

_ALL = Filter()


def entry(
    row: int,
    words: str,
    grams: str = "",
    *,
    day: int = 0,
    paper: str | None = None,
    page: str | None = None,
    authors: Sequence[str] = (),
) -> Entry:
    return Entry(row, words, grams, day, paper, page, tuple(authors))


def bm25(corpus: dict[int, list[str]], query: str, row: int) -> float:
    """Robertson and Zaragoza 2009, as Lucene computes it; field lengths below 40 are stored exactly."""
    matching = sum(query in tokens for tokens in corpus.values())
    average = sum(len(tokens) for tokens in corpus.values()) / len(corpus)
    idf = math.log(1 + (len(corpus) - matching + 0.5) / (matching + 0.5))
    frequency, length = corpus[row].count(query), len(corpus[row])
    return idf * frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * length / average))


CORPUS = {1: ["图书馆", "开馆", "藏书", "图书馆"], 2: ["图书馆", "读者"], 3: ["公路", "养护", "工程", "启动", "投资"]}


def corpus() -> Lexical:
    return Lexical.in_memory(entry(row, " ".join(tokens)) for row, tokens in CORPUS.items())


def test_scores_are_bm25_by_the_formula() -> None:
    hits = dict(corpus().search([Term("图书馆", "words")], limit=10, filter=_ALL))
    assert hits == {row: pytest.approx(bm25(CORPUS, "图书馆", row), abs=1e-4) for row in (1, 2)}


def test_terms_and_fields_add_up_by_weight() -> None:
    leg = Lexical.in_memory([entry(1, "公路 养护", "路 公路"), entry(2, "公路", "路"), entry(3, "桥", "桥")])
    single = [dict(leg.search([term], limit=9, filter=_ALL)) for term in (Term("公路", "words"), Term("公路", "grams"))]
    both = dict(leg.search([Term("公路", "words", 2.0), Term("公路", "grams", 0.5)], limit=9, filter=_ALL))
    assert both[1] == pytest.approx(2.0 * single[0][1] + 0.5 * single[1][1], abs=1e-4)
    assert both[2] == pytest.approx(2.0 * single[0][2], abs=1e-4)
    assert 3 not in both


def test_a_repeated_term_counts_as_often_as_it_is_given() -> None:
    once, twice = (dict(corpus().search([Term("公路", "words")] * n, limit=9, filter=_ALL)) for n in (1, 2))
    assert twice[3] == pytest.approx(2 * once[3], abs=1e-4)


@pytest.mark.parametrize("token", ["政" * 60, "x" * 300, "1,000,000.55%", "don't", "C++"])
def test_no_token_is_cut_or_dropped(token: str, tmp_path: Path) -> None:
    create(tmp_path, [entry(1, f"甲 {token} 乙", f"{token} 乙"), entry(2, "甲", "乙")], expected=2)
    leg = Lexical.open(tmp_path)
    for term in (Term(token, "words"), Term(token, "grams")):
        assert [row for row, _ in leg.search([term], limit=9, filter=_ALL)] == [1]
        assert leg.document_frequency([term]) == [1]


@pytest.mark.parametrize("text", ["(" * 5000, 'words:"a" OR *', "AND", "[1 TO 5]", "\x00", "a b", "^", "公路~9"])
def test_query_syntax_is_only_a_word_that_is_not_there(text: str) -> None:
    leg = corpus()
    assert leg.search([Term(text, "words")], limit=9, filter=_ALL) == []
    with_word = leg.search([Term(text, "words"), Term("公路", "words")], limit=9, filter=_ALL)
    assert [row for row, _ in with_word] == [3]


def test_of_many_terms_the_rarest_count() -> None:
    leg = Lexical.in_memory([entry(row, f"常见 {'罕见' if row == 7 else ''}") for row in range(1, 30)])
    many = [Term(f"无此词{n}", "words") for n in range(500)] + [Term("常见", "words"), Term("罕见", "words")]
    assert len(many) > MAX_TERMS
    assert leg.search(many, limit=1, filter=_ALL)[0][0] == 7


@pytest.mark.parametrize("weight", [0.0, -1.0])
def test_terms_without_weight_find_nothing(weight: float) -> None:
    assert corpus().search([Term("公路", "words", weight)], limit=9, filter=_ALL) == []


def test_an_empty_index_finds_nothing() -> None:
    leg = Lexical.in_memory([])
    assert (leg.size, leg.search([Term("公路", "words")], limit=9, filter=_ALL), list(leg.rows())) == (0, [], [])


FILTERED = [
    entry(1, "公路", day=20210608, paper="东昌府讯", page="1", authors=("王洪伟",)),
    entry(2, "公路", day=20210609, paper="东昌府讯", page="a2", authors=("王洪伟", "裴崇旭")),
    entry(3, "公路 公路", day=20200101, paper="晨光 日报", page="1"),
    entry(4, "公路"),
]
JUNE = (DateRange("2021-06-01", "2021-06-30"),)


@pytest.mark.parametrize(
    ("filter", "rows"),
    [
        (Filter(), {1, 2, 3, 4}),
        (Filter(dates=JUNE), {1, 2, 4}),
        (Filter(dates=JUNE, undated=False), {1, 2}),
        (Filter(dates=(DateRange("2021-06-09", "2021-06-09"), DateRange("2020-01-01", "2020-01-01")), undated=False), {2, 3}),
        (Filter(newspapers=("東昌府訊",)), {1, 2}),
        (Filter(newspapers=("晨光　日报",)), {3}),
        (Filter(pages=("Ａ２",)), {2}),
        (Filter(pages=("1", "A2")), {1, 2, 3}),
        (Filter(authors=("裴崇旭",)), {2}),
        (Filter(authors=("王洪伟",), pages=("1",)), {1}),
        (Filter(newspapers=("没有报",)), set()),
    ],
)
def test_filters_apply_before_ranking_and_do_not_score(filter: Filter, rows: set[int]) -> None:
    leg = Lexical.in_memory(FILTERED)
    unfiltered = dict(leg.search([Term("公路", "words")], limit=9, filter=_ALL))
    assert dict(leg.search([Term("公路", "words")], limit=9, filter=filter)) == {row: unfiltered[row] for row in rows}


def test_a_filter_reaches_behind_the_limit() -> None:
    leg = Lexical.in_memory([*(entry(row, "公路 " * 5, paper="甲报") for row in range(1, 200)), entry(500, "公路", paper="乙报")])
    assert [row for row, _ in leg.search([Term("公路", "words")], limit=1, filter=Filter(newspapers=("乙报",)))] == [500]


def test_a_date_that_is_none_is_refused_in_one_line() -> None:
    with pytest.raises(QuestionError, match="2021-06-08"):
        corpus().search([Term("公路", "words")], limit=1, filter=Filter(dates=(DateRange("June", "2021-06-30"),)))


def test_extending_adds_and_takes_out(tmp_path: Path) -> None:
    create(tmp_path, [entry(row, f"公路 词{row}") for row in range(1, 11)], expected=10)
    extend(tmp_path, [entry(11, "公路 新")], gone=[(2, 4), (9, 9)], expected=1)
    leg = Lexical.open(tmp_path)
    assert list(leg.rows()) == [1, 5, 6, 7, 8, 10, 11]
    assert leg.search([Term("词3", "words")], limit=9, filter=_ALL) == []


def test_what_is_no_index_is_reported_as_damaged(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{}")
    with pytest.raises(LegDamaged):
        Lexical.open(tmp_path)


def test_common_characters_count_only_where_nothing_longer_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexical, "_COMMON", 2)
    leg = Lexical.in_memory([entry(1, "", "公 公路"), entry(2, "", "公 路"), entry(3, "", "公 桥"), entry(4, "", "路")])
    pair, common, rare = Term("公路", "grams"), Term("公", "grams"), Term("桥", "grams")

    def found(*terms: Term) -> set[int]:
        return {row for row, _ in leg.search(terms, limit=9)}

    assert found(pair, common, rare) == {1, 3}
    assert found(common, rare) == {1, 2, 3}
    assert found(common, Term("水库", "grams")) == {1, 2, 3}
