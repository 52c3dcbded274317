"""Questions with known answers -> figures, side by side with parts switched off, as tables, runs and a page.

Reads JSON lines, CSV, SQuAD and BEIR; makes probes from an archive of one's own.
"""

from __future__ import annotations

from qa.evaluation.known import Document, Known, Place, QuestionSet
from qa.evaluation.measures import figures
from qa.evaluation.reading import read
from qa.evaluation.running import Evaluation, Result, evaluate

__all__ = ["Document", "Evaluation", "Known", "Place", "QuestionSet", "Result", "evaluate", "figures", "read"]
