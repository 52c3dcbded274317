"""Markdown whose paragraphs are HTML (``### headline`` over ``<p>…</p><p>…</p>``): headings that hold text are articles.

A paragraph that is bold throughout is a subhead. Needs no HTML parser: such files are large, and only a handful of tags
is in them. Knows nothing of Markdown that people write; that is plain text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from index.readers.composing import PageText, Story
from index.readers.facts import read_date
from index.schema import Page

_HEADING = re.compile(r"^(#{1,6})[ \t]+(\S.*?)[ \t]*#*$")
_PARAGRAPH_END = re.compile(r"</(?:p|div|h[1-6]|li|blockquote|tr)\s*>|<p(?:\s[^<>]*)?>", re.IGNORECASE)
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_BOLD = re.compile(r"<(strong|b)>([^<>]{1,80})</\1>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_LONGEST_HEADING = 400
_TITLE = re.compile(r"^《([^《》]{2,20})》\s*[（(]?\s*(\d[\d年月日./-]{5,10})\s*[）)]?$")


def is_generated(text: str) -> bool:
    """Tell whether the paragraphs of a text are HTML: closed paragraphs hold most of it."""
    if text.count("</p>") < 2:
        return False
    held = sum(len(line) for line in text.split("\n") if "</p>" in line)
    return held * 2 > len(text)


def read(text: str, source: str) -> Page:
    """Read one page: a heading followed by text is an article, a heading followed by a heading stands over several."""
    page = PageText()
    facts: dict[str, Any] = {}
    for heading, body in _sections(text):
        story = Story(headline=heading, body=body)
        if body:
            page.add(story)
        elif match := _TITLE.match(heading):
            facts["newspaper"] = match[1]
            if date := read_date(match[2]):
                facts["date"] = date
        elif heading:
            page.add_line(heading)
    return Page(source, page.text, {**facts, "articles": page.articles} if page.articles else facts)


def _sections(text: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    heading = ""
    body: list[tuple[str, str]] = []
    for line in text.split("\n"):
        match = _HEADING.match(line) if line.startswith("#") and len(line) <= _LONGEST_HEADING else None
        if match is not None:
            if heading or body:
                yield heading, body
            heading, body = match[2], []
        elif line.strip():
            body.extend(_paragraphs(line))
    if heading or body:
        yield heading, body


def _paragraphs(line: str) -> Iterator[tuple[str, str]]:
    if "<" not in line and "&" not in line:
        yield "text", line
        return
    for part in _PARAGRAPH_END.split(line):
        for piece in _BREAK.split(part):
            bold = _BOLD.fullmatch(piece.strip())
            shown = html.unescape(_TAG.sub("", piece)).strip("\u3000\xa0 \t")
            if shown:
                yield ("subheads" if bold and bold[2].strip() == shown else "text"), shown
