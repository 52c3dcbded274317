"""What of the ranking answers: sentences scored, quotes chosen from them, and how sure.

The three steps stand in ``sentences``, ``quotes`` and ``judgement``; here they meet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from qa.judgement import Judgement, judge
from qa.question import Question
from qa.quotes import select
from qa.retrieval import Ranking, View
from qa.schema import Quote
from qa.sentences import Sentence, score


@dataclass(frozen=True, slots=True)
class Evidence:
    """All weighed sentences, likeliest first; the quotes taken from them; the judgement over the quotes."""

    ranking: Ranking
    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    judgement: Judgement


def weigh(question: Question, ranking: Ranking, view: View) -> Evidence:
    """Weigh what was retrieved."""
    question = replace(question, measures=question.measures or ranking.query.counted)
    sentences = score(question, ranking)
    quotes = select(question, sentences, view)
    return Evidence(ranking, sentences, quotes, judge(question, ranking, sentences, quotes, view))
