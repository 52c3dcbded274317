"""From a question to a cited answer. Never parses a newspaper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qa.schema import Answer, Citation, Turn

if TYPE_CHECKING:
    from qa.assistant import Assistant

__all__ = ["Answer", "Assistant", "Citation", "Turn"]


def __getattr__(name: str) -> Any:
    # Importing qa must be free; the assistant brings FAISS, tantivy and jieba.
    if name == "Assistant":
        from qa.assistant import Assistant

        return Assistant
    raise AttributeError(f"module 'qa' has no attribute {name!r}")
