"""The lexical leg: BM25 (k1 1.2, b 0.75) over word and character tokens, by tantivy.

Tokens come from ``index.text`` and are joined by spaces; nothing here cuts, folds or drops one. No text ever reaches a
query parser: queries are built from at most 64 terms. Knows passages only by their row in the truth.
"""

from __future__ import annotations

import math
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jieba
import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import FieldType, Occur, Query

from index.schema import Filter, Term
from index.storage.filters import UNDATED, days, name_key
from index.storage.passing import Passing

# Raise the number when index.text cuts the same text into other tokens: archives are then tokenised anew.
TOKENS = f"1, jieba {jieba.__version__}"
MAX_TERMS = 64
_MANY = 20_000
# A single character that stands in more passages says little, and at a million passages took four fifths of the time.
_COMMON = 20_000
_HEAP = 50_000_000
_DEEPEST = 2_000  # hits among which passing ones are looked for
_NO_FILTER = Filter()

Key = tuple[str, str]  # field and token
_NO_COUNTS: Mapping[Key, int] = {}


class LegDamaged(Exception):
    """A derived index cannot be used and must be made anew; never leaves the archive."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lexical leg is told of one passage. ``words`` and ``grams`` are tokens joined by spaces."""

    row: int
    words: str
    grams: str
    day: int
    newspaper_key: str | None
    page_key: str | None
    author_keys: tuple[str, ...]


@contextmanager
def _guarded() -> Iterator[None]:
    try:
        yield
    except (ValueError, RuntimeError, OSError) as error:
        raise LegDamaged(f"lexical index: {error}") from error
    except BaseException as error:
        # A Rust panic is raised as a BaseException that tantivy does not export.
        if type(error).__name__ == "PanicException":
            raise LegDamaged(f"lexical index: {error}") from error
        raise


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for name in ("row", "day"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in ("words", "grams"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("newspaper", "page", "author"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _document(entry: Entry) -> Any:
    document = tantivy.Document()
    document.add_unsigned("row", entry.row)
    document.add_unsigned("day", entry.day)
    document.add_text("words", entry.words)
    document.add_text("grams", entry.grams)
    if entry.newspaper_key is not None:
        document.add_text("newspaper", entry.newspaper_key)
    if entry.page_key is not None:
        document.add_text("page", entry.page_key)
    for author in entry.author_keys:
        document.add_text("author", author)
    return document


def create(folder: Path, entries: Iterable[Entry], *, expected: int) -> None:
    """Write a new index of all entries into an empty folder; ``expected`` of them decides how many threads work."""
    with _guarded():
        _write(tantivy.Index(_schema(), path=str(folder)), entries, gone=(), expected=expected)


def extend(folder: Path, entries: Iterable[Entry], *, gone: Sequence[tuple[int, int]], expected: int) -> None:
    """Take the rows of each (first, last) range in ``gone`` out of the index in a folder, and add entries."""
    with _guarded():
        _write(tantivy.Index.open(str(folder)), entries, gone=gone, expected=expected)


def _write(index: Any, entries: Iterable[Entry], *, gone: Sequence[tuple[int, int]], expected: int) -> None:
    threads = min(4, os.cpu_count() or 1) if expected > _MANY else 1
    writer = index.writer(_HEAP * threads, threads)
    for first, last in gone:
        writer.delete_documents_by_query(Query.range_query(index.schema, "row", FieldType.Unsigned, first, last))
    for entry in entries:
        writer.add_document(_document(entry))
    writer.commit()
    writer.wait_merging_threads()
    # Segments that a merge has replaced are only deleted by a later writer; the folder is about to become immutable.
    sweeper = index.writer(15_000_000, 1)
    sweeper.garbage_collect_files()
    sweeper.wait_merging_threads()


def added_up(terms: Sequence[Term]) -> dict[Key, float]:
    """Return the weight of each (field, token); a token named twice weighs both."""
    weights: dict[Key, float] = {}
    for term in terms:
        if term.weight > 0 and term.text:
            key = (str(term.field), term.text)
            weights[key] = weights.get(key, 0.0) + term.weight
    return weights


def heaviest(weights: Mapping[Key, float], frequencies: Mapping[Key, int], passages: int) -> dict[Key, float]:
    """Return what counts of a query on any engine: tokens that are held, the 64 that can score highest, no single characters in
    more than 20,000 passages where anything longer is held."""
    found = {key: count for key, count in frequencies.items() if count > 0}
    if any(len(text) > 1 for _, text in found):
        found = {key: count for key, count in found.items() if len(key[1]) > 1 or count <= _COMMON}
    gains = {key: weights[key] * math.log(1 + (passages + 0.5) / (count + 0.5)) for key, count in found.items()}
    best = sorted(gains, key=lambda key: (-gains[key], key))[:MAX_TERMS]
    return {key: weights[key] for key in best}


class Lexical:
    """One immutable state of the lexical leg; safe to search from many threads."""

    def __init__(self, index: Any) -> None:
        with _guarded():
            index.config_reader("manual")  # the default starts a thread that watches the folder
            index.reload()
            self._schema = index.schema
            self._searcher = index.searcher()

    @classmethod
    def open(cls, folder: Path) -> Lexical:
        """Open the index in a folder. Raises LegDamaged when tantivy cannot."""
        try:
            with _guarded():
                return cls(tantivy.Index.open(str(folder)))
        except LegDamaged:
            if os.access(folder, os.W_OK):
                raise
        with _guarded():
            return cls._open_read_only(folder)

    @classmethod
    def _open_read_only(cls, folder: Path) -> Lexical:
        # tantivy makes a lock file even to read; where it cannot, it gets a folder of links.
        twin = Path(tempfile.mkdtemp(prefix="wenbao-"))
        try:
            for path in folder.iterdir():
                if path.suffix != ".lock":
                    (twin / path.name).symlink_to(path.resolve())
            leg = cls(tantivy.Index.open(str(twin)))
        except BaseException:
            shutil.rmtree(twin, ignore_errors=True)
            raise
        weakref.finalize(leg, shutil.rmtree, twin, ignore_errors=True)
        return leg

    @classmethod
    def in_memory(cls, entries: Iterable[Entry]) -> Lexical:
        """Make an index that touches no disk."""
        with _guarded():
            index = tantivy.Index(_schema())
            writer = index.writer(_HEAP, 1)
            for entry in entries:
                writer.add_document(_document(entry))
            writer.commit()
            writer.wait_merging_threads()
            return cls(index)

    @property
    def size(self) -> int:
        return int(self._searcher.num_docs)

    def rows(self) -> NDArray[np.int64]:
        """Return the rows of all passages in it, ascending."""
        with _guarded():
            found = self._searcher.search(Query.all_query(), max(1, self.size), count=False)
            rows = self._searcher.fast_field_values("row", [address for _, address in found.hits])
        return np.sort(np.asarray(rows, dtype=np.int64))

    def document_frequency(self, terms: Sequence[Term]) -> list[int]:
        """Return for each term how many passages hold it."""
        with _guarded():
            return [int(self._searcher.doc_freq(term.field, term.text)) for term in terms]

    def search(
        self,
        terms: Sequence[Term],
        *,
        limit: int,
        filter: Filter = _NO_FILTER,
        passing: Passing | None = None,
        counts: Mapping[Key, int] = _NO_COUNTS,
    ) -> list[tuple[int, float]]:
        """Return (row, score) of the best passages, best first; ties in no particular order.

        The score is the sum over terms of weight × BM25; which terms count, ``heaviest`` says. Only what ``filter`` lets pass is
        ranked; ``passing``, where it is known which rows these are, makes that fast, as do ``counts``, document frequencies
        that are known already.
        """
        with _guarded():
            weights = self._heaviest(terms, counts)
            if not weights or limit < 1:
                return []
            scoring = Query.boolean_query(
                [
                    (Occur.Should, Query.boost_query(Query.term_query(self._schema, name, text, "freq"), weight))
                    for (name, text), weight in weights.items()
                ]
            )
            if not filter:
                return self._best(scoring, limit)
            if passing is None:
                return self._filtered(scoring, limit, filter)
            sifted = self._sifted(scoring, limit, passing)
            return self._filtered(scoring, min(limit, passing.count), filter) if sifted is None else sifted

    def _best(self, query: Any, limit: int) -> list[tuple[int, float]]:
        found = self._searcher.search(query, limit, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in found])
        return [(int(row), round(float(score), 5)) for row, (score, _) in zip(rows, found, strict=True)]

    def _filtered(self, scoring: Any, limit: int, filter: Filter) -> list[tuple[int, float]]:
        if limit < 1:
            return []
        return self._best(Query.boolean_query([(Occur.Must, scoring), *self._conditions(filter)]), limit)

    def _sifted(self, scoring: Any, limit: int, passing: Passing) -> list[tuple[int, float]] | None:
        """Return the best that pass out of the best of all, None where that would not be faster.

        A plain sum of terms skips what cannot be among the best; with conditions beside it tantivy scores every passage
        that passes, which at a million passages takes twice as long where all pass and no longer where a quarter does.
        Scores do not depend on the filter, so both find the same.
        """
        if passing.count * 2 < self.size:
            return None
        most = 4 * limit
        while most <= _DEEPEST:
            found = self._best(scoring, most)
            passes = passing.holds(np.array([row for row, _ in found], dtype=np.int64))
            kept = [hit for hit, pass_ in zip(found, passes, strict=True) if pass_]
            if len(kept) >= limit or len(found) < most:
                return kept[:limit]
            most *= 4
        return None

    def _heaviest(self, terms: Sequence[Term], counts: Mapping[Key, int]) -> dict[Key, float]:
        def count(key: Key) -> int:
            return counts[key] if key in counts else int(self._searcher.doc_freq(*key))

        weights = added_up(terms)
        if len(weights) > MAX_TERMS:
            return heaviest(weights, {key: count(key) for key in weights}, self.size)
        # As ``heaviest``, with fewer look-ups; terms that nothing holds score nothing.
        common = {key for key in weights if len(key[1]) == 1 and count(key) > _COMMON} if self.size > _COMMON else set()
        if not common or not any(count(key) for key in weights if len(key[1]) > 1):
            return weights
        return {key: weight for key, weight in weights.items() if key not in common}

    def _conditions(self, filter: Filter) -> list[tuple[Any, Any]]:
        groups: list[list[Any]] = []
        if filter.dates:
            spans = [Query.range_query(self._schema, "day", FieldType.Unsigned, *days(span)) for span in filter.dates]
            undated = [Query.term_query(self._schema, "day", UNDATED)] if filter.undated else []
            groups.append([*spans, *undated])
        for name, values in (("newspaper", filter.newspapers), ("page", filter.pages), ("author", filter.authors)):
            if values:
                groups.append([Query.term_query(self._schema, name, name_key(value), "basic") for value in values])
        # A condition lets pass, it does not score.
        return [
            (Occur.Must, Query.const_score_query(Query.boolean_query([(Occur.Should, query) for query in group]), 0.0))
            for group in groups
        ]
