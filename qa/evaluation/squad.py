"""SQuAD (1.1 and 2.0, also CMRC 2018 and DRCD): each paragraph a document, each question with the sentence that answers it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from index.errors import ReadError
from index.text import is_chinese, sentences
from qa.evaluation.known import Document, Known, Place, QuestionSet


def read_squad(path: Path, text: str) -> QuestionSet:
    """Read the text of a SQuAD file; raises ReadError with the question that is wrong."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(str(path), f"not JSON ({error})", line=getattr(error, "lineno", None)) from error
    if not isinstance(data, dict) or not isinstance(data.get("data"), list):
        raise ReadError(str(path), "not SQuAD: it has no list named data (questions one a line belong into a .jsonl file)")
    documents: list[Document] = []
    questions: list[Known] = []
    place = "data"
    try:
        for number, article in enumerate(data["data"]):
            for part, paragraph in enumerate(article["paragraphs"]):
                place = f"data[{number}].paragraphs[{part}]"
                document = Document(f"{number}-{part}", str(article.get("title") or ""), paragraph["context"])
                documents.append(document)
                questions += (_known(record, document) for record in paragraph["qas"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ReadError(str(path), f"not SQuAD at {place} ({error!r})") from error
    return QuestionSet(tuple(questions), tuple(documents))


def _known(record: Mapping[str, Any], document: Document) -> Known:
    answers = record.get("answers") or []
    question = str(record["question"])
    answerable = bool(answers) and not record.get("is_impossible", False)
    held = _sentence(document.text, int(answers[0].get("answer_start", 0))) if answerable else ""
    return Known(
        id=str(record["id"]),
        language="zh" if is_chinese(question) else "en",
        question=question,
        answerable=answerable,
        answers=tuple(dict.fromkeys(str(answer["text"]) for answer in answers)) if answerable else (),
        places=(Place(None, held, document.id),) if answerable else (),
    )


def _sentence(text: str, place: int) -> str:
    """The sentence around a place of a text; the text itself may be split into several passages."""
    return next((text[start:end] for start, end in sentences(text) if place < end), text[place : place + 40])
