"""What is asked: kind of answer, words that carry content, things that must be in the evidence, which papers.

Works by the shape of questions in Chinese and English; of the archive it asks at most which papers, pages and days there
are. It does not know whether a word occurs anywhere. Everything inferred is visible in ``notes`` and ``inferred``.
"""

from __future__ import annotations

from qa.question.content import content_of
from qa.question.holdings import Holdings
from qa.question.kinds import kinds_of
from qa.question.reading import LONGEST, clean, understand
from qa.question.schema import Held, Kind, Question

__all__ = ["LONGEST", "Held", "Holdings", "Kind", "Question", "clean", "content_of", "kinds_of", "understand"]
