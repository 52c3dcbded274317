"""A conversation as a Word document (.docx), made by python-docx. The answering words are underlined as on the page."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from qa.chat.exporting.talk import Cited, Exchange, Talk
from qa.chat.exporting.words import source_line, word
from qa.chat.markup import visible
from qa.schema import Language

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_SERIF, _HAN = "Georgia", "宋体"


def docx(talk: Talk) -> bytes:
    """Return the conversation as the bytes of a .docx file."""
    import docx as library

    document = library.Document()
    for name in ("Normal", "Title", "Heading 1", "Quote", "List Paragraph"):
        _faced(document, name)
    document.core_properties.title = _plain(talk.title)
    document.core_properties.author = "问报 Wenbao"
    document.core_properties.comments = ""
    document.add_heading(_plain(talk.title), 0)
    document.add_paragraph(word("made", talk.language, day=talk.day))
    for exchange in talk.exchanges:
        _exchange(document, exchange, talk.language)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _faced(document: Document, name: str) -> None:
    """Set the faces of a style: one for Latin letters, one for Chinese characters, which Word keeps apart."""
    from docx.oxml.ns import qn

    font = document.styles[name].font
    font.name = _SERIF
    fonts = font.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), _HAN)


def _plain(text: str) -> str:
    """Return the text on one line, without characters that XML cannot hold."""
    return " ".join(visible(text).split())


def _exchange(document: Document, exchange: Exchange, language: Language) -> None:
    document.add_heading(_plain(exchange.question), 1)
    if not exchange.cited:
        document.add_paragraph(word("nothing", language))
        return
    for each in exchange.cited:
        if each.quote:
            _quote(document, each)
    document.add_paragraph(word("sources", language)).paragraph_format.keep_with_next = True
    for each in exchange.cited:
        document.add_paragraph(f"[{each.number}] {_plain(source_line(each, language))}", style="List Paragraph")


def _quote(document: Document, cited: Cited) -> None:
    paragraph = document.add_paragraph(style="Quote")
    at = 0
    for low, high in (*cited.marks, (len(cited.quote), len(cited.quote))):
        _run(paragraph, cited.quote[at:low], marked=False)
        _run(paragraph, cited.quote[low:high], marked=True)
        at = high
    _run(paragraph, f" [{cited.number}]", marked=False)


def _run(paragraph: Paragraph, text: str, *, marked: bool) -> None:
    if text:
        run = paragraph.add_run(visible(text))
        run.italic = False  # Chinese is not set in italics
        run.underline = marked
