"""Cut what a model writes into sentences with their citation numbers, as it arrives. Judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBERS = r"[\[［【]\s*\d{1,3}(?:\s*[,，、;；-]\s*\d{1,3})*\s*[\]］】]"
_CITED = re.compile(rf"\s*{_NUMBERS}")
# A sentence ends at its mark with closing quotes and the numbers behind it; an English full stop needs white space behind.
_END = re.compile(rf"(?:[。！？!?…]+|\.(?=[\s\[［【”\"’)]|$))[”’」』）)\"]*(?:\s*{_NUMBERS})*|\n+")
_LEADING = re.compile(r"^(?:[-*•·>#]+\s+|\(?\d{1,2}[.)、）]\s+)+")
_EMPHASIS = re.compile(r"\*\*|__|`+|\*(?=\S)|(?<=\S)\*")
_THOUGHT = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL)
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence without its numbers, and the numbers, in order, each once."""

    text: str
    numbers: tuple[int, ...]


class Cutter:
    """Takes a reply piece by piece and gives back every sentence once it is whole."""

    def __init__(self) -> None:
        self._held = ""

    def add(self, text: str) -> Iterator[Statement]:
        """Yield the sentences that are whole now. One at the very end waits, for numbers may still follow it."""
        self._held += text
        if "<think>" in self._held:
            if "</think>" not in self._held:
                return
            self._held = _THOUGHT.sub("", self._held)
        yield from self._cut(last=False)

    def close(self) -> Iterator[Statement]:
        """Yield what is left."""
        self._held = _THOUGHT.sub("", self._held)
        yield from self._cut(last=True)

    def _cut(self, *, last: bool) -> Iterator[Statement]:
        start = 0
        for match in _END.finditer(self._held):
            if not last and not self._held[match.end() :].strip():
                break
            if not last and self._held[match.end() :].lstrip()[0] in "[［【":
                break
            yield from _statements(self._held[start : match.end()])
            start = match.end()
        self._held = self._held[start:]
        if last:
            yield from _statements(self._held)
            self._held = ""


def _statements(raw: str) -> Iterator[Statement]:
    text = _EMPHASIS.sub("", _LEADING.sub("", _HIDDEN.sub("", raw).strip())).strip()
    numbers = [int(number) for match in _CITED.finditer(text) for number in re.findall(r"\d+", match.group())]
    bare = " ".join(_CITED.sub("", text).split())
    bare = re.sub(r"(?<=[\u3000-\u9fff])\s+(?=[。！？；，、])", "", bare)
    if bare.strip("。！？!?….,，、;；:： "):
        yield Statement(bare, tuple(dict.fromkeys(numbers)))
