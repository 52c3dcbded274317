"""Prints stories as the text of a page in a given style, and keeps what is true of every line.

A style says how each part looks; the press knows the order of parts, the damage (breaks, displacements, wraps) and the spacing.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from index.parsing.lines import ends
from tests.index.parsing.generator.content import Story, Writer
from tests.index.parsing.generator.noise import noisy

Role = Literal["masthead", "heading", "credit", "subhead", "body", "caption", "jump", "ad", "furniture"]


@dataclass(frozen=True)
class Facts:
    """What a masthead can print. A form returns the facts that it did print, the others None."""

    newspaper: str | None
    day: datetime.date | None
    weekday: str | None
    number: int | None
    page: str | None


@dataclass(frozen=True)
class Heading:
    """Lines over an article, and which words in them are what."""

    lines: tuple[str, ...]
    headline: str
    kicker: str | None = None
    subtitle: str | None = None


@dataclass(frozen=True)
class Signing:
    """Where the names stand: lines under the headline, opening and end of the text, lines after it."""

    over: tuple[str, ...] = ()
    opening: str = ""
    ending: str = ""
    after: tuple[str, ...] = ()
    names: bool = True  # whether the names are printed at all


@dataclass(frozen=True)
class Extra:
    """Something printed among the news: its lines as they stand, and the paragraphs they make (none: any will do)."""

    heading: Heading
    lines: tuple[str, ...]
    paragraphs: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Style:
    """How a newspaper looks; each field is a form, or the forms to draw from."""

    name: str
    writer: Writer
    masthead: Callable[[random.Random, Facts], tuple[list[str], Facts]]
    headings: Sequence[Callable[[random.Random, Story], Heading]]
    signings: Sequence[Callable[[random.Random, Story, Facts], Signing]]
    newspapers: Sequence[str]
    subhead: Callable[[str, int], str] | None = None
    caption: Callable[[random.Random, str, str], str] | None = None
    jumps: Sequence[str] = ()
    ads: Sequence[Sequence[str]] = ()
    furniture: Callable[[random.Random, Facts, Writer], list[str]] | None = None
    photo_news: Callable[[random.Random, Story, str], list[str]] | None = None
    masthead_place: Literal["top", "middle", "bottom"] = "top"
    indent: str = ""
    gap_paragraph: int = 1
    gap_article: int = 1
    gap_heading: int = 1  # between the lines over an article and below them
    wrap: tuple[int, int] | None = None  # width in columns from .. to
    breaks: float = 0.15
    articles: tuple[int, int] = (3, 6)
    year: tuple[int, int] = (2005, 2024)
    pages: Sequence[str] = ("1", "2", "3", "4", "5", "6", "8")
    noise: float = 0.0  # share of the characters of the text that recognition may have got wrong
    extras: Sequence[Callable[[random.Random, Writer], Extra]] = ()  # letters, verse, tables among the news


@dataclass
class Printed:
    """A line of the page. ``paragraph`` is (article, number) of the story, whatever article it stands in."""

    text: str
    role: Role
    article: int
    gap: int
    paragraph: tuple[int, int] | None = None
    cut: Literal["", "wrap", "break"] = ""  # how it carries on the line before it


@dataclass
class Truth:
    """An article as it was before print."""

    heading: Heading | None
    kind: Literal["news", "photo", "ad"]
    paragraphs: list[str] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    displaced: int | None = None


@dataclass
class Made:
    """A page and what is true of it."""

    style: str
    text: str
    lines: dict[int, Printed]
    articles: list[Truth]
    facts: Facts


def make(style: Style, seed: int) -> Made:
    """Print one page; the same seed gives the same page."""
    return _Press(style, random.Random(f"{style.name} {seed}")).run()


class _Press:
    def __init__(self, style: Style, rng: random.Random) -> None:
        self.style = style
        self.rng = rng
        self.articles: list[Truth] = []
        self.blocks: list[list[Printed]] = []

    def run(self) -> Made:
        style, rng = self.style, self.rng
        day = datetime.date(rng.randint(*style.year), rng.randint(1, 12), rng.randint(1, 28))
        names = "一二三四五六日"
        english = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
        weekday = english[day.weekday()] if style.writer.script == "en" else "星期" + names[day.weekday()]
        facts = Facts(rng.choice(style.newspapers), day, weekday, rng.randint(12, 9800), rng.choice(style.pages))
        masthead, printed = style.masthead(rng, facts)
        for story in style.writer.stories(rng, rng.randint(*style.articles)):
            self._article(story, facts)
        self._displace()
        for extra in style.extras:
            if rng.random() < 0.5:
                self._extra(extra(rng, style.writer))
        if style.photo_news and rng.random() < 0.35:
            self._photo(rng)
        if style.ads and rng.random() < 0.5:
            self._ad(rng)
        top = [Printed(text, "masthead", -1, 0) for text in masthead]
        at = {"top": 0, "middle": len(self.blocks) // 2, "bottom": len(self.blocks)}[style.masthead_place]
        blocks = [*self.blocks[:at], top, *self.blocks[at:]]
        if style.furniture:
            blocks.append([Printed(text, "furniture", -1, 0) for text in style.furniture(rng, facts, style.writer)])
        return self._set(blocks, printed)

    def _article(self, story: Story, facts: Facts) -> None:
        style, rng, number = self.style, self.rng, len(self.articles)
        heading = rng.choice(style.headings)(rng, story)
        signing = rng.choice(style.signings)(rng, story, facts)
        texts = [noisy(text, rng, style.noise) for text in story.paragraphs] if style.noise else list(story.paragraphs)
        texts[0] = signing.opening + texts[0]
        texts[-1] += signing.ending
        truth = Truth(heading, "news", texts, story.authors if signing.names else ())
        self.articles.append(truth)
        block = [Printed(text, "heading", number, style.gap_heading) for text in heading.lines]
        block += [Printed(text, "credit", number, style.gap_heading) for text in signing.over]
        subheads = 0
        for at, text in enumerate(texts):
            if style.subhead and len(texts) >= 5 and at in (1, 3) and subheads < len(story.subheads):
                block.append(Printed(style.subhead(story.subheads[subheads], subheads), "subhead", number, style.gap_paragraph))
                subheads += 1
            block += self._paragraph(text, number, at)
            if style.caption and at == 0 and rng.random() < 0.3:
                line = style.caption(rng, story.caption, style.writer.person(rng))
                block.append(Printed(line, "caption", number, style.gap_paragraph))
        block += [Printed(text, "credit", number, style.gap_paragraph) for text in signing.after]
        if style.jumps and not signing.after and not signing.ending and rng.random() < 0.2:
            block.append(Printed(rng.choice(style.jumps), "jump", number, style.gap_paragraph))
        self.blocks.append(block)

    def _paragraph(self, text: str, article: int, at: int) -> list[Printed]:
        lines = [Printed(text, "body", article, self.style.gap_paragraph, (article, at))]
        if self.style.wrap is None and self.rng.random() < self.style.breaks and len(text) > 30:
            cut = self._cut(text)
            if cut:
                lines[0].text = text[:cut].rstrip()
                lines.append(Printed(text[cut:].lstrip(), "body", article, self.style.gap_paragraph, (article, at), "break"))
        return lines

    def _cut(self, text: str) -> int | None:
        """A place where a column ends: anywhere in Chinese, between words in English, never where nobody could see it."""
        at = self.rng.randrange(10, len(text) - 8)
        if self.style.writer.script == "en":
            at = text.find(" ", at)
        if at < 0 or ends(text[:at].rstrip()) or text[at] in "，、。！？；：”）":  # no column opens with these
            return None
        return at

    def _displace(self) -> None:
        rng = self.rng
        homes = [at for at, truth in enumerate(self.articles) if len(truth.paragraphs) >= 4]
        if rng.random() >= 0.5 or not homes:
            return
        home = rng.choice(homes)
        number = rng.randrange(1, len(self.articles[home].paragraphs) - 1)
        hosts = [at for at, truth in enumerate(self.articles) if at != home and len(truth.paragraphs) >= 3]
        if not hosts:
            return
        host = self.blocks[rng.choice(hosts)]
        moving = [line for line in self.blocks[home] if line.paragraph == (home, number)]
        self.blocks[home] = [line for line in self.blocks[home] if line.paragraph != (home, number)]
        places = [at for at, line in enumerate(host) if line.role == "body" and not line.cut][1:]
        place = rng.choice(places)
        host[place:place] = moving
        self.articles[home].displaced = number

    def _photo(self, rng: random.Random) -> None:
        assert self.style.photo_news is not None
        [story] = self.style.writer.stories(rng, 1)
        lines = self.style.photo_news(rng, story, self.style.writer.person(rng))
        number = len(self.articles)
        self.articles.append(Truth(None, "photo"))
        block = [Printed(text, "caption", number, self.style.gap_paragraph) for text in lines]
        self.blocks.insert(rng.randint(1, len(self.blocks)), block)

    def _extra(self, extra: Extra) -> None:
        style, number = self.style, len(self.articles)
        self.articles.append(Truth(extra.heading, "news", list(extra.paragraphs), extra.authors))
        block = [Printed(text, "heading", number, style.gap_heading) for text in extra.heading.lines]
        if extra.paragraphs:
            for at, text in enumerate(extra.paragraphs):
                block.append(Printed(text, "body", number, style.gap_paragraph, (number, at)))
        for at, text in enumerate(extra.lines):
            block.append(Printed(text, "body", number, 0 if at else style.gap_paragraph, None, "wrap" if at else ""))
        block += [Printed(text, "credit", number, style.gap_paragraph) for text in extra.after]
        self.blocks.insert(self.rng.randint(1, len(self.blocks)), block)

    def _ad(self, rng: random.Random) -> None:
        number = len(self.articles)
        self.articles.append(Truth(None, "ad"))
        lines = rng.choice(self.style.ads)
        block = [Printed(self.style.writer.printed(text), "ad", number, self.style.gap_heading) for text in lines]
        self.blocks.insert(rng.randint(1, len(self.blocks)), block)

    def _set(self, blocks: Sequence[Sequence[Printed]], facts: Facts) -> Made:
        style = self.style
        width = self.rng.randint(*style.wrap) if style.wrap else None
        out: list[str] = []
        kept: dict[int, Printed] = {}
        for block in blocks:
            for at, line in enumerate(block):
                gap = style.gap_article if at == 0 else line.gap
                out += [""] * (gap if out else 0)
                first = style.indent if line.role == "body" and not line.cut else ""
                rows = _wrapped(first + line.text, width) if width and line.role in ("body", "caption") else [first + line.text]
                for row, text in enumerate(rows):
                    out.append(text)
                    cut = "wrap" if row else line.cut
                    kept[len(out)] = Printed(text.strip(), line.role, line.article, gap, line.paragraph, cut)
        return Made(style.name, "\n".join(out), kept, self.articles, facts)


def _wrapped(text: str, width: int) -> list[str]:
    if text.isascii() or text.count(" ") > len(text) / 12:
        return _wrapped_words(text, width)
    rows: list[str] = []
    while text:
        end = width // 2
        if end < len(text) and text[end] in "，。！？；：、”）":  # no line opens with these
            end += 1
        while end < len(text) and " " in text[end - 1 : end + 1]:  # a space at the edge would be lost
            end -= 1
        rows.append(text[:end])
        text = text[end:]
    return rows


def _wrapped_words(text: str, width: int) -> list[str]:
    rows = [text[: len(text) - len(text.lstrip())]]
    for word in text.split():
        if rows[-1].strip() and len(rows[-1]) + 1 + len(word) > width:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}" if rows[-1].strip() else rows[-1] + word
    return rows
