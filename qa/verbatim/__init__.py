"""Words exactly as printed: in which passages they stand, with what around them, and how often in which paper and year.

Compares folded text (width, case, traditional and simplified characters count as the same) and nothing more: no synonyms,
no translation, no ranking. That is ``qa.retrieval``.
"""

from __future__ import annotations

from qa.verbatim.facets import Count, Facets, facets
from qa.verbatim.lines import Concordance, Line, concordance

__all__ = ["Concordance", "Count", "Facets", "Line", "concordance", "facets"]
