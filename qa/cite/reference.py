"""A place of the archive named by its permanent id, with the facts that references are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from index.errors import ArchiveError
from index.schema import ArticleRecord, IssueRecord, Passage
from qa.cite.source import Source, authors, is_complete, missing, source_of
from qa.cite.standard import Edition, gbt7714


class Shelf(Protocol):
    """What looking up an id needs of one pinned state of an archive."""

    def passages(self, ids: Sequence[str]) -> Mapping[str, Passage]: ...
    def article(self, article_id: str) -> ArticleRecord | None: ...
    def issue(self, issue_id: str) -> IssueRecord | None: ...


@dataclass(frozen=True, slots=True)
class Reference:
    """An article, or a passage of one (``paragraph`` and ``quote`` then say which). ``id`` stays the same after a rebuild."""

    id: str
    article_id: str
    source: Source
    paragraph: int | None = None
    quote: str = ""
    flags: tuple[str, ...] = ()

    def to_dict(self, *, edition: Edition = "2025") -> dict[str, Any]:
        """Return the facts, the reference of GB/T 7714, and what is unknown."""
        fields = asdict(self.source)
        for inner in ("first_words", "flags"):
            del fields[inner]
        return {
            "id": self.id,
            "article_id": self.article_id,
            **fields,
            "authors": list(authors(self.source)),
            "paragraph": self.paragraph,
            "quote": self.quote,
            "flags": list(self.flags),
            "gbt7714": gbt7714(self.source, edition=edition),
            "missing": list(missing(self.source)),
            "complete": is_complete(self.source),
        }


def look_up(shelf: Shelf, id: str, *, quote: str = "") -> Reference:
    """Return the reference of a passage or an article; ``quote`` replaces the passage's whole text.

    Raises ArchiveError when the archive holds nothing of this id.
    """
    passage = shelf.passages([id]).get(id)
    if passage is not None:
        article = None if passage.kind == "masthead" else shelf.article(passage.article_id)
        source = source_of(article, shelf.issue(passage.issue_id))
        flags = tuple(dict.fromkeys((*passage.flags, *source.flags)))
        return Reference(id, passage.article_id, source, passage.paragraph, quote or passage.text, flags)
    article = shelf.article(id)
    if article is None:
        raise ArchiveError(
            f"{id[:80]}: the archive holds no passage or article of this id; `ask --json` and `search --json` show ids"
        )
    source = source_of(article, shelf.issue(article.issue_id))
    return Reference(id, id, source, None, quote, source.flags)
