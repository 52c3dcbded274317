"""What `check` looks at on Milvus: every source against its checksum, every total against what is there. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.storage.lexical import TOKENS
from index.storage.milvus.client import Client
from index.storage.milvus.reading import MilvusRecords
from index.storage.milvus.rows import Edition
from index.storage.transfer import digest_of

_TOGETHER = 20
_MEND = "run `check --repair`"


def problems(client: Client, records: MilvusRecords, counted: int) -> list[str]:
    """Return sentences that name the place and the mend."""
    place = client.address.place
    editions = records.editions()
    found = [
        f"{place}: what was taken from {edition.name} is altered; {_MEND}, then update it again"
        for edition in altered(records, editions)
    ]
    passages = sum(edition.passages for edition in editions)
    if records.dimensions:
        stored = records.stored_passages()
        if stored != passages:
            found.append(f"{place}: {stored} passages are stored, the sources have {passages}; {_MEND}")
    if counted != passages:
        found.append(f"{place}: the tokens of {counted} passages are counted, there are {passages}; {_MEND}")
    if records.tokens and records.tokens != TOKENS:
        found.append(f"{place}: the words were cut by another version ({records.tokens}); run an update to cut them anew")
    return found


def altered(records: MilvusRecords, editions: Sequence[Edition]) -> Iterator[Edition]:
    """Yield the sources whose rows do not fit their checksum any more."""
    for at in range(0, len(editions), _TOGETHER):
        these = editions[at : at + _TOGETHER]
        try:
            drafts = list(records.drafts_in(these))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            drafts = []  # one of them cannot even be read
        if drafts:
            yield from (edition for edition, draft in zip(these, drafts, strict=True) if digest_of(draft) != edition.digest)
        else:
            yield from (edition for edition in these if not _sound(records, edition))


def _sound(records: MilvusRecords, edition: Edition) -> bool:
    try:
        return all(digest_of(draft) == edition.digest for draft in records.drafts_in([edition]))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        return False
