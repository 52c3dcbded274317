"""A round on real pages: the last issues of a corpus taken in one by one make the archive that one build of all makes."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

from index.archive import Archive
from tests.faults.round import Round, Told
from tests.faults.sequences import printed
from tests.index.storage.sample import dump, terms

FOLDER = "WENBAO_NEWS"  # names a folder of files, in the order of their names
_QUESTIONS = 200


def news(home: Path, wanted: int, chance: random.Random, told: Told | None = None) -> Round:
    """Build an archive without the last files, take these in one by one, compare with an archive of all."""
    done = Round(told)
    given = os.environ.get(FOLDER)
    if not given:
        done.wrong.append(f"say in {FOLDER} which folder of newspaper pages to take")
        return done
    files = sorted(path for path in Path(given).iterdir() if path.is_file())
    with Archive.open(home / "grown") as grown, Archive.open(home / "built") as built:
        grown.update(files[:-wanted])
        for path in files[-wanted:]:
            report = grown.update([path])
            done.meet("issues taken in", path.name, [] if report.added == 1 else [str(report)])
        built.update(files)
        done.wrong += _differences(grown, built, chance)
        stats = built.stats()
        done.hit["passages"] = stats.passages
        done.hit["passages printed more than once"] = len(printed(built))
        done.hit["questions"] = _QUESTIONS
        done.wrong += grown.check().problems
    return done


def _differences(grown: Archive, built: Archive, chance: random.Random) -> list[str]:
    wrong = []
    if dump(grown.folder) != dump(built.folder):
        wrong.append("other ids, texts or vectors")
    if printed(grown) != printed(built):
        wrong.append("other reprints")
    with built.view() as view:
        headlines = [str(article.headline) for article in view.sample(2_000) if article.headline]
    asked = chance.sample(headlines, min(len(headlines), _QUESTIONS))
    differ = [question for question in asked if _found(grown, question) != _found(built, question)]
    return wrong + [f"other rankings for {question}" for question in differ]


def _found(archive: Archive, question: str) -> list[Any]:
    vector = archive.encoder.encode_questions([question])[0]
    with archive.view() as view:
        legs = (view.search_lexical(terms(question), limit=10), view.search_dense(vector, limit=10))
        return [[hit.passage_id for hit in leg] for leg in legs]
