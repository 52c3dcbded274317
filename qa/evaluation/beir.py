"""A BEIR folder: corpus.jsonl, queries.jsonl, qrels/*.tsv. Its questions have relevant documents and no answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.errors import ReadError
from index.text import is_chinese
from qa.evaluation.known import Document, Known, Place, QuestionSet

_SPLITS = ("test", "dev", "validation", "train")


def read_beir(folder: Path) -> QuestionSet:
    """Read a folder; of several splits the first of test, dev, validation, train. Raises ReadError with the wrong line."""
    relevant: dict[str, list[Place]] = {}
    for query, document, grade in _judgements(_qrels(folder)):
        relevant.setdefault(query, []).append(Place(None, "", document, grade))
    questions = tuple(
        Known(id, "zh" if is_chinese(text) else "en", text, True, (), tuple(relevant[id]))
        for id, text in ((str(record["_id"]), str(record["text"])) for record in _records(folder / "queries.jsonl"))
        if id in relevant
    )
    documents = tuple(
        Document(str(record["_id"]), str(record.get("title") or ""), str(record["text"]))
        for record in _records(folder / "corpus.jsonl")
    )
    return QuestionSet(questions, documents)


def _qrels(folder: Path) -> Path:
    files = {path.stem: path for path in sorted((folder / "qrels").glob("*.tsv"))}
    if not files:
        raise ReadError(str(folder), "not a BEIR folder: it has no qrels/*.tsv beside corpus.jsonl and queries.jsonl")
    return next((files[split] for split in _SPLITS if split in files), next(iter(files.values())))


def _judgements(path: Path) -> Iterator[tuple[str, str, int]]:
    for number, line in enumerate(_text(path).split("\n"), start=1):
        cells = line.strip("\r").split("\t")
        if not line.strip() or (number == 1 and cells[-1].strip() == "score"):
            continue
        try:
            query, document, grade = cells[0], cells[-2], int(cells[-1])
        except (ValueError, IndexError) as error:
            raise ReadError(str(path), "not a query id, a document id and a grade parted by tabs", line=number) from error
        if grade > 0:
            yield query, document, grade


def _records(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if line.strip():
            try:
                record = json.loads(line)
                if not isinstance(record, dict) or "_id" not in record or "text" not in record:
                    raise ValueError("no object with _id and text")
            except (ValueError, RecursionError) as error:
                raise ReadError(str(path), f"not a record of BEIR ({error})", line=number) from error
            yield record


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "cannot be read as UTF-8 text" if isinstance(error, UnicodeError) else "no such file"
        raise ReadError(str(path), reason) from error
