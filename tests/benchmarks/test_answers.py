"""What the benchmark of answers counts, on a small archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.answers.__main__ import rates, separation, table
from benchmarks.answers.asking import Shown, confidences, f1, given, whole
from index.encoder import load_encoder
from index.schema import Article, Encoder, Issue, Paragraph, Passage
from training.evidence.archive import Without, build
from training.evidence.collect import Texts, ask
from training.evidence.sets import Known, Page

TEXTS = (
    "广茂铁路全长364公里，起点是广州。线路由铁路公司管理。",
    "读书节在东湖举行，有三千人参加。市民说很高兴。",
    "园林处今年补种树木两万棵。",
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="module")
def page() -> Page:
    articles = tuple(Article(None, (Paragraph(1, text, (1,)),)) for text in TEXTS)
    issue = Issue(newspaper=None, date=None, issue_number=None, page=None, weekday=None, articles=articles)
    passages = tuple(
        (f"page-a{n:02d}", (Passage(f"page-a{n:02d}-s01", f"page-a{n:02d}", "page", "paragraph", text, "", 1),))
        for n, text in enumerate(TEXTS, start=1)
    )
    return Page("page", issue, passages)


def _known(start: int, end: int) -> Known:
    spans = {"page-a01-s01": ((start, end),)}
    return Known("CMRC", "measured", "广茂铁路全长多少公里？", "page-a01", spans, (TEXTS[0][start:end],))


def test_a_question_asked_three_ways(tmp_path: Path, page: Page, encoder: Encoder) -> None:
    known = _known(6, 11)
    names = {"place": ["京九"], "title": ["京九"], "person": ["京九"], "organisation": ["京九"]}
    with build(tmp_path / "archive", {"page": [page]}, encoder) as archive, archive.view() as view:
        (asked,) = ask([known], Texts.read([page]), names, view, encoder)  # type: ignore[arg-type]
        row = whole(asked)
        assert row is not None
        assert (row.first, row.quotes, row.entire) == (True, True, True)
        without, _ = confidences(asked)
        assert without < row.confidence
        assert all(item.passage.article_id != "page-a01" for item in asked.without.ranking.ranked)
        alone = given(known, page.articles[0][1], view, encoder)
        assert alone is not None
        assert alone.first
        missed = given(_known(20, 22), page.articles[0][1], view, encoder)
        assert missed is not None
        assert not missed.first


def test_an_archive_is_built_once(tmp_path: Path, page: Page, encoder: Encoder) -> None:
    for sources in ({"page": [page]}, {}):
        with build(tmp_path / "archive", sources, encoder) as archive, archive.view() as view:
            assert view.size == 3
            assert Without(view, ["page-a01"]).article("page-a01") is None
            assert Without(view, ["page-a01"]).article("page-a02") is not None


def test_f1_over_characters() -> None:
    assert f1("364公里", "364.6公里") == pytest.approx(2 * 5 / 11)
    assert f1("", "甲") == 0.0


def _row(*, first: bool, confidence: float) -> Shown:
    return Shown("CMRC", "number", first, True, False, 0.5, confidence)


def test_rates_and_separation_by_hand() -> None:
    rows = [_row(first=True, confidence=0.9), _row(first=False, confidence=0.4)]
    assert rates(rows) == {"questions": 2, "first_sentence": 0.5, "quotes": 1.0, "entire": 0.0, "marks_f1": 0.5}
    found = separation([(rows[0], 0.2, 0.1), (rows[1], 0.6, None)])
    assert (found["gone_auroc"], found["near_misses"], found["near_auroc"], found["answered"]) == (0.75, 1, 1.0, 0.5)


def test_a_table_has_a_row_a_group() -> None:
    assert list(table("given", {"CMRC": {"questions": 3, "first": 0.5}})) == [
        "| given | questions | first |",
        "|---|---|---|",
        "| CMRC | 3 | 0.500 |",
        "",
    ]
