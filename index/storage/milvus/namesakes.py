"""Pages on Milvus that bear one name, and what each is called among the others; see ``index.storage.naming`` for the rule.

Writes nothing: says which sources must be taken in anew under other ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from index.storage.draft import SourceDraft
from index.storage.milvus.client import Client
from index.storage.milvus.commit import Moment
from index.storage.milvus.keys import among, both, number_of
from index.storage.milvus.rows import Edition, joined, name_of
from index.storage.milvus.schema import ISSUES
from index.storage.naming import Namesake, called, plain_name, settled


@dataclass(frozen=True, slots=True)
class Standing:
    """A page that stands: the edition it is of, its id and hash."""

    born: int
    id: str
    hash: str | None


@dataclass(frozen=True, slots=True)
class Settled:
    """A source under the ids it gets, and for editions that stand the ids of theirs that change, old to new."""

    draft: SourceDraft
    others: Mapping[int, Mapping[str, str]]


def standing(client: Client, moment: Moment, filter: str, waiting: Mapping[int, SourceDraft]) -> list[Standing]:
    """Return the pages that a filter lets pass of all that are stored, and all of those that wait."""
    fields = ("born", "number", "part", "id", "record")
    rows = client.scan(ISSUES, both(filter, moment.visible), fields, level="Strong")
    found = [Standing(born, row["id"], record["record"].get("hash")) for (born, _), (row, record) in joined(rows).items()]
    return found + [Standing(born, issue.id, issue.hash) for born, draft in waiting.items() for issue in draft.issues]


def names_of(pages: Iterable[Standing]) -> set[str]:
    """Return the plain names of pages whose names can change."""
    return {plain_name(page.id, page.hash) for page in pages if page.hash}


def settle(
    draft: SourceDraft,
    names: set[str],
    pages: Callable[[str], list[Standing]],
    editions: Mapping[int, Edition],
) -> Settled:
    """Give the pages of some names their ids, together with those of a source that is coming.

    ``pages`` returns those that stand and may bear a name, by a filter; ``editions`` says of which sources they are.
    """
    names = names | {plain_name(issue.id, issue.hash) for issue in draft.issues if issue.hash is not None}
    if not names:
        return Settled(draft, {})
    numbers = sorted(map(number_of, names))
    found = pages(f"{among('name_number', numbers)} or {among('id_number', numbers)}")
    ids = {place: issue.id for place, issue in enumerate(draft.issues)}
    others: dict[int, dict[str, str]] = defaultdict(dict)
    for name in sorted(names):
        here = {
            Namesake(at, page.id, page.hash, editions[page.born].content, at): page
            for at, page in enumerate(found)
            if name_of(page.id, page.hash) == name or page.id == name
        }
        coming = [
            Namesake(None, issue.id, issue.hash, draft.content, place)
            for place, issue in enumerate(draft.issues)
            if issue.hash is not None and plain_name(issue.id, issue.hash) == name
        ]
        for page, id in settled(name, [*here, *coming]).items():
            if page.row is None:
                ids[page.place] = id
            elif page.id != id:
                others[here[page].born][page.id] = id
    issues = tuple(called(issue, ids[place]) for place, issue in enumerate(draft.issues))
    return Settled(replace(draft, issues=issues), others)


def renamed(draft: SourceDraft, names: Mapping[str, str]) -> SourceDraft:
    """Return a source with pages under other ids, old to new."""
    return replace(draft, issues=tuple(called(issue, names.get(issue.id, issue.id)) for issue in draft.issues))
