"""Sources that were exported from an archive, taken into one: nothing is read or parsed again, only encoded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from index.intake import with_features
from index.schema import Encoder, Skipped, UpdateReport
from index.storage.draft import SourceDraft
from index.storage.engine import Writer


def take_drafts(
    store: Writer, drafts: Iterable[SourceDraft], encoder: Encoder, *, progress: Callable[[int, int, str], None] | None = None
) -> UpdateReport:
    """Take in each source whose content is not known yet, each in one transaction; ids stay as they are.

    A source with an issue id that another source has and that nothing tells apart, or under a name that says something else
    here, is skipped with its reason. ``progress`` is called with (done, 0, source): how many follow is not known.
    """
    held = {row.name: row.content for row in store.sources()}
    contents = set(held.values())
    added = unchanged = 0
    skipped: list[Skipped] = []
    for done, draft in enumerate(drafts):
        if progress:
            progress(done, 0, draft.name)
        taken = next((id for id in _fixed_ids(draft) if store.taken(id, by_others_than=draft.name)), None)
        if draft.content in contents:
            unchanged += 1
        elif draft.name in held:
            skipped.append(Skipped(draft.name, "the archive holds this source with other content; remove it first"))
        elif taken is not None:
            skipped.append(Skipped(draft.name, f"the archive holds another page under the id {taken}; remove that first"))
        else:
            store.put(with_features(draft, encoder, {}))
            contents.add(draft.content)
            held[draft.name] = draft.content
            added += 1
    return UpdateReport(added, 0, unchanged, 0, tuple(skipped), store.sequence)


def _fixed_ids(draft: SourceDraft) -> Iterator[str]:
    """Yield the ids that stay as they are; pages whose hash is known are given theirs when they are stored."""
    return (issue.id for issue in draft.issues if issue.hash is None)
