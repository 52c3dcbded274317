"""A source as rows of the collections, and rows as the records they were made of.

Rows of one source bear the number of its edition (``born``) and their place in it (``number``). Reads and writes nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from index.schema import ArticleRecord, IssueRecord, Passage
from index.storage.draft import Features, SourceDraft, indexed_text, passage_sketches
from index.storage.filters import day_number, name_key
from index.storage.milvus.bm25 import sparse_vector
from index.storage.milvus.client import Row
from index.storage.milvus.keys import fitting, number_of, parts
from index.storage.milvus.printings import sketch_columns
from index.storage.milvus.schema import ARTICLES, ISSUES
from index.storage.naming import plain_name
from index.storage.records import article_from, issue_from, passage_from
from index.storage.reprints.sketch import sketches_from
from index.storage.transfer import draft_from, value_of
from index.text import grams

NONE = [0.0, 0.0]
PASSAGES = "passages"
_PLACES = 2**40
_FACTS = ("newspaper", "date", "issue_number", "page", "weekday", "metadata")
_DOUBTFUL = re.compile(r"-[0-9a-f]{6}(-\d+)?\Z")


@dataclass(frozen=True, slots=True)
class Edition:
    """A source as taken in once: the change it came with, the one it went with and when (0 while it stands), what it holds.

    ``place`` orders sources as they were taken in; one that only gets other ids, vectors or words keeps it.
    """

    born: int
    died: int
    ended: int
    place: int
    name: str
    content: str
    reading: int
    issues: int
    articles: int
    passages: int
    digest: str

    def row(self) -> Row:
        """Return its row."""
        return {field: getattr(self, field) for field in self.__slots__} | {"none": NONE}


def edition_from(row: Row) -> Edition:
    """Build an edition from its row."""
    return Edition(**{field: row[field] for field in Edition.__slots__})


def name_of(id: str, hash: str | None) -> str:
    """Return the plain name of a page, which it may share with others."""
    return _DOUBTFUL.sub("", id) if hash is None else plain_name(id, hash)


def place_of(id: str) -> int:
    """Return where among all articles an article is met when some are sampled."""
    return int.from_bytes(hashlib.blake2b(id.encode("utf-8", "surrogatepass"), digest_size=5).digest(), "big")


def rows_of(draft: SourceDraft, born: int) -> dict[str, list[Row]]:
    """Return the rows of a source by collection. Raises TooLong for a passage or a name that does not fit a column."""
    rows: dict[str, list[Row]] = {ISSUES: [], ARTICLES: [], PASSAGES: []}
    features = iter(draft.features)
    sketches = iter(sketches_from(draft.sketches or passage_sketches(draft.passages())))
    value = value_of(draft)
    for number, (issue, said) in enumerate(zip(draft.issues, value["issues"], strict=True)):
        articles = said.pop("articles")
        facts = {name: said["record"][name] for name in _FACTS}
        newspaper = name_key(issue.issue.newspaper)
        day = day_number(issue.issue.date)
        common = {
            "born": born,
            "number": number,
            "id": fitting(issue.id, "an id"),
            "id_number": number_of(issue.id),
            "name_number": number_of(name_of(issue.id, issue.hash)),
            "day": day,
            "paper": number_of(newspaper),
            "newspaper": fitting(issue.issue.newspaper or "", "the name of a newspaper"),
            "articles": sum(1 for article in issue.articles if article.ordinal > 0),
            "none": NONE,
        }
        rows[ISSUES] += [
            {"key": f"{born}/{number}/{part}", "part": part, "record": text, **common}
            for part, text in enumerate(parts(json.dumps(said, ensure_ascii=False)))
        ]
        for article, written in zip(issue.articles, articles, strict=True):
            passages = written.pop("passages")
            place = len(rows[ARTICLES])
            authors = {name_key(author) for author in article.article.authors} if article.article else set()
            shown = article.article is not None and article.article.headline is not None and passages
            common = {
                "born": born,
                "number": place,
                "id": fitting(article.id, "an id"),
                "id_number": number_of(article.id),
                "issue_number": number_of(issue.id),
                "ordinal": article.ordinal,
                "place": place_of(article.id) if shown else -1,
                "none": NONE,
            }
            record = {**written, "issue": issue.id, "facts": facts}
            rows[ARTICLES] += [
                {"key": f"{born}/{place}/{part}", "part": part, "record": text, **common}
                for part, text in enumerate(parts(json.dumps(record, ensure_ascii=False)))
            ]
            filters = {
                "paper": number_of(newspaper),
                "page": number_of(name_key(issue.issue.page)),
                "day": day,
                "authors": sorted(number_of(author) for author in authors if author),
                "article_number": number_of(article.id),
            }
            for said_passage in passages:
                where = {"article": article.id, "issue": issue.id}
                rows[PASSAGES].append(
                    _passage_row(born, len(rows[PASSAGES]), {**said_passage, **where}, next(features))
                    | sketch_columns(next(sketches))
                    | filters
                )
    return rows


def _passage_row(born: int, number: int, said: Mapping[str, Any], feature: Features) -> Row:
    words = feature.words.split(" ") if feature.words else []
    pairs = list(grams(indexed_text(said["context"], said["text"])))
    return {
        "key": f"{born}/{number}",
        "born": born,
        "number": number,
        "id": fitting(said["id"], "an id"),
        "id_number": number_of(said["id"]),
        "record": fitting(json.dumps(said, ensure_ascii=False), f"passage {said['id']}"),
        "words": fitting(feature.words, f"passage {said['id']}"),
        "word_count": len(words),
        "gram_count": len(pairs),
        "dense": np.asarray(feature.vector, dtype=np.float16),
        "sparse": sparse_vector({"words": words, "grams": pairs}),
    }


Joined = dict[tuple[int, int], tuple[Row, dict[str, Any]]]


def joined(rows: Iterable[Row]) -> Joined:
    """Put cut records together: (born, number) -> the first row and the record, in this order."""
    found: dict[tuple[int, int], dict[int, Row]] = defaultdict(dict)
    for row in rows:
        found[row["born"], row["number"]][row["part"]] = row
    return {
        place: (found[place][0], json.loads("".join(found[place][part]["record"] for part in sorted(found[place]))))
        for place in sorted(found)
    }


def passage_of(record: Mapping[str, Any]) -> Passage:
    """Return the passage that a record says."""
    names = ("id", "article", "issue", "kind", "text", "context", "paragraph")
    return passage_from((*(record[name] for name in names), json.dumps(record["flags"])))


def article_of(row: Row, record: Mapping[str, Any], source: str) -> ArticleRecord:
    """Return the article that a record says, of a source by its present name."""
    facts, own = json.dumps(record["facts"]), json.dumps(record["record"])
    return article_from((0, record["id"], record["issue"], source, row["ordinal"], facts, record["headline"], own))


def issue_of(row: Row, record: Mapping[str, Any], source: str) -> IssueRecord:
    """Return the issue that a record says, of a source by its present name."""
    return issue_from((record["id"], source, json.dumps(record["record"]), row["articles"]))


def drafts_of(editions: Sequence[Edition], issues: Joined, articles: Joined, passages: Iterable[Row]) -> Iterator[SourceDraft]:
    """Yield the sources of editions from all their rows, in the order taken in."""
    below: dict[tuple[int, str], list[Row]] = defaultdict(list)
    of_edition: dict[int, list[Row]] = defaultdict(list)
    for row in sorted(passages, key=lambda row: (row["born"], row["number"])):
        row["record"] = json.loads(row["record"])
        below[row["born"], row["record"]["article"]].append(row)
        of_edition[row["born"]].append(row)
    written: dict[tuple[int, str], list[dict[str, Any]]] = defaultdict(list)
    for (born, _), (_, record) in articles.items():
        said = [_without(row["record"], "article", "issue") for row in below[born, record["id"]]]
        written[born, record["issue"]].append({**_without(record, "issue", "facts"), "passages": said})
    pages: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for (born, _), (_, record) in issues.items():
        pages[born].append({**record, "articles": written[born, record["id"]]})
    for edition in editions:
        value = {"source": edition.name, "content": edition.content, "issues": pages[edition.born]}
        features = tuple(features_of(row) for row in of_edition[edition.born])
        draft = draft_from(value, features=features, reading=edition.reading)
        yield SourceDraft(draft.name, draft.content, draft.issues, features, edition.reading, passage_sketches(draft.passages()))


def features_of(row: Row) -> Features:
    """Return the features of a passage's row."""
    return Features(row["words"], vector_of(row["dense"]))


def vector_of(stored: Any) -> Any:
    """Return a stored vector as float32, however pymilvus hands it over."""
    if isinstance(stored, (bytes, bytearray)):
        return np.frombuffer(stored, dtype="<f2").astype(np.float32)
    return np.asarray(stored, dtype=np.float32)


def _without(record: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in names}
