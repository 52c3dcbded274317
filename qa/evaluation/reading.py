"""Read questions with known answers: JSON lines, CSV, SQuAD, a BEIR folder. Which it is follows from the name and the content."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from index.errors import ReadError
from index.text import is_chinese
from qa.evaluation.beir import read_beir
from qa.evaluation.known import Known, Place, QuestionSet, not_a_question
from qa.evaluation.squad import read_squad

_TRUE, _FALSE = frozenset({"1", "true", "yes", "y", "是"}), frozenset({"0", "false", "no", "n", "否"})


def read(path: Path) -> QuestionSet:
    """Read a question set; raises ReadError with the line that is wrong."""
    if path.is_dir():
        found = read_beir(path)
    elif path.suffix.lower() in (".csv", ".tsv"):
        found = QuestionSet(tuple(_rows(path)))
    elif path.suffix.lower() == ".json":
        found = read_squad(path, text_of(path))
    else:
        found = QuestionSet(tuple(_lines(path)))
    if not found.questions:
        raise ReadError(str(path), "holds no questions")
    return found


def text_of(path: Path) -> str:
    """Return the text of a file; raises ReadError where it is missing or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "cannot be read as UTF-8 text" if isinstance(error, UnicodeError) else "no such file"
        raise ReadError(str(path), reason) from error


def _lines(path: Path) -> Iterator[Known]:
    for number, line in enumerate(text_of(path).split("\n"), start=1):
        if line.strip():
            try:
                yield _known(json.loads(line), number)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                raise not_a_question(str(path), error, number) from error


def _known(record: Mapping[str, Any], number: int) -> Known:
    passages = record.get("gold_passages") or []
    places = [Place(passage.get("headline"), passage["paragraph_start"]) for passage in passages]
    if not places and record.get("gold_paragraph_start"):
        places = [Place(record.get("gold_headline"), record["gold_paragraph_start"])]
    return Known(
        id=str(record.get("id", number)),
        language=str(record.get("lang", "zh")),
        question=str(record["question"]),
        answerable=bool(record.get("answerable", bool(record.get("answers")))),
        answers=tuple(map(str, record.get("answers") or ())),
        places=tuple(places),
        follow_up_of=record.get("follow_up_of"),
    )


def _rows(path: Path) -> Iterator[Known]:
    """Columns question, answers (parted by ``|``), where known id, lang, answerable, headline, paragraph, follow_up_of."""
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    rows = csv.DictReader(io.StringIO(text_of(path), newline=""), delimiter=delimiter)
    if "question" not in (rows.fieldnames or ()):
        raise ReadError(str(path), "has no column named question; the first line must name the columns", line=1)
    try:
        for number, row in enumerate(rows, start=2):
            question = (row.get("question") or "").strip()
            if question:
                yield _row(row, question, number)
    except csv.Error as error:
        raise ReadError(str(path), f"not CSV ({error})", line=rows.line_num) from error


def _row(row: Mapping[str, str | None], question: str, number: int) -> Known:
    def cell(*names: str) -> str:
        return next((value.strip() for name in names if (value := row.get(name)) and value.strip()), "")

    answers = tuple(part.strip() for part in cell("answers", "answer").split("|") if part.strip())
    said = cell("answerable").lower()
    start = cell("paragraph", "gold_paragraph_start")
    headline = cell("headline", "gold_headline") or None
    return Known(
        id=cell("id") or str(number),
        language=cell("lang", "language") or ("zh" if is_chinese(question) else "en"),
        question=question,
        answerable=said in _TRUE if said in _TRUE | _FALSE else bool(answers),
        answers=answers,
        places=(Place(headline, start),) if start or headline else (),
        follow_up_of=cell("follow_up_of") or None,
    )
