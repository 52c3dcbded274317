"""What a found ranking gives to learn from: rows of features with their labels, signals of the judgement."""

from __future__ import annotations

import numpy as np

from index.text import fold
from qa import judgement, overlap, sentences
from qa.alignment import align
from qa.likeness import unlike
from qa.quotes import select
from qa.schema import Quote
from qa.sentences import Sentence
from training.evidence.collect import Found
from training.evidence.fit import Group
from training.evidence.sets import Known


def skimmed(found: Found, known: Known) -> Group | None:
    """Return all sentences as they are skimmed."""
    places = sentences.places_of(found.question, found.ranking)
    if not places:
        return None
    right = [answers(place.ranked.passage.id, place.start, place.end, known) for place in places]
    return Group(overlap.table(found.ranking.query, found.question.text, places), np.array(right))


def read_closely(scored: tuple[Sentence, ...], known: Known) -> Group | None:
    """Return the sentences that were read closely."""
    close = [sentence for sentence in scored if sentence.close]
    right = [answers(s.passage.id, s.start, s.end, known) for s in close]
    return Group(np.array([s.features for s in close]), np.array(right)) if close else None


def score(found: Found) -> tuple[Sentence, ...]:
    """Return the scored sentences of what was found."""
    return sentences.score(found.question, found.ranking)


def signals(found: Found, scored: tuple[Sentence, ...]) -> tuple[tuple[float, ...], tuple[Quote, ...]]:
    """Return the signals of the judgement, and the quotes it judges."""
    question, query, view = found.question, found.ranking.query, found.view
    quotes = select(question, scored, view)
    around = judgement.near(scored[0])
    held = align(question, query, scored[0].passage, around, view)
    passages = {sentence.passage.id: sentence.passage for sentence in scored}
    missing = judgement.missing_from(question, query, [passages[quote.passage_id] for quote in quotes], view)
    return judgement.signals(scored, quotes, held, missing, unlike(query, around, view.size)), quotes


def answers(passage_id: str, start: int, end: int, known: Known) -> bool:
    """Tell whether a span of a passage touches a gold answer."""
    return any(a < end and b > start for a, b in known.spans.get(passage_id, ()))


def shown(quotes: tuple[Quote, ...], known: Known, texts: dict[str, str]) -> bool:
    """Tell whether a quote holds a whole gold answer, in its place or printed elsewhere."""
    if any(a >= q.start and b <= q.end for q in quotes for a, b in known.spans.get(q.passage_id, ())):
        return True
    quoted = [fold(texts[quote.passage_id][quote.start : quote.end]) for quote in quotes]
    return any(len(answer) > 3 and fold(answer) in quote for answer in known.answers for quote in quoted)
