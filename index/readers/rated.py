"""The text of a recognised page in the making, and how sure the recognition of each of its lines is.

Knows nothing of formats; ``index.parsing.quality`` reads what it writes.
"""

from __future__ import annotations

from typing import Any

from index.readers.decoding import clean


class RatedText:
    """Paragraphs of one line each with an empty line between."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._quality: list[float | None] = []

    def add(self, paragraph: str, quality: float | None) -> None:
        """Add a paragraph; ``quality`` is from 0 to 1, None where it is unknown."""
        text = clean(paragraph).replace("\n", " ").strip()
        if text:
            self._lines.extend(("", text) if self._lines else (text,))
            sure = None if quality is None else round(quality, 3)
            self._quality.extend((None, sure) if self._quality else (sure,))

    @property
    def text(self) -> str:
        """All lines so far."""
        return "\n".join(self._lines)

    @property
    def facts(self) -> dict[str, Any]:
        """``quality`` for each line of the text and ``ocr_confidence``, the mean over characters; nothing where none is known."""
        known = [(sure, len(line)) for sure, line in zip(self._quality, self._lines, strict=True) if sure is not None]
        if not known:
            return {}
        mean = sum(sure * length for sure, length in known) / sum(length for _, length in known)
        return {"ocr_confidence": round(mean, 3), "quality": list(self._quality)}
