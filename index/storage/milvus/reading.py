"""Reading an archive on Milvus at one moment: what was printed, by id, by day, source by source. Ranks nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from index.schema import ArticleRecord, IssueRecord, Paragraph, Passage, PrintedDay, Stats, Vectors
from index.storage.draft import SourceDraft
from index.storage.filters import UNDATED, day_number, name_key
from index.storage.milvus import schema
from index.storage.milvus.client import Client, Row
from index.storage.milvus.commit import Moment
from index.storage.milvus.keys import among, both, number_of
from index.storage.milvus.printings import printings
from index.storage.milvus.rows import (
    Edition,
    Joined,
    article_of,
    drafts_of,
    edition_from,
    issue_of,
    joined,
    passage_of,
    vector_of,
)
from index.storage.milvus.schema import ARTICLES, ISSUES, SOURCES
from index.storage.records import SourceRow, iso_day

_ISSUE = ("born", "number", "part", "id", "day", "articles", "record")
_ARTICLE = ("born", "number", "part", "id", "ordinal", "place", "record")
_PASSAGE = ("born", "number", "id", "record")
_FEATURED = (*_PASSAGE, "words", "dense")
_AT_ONCE = 4_000  # passages read together
_IDS = 500
_PLACES = 2**40
_PER_WINDOW = 8


class MilvusRecords:
    """What an archive holds at a moment. One thread at a time."""

    def __init__(self, client: Client, moment: Moment) -> None:
        self._client = client
        self._moment = moment
        self._level = moment.level
        self._visible = moment.visible
        self._passages = schema.passages(moment.commit.epoch)
        self._names: dict[int, str] = {}
        self.sequence = moment.commit.sequence
        self.model = moment.commit.model
        self.fingerprint = moment.commit.fingerprint
        self.dimensions = moment.commit.dimensions
        self.tokens = moment.commit.tokens

    # -- passages

    def size(self) -> int:
        """Return the number of passages."""
        return sum(edition.passages for edition in self.editions()) if self.dimensions else 0

    def stored_passages(self) -> int:
        """Return how many passages Milvus itself counts."""
        return self._client.count(self._passages, self._visible, level=self._level)

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Return the passages of these ids, in the order asked; unknown ids are left out."""
        wanted = list(dict.fromkeys(ids))
        found = {row["id"]: passage_of(row["record"]) for row in self._by_id(wanted, _PASSAGE)}
        return {id: found[id] for id in wanted if id in found}

    def _by_id(self, ids: Sequence[str], fields: Sequence[str]) -> Iterator[Row]:
        if not self.dimensions:
            return
        asked = set(ids)
        for at in range(0, len(ids), _IDS):
            filter = both(among("id_number", map(number_of, ids[at : at + _IDS])), self._visible)
            for row in self._client.query(self._passages, filter, fields, level=self._level):
                if row["id"] in asked:
                    yield _with_record(row)

    def article_passages(self, article_id: str) -> list[Passage]:
        """Return the passages of an article in printed order."""
        if not self.dimensions:
            return []
        rows = self._all(self._passages, f"article_number == {number_of(article_id)}", _PASSAGE)
        found = [_with_record(row) for row in sorted(rows, key=lambda row: (row["born"], row["number"]))]
        return [passage_of(row["record"]) for row in found if row["record"]["article"] == article_id]

    def printings(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the other printings of each passage, the earliest first; see ``milvus.printings``."""
        return printings(self._client, self._moment, self._passages, ids) if self.dimensions else {}

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """Return the vectors of passages, one row an id, shape (len(ids), dimensions). Raises KeyError for an unknown id."""
        found = {row["id"]: row["dense"] for row in self._by_id(list(dict.fromkeys(ids)), (*_PASSAGE, "dense"))}
        vectors = [vector_of(found[id]) for id in ids]
        return np.stack(vectors) if vectors else np.zeros((0, self.dimensions), dtype=np.float32)

    # -- articles

    def article(self, article_id: str) -> ArticleRecord | None:
        """Return an article, or for a masthead its lines as paragraphs; None for an unknown id."""
        return next((each for each in self._articles(f"id_number == {number_of(article_id)}") if each.id == article_id), None)

    def articles(self, issue_id: str) -> list[ArticleRecord]:
        """Return the articles of an issue in printed order, the masthead left out."""
        found = self._articles(f"issue_number == {number_of(issue_id)} and ordinal > 0")
        return sorted((each for each in found if each.issue_id == issue_id), key=lambda each: each.ordinal)

    def recognised(self, article_ids: Iterable[str]) -> set[str]:
        """Return which of these articles tell how sure their recognition from a picture is."""
        wanted = set(article_ids)
        found = self._articles(among("id_number", map(number_of, sorted(wanted)))) if wanted else []
        scanned = (each for each in found if any(paragraph.quality is not None for paragraph in each.paragraphs))
        return {each.id for each in scanned if each.id in wanted}

    def _articles(self, filter: str) -> list[ArticleRecord]:
        found = joined(self._all(ARTICLES, filter, _ARTICLE))
        names = self._sources_of(born for born, _ in found)
        records = [article_of(row, record, names[born]) for (born, _), (row, record) in found.items()]
        return [record if record.ordinal else replace(record, paragraphs=self._masthead(record.id)) for record in records]

    def _masthead(self, article_id: str) -> tuple[Paragraph, ...]:
        passages = self.article_passages(article_id)
        return tuple(Paragraph(number, passage.text, ()) for number, passage in enumerate(passages, start=1))

    def sample(self, limit: int) -> list[ArticleRecord]:
        """Return up to ``limit`` articles with headline and text, spread evenly over the archive; always the same ones."""
        total = sum(edition.articles for edition in self.editions())
        if limit < 1 or not total:
            return []
        places: set[int] = set()
        for turn in range(limit):
            place = self._next_place(_PLACES * turn // limit, total, without=places)
            if place is not None:
                places.add(place)
        found = self._articles(among("place", sorted(places))) if places else []
        return sorted(found, key=lambda article: article.id)[:limit]

    def _next_place(self, start: int, total: int, *, without: set[int]) -> int | None:
        """Return the first place from one on that an article has and that was not met yet, None when none follows."""
        width = max(1, _PLACES * _PER_WINDOW // total)
        while start < _PLACES:
            rows = self._all(ARTICLES, f"place >= {start} and place < {start + width} and part == 0", ["place"])
            free = sorted({row["place"] for row in rows} - without)
            if free:
                return int(free[0])
            start, width = start + width, width * 4
        return None

    # -- issues

    def issues(self) -> list[IssueRecord]:
        """Return all issues by date, the undated last."""
        return self._issues("")

    def issues_of(self, date: str | None) -> list[IssueRecord]:
        """Return the issues of a day, the undated ones for None, by id."""
        return self._issues(f"day == {day_number(date)}")

    def issue(self, issue_id: str) -> IssueRecord | None:
        """Return an issue, None for an unknown id."""
        return next((each for each in self._issues(f"id_number == {number_of(issue_id)}") if each.id == issue_id), None)

    def _issues(self, filter: str) -> list[IssueRecord]:
        found = joined(self._all(ISSUES, filter, _ISSUE))
        names = self._sources_of(born for born, _ in found)
        ordered = sorted(found.items(), key=lambda item: _printed_order(item[1][0]))
        return [issue_of(row, record, names[born]) for (born, _), (row, record) in ordered]

    def printed(self) -> list[PrintedDay]:
        """Count pages and articles by day and newspaper, in this order, the undated last."""
        pages: Counter[tuple[int, str | None]] = Counter()
        articles: Counter[tuple[int, str | None]] = Counter()
        names: dict[str | None, str | None] = {None: None}
        for row in self._all(ISSUES, "part == 0", ("day", "paper", "newspaper", "articles")):
            key = name_key(row["newspaper"]) if row["paper"] else None
            names[key] = min(row["newspaper"], names.get(key) or row["newspaper"]) if key is not None else None
            pages[row["day"], key] += 1
            articles[row["day"], key] += row["articles"]
        order = sorted(pages, key=lambda each: (each[0] == UNDATED, each[0], each[1] is None, each[1] or ""))
        return [PrintedDay(iso_day(day or None), names[key], pages[day, key], articles[day, key]) for day, key in order]

    # -- sources

    def editions(self) -> list[Edition]:
        """Return the sources that stand, in the order taken in."""
        rows = self._all(SOURCES, "", Edition.__slots__)
        return sorted(map(edition_from, rows), key=lambda edition: edition.place)

    def sources(self) -> list[SourceRow]:
        """Return what is remembered of each source, by name."""
        rows = self._all(SOURCES, "", ("name", "content", "reading"))
        return sorted((SourceRow(row["name"], row["content"], row["reading"]) for row in rows), key=lambda row: row.name)

    def _sources_of(self, editions: Iterable[int]) -> dict[int, str]:
        missing = sorted({born for born in editions if born not in self._names})
        for at in range(0, len(missing), _IDS):
            rows = self._client.get(SOURCES, missing[at : at + _IDS], ("born", "name"), level=self._level)
            self._names |= {row["born"]: row["name"] for row in rows}
        return self._names

    def stats(self) -> Stats:
        """Count what is held."""
        editions, names, days, undated = self.editions(), set[str](), set[int](), 0
        for row in self._all(ISSUES, "part == 0", ("day", "paper", "newspaper")):
            names |= {row["newspaper"]} if row["paper"] else set()
            days.add(row["day"])
            undated += row["day"] == UNDATED
        dated = sorted(days - {UNDATED})
        return Stats(
            sources=len(editions),
            issues=sum(edition.issues for edition in editions),
            articles=sum(edition.articles for edition in editions),
            passages=sum(edition.passages for edition in editions),
            sequence=self.sequence,
            model=self.model,
            newspapers=tuple(sorted(names)),
            first_date=iso_day(dated[0]) if dated else None,
            last_date=iso_day(dated[-1]) if dated else None,
            undated=undated,
        )

    def drafts(self, *, without: Container[str] = ()) -> Iterator[SourceDraft]:
        """Yield all that is stored of each source but some, in the order taken in, with features."""
        together: list[Edition] = []
        for edition in self.editions():
            if edition.name in without:
                continue
            if together and sum(each.passages for each in together) + edition.passages > _AT_ONCE:
                yield from self.drafts_in(together)
                together = []
            together.append(edition)
        yield from self.drafts_in(together)

    def drafts_in(self, editions: Sequence[Edition]) -> Iterator[SourceDraft]:
        """Yield all that is stored of some sources."""
        if not editions:
            return
        these = among("born", (edition.born for edition in editions))
        scan = self._client.scan
        issues: Joined = joined(scan(ISSUES, these, _ISSUE, level=self._level))
        articles: Joined = joined(scan(ARTICLES, these, _ARTICLE, level=self._level))
        passages: list[Row] = list(scan(self._passages, these, _FEATURED, level=self._level)) if self.dimensions else []
        yield from drafts_of(editions, issues, articles, passages)

    def _all(self, table: str, filter: str, fields: Sequence[str]) -> list[Row]:
        return list(self._client.scan(table, both(filter, self._visible), fields, level=self._level))


def _with_record(row: Row) -> dict[str, Any]:
    return {**row, "record": json.loads(row["record"])}


def _printed_order(row: Row) -> tuple[bool, int, str]:
    return row["day"] == UNDATED, row["day"], row["id"]
