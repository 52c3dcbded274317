"""What readers said of sources, right or wrong, as lines of JSON in one file beside the archive. Nothing of it is sent anywhere.

A line that says "right" has the fields of a question with a known answer, as ``wenbao eval`` reads them. The file is bounded:
when it is full it becomes ``feedback.old.jsonl``, in the place of the one before. Knows nothing of requests.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Literal

from qa.chat.source import language
from qa.cite import Reference

FILE = "feedback.jsonl"
MOST_BYTES = 4 * 1024 * 1024
_START = 24  # characters that tell a paragraph from its neighbours
Verdict = Literal["right", "wrong", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Said:
    """A reader's word on one source: the question, the span that was shown, and whether it stood there as an answer."""

    question: str
    reference: Reference
    start: int
    end: int
    verdict: Verdict
    answered: bool


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


class Feedback:
    """Keeps what was said in a file. Safe to use from several threads."""

    def __init__(self, path: Path, *, most_bytes: int = MOST_BYTES, now: Callable[[], str] = _now) -> None:
        self.path = path
        self._most_bytes = most_bytes
        self._now = now
        self._lock = threading.Lock()

    def possible(self) -> bool:
        """Tell whether the file can be written where it is to lie."""
        place = self.path if self.path.exists() else self.path.parent
        return os.access(place, os.W_OK)

    def keep(self, said: Said) -> None:
        """Append one line. Raises OSError when the disk will not have it."""
        line = (json.dumps(self._line(said), ensure_ascii=False) + "\n").encode("utf-8", "replace")
        with self._lock:
            if self.path.exists() and self.path.stat().st_size + len(line) > self._most_bytes:
                self.path.replace(self.path.with_name("feedback.old.jsonl"))
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(descriptor, line)
            finally:
                os.close(descriptor)

    def _line(self, said: Said) -> dict[str, object]:
        text = said.reference.quote
        return {
            "at": self._now(),
            "verdict": said.verdict,
            "answered": said.answered,
            "question": said.question,
            "lang": language(said.question) or "en",
            "answerable": True,
            "answers": [text[said.start : said.end]],
            "gold_headline": said.reference.source.headline,
            "gold_paragraph_start": text[:_START],
            "passage_id": said.reference.id,
            "article_id": said.reference.article_id,
        }
