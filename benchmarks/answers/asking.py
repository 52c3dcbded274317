"""Ask the questions that are only measured, and note of each what the figures need.

``given``: the passages of the answering paragraph are all there is; ``whole``: an archive of everything; ``without``: the same
less the answering paragraph; ``near``: the question changed into a near miss. Knows questions and views; makes no figures.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.schema import Encoder, Passage
from index.text import fold
from qa.evidence import Evidence, weigh
from qa.processors import one_thread
from qa.question import Kind, understand
from qa.retrieval import Ranked, Ranking, View, query_of
from training.evidence.collect import Asked, find
from training.evidence.sets import Known

_MOST = 3  # quotes that count as shown


@dataclass(frozen=True, slots=True)
class Shown:
    """How a question went: whether an answer lies in the first sentence and in the quotes, the marked words' F1, confidence.

    ``first`` and ``quotes`` hold when they touch a gold answer, ``entire`` when a quote holds one from end to end; ``f1`` is
    over characters, against the best gold answer, of the words marked in the first quote.
    """

    set: str
    kind: Kind
    first: bool
    quotes: bool
    entire: bool
    f1: float
    confidence: float


def given(known: Known, passages: Sequence[Passage], view: View, encoder: Encoder) -> Shown | None:
    """Weigh nothing but the passages of the answering paragraph."""
    question = understand(known.question)
    query = query_of(question, view, encoder)
    cosines = view.vectors([passage.id for passage in passages]) @ query.vector
    ranked = tuple(Ranked(passage, 1.0, 1.0, float(cosine)) for passage, cosine in zip(passages, cosines, strict=True))
    evidence = weigh(question, Ranking(query, ranked), view)
    return shown(known, evidence, question.kinds[0])


def whole(asked: Asked) -> Shown | None:
    """Weigh what was retrieved from everything."""
    evidence = weigh(asked.whole.question, asked.whole.ranking, asked.whole.view)
    return shown(asked.known, evidence, asked.whole.question.kinds[0])


def shown(known: Known, evidence: Evidence, kind: Kind) -> Shown | None:
    """Compare evidence with the known answers; None when there was nothing to weigh."""
    if not evidence.sentences:
        return None
    best, quotes = evidence.sentences[0], evidence.quotes[:_MOST]
    golds = known.spans
    return Shown(
        set=known.set,
        kind=kind,
        first=any(a < best.end and b > best.start for a, b in golds.get(best.passage.id, ())),
        quotes=any(a < quote.end and b > quote.start for quote in quotes for a, b in golds.get(quote.passage_id, ())),
        entire=any(a >= quote.start and b <= quote.end for quote in quotes for a, b in golds.get(quote.passage_id, ())),
        f1=_f1(evidence, known),
        confidence=evidence.judgement.confidence,
    )


def _f1(evidence: Evidence, known: Known) -> float:
    texts = {item.passage.id: item.passage.text for item in evidence.ranking.ranked}
    if not evidence.quotes:
        return 0.0
    quote = evidence.quotes[0]
    marked = "".join(texts[quote.passage_id][start:end] for start, end in quote.marks)
    return max(f1(marked, answer) for answer in known.answers)


def f1(said: str, gold: str) -> float:
    """Return the F1 over characters, marks and blanks left out (as the sets' own scorers count)."""
    one, other = (Counter(char for char in fold(text) if char.isalnum()) for text in (said, gold))
    common = sum((one & other).values())
    return 2 * common / (sum(one.values()) + sum(other.values())) if common else 0.0


def confidences(asked: Asked) -> tuple[float, float | None]:
    """Return the confidence without the answering paragraph, and in the near miss (None where there is none)."""
    without = weigh(asked.without.question, asked.without.ranking, asked.without.view)
    if asked.near is None:
        return without.judgement.confidence, None
    near = weigh(asked.near.question, asked.near.ranking, asked.near.view)
    return without.judgement.confidence, near.judgement.confidence


def times(questions: Sequence[str], view: View, encoder: Encoder) -> Iterator[tuple[float, float]]:
    """Yield for each question the milliseconds of its evidence, retrieval not counted: by the clock, and of this processor."""
    for text in questions:
        found = find(text, view, encoder)
        if found:
            start, worked = time.perf_counter(), time.process_time()
            with one_thread():  # as whole answers do
                weigh(found.question, found.ranking, view)
            yield (time.perf_counter() - start) * 1000, (time.process_time() - worked) * 1000
