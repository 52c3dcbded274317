"""Ask questions with known answers three ways: of the whole archive, without the article that answers, and as a near miss.

Gathers what the fits need; fits nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.errors import QuestionError
from index.schema import Encoder
from qa.question import Question, understand
from qa.retrieval import Ranking, View, retrieve
from training.evidence.altered import Altered, Changed, alter
from training.evidence.archive import Without
from training.evidence.sets import Known, Page


@dataclass(frozen=True, slots=True)
class Found:
    """A question as understood, what was retrieved for it, and the view that it was asked of."""

    question: Question
    ranking: Ranking
    view: View


@dataclass(frozen=True, slots=True)
class Asked:
    """One known question: asked of all, asked without its article, and changed into a near miss (None where it cannot be)."""

    known: Known
    whole: Found
    without: Found
    altered: Altered | None
    near: Found | None


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of articles, and which articles print the same."""

    of: Mapping[str, str]
    alike: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, pages: Sequence[Page]) -> Texts:
        texts = {id: "\n".join(passage.text for passage in passages) for page in pages for id, passages in page.articles}
        same: dict[str, list[str]] = {}
        for id, text in texts.items():
            same.setdefault(text, []).append(id)
        return cls(texts, {id: tuple(same[text]) for id, text in texts.items()})


def ask(
    known: Sequence[Known], texts: Texts, names: Mapping[Changed, Sequence[str]], view: View, encoder: Encoder, *, seed: int = 1
) -> Iterator[Asked]:
    """Ask each question three ways; ``names`` are what the things that questions name are changed into."""
    for each in known:
        whole = find(each.question, view, encoder)
        without = find(each.question, Without(view, texts.alike[each.article_id]), encoder)
        altered = alter(each.question, texts.of[each.article_id], names, seed=seed)
        if whole and without:
            yield Asked(each, whole, without, altered, find(altered.question, view, encoder) if altered else None)


def find(text: str, view: View, encoder: Encoder) -> Found | None:
    """Retrieve for a question; None for a text that is no question."""
    try:
        question = understand(text)
    except QuestionError:
        return None
    return Found(question, retrieve(question, view, encoder), view)
