"""What a person corrects in the reading of a page, by line numbers, each with words of the line so that it fits or fails.

entries (what is wanted) · editing (how it is done to the articles in the making). Knows nothing of files.
"""

from __future__ import annotations

from index.parsing.corrections.editing import apply
from index.parsing.corrections.entries import Correction, CorrectionError, restored

__all__ = ["Correction", "CorrectionError", "apply", "restored"]
