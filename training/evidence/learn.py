"""Fit the combinations of ``qa.sentences`` and ``qa.judgement`` one after the other, and show how they do by cross-fitting.

Takes questions that were asked; knows nothing of where they come from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa import judgement, overlap, sentences
from qa.schema import Language
from qa.sentences import Sentence
from training.evidence import weigh
from training.evidence.collect import Asked, Found
from training.evidence.figures import auroc, calibration_error, kept_at
from training.evidence.fit import Group, logistic, softmax
from training.evidence.sets import Known

PRIOR = 0.8  # share of what is asked of an archive that it answers: people ask papers what papers print

# Which way a signal may count (1 for the answer, -1 against it, 0 either way). Without this, signals that say nearly the same
# get weights against their meaning, which do harm in an archive unlike those learned from.
SIGNS: dict[str, int] = {
    **dict.fromkeys(judgement.SIGNALS, 1),
    **dict.fromkeys(("absent", "absent_second", "absent_article", "numbers", "conflict"), -1),
    **dict.fromkeys(("named", "missing", "unlike", "unlike_mean"), -1),
    **dict.fromkeys(("quotes", "agrees"), 0),
}
_DECAY = 1e-2

Weights = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """Signals of the judgement, whether the quotes answered, and which way it was asked (0 whole, 1 without, 2 near)."""

    known: Known
    way: int
    signals: tuple[float, ...]
    right: bool


def learn(language: Language, asked: Sequence[Asked]) -> None:
    """Fit the three combinations for a language, leave them in force, print them with figures."""
    skimmed = [group for each in asked if (group := weigh.skimmed(each.whole, each.known))]
    sentences.SKIM[language] = softmax(skimmed)
    _show(f"sentences.SKIM {language}", overlap.COLUMNS, sentences.SKIM[language])
    scored = [[weigh.score(found) if found else () for found in ways(each)] for each in asked]
    pairs = zip(asked, scored, strict=True)
    close = [(each.known, group) for each, rows in pairs if (group := weigh.read_closely(rows[0], each.known))]
    print(f"{language}: first sentence by cross-fitting {_first(close):.3f} of {len(close)}")
    weights = softmax([group for _, group in close])
    sentences.WEIGHTS[language] = weights
    _show(f"sentences.WEIGHTS {language}", sentences.FEATURES, weights)
    rows = [row for each, found in zip(asked, scored, strict=True) for row in judged(each, found, weights)]
    print(f"{language}: {_figures(rows)}")
    bias, odds = _fit(rows)
    _show(f"judgement.WEIGHTS {language} (bias {bias:.3f})", judgement.SIGNALS, odds)


def ways(asked: Asked) -> tuple[Found, Found, Found | None]:
    """Return the three ways in which a question was asked."""
    return asked.whole, asked.without, asked.near


def half(known: Known) -> int:
    """Tell on which side of the cross-fitting a question stands; follows from its article."""
    return hashlib.sha256(known.article_id.encode()).digest()[0] % 2


def reweighed(scored: Sequence[Sentence], weights: Weights) -> tuple[Sentence, ...]:
    """Return sentences scored before as these weights of close reading score them."""
    close = [sentence for sentence in scored if sentence.close]
    scores = {id(sentence): float(np.dot(sentence.features, weights)) for sentence in close}
    down = min(scores.values()) - min(sentence.score for sentence in close)
    moved = [replace(s, score=scores.get(id(s), s.score + down)) for s in scored]
    best = max(sentence.score for sentence in moved)
    total = sum(np.exp(sentence.score - best) for sentence in moved)
    shared = (replace(s, share=float(np.exp(s.score - best) / total)) for s in moved)
    return tuple(sorted(shared, key=lambda sentence: -sentence.score))


def judged(asked: Asked, scored: Sequence[Sequence[Sentence]], weights: Weights) -> list[Judged]:
    """Return signals with labels: the question (answered when a quote holds the answer), without its article, the near miss."""
    rows: list[Judged] = []
    for way, (found, before) in enumerate(zip(ways(asked), scored, strict=True)):
        if found and before:
            values, quotes = weigh.signals(found, reweighed(before, weights))
            printed = {item.passage.id: item.passage.text for item in found.ranking.ranked}
            rows.append(Judged(asked.known, way, values, way == 0 and weigh.shown(quotes, asked.known, printed)))
    return rows


def _fit(rows: Sequence[Judged]) -> tuple[float, Weights]:
    signs = [SIGNS[name] for name in judgement.SIGNALS]
    right = np.array([float(row.right) for row in rows])
    return logistic(np.array([row.signals for row in rows]), right, prior=PRIOR, decay=_DECAY, signs=signs)


def _first(close: Sequence[tuple[Known, Group]]) -> float:
    """Share of questions whose first sentence answers, each by weights fitted on the other half."""
    fits = [softmax([group for known, group in close if half(known) != side]) for side in (0, 1)]
    return float(np.mean([group.right[int(np.argmax(group.rows @ fits[half(known)]))] for known, group in close]))


def _figures(rows: Sequence[Judged]) -> str:
    fits = [_fit([row for row in rows if half(row.known) != side]) for side in (0, 1)]
    odds = [fits[half(row.known)][0] + float(np.dot(row.signals, fits[half(row.known)][1])) for row in rows]
    held, gone, near = ([value for value, row in zip(odds, rows, strict=True) if row.way == way] for way in (0, 1, 2))
    chances = [1.0 / (1.0 + float(np.exp(-value))) for value in odds]
    right = [row.right for row in rows]
    counts = [PRIOR / sum(right) if row.right else (1 - PRIOR) / (len(right) - sum(right)) for row in rows]
    return (
        f"shown {np.mean([row.right for row in rows if row.way == 0]):.3f}; gone AUROC {auroc(held, gone):.3f}, kept at .9 "
        f"{kept_at(held, gone):.3f}, answered {np.mean(np.array(held) > 0):.3f} against {np.mean(np.array(gone) > 0):.3f}; near "
        f"AUROC {auroc(held, near):.3f}; calibration error {calibration_error(chances, right, counts=counts):.3f}"
    )


def _show(name: str, columns: Sequence[str], weights: Weights) -> None:
    print(name, ", ".join(f"{column} {weight:.3f}" for column, weight in zip(columns, weights, strict=True)), flush=True)
