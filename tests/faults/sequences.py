"""A round of random updates: pages added, changed, renamed, deleted; what is held then is what a fresh build holds."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from index.archive import Archive
from index.errors import ArchiveMissing
from tests.faults.round import Round, Told
from tests.faults.scenes import rankings
from tests.index.storage.sample import HashEncoder, dump, page_text


def sequences(home: Path, wanted: int, chance: random.Random, told: Told | None = None) -> Round:
    """Compare archives grown in up to six updates with one built at once."""
    done = Round(told)
    for _ in range(wanted):
        work = home / "work"
        if work.exists():
            shutil.rmtree(work)
        seed = chance.randrange(1 << 30)
        wrong = grown_equals_built(work, random.Random(seed))
        done.meet("sequences", f"sequence {seed}", wrong)
    return done


def grown_equals_built(work: Path, chance: random.Random) -> list[str]:
    """Grow one archive by random steps; returns what differs from an archive built at once."""
    inbox = work / "inbox"
    inbox.mkdir(parents=True)
    steps: list[str] = []
    with Archive.open(work / "grown", encoder=HashEncoder()) as grown:
        for _ in range(chance.randint(2, 6)):
            steps.append(" ".join(step(inbox, chance) for _ in range(chance.randint(1, 3))))
            grown.update([inbox], prune=True, allow_many=True)
        with Archive.open(work / "built", encoder=HashEncoder()) as built:
            built.update([inbox])
            if not any(inbox.iterdir()):
                return [f"{steps}: something is left"] if held(grown) else []
            wrong = list(grown.check().problems)
            if dump(grown.folder) != dump(built.folder):
                wrong.append("other rows")
            if rankings(grown) != rankings(built):
                wrong.append("other rankings")
            if printed(grown) != printed(built):
                wrong.append("other reprints")
    return [f"{steps}: {each}" for each in wrong]


def held(archive: Archive) -> int:
    """Return how many passages an archive holds; one that was never given a page was never made."""
    try:
        return archive.stats().passages
    except ArchiveMissing:
        return 0


def step(inbox: Path, chance: random.Random) -> str:
    """Add, change, rename or delete a page, by the kind of step; returns which."""
    here = sorted(inbox.iterdir())
    kind = chance.choice(("add", "add", "add", "namesake", "reprint", "change", "rename", "delete"))
    number = chance.randrange(12)
    path = chance.choice(here) if here and kind in ("change", "rename", "delete") else inbox / f"{chance.randrange(10**6)}.txt"
    if not path.exists() or kind == "change":
        text = page_text(number)
        if kind == "namesake":
            text = text.replace("编号为", f"编号为{chance.randrange(4)}")
        elif kind == "reprint":
            text = text.replace("晨光日报", "晚霞日报")
        path.write_text(text, encoding="utf-8")
    elif kind == "rename":
        path.rename(inbox / f"{chance.randrange(10**6)}.txt")
    else:
        path.unlink()
    return f"{kind} {number} {path.stem}"


def printed(archive: Archive) -> list[tuple[str, tuple[str, ...]]]:
    """Return every passage that is printed more than once, with the other places."""
    with archive.view() as view:
        ids = [
            passage.id
            for issue in view.issues()
            for article in view.articles(issue.id)
            for passage in view.article_passages(article.id)
        ]
        return sorted(view.printings(ids).items())
