"""A conversation -> the bytes of a file, and the name and media type it is handed out under."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from qa.chat.exporting.markdown import markdown
from qa.chat.exporting.talk import Talk
from qa.chat.exporting.word import docx
from qa.chat.markup import visible
from qa.cite import export

Format = Literal["markdown", "docx", "bibtex", "ris"]
FORMATS: tuple[Format, ...] = get_args(Format)
_TYPES = {
    "markdown": (".md", "text/markdown; charset=utf-8"),
    "docx": (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "bibtex": (".bib", "application/x-bibtex; charset=utf-8"),
    "ris": (".ris", "application/x-research-info-systems; charset=utf-8"),
}
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\s.]+')
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand out."""

    name: str
    media_type: str
    content: bytes


def written(talk: Talk, format: Format) -> File:
    """Return the conversation in a format. BibTeX and RIS hold its sources alone, each article once."""
    suffix, media_type = _TYPES[format]
    name = _UNFIT.sub("-", visible(talk.title)).strip("-")[:_LONGEST] or "wenbao"
    return File(name + suffix, media_type, _content(talk, format))


def _content(talk: Talk, format: Format) -> bytes:
    if format == "docx":
        return docx(talk)
    text = markdown(talk) if format == "markdown" else export(talk.references(), format)
    return text.encode("utf-8", "replace")
