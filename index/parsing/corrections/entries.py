"""One entry of a corrections file -> a ``Correction``, or an error that says what is wrong with it. Knows no page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ACTIONS = ("join", "split", "move", "headline", "kicker", "subtitle", "subhead", "byline", "caption", "text", "furniture")
_OTHER = {"words", "to", "names", "before", "file", "entry"}
_MOST_LINES = 500


class CorrectionError(Exception):
    """An entry that cannot be applied; the message says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What to do with which lines. ``words`` holds for each line what must stand in it; ``to`` is the line to move behind,
    ``before`` the words to split a line before, ``names`` the authors of a byline."""

    action: str
    lines: tuple[int, ...]
    words: tuple[str, ...]
    to: int | None = None
    before: str | None = None
    names: tuple[str, ...] = ()


def read_entry(raw: Mapping[str, Any]) -> Correction:
    """Read an entry. Raises CorrectionError."""
    actions = [name for name in ACTIONS if name in raw]
    if len(actions) != 1:
        raise CorrectionError(f"names {len(actions)} of the actions; write one of {', '.join(ACTIONS)}")
    if unknown := [str(name) for name in raw if name not in _OTHER and name not in ACTIONS]:
        raise CorrectionError(f"unknown key {unknown[0][:40]!r}; known beside the action are words, to, before, names")
    action = actions[0]
    lines = tuple(_number(value, action) for value in _listed(raw[action]))
    words = tuple(str(value) for value in _listed(raw.get("words")))
    if not lines or len(lines) > _MOST_LINES or len(set(lines)) < len(lines):
        raise CorrectionError(f"{action} needs line numbers, each once")
    if action == "join" and len(lines) < 2:
        raise CorrectionError("join needs two or more lines, for example  join: [17, 19]")
    if action == "split" and len(lines) > 1:
        raise CorrectionError("split takes one line, the first of the new paragraph")
    if len(words) != len(lines) or not all("".join(word.split()) for word in words):
        raise CorrectionError(f"words must quote some words of each line; {len(lines)} expected, {len(words)} given")
    to = _number(raw["to"], "to") if "to" in raw else None
    if (action == "move") != (to is not None):
        raise CorrectionError("move needs  to:  with the line to move behind" if action == "move" else "only move has  to:")
    before = str(raw["before"]) if raw.get("before") else None
    names = tuple(str(value).strip() for value in _listed(raw.get("names")))
    if (before and action != "split") or (names and action != "byline"):
        raise CorrectionError("before belongs to split, names to byline")
    return Correction(action, lines, words, to, before, names)


def restored(entries: Sequence[Mapping[str, Any]]) -> set[int]:
    """The lines that a person says are no furniture, so that no fact of the issue is read from them."""
    found: set[int] = set()
    for raw in entries:
        try:
            correction = read_entry(raw)
        except CorrectionError:
            continue
        if correction.action not in ("furniture", "split"):
            found.update(correction.lines)
    return found


def check_words(correction: Correction, texts: Mapping[int, str]) -> None:
    """Make sure that the lines are those the person saw. Raises CorrectionError, KeyError for a line that is not there."""
    for number, words in zip(correction.lines, correction.words, strict=True):
        if "".join(words.split()) not in "".join(texts[number].split()):
            raise CorrectionError(
                f"line {number} does not hold {words[:30]!r} but {texts[number].strip()[:30]!r}; "
                "the source has changed, look up the line again"
            )


def _listed(value: Any) -> list[Any]:
    if value in (None, ""):
        return []
    return list(value) if isinstance(value, list) else [value]


def _number(value: Any, name: str) -> int:
    text = str(value).strip()
    if not (text.isascii() and text.isdigit()) or not 0 < int(text[:9]) < 10**8:
        raise CorrectionError(f"{name} needs a line number, not {text[:20]!r}")
    return int(text)
