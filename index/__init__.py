"""From raw newspaper text to a searchable archive. Knows nothing of questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.schema import DateRange, Filter

if TYPE_CHECKING:
    from index.archive import Archive

__all__ = ["Archive", "DateRange", "Filter"]


def __getattr__(name: str) -> Any:
    # FAISS and tantivy cost a tenth of a second; ``import index`` must not pay for them.
    if name == "Archive":
        from index.archive import Archive

        return Archive
    raise AttributeError(f"module 'index' has no attribute {name!r}")
