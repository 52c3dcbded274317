"""Rankings in the format of trec_eval: ``question Q0 document rank score run``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.evaluation.running import RANKED, Result


def run_file(results: Sequence[Result], *, name: str = "wenbao") -> str:
    """Return the run: documents by their own ids where the question set names them, else passages; no white space in ids."""
    lines = [
        f"{_id(result.known.id)} Q0 {_id(document)} {rank} {RANKED + 1 - rank} {name}"
        for result in results
        for rank, (document, _) in enumerate(result.ranking[:RANKED], start=1)
    ]
    return "".join(f"{line}\n" for line in lines)


def _id(text: str) -> str:
    return re.sub(r"\s+", "_", text) or "_"
