"""A whole archive copied to another place, whatever engines keep the two: source by source, resumable, verified.

Nothing is read, parsed or encoded again: texts, ids, words and vectors go over as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from index.errors import ArchiveError, ModelError
from index.schema import Stats, Vectors
from index.storage.draft import SourceDraft, passage_sketches
from index.storage.engine import Engine, Records, Writer
from index.storage.places import open_engine
from index.storage.transfer import digest_of

Progress = Callable[[int, int, str], None]
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What a copy did, in sources, and what both places hold after it."""

    copied: int
    unchanged: int
    removed: int
    stats: Stats

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Recorded:
    """The model of the archive that is copied, by name alone: here nothing is encoded."""

    name: str
    fingerprint: str
    dimensions: int

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        raise ModelError(f"{self.name} is known by name alone here")

    encode_questions = encode_passages


def copy_archive(source: str | Path, target: str | Path, *, prune: bool = False, progress: Progress | None = None) -> CopyReport:
    """Make the archive at ``target`` hold what the one at ``source`` holds, and compare both to the last vector.

    What is there already under the same name, content and reading is not copied again, so a copy that was broken off goes on.
    ``prune`` removes what ``source`` does not hold. ``progress`` is called with (done, total, source), once more for each
    source compared. Raises ArchiveMissing, ArchiveLocked, and ArchiveError where the copy cannot be made or is not the same.
    """
    one, other = open_engine(source), open_engine(target)
    if one.place == other.place:
        raise ArchiveError(f"{one.place}: an archive cannot be copied onto itself")
    try:
        with one.records() as records:
            done = _Copy(records, other, progress or (lambda done, total, name: None))
            removed = done.carry_out(prune=prune)
            done.compare(one.place)
            return CopyReport(done.copied, len(done.rows) - done.copied, removed, records.stats())
    finally:
        one.close()
        other.close()


class _Copy:
    """One copy on its way."""

    def __init__(self, records: Records, target: Engine, progress: Progress) -> None:
        self.rows = {row.name: row for row in records.sources()}
        self.copied = 0
        self._records = records
        self._target = target
        self._progress = progress
        self._digests: dict[str, str] = {}

    def carry_out(self, *, prune: bool) -> int:
        """Copy what is missing; returns how many sources were removed."""
        with self._target.writing() as writer:
            self._fit_model(writer)
            held = {row.name: row for row in writer.sources()}
            surplus = [name for name in held if name not in self.rows]
            if surplus and not prune:
                shown = ", ".join(surplus[:_SHOWN]) + (" …" if len(surplus) > _SHOWN else "")
                raise ArchiveError(
                    f"{self._target.place}: {len(surplus)} sources are held that the other archive lacks ({shown}); "
                    "say --prune to remove them, or copy to another place"
                )
            if surplus:
                writer.rename({}, removing=surplus)
            kept = {name for name, row in self.rows.items() if held.get(name) == row}
            for draft in self._records.drafts(without=kept):
                self._progress(len(kept) + self.copied, 2 * len(self.rows), draft.name)
                self._digests[draft.name] = digest_of(draft)
                writer.put(_whole(draft))
                self.copied += 1
            self._target.publish()
        return len(surplus)

    def _fit_model(self, writer: Writer) -> None:
        model = _Recorded(self._records.model, self._records.fingerprint, self._records.dimensions)
        for what, theirs, ours in (
            ("model", writer.meta("fingerprint"), model.fingerprint),
            ("words", writer.meta("tokens"), self._records.tokens),
        ):
            if theirs and theirs != ours and writer.sources():
                raise ArchiveError(
                    f"{self._target.place}: its {what} were made otherwise than those of the other archive; "
                    "copy to another place, or bring both up to date with `update` or `update --reencode`"
                )
        if model.fingerprint and writer.meta("fingerprint") != model.fingerprint:
            writer.set_model(model)
        if self._records.tokens and writer.meta("tokens") != self._records.tokens:
            writer.retoken(self._records.tokens)

    def compare(self, source: str) -> None:
        """Compare every source of both archives. Raises ArchiveError naming those that differ."""
        for draft in self._records.drafts(without=self._digests):
            self._digests[draft.name] = digest_of(draft)
        with self._target.records() as copy:
            rows = {row.name: row for row in copy.sources()}
            differ = sorted({*rows.items()} ^ {*self.rows.items()}, key=lambda item: item[0])
            names = list(dict.fromkeys(name for name, _ in differ)) or self._unlike(copy)
        if names:
            shown = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
            raise ArchiveError(
                f"{self._target.place}: {len(names)} sources are not as in {source} ({shown}); "
                "one of the two was changed meanwhile or is damaged: run `check` on both, then copy again"
            )

    def _unlike(self, copy: Records) -> list[str]:
        unlike = []
        for seen, draft in enumerate(copy.drafts(), start=1):
            self._progress(len(self.rows) + seen, 2 * len(self.rows), draft.name)
            if digest_of(draft) != self._digests[draft.name]:
                unlike.append(draft.name)
        return unlike


def _whole(draft: SourceDraft) -> SourceDraft:
    """Return a source with what reprints are found by."""
    return draft if draft.sketches else replace(draft, sketches=passage_sketches(draft.passages()))
