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
_LINK = re.compile(r"^\s*(?:\[[^\[\]]*\]\([^()\s]*\)|-{3,}|\*{3,})\s*$")
_LONGEST_HEADING = 400
_TITLE = re.compile(r"^《([^《》]{2,20})》\s*[（(]?\s*(\d[\d年月日./-]{5,10})\s*[）)]?$")


def is_generated(text: str) -> bool:
    """Tell whether the paragraphs of a text are HTML: lines of closed paragraphs hold a quarter of it or more."""
    if text.count("</p>") < 2:
        return False
    held = sum(len(line) for line in text.split("\n") if "</p>" in line)
    return held * 4 > len(text)


def read(text: str, source: str) -> Page:
    """Read one page: a heading followed by text is an article; one followed by a deeper heading stands over several."""
    page = PageText()
    facts: dict[str, Any] = {}
    body, _, foot = text.rpartition("\n---\n")
    if not body or "</p>" in foot or "\n#" in foot:
        body, foot = text, ""
    sections = list(_sections(body))
    for (level, heading, parts), (below, _, _) in zip(sections, (*sections[1:], (1, "", [])), strict=True):
        if any(role != "furniture" for role, _ in parts) or (heading and 0 < below <= level):
            page.add(Story(headline=heading, body=parts))
            continue
        if match := _TITLE.match(heading):
            facts["newspaper"] = match[1]
            if date := read_date(match[2]):
                facts["date"] = date
        page.add_furniture("\n".join((heading, *(part for _, part in parts))))
    page.add_furniture(foot)
    return Page(source, page.text, {**facts, "articles": page.articles} if page.articles else facts)


def _sections(text: str) -> Iterator[tuple[int, str, list[tuple[str, str]]]]:
    """Every heading with its level and the text below it; 0 and "" for text above the first."""
    level, heading = 0, ""
    body: list[tuple[str, str]] = []
    for line in text.split("\n"):
        match = _HEADING.match(line) if line.startswith("#") and len(line) <= _LONGEST_HEADING else None
        if match is not None:
            if heading or body:
                yield level, heading, body
            level, heading, body = len(match[1]), match[2], []
        elif line.strip():
            body.extend(_paragraphs(line))
    if heading or body:
        yield level, heading, body


def _paragraphs(line: str) -> Iterator[tuple[str, str]]:
    if "<" not in line and "&" not in line:
        yield ("furniture" if len(line) < 1000 and _LINK.match(line) else "text"), line
        return
    for part in _PARAGRAPH_END.split(line):
        for piece in _BREAK.split(part):
            bold = _BOLD.fullmatch(piece.strip())
            shown = html.unescape(_TAG.sub("", piece)).strip("\u3000\xa0 \t")
            if shown:
                yield ("subheads" if bold and bold[2].strip() == shown else "text"), shown
