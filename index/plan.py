"""What an update has to do, decided before anything is done: from what the archive holds and what the files hold now.

Content decides, names do not: a file that was moved, renamed or copied is the same source. Reads no file, writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from index.schema import Skipped
from index.storage.records import SourceRow


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, in this order: remove, rename, take. ``take`` maps a name to whether it replaces what the name then holds.

    ``skipped`` is what could not be read of the files, as far as looking at them tells.
    """

    unchanged: int
    removed: tuple[str, ...]
    renamed: Mapping[str, str]
    take: Mapping[str, bool]
    skipped: tuple[Skipped, ...] = ()


def text_part(content: str) -> str:
    """Return the part of a content key that is the text alone, without the facts that stand beside it."""
    return content.split("/", 1)[0]


def make_plan(
    known: Sequence[SourceRow],
    found: Mapping[str, str],
    *,
    is_gone: Callable[[str], bool],
    may_go: Callable[[str], bool],
    reading: int,
) -> Plan:
    """Plan an update.

    ``found`` maps the name of each readable file to its content key, in the order to take them; ``is_gone`` tells whether a
    known source's file exists no more, ``may_go`` whether it may then be removed (``--prune``, below a given folder).
    Rows made by another ``reading`` are taken again.
    """
    rows = {row.content: row for row in known if row.content}
    contents = set(found.values())
    vanished = {row.name: row for row in known if row.content not in contents}
    moved = {text_part(row.content): row.name for row in vanished.values() if row.name not in found and is_gone(row.name)}
    first: dict[str, str] = {}
    for name, content in found.items():
        first.setdefault(content, name)

    renamed: dict[str, str] = {}
    take: dict[str, bool] = {}
    for content, name in first.items():
        row = rows.get(content)
        if row is None:
            take[name] = name in vanished
            # The same text under a name that says other facts of it, the old file gone.
            old = moved.pop(text_part(content), None) if not take[name] else None
            if old is not None:
                renamed[old] = name
                take[name] = True
            continue
        if found.get(row.name) != content and (row.name in found or is_gone(row.name)):
            renamed[row.name] = name
        owner = renamed.get(row.name, row.name)
        if row.reading != reading and owner in found:
            take[owner] = True
    removed = tuple(
        name
        for name in vanished
        if name not in take and name not in renamed and (name in found or (may_go(name) and is_gone(name)))
    )
    return Plan(len(found) - len(take), removed, renamed, take)
