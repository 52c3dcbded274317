"""Made pages in styles that no rule was fitted to, scored in the field's terms.

The figures of 200 pages: ``python -m tests.index.parsing.generator held-out 200``.
"""

from __future__ import annotations

import pytest

from tests.index.parsing.generator import held_out, seen, third, unseen
from tests.index.parsing.generator.press import Style, make
from tests.index.parsing.generator.score import Score, score

PAGES = 64
LEAST = {
    "headline recall": 0.97,
    "kicker and subtitle": 0.97,
    "article precision": 0.95,
    "article recall": 0.95,
    "paragraphs whole and in place": 0.97,
    "join precision": 0.99,
    "join recall": 0.95,
    "displaced found": 0.5,
    "authors": 0.95,
    "masthead fields": 0.97,
}


def made(styles: tuple[Style, ...], pages: int) -> Score:
    return score(make(styles[at % len(styles)], at) for at in range(pages))


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    return made(held_out.STYLES, PAGES).figures()


@pytest.mark.parametrize("measure", LEAST)
def test_held_out_styles(figures: dict[str, float], measure: str) -> None:
    assert figures[measure] >= LEAST[measure]


def test_false_moves_are_rare_and_nothing_is_lost(figures: dict[str, float]) -> None:
    assert figures["false moves"] <= 0.01
    assert figures["characters lost"] == 0


@pytest.mark.slow
@pytest.mark.parametrize("styles", [third.STYLES, unseen.STYLES], ids=["third", "unseen"])
def test_later_sets(styles: tuple[Style, ...]) -> None:
    figures = made(styles, 32).figures()
    assert figures["headline recall"] >= 0.88
    assert figures["article precision"] >= 0.88
    assert figures["paragraphs whole and in place"] >= 0.94
    assert figures["join precision"] >= 0.9
    assert figures["authors"] >= 0.9
    assert figures["masthead fields"] >= 0.97
    assert figures["false moves"] <= 0.01
    assert figures["characters lost"] == 0


@pytest.mark.parametrize("style", seen.STYLES, ids=lambda style: style.name)
def test_seen_styles(style: Style) -> None:
    figures = made((style,), 8).figures()
    assert figures["headline recall"] >= 0.9
    assert figures["article precision"] >= 0.9
    assert figures["paragraphs whole and in place"] >= 0.9
    assert figures["characters lost"] == 0


def test_the_same_seed_makes_the_same_page() -> None:
    for style in (*held_out.STYLES, *seen.STYLES):
        assert make(style, 7).text == make(style, 7).text
        assert make(style, 7).text != make(style, 8).text


def test_the_scorer_sees_damage() -> None:
    page = make(seen.STYLES[0], 1)
    page.articles[0].paragraphs[0] += "多"
    page.articles[0].authors = ("某某",)
    result = score([page])
    assert result.share("paragraphs whole and in place") < 1
    assert result.share("authors") < 1
