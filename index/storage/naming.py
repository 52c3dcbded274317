"""What pages are called of which several print the same paper, date and page number.

A page alone keeps its plain name. Several get a part of their content's hash each: so an id says the same text whatever order
the pages came in, and a name that has become doubtful leads to none of them rather than to the wrong one.
Pages whose hash is unknown (taken in by an older Wenbao, or from elsewhere) keep the id they came with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import apsw

from index.storage.draft import ArticleDraft, IssueDraft

_DIGITS = 6
_PASSAGES = "article IN (SELECT article FROM articles WHERE issue = ?3)"


@dataclass(frozen=True, slots=True)
class Namesake:
    """A page of a name: its row (None before it has one), its id now, and what decides its order among equal texts."""

    row: int | None
    id: str
    hash: str | None
    content: str
    place: int


def plain_name(id: str, hash: str | None) -> str:
    """Return an id without what was added to tell a page from its namesakes."""
    return id if hash is None else re.sub(rf"-{hash[:_DIGITS]}(-\d+)?\Z", "", id)


def settled(name: str, pages: Sequence[Namesake]) -> dict[Namesake, str]:
    """Return the id that each page of a name has among the others; those without a hash keep theirs."""
    kept = {page.id for page in pages if page.hash is None}
    ids: dict[Namesake, str] = {page: page.id for page in pages if page.hash is None}
    for page in sorted((page for page in pages if page.hash is not None), key=lambda page: (page.hash, page.content, page.place)):
        plain = f"{name}-{page.hash[:_DIGITS]}" if page.hash else name
        tries = (plain if number == 1 else f"{plain}-{number}" for number in range(1, len(pages) + 2))
        ids[page] = name if len(pages) == 1 else next(id for id in tries if id not in kept)
        kept.add(ids[page])
    return ids


def names_of(connection: apsw.Connection, source: str) -> set[str]:
    """Return the plain names of the pages of a source."""
    statement = "SELECT i.id, i.record ->> 'hash' FROM issues i JOIN sources USING(source) WHERE name = ?"
    return {plain_name(id, hash) for id, hash in connection.execute(statement, (source,)) if hash}


def settle(connection: apsw.Connection, names: Iterable[str], coming: Sequence[Namesake] = ()) -> tuple[dict[int, str], set[int]]:
    """Give the pages of some names their ids, together with those that are coming.

    Returns the ids of those coming, by place, and the sources of which an id was changed. Call within a transaction.
    """
    ids: dict[int, str] = {}
    changed: dict[int, tuple[str, str]] = {}
    sources: set[int] = set()
    for name in names:
        here, homes = _pages(connection, name)
        pages = [*here, *(page for page in coming if plain_name(page.id, page.hash) == name)]
        for page, id in settled(name, pages).items():
            if page.row is None:
                ids[page.place] = id
            elif page.id != id:
                changed[page.row] = (page.id, id)
                sources.add(homes[page.row])
    _rename(connection, changed)
    return ids, sources


def called(draft: IssueDraft, id: str) -> IssueDraft:
    """Return a page under another id, its articles and passages too."""
    return replace(draft, id=id, articles=tuple(_called(article, draft.id, id) for article in draft.articles))


def _called(article: ArticleDraft, old: str, new: str) -> ArticleDraft:
    id = new + article.id.removeprefix(old)
    passages = (
        replace(passage, id=new + passage.id.removeprefix(old), article_id=id, issue_id=new) for passage in article.passages
    )
    return replace(article, id=id, passages=tuple(passages))


def _pages(connection: apsw.Connection, name: str) -> tuple[list[Namesake], dict[int, int]]:
    """Return the pages that bear a name, and the source of each by its row."""
    statement = (
        "SELECT i.issue, i.id, i.record ->> 'hash', s.content, s.source FROM issues i JOIN sources s USING(source)"
        " WHERE i.id = ?1 OR i.id BETWEEN ?1 || '-' AND ?1 || '.'"
    )
    found: list[Any] = connection.execute(statement, (name,)).fetchall()
    pages = [Namesake(row, id, hash, content, row) for row, id, hash, content, _ in found if _bears(name, id, hash)]
    return pages, {row: source for row, _, _, _, source in found}


def _bears(name: str, id: str, hash: str | None) -> bool:
    return plain_name(id, hash) == name or (
        hash is None and re.fullmatch(rf"{re.escape(name)}-[0-9a-f]{{6}}(-\d+)?", id) is not None
    )


def _rename(connection: apsw.Connection, changed: Mapping[int, tuple[str, str]]) -> None:
    """Change the ids of pages and of all below them; in two steps, as one may take the name that another leaves."""
    for step in range(2):
        for row, (old, new) in changed.items():
            before, after = (old, f"~{row}") if step == 0 else (f"~{row}", new)
            connection.execute("UPDATE issues SET id = ? WHERE issue = ?", (after, row))
            for table, which in (("articles", "issue = ?3"), ("passages", _PASSAGES)):
                statement = f"UPDATE {table} SET id = ?1 || substr(id, ?2) WHERE {which}"
                connection.execute(statement, (after, len(before) + 1, row))
