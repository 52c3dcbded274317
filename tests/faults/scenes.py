"""Four kinds of update, what each makes of one archive, and the examination of an archive that an update was torn from."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.archive import Archive
from index.storage import database
from tests.faults.forked import OTHER_MODEL, carry_out
from tests.index.storage.sample import HashEncoder, dump, page_text, terms, write_pages

KINDS = ("add", "change", "delete", "model")
_QUESTIONS = ("图书馆建成开放", "工程历时几个月", "负责人王建国", "编号为7号", "总投资多少万元")
_HELD = {
    database.FILE,
    f"{database.FILE}-wal",
    f"{database.FILE}-shm",
    "derived",
    "writer.lock",
    "writer.json",
}


def rankings(archive: Archive) -> list[list[str]]:
    """Return the ids that each question finds by either leg."""
    encoder = archive.encoder
    found = []
    with archive.view() as view:
        for question in _QUESTIONS:
            found.append([hit.passage_id for hit in view.search_lexical(terms(question), limit=10)])
            vector = encoder.encode_questions([question])[0]
            found.append([hit.passage_id for hit in view.search_dense(vector, limit=10)])
    return found


@dataclass(frozen=True)
class Scene:
    """An archive before an update, an inbox, and what the update makes of both when nothing comes between."""

    kind: str
    inbox: Path
    before: Path
    expected: dict[str, list[Any]]
    found: list[list[str]]
    contents: set[str]
    kept: set[str]

    @property
    def encoder(self) -> HashEncoder:
        """The model the archive has after the update."""
        return OTHER_MODEL if self.kind == "model" else HashEncoder()

    def copy(self, folder: Path) -> Path:
        """Return a fresh copy of the archive as it was before."""
        if folder.exists():
            shutil.rmtree(folder)
        shutil.copytree(self.before, folder)
        return folder

    def examine(self, folder: Path) -> list[str]:
        """Return what is wrong with an archive that an update was torn from, and with what a rerun makes of it."""
        wrong = self._whole(folder)
        carry_out(self.kind, folder, self.inbox)
        with Archive.open(folder, encoder=self.encoder) as archive:
            wrong += [f"after the rerun: {problem}" for problem in archive.check().problems]
            if rankings(archive) != self.found:
                wrong.append("after the rerun: other rankings than an update that nothing came between")
        if dump(folder) != self.expected:
            wrong.append("after the rerun: another content than an update that nothing came between")
        wrong += [f"left over: {path.name}" for path in folder.iterdir() if path.name not in _HELD]
        generations = [path.name for path in (folder / "derived").iterdir() if path.is_dir()]
        return wrong + ([f"left over: {generations}"] if len(generations) > 2 else [])

    def _whole(self, folder: Path) -> list[str]:
        with Archive.open(folder) as archive:  # of one of two models, so of none given
            wrong = list(archive.check().problems)
            with archive.view() as view:
                hits = view.search_lexical(terms("工程编号"), limit=1000)
                if len(view.passages([hit.passage_id for hit in hits])) != len(hits):
                    wrong.append("a hit leads to no passage")
        held = {row[0] for row in dump(folder)["sources"]}
        if not self.kept <= held <= self.contents:
            wrong.append("a source is neither as it was nor as it should be")
        return wrong


def set_up(kind: str, home: Path) -> Scene:
    """Make the archive of ten pages that an update of a kind is tried on."""
    inbox, before, after = home / "inbox", home / "before", home / "after"
    write_pages(inbox, range(10))
    with Archive.open(before, encoder=HashEncoder()) as archive:
        archive.update([inbox])
    if kind == "add":
        write_pages(inbox, range(10, 13))
        (inbox / "second.txt").write_text(page_text(3).replace("编号为3号", "编号为三号"), encoding="utf-8")
    elif kind == "change":
        for number in (1, 4, 6):
            (inbox / f"page{number:04d}.txt").write_text(page_text(number + 50), encoding="utf-8")
    elif kind == "delete":
        for number in (2, 5, 7):
            (inbox / f"page{number:04d}.txt").unlink()
    shutil.copytree(before, after)
    carry_out(kind, after, inbox)
    expected = dump(after)
    held, becomes = ({row[0] for row in state["sources"]} for state in (dump(before), expected))
    with Archive.open(after, encoder=OTHER_MODEL if kind == "model" else HashEncoder()) as archive:
        assert archive.check().problems == ()
        found = rankings(archive)
    return Scene(kind, inbox, before, expected, found, contents=held | becomes, kept=held & becomes)
