"""Both legs on disk, derived from the truth: generations, checksums, catching up.

``derived/manifest.json`` names the generation in use, the sequence it contains and the SHA-256 of each of its files. It is
replaced last, in one step, so its existence proves that the rest was written. A generation never changes once it is named:
the next one links the files it shares. Nothing here is needed to survive: what is missing, damaged, foreign or made by
another model, tokenizer or library version is made anew from the truth.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import faiss
import tantivy

from index.storage import dense as dense_legs
from index.storage import lexical
from index.storage.dense import Dense
from index.storage.lexical import LegDamaged, Lexical
from index.storage.manifest import FOLDER, MANIFEST, Identity, Manifest, damage, identity, put_in_place, read_manifest, sha256
from index.storage.snapshot import Snapshot

_LIBRARIES = f"tantivy {tantivy.__version__}, FAISS {faiss.__version__}"
_LEXICAL = "lexical"
_DENSE = "dense.faiss"
_BATCH = 50_000
# tantivy counts removed passages in its statistics until it merges them away. Up to this size the lexical leg is made
# anew instead, so that scores are exactly those of a fresh archive; above, when a tenth has gone.
_EXACT_UP_TO = 10_000
_GONE_AT_MOST = 0.1


@dataclass(frozen=True, slots=True)
class Legs:
    """One immutable state of both legs. ``generation`` is None when they were made in memory."""

    archive: str
    sequence: int
    mark: str
    fingerprint: str
    tokens: str
    lexical: Lexical
    dense: Dense
    generation: str | None = None
    gone: int = 0
    files: Mapping[str, str] = field(default_factory=dict)
    verified: Mapping[Identity, str] = field(default_factory=dict)

    def fit(self, snapshot: Snapshot) -> bool:
        """Tell whether these legs belong to the history, model and tokens of a snapshot, at its sequence or before."""
        return self.continued_by(snapshot) and (self.fingerprint, self.tokens) == (snapshot.fingerprint, snapshot.tokens)

    def continued_by(self, snapshot: Snapshot) -> bool:
        """Tell whether the history of a snapshot holds the change that these legs were made at."""
        return self.archive == snapshot.archive and snapshot.mark(self.sequence) == self.mark


def load(folder: Path, base: Legs | None = None) -> Legs:
    """Open the generation in use after verifying every checksum. Raises LegDamaged, naming the file.

    Files that it shares with ``base``, and that were not written to since, were verified when that was opened.
    """
    manifest = read_manifest(folder)
    while True:
        problems = damage(folder / FOLDER, manifest, base.verified if base else {})
        if not problems:
            return _open(folder / FOLDER, manifest)
        # A writer may have swept this generation away between the manifest and its files.
        latest = read_manifest(folder)
        if latest.generation == manifest.generation:
            raise LegDamaged(problems[0])
        manifest = latest


def _open(derived: Path, manifest: Manifest) -> Legs:
    if manifest.libraries != _LIBRARIES:
        raise LegDamaged(f"it was made by {manifest.libraries}")
    home = derived / manifest.generation
    try:
        lexical_leg, dense_leg = Lexical.open(home / _LEXICAL), dense_legs.open_leg(home / _DENSE)
        verified = {identity(home / name): checksum for name, checksum in manifest.files.items()}
    except OSError as error:
        raise LegDamaged(f"{home}: {error}") from error
    return Legs(
        archive=manifest.archive,
        sequence=manifest.sequence,
        mark=manifest.mark,
        fingerprint=manifest.fingerprint,
        tokens=manifest.tokens,
        lexical=lexical_leg,
        dense=dense_leg,
        generation=manifest.generation,
        gone=manifest.gone,
        files=manifest.files,
        verified=verified,
    )


def in_memory(snapshot: Snapshot) -> Legs:
    """Make both legs without touching a disk."""
    last = snapshot.last_row()
    dense = dense_legs.create(max(1, snapshot.dimensions), snapshot.size())
    _fill(dense, snapshot, (1, last))
    return Legs(
        archive=snapshot.archive,
        sequence=snapshot.sequence,
        mark=snapshot.mark(snapshot.sequence),
        fingerprint=snapshot.fingerprint,
        tokens=snapshot.tokens,
        lexical=Lexical.in_memory(snapshot.entries(1, last)),
        dense=dense,
    )


def publish(folder: Path, snapshot: Snapshot, base: Legs | None) -> Legs:
    """Write the generation of a snapshot, from ``base`` where that saves work. Call with the writer's lock held.

    Raises OSError or LegDamaged when it cannot be written; the generation in use is then as before.
    """
    derived = folder / FOLDER
    derived.mkdir(exist_ok=True)
    generation = f"{snapshot.sequence:09d}-{secrets.token_hex(3)}"
    home = derived / generation
    if base is None or not base.generation or not (derived / base.generation).is_dir() or not base.continued_by(snapshot):
        base = None
    try:
        gone = _write_lexical(home, snapshot, base, derived)
        _write_dense(home, snapshot, base, derived)
        manifest = Manifest(
            generation=generation,
            archive=snapshot.archive,
            sequence=snapshot.sequence,
            mark=snapshot.mark(snapshot.sequence),
            fingerprint=snapshot.fingerprint,
            tokens=snapshot.tokens,
            libraries=_LIBRARIES,
            gone=gone,
            files=_checksums(home, base),
        )
        put_in_place(folder, manifest)
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise
    # The last generation stays for readers that have read its manifest and not yet opened its files.
    _sweep(derived, keep={MANIFEST, generation, base.generation if base else None})
    return _open(derived, manifest)


def _write_lexical(home: Path, snapshot: Snapshot, base: Legs | None, derived: Path) -> int:
    """Write the lexical leg and return how many removed passages it still counts."""
    target = home / _LEXICAL
    target.mkdir(parents=True)
    if base is not None and base.generation and base.tokens == snapshot.tokens:
        changes = snapshot.changes(base.sequence)
        ranges = [gone for gone, _ in changes if gone[0] <= gone[1]]
        gone = base.gone + sum(last - first + 1 for first, last in ranges)
        if gone == 0 or (base.lexical.size > _EXACT_UP_TO and gone < _GONE_AT_MOST * base.lexical.size):
            new = [new for _, new in changes if new[0] <= new[1]]
            expected = sum(last - first + 1 for first, last in new)
            entries = (entry for first, last in new for entry in snapshot.entries(first, last))
            _link(derived / base.generation / _LEXICAL, target)
            lexical.extend(target, entries, gone=ranges, expected=expected)
            return gone
    lexical.create(target, snapshot.entries(1, snapshot.last_row()), expected=snapshot.size())
    return 0


def _write_dense(home: Path, snapshot: Snapshot, base: Legs | None, derived: Path) -> None:
    size = snapshot.size()
    usable = base is not None and base.fingerprint == snapshot.fingerprint and dense_legs.suits(base.dense, size)
    if base is not None and base.generation and usable:
        changes = snapshot.changes(base.sequence)
        dense = dense_legs.open_leg(derived / base.generation / _DENSE)  # a copy of our own: others are searching the base
        dense.remove([gone for gone, _ in changes if gone[0] <= gone[1]])
        _fill(dense, snapshot, *(new for _, new in changes))
    else:
        dense = dense_legs.create(max(1, snapshot.dimensions), size)
        _fill(dense, snapshot, (1, snapshot.last_row()))
    dense.save(home / _DENSE)


def _fill(dense: Dense, snapshot: Snapshot, *ranges: tuple[int, int]) -> None:
    for first, last in ranges:
        for start in range(first, last + 1, _BATCH):
            dense.add(*snapshot.vector_rows(start, min(last, start + _BATCH - 1)))


def _link(source: Path, target: Path) -> None:
    """Give a folder the files of another; tantivy adds and replaces files but never writes into one that exists."""
    for path in source.iterdir():
        if path.suffix in (".json", ".lock"):
            continue
        try:
            os.link(path, target / path.name)
        except OSError:
            shutil.copyfile(path, target / path.name)
    for name in ("meta.json", ".managed.json"):
        shutil.copyfile(source / name, target / name)


def _checksums(home: Path, base: Legs | None) -> dict[str, str]:
    known = base.files if base else {}
    files = {}
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home).as_posix()
        if path.suffix == ".lock":
            path.unlink()
        elif path.is_file():
            # Linked files were verified when the base was opened.
            linked = name in known and path.suffix not in (".json", ".faiss") and path.stat().st_nlink > 1
            files[name] = known[name] if linked else sha256(path)
    return files


def _sweep(derived: Path, keep: set[str | None]) -> None:
    for path in derived.iterdir():
        if path.name not in keep:
            # Windows refuses to delete what a reader has open; a later update comes by again.
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):
                    path.unlink()
