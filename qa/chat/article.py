"""How a whole article looks beside the conversation, with one passage marked and its quote in view.

The passage is found in the paragraph or caption that holds its text; when it is not there (the archive has moved on
since the answer), the article is shown without a mark. Offsets are code points into the passage text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.schema import ArticleRecord, Paragraph, Passage
from qa.chat.around import other_part, steps, ways_on
from qa.chat.copying import box, copies
from qa.chat.markup import Html, join, tag
from qa.chat.places import whole_issue
from qa.chat.source import Span, language, marked, place
from qa.chat.strings import flag, say
from qa.news.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class View:
    """What to bring into view: a passage, the span of its quote and the spans of the answering words."""

    passage: Passage | None = None
    quote: Span | None = None
    marks: tuple[Span, ...] = ()


def article(
    record: ArticleRecord, view: View, around: Surroundings | None = None, *, cited: str = "", note: Html | None = None
) -> Html:
    """Return the article as printed, the viewed passage marked, and the ways on from it.

    ``cited`` is its reference in print, to be copied; ``note`` stands before everything else.
    """
    around = around or Surroundings()
    return tag(
        "article",
        tag("div", tag("p", place(record), "  ", whole_issue(record), cls="wb-place"), steps(around), cls="wb-bar"),
        note,
        _head(record),
        other_part(around.beginning, "comes_from"),
        *_body(record, view),
        _end(record, around),
        _captions(record.captions, view),
        _copies(record, view, cited),
        ways_on(around, record.id),
        cls="wb-article",
    )


def loose(passages: Sequence[Passage], view: View) -> Html:
    """Return passages that belong to no article, such as those of the masthead."""
    shown = (_paragraph(each.text, each.flags, view, None, kind=each.kind) for each in passages)
    return tag("article", tag("p", say("masthead_passage"), cls="wb-note"), *shown, cls="wb-article")


def missing(key: str = "article_missing") -> Html:
    """Return the words for an article, or a passage, that the archive does not hold."""
    return tag("article", tag("p", say(key), cls="wb-verdict"), cls="wb-article wb-error")


def changed() -> Html:
    """Return the words for a passage that is gone from an article that is still there."""
    return tag("p", say("passage_missing_here"), cls="wb-note wb-changed")


def _copies(record: ArticleRecord, view: View, cited: str) -> Html | None:
    if not cited:
        return None
    controls = copies(view.passage.id, cited) if view.passage else copies(record.id, cited, kind="article")
    return tag("div", controls, box(cited), cls="wb-article-copies")


def _head(record: ArticleRecord) -> Html:
    parts = [
        tag("p", record.kicker, cls="wb-kicker") if record.kicker else None,
        tag("h2", record.headline or say("no_headline"), id="wb-article-title"),
        tag("p", record.subtitle, cls="wb-subtitle") if record.subtitle else None,
        tag("p", say("by"), "  ".join(record.authors), cls="wb-byline") if record.authors else None,
        tag("div", *(flag(name) for name in record.flags), cls="wb-flags") if record.flags else None,
    ]
    return tag("header", *parts)


def _body(record: ArticleRecord, view: View) -> list[Html]:
    parts: list[Html] = []
    subhead: str | None = None
    for paragraph in record.paragraphs:
        if paragraph.subhead and paragraph.subhead != subhead:
            parts.append(tag("h3", paragraph.subhead, cls="wb-subhead"))
        subhead = paragraph.subhead
        mine = _belongs(view.passage, paragraph)
        flags = tuple(name for name in paragraph.flags if name not in record.flags)
        parts.append(_paragraph(paragraph.text, flags, view if mine else View(), paragraph.number, kind="paragraph"))
    return parts


def _belongs(passage: Passage | None, paragraph: Paragraph) -> bool:
    return passage is not None and passage.kind == "paragraph" and passage.paragraph == paragraph.number


def _captions(captions: Sequence[str], view: View) -> Html | None:
    if not captions:
        return None
    mine = view if view.passage is not None and view.passage.kind == "caption" else View()
    shown = (_paragraph(text, (), mine, None, kind="caption") for text in captions)
    return tag("section", tag("h3", say("captions"), cls="wb-subhead"), *shown, cls="wb-captions")


def _end(record: ArticleRecord, around: Surroundings) -> Html | None:
    printed = tag("p", say("jump", jump=record.jump.strip("（）() ")), cls="wb-jump") if record.jump else None
    onward = other_part(around.continuation, "goes_on")
    return join(printed, onward) if printed or onward else None


def _paragraph(text: str, flags: Sequence[str], view: View, number: int | None, *, kind: str) -> Html:
    content = _in_view(text, view)
    label = tag("span", number, cls="wb-paragraph-number") if number is not None else None
    notes = tag("div", *(flag(name) for name in flags), cls="wb-flags") if flags else None
    state = " wb-in-view" if content is not None else ""
    words = tag("p", text if content is None else content, lang=language(text))
    return tag("div", label, words, notes, cls=f"wb-paragraph wb-{kind}{state}")


def _in_view(text: str, view: View) -> Html | None:
    """Return the text with passage, quote and answering words marked; None when the passage is not in it."""
    at = text.find(view.passage.text) if view.passage is not None else -1
    if view.passage is None or at < 0:
        return None
    end = at + len(view.passage.text)
    passage = marked(text, at, end, ())
    if view.quote is not None and 0 <= view.quote[0] < view.quote[1] <= len(view.passage.text):
        low, high = at + view.quote[0], at + view.quote[1]
        marks = [(at + first, at + last) for first, last in view.marks]
        passage = join(text[at:low], tag("span", marked(text, low, high, marks), cls="wb-quoted"), text[high:end])
    return join(text[:at], tag("span", passage, cls="wb-passage"), text[end:])
