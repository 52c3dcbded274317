"""A round of flipped bits and lost ends over every file of an archive: found by check, and never a wrong answer."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from index.archive import Archive
from index.errors import WenbaoError
from index.storage.database import FILE
from tests.faults.round import Round, Told
from tests.faults.scenes import rankings
from tests.index.storage.sample import HashEncoder, dump, page_text, write_pages

_NOTES = ("writer.lock", "writer.json")  # hold nothing of the archive


def damage(home: Path, wanted: int, chance: random.Random, told: Told | None = None) -> Round:
    """Flip bits five times in six, cut files short else; each file in turn, so that small ones are met too."""
    done = Round(told)
    whole, work = home / "whole", home / "work"
    write_pages(home / "inbox", range(12))
    (home / "inbox" / "reprint.txt").write_text(page_text(3).replace("晨光日报", "晚霞日报"), encoding="utf-8")
    with Archive.open(whole, encoder=HashEncoder()) as archive:
        archive.update([home / "inbox"])
        expected = said(archive)
    for path in whole.glob(f"{FILE}-*"):
        path.unlink()  # the log, emptied when the archive was closed
    names = sorted(path.relative_to(whole) for path in whole.rglob("*") if path.is_file() and path.stat().st_size)
    names = [name for name in names if name.name not in _NOTES]
    content = dump(whole)
    for number in range(wanted):
        # Every second time the truth, as that is what matters most.
        name = Path(FILE) if number % 2 else names[number // 2 % len(names)]
        if work.exists():
            shutil.rmtree(work)
        shutil.copytree(whole, work)
        what = (cut if number % 6 == 5 else flip)(work / name, chance)
        _examine(done, work, f"{name}, {what}", expected, content)
    return done


def flip(path: Path, chance: random.Random) -> str:
    """Flip one bit; returns where."""
    data = bytearray(path.read_bytes())
    place, bit = chance.randrange(len(data)), chance.randrange(8)
    data[place] ^= 1 << bit
    path.write_bytes(data)
    return f"bit {bit} of byte {place} flipped"


def cut(path: Path, chance: random.Random) -> str:
    """Cut a file short; returns where."""
    length = chance.randrange(path.stat().st_size)
    with path.open("r+b") as file:
        file.truncate(length)
    return f"cut to {length} bytes"


def said(archive: Archive) -> list[Any]:
    """Return all that an archive says of what it holds, in every record, and what both legs find."""
    with archive.view() as view:
        issues = view.issues()
        articles = [article for issue in issues for article in view.articles(issue.id)]
        passages = [passage for article in articles for passage in view.article_passages(article.id)]
        printings = sorted(view.printings([passage.id for passage in passages]).items())
    stats = archive.stats()
    return [issues, articles, passages, printings, rankings(archive), (stats.model, stats.sources, stats.sequence)]


def _examine(done: Round, folder: Path, place: str, expected: list[Any], content: dict[str, list[Any]]) -> None:
    problems = _outcome(folder, lambda archive: list(archive.check().problems))
    found = problems != []
    answer = _outcome(folder, said)
    wrong = [f"not one line: {each}" for each in (problems, answer) if isinstance(each, str) and "\n" in each]
    if found:
        # Whoever asks before anybody checks gets the truth or an error: a leg is never served damaged.
        served = not isinstance(answer, str) and answer[4] != expected[4] and answer[2] == expected[2]
        done.meet("found by check", place, wrong + (["another ranking was served"] if served else []))
    elif answer == expected and dump(folder) == content:
        done.meet("nothing stored was touched", place, wrong)
    else:
        done.meet("NOT FOUND", place, [*wrong, f"check finds nothing, and it says otherwise: {_difference(answer, expected)}"])


def _difference(answer: list[Any] | str, expected: list[Any]) -> str:
    if isinstance(answer, str):
        return answer
    return str([(one, other) for one, other in zip(answer, expected, strict=True) if one != other])[:400]


def _outcome(folder: Path, use: Callable[[Archive], list[Any]]) -> list[Any] | str:
    try:
        with Archive.open(folder, encoder=HashEncoder()) as archive:
            return use(archive)
    except WenbaoError as error:
        return str(error)
