"""How the conversation looks: masthead, first visit, question, answer, not found, errors. Pure functions to ``Html``.

Archive and question text comes in as plain strings and leaves through ``markup.esc``. Knows nothing of Gradio.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from index.errors import ArchiveError, ModelError, QuestionError, WenbaoError
from index.schema import Filter, Stats
from qa.chat.hits import hits, traced
from qa.chat.markup import Html, esc, join, tag
from qa.chat.news import contents, course, when
from qa.chat.reasons import in_chinese
from qa.chat.source import card, dotted, language, marked, numeral, reference
from qa.chat.strings import count, day, pair, say
from qa.question.wording import filter_notes, kind_notes
from qa.schema import Answer, Citation, Contents, Interpretation, Note, Retrieved, Timeline

if TYPE_CHECKING:
    from qa.question.schema import Kind

MAX_QUESTION = 1000
UNCERTAIN_BELOW = 0.65
CERTAIN_FROM = 0.9
_NUMBER = re.compile(r"\[(\d{1,3})\]")
_LONG_QUOTE = 100
_EXAMPLE_UPDATE = "python run.py update FOLDER"


def coverage(stats: Stats) -> Html:
    """Return what the archive holds in one line: newspapers, pages, days."""
    parts = [count("papers", len(stats.newspapers))] if stats.newspapers else []
    parts.append(count("pages", stats.issues))
    if stats.first_date and stats.last_date:
        first, last = day(stats.first_date), day(stats.last_date)
        parts.append(first if stats.first_date == stats.last_date else join(first, " — ", last))
    if stats.undated:
        parts.append(count("undated", stats.undated))
    return dotted(parts)


def masthead(stats: Stats | None, *, failed: bool = False) -> Html:
    """Return the one line above everything; without ``stats`` the archive is still being opened, or could not be."""
    held = (Html() if failed else say("opening")) if stats is None else say("empty") if stats.issues == 0 else coverage(stats)
    name = tag("div", pair(tag("b", "问报"), tag("b", "Wenbao")), tag("i", say("motto")), cls="wb-name")
    buttons = tag(
        "div",
        tag("span", id="wb-bar"),
        tag("button", say("new"), id="wb-new", type="button"),
        tag("button", say("switch_language"), id="wb-language", type="button"),
        tag("button", tag("span", say("switch_theme"), cls="wb-hidden"), id="wb-theme", type="button"),
        tag("button", tag("span", say("menu"), cls="wb-hidden"), id="wb-menu-button", type="button"),
        cls="wb-switches",
    )
    return tag("div", name, tag("div", held, cls="wb-held"), buttons, cls="wb-masthead")


def welcome(stats: Stats, chinese: Sequence[str], english: Sequence[str]) -> Html:
    """Return the first visit: how it works and questions that this very archive answers; or the empty archive."""
    if stats.issues == 0:
        add = tag(
            "div", tag("p", say("empty_add")), tag("button", say("add_first"), cls="wb-add", type="button"), cls="wb-empty-add"
        )
        return tag(
            "div", tag("h1", say("empty")), add, tag("p", say("empty_how")), tag("code", _EXAMPLE_UPDATE), cls="wb-welcome"
        )
    head = join(tag("h1", say("welcome")), tag("p", say("welcome_how")), tag("p", coverage(stats), cls="wb-welcome-held"))
    # Where the archive offers questions in one language only, they serve readers of both.
    lists = pair(_examples(chinese or english), _examples(english or chinese))
    tried = join(tag("h2", say("try")), lists) if chinese or english else None
    return tag("div", head, tried, cls="wb-welcome")


def _examples(questions: Sequence[str]) -> Html:
    items = (tag("button", question, cls="wb-example", type="button", value=question) for question in questions)
    return tag("span", *items, cls="wb-examples")


def question(text: str) -> Html:
    """Return what the reader asked."""
    return tag("div", text, cls="wb-question")


def thinking(asked: str = "", step: Interpretation | Retrieved | Answer | None = None) -> Html:
    """Return the quiet line shown while an answer is being found: what was understood of the question, what was found."""
    if isinstance(step, Interpretation):
        meant = _meant(asked, step)
        return tag("div", say("thinking"), *(meant or ()), cls="wb-thinking")
    words = count("retrieved", step.passages) if isinstance(step, Retrieved) else say("thinking")
    return tag("div", words, cls="wb-thinking")


def stopped() -> Html:
    """Return what stands in the place of an answer that the reader did not wait for."""
    return tag("div", tag("p", say("stopped"), cls="wb-note"), cls="wb-answer wb-stopped")


def answer(found: Answer, stats: Stats) -> Html:
    """Return an answer with its sources, or what was looked for where there is none."""
    return join(_found(found) if found.found else _not_found(found, stats), traced(found))


def _found(found: Answer) -> Html:
    # The answer is made of the quotes of some sources; the other sources bring their quotes in their cards.
    if found.contents is not None:
        return _listed(found, found.contents)
    leading = [citation for citation in found.citations if citation.quote in found.text]
    others = [citation for citation in found.citations if citation not in leading]
    quotes = (join(when(each.date), _quote(each)) if found.dated else _quote(each) for each in leading)
    words = tag("div", *quotes, cls=f"wb-quotes{' wb-dated' if found.dated else ''}")
    if not leading:
        words = tag("p", found.text, cls="wb-prose")
    parts = [_understood(found), _course(found.timeline), words]
    parts += [_notes(_worth_saying(found)), tag("p", _sure(found), cls="wb-note wb-how-sure")]
    if leading:
        parts += [tag("h3", say("sources")), tag("div", *(card(each, with_quote=False) for each in leading), cls="wb-cards")]
    if others:
        cards = tag("div", *(card(each, with_quote=True) for each in others), cls="wb-cards")
        parts += [tag("h3", say("also" if leading else "sources")), cards]
    return tag("div", *parts, cls="wb-answer")


def _course(line: Timeline | None) -> Html | None:
    """How a story went on, as bars that lead to their time; what all stands in one period is only counted."""
    return hits(line) or course(line) if line else None


def _listed(found: Answer, listed: Contents) -> Html:
    """The headlines of an issue; each opens its article, so there are no cards below them."""
    numbered = {citation.number: reference(citation) for citation in found.citations}
    shown = (_understood(found), _notes(_worth_saying(found)), contents(listed, numbered))
    return tag("div", *shown, cls="wb-answer")


def _quote(citation: Citation) -> Html:
    size = "wb-quote wb-long" if len(citation.quote) > _LONG_QUOTE else "wb-quote"
    # The number stays with the last character: alone on a line it would look like the start of something.
    last = max(citation.start, citation.end - 1)
    words = marked(citation.passage_text, citation.start, last, citation.marks)
    end = marked(citation.passage_text, last, citation.end, citation.marks)
    close = tag("span", end, reference(citation), cls="wb-together")
    return tag("blockquote", words, close, cls=size, lang=language(citation.quote))


def _not_found(found: Answer, stats: Stats) -> Html:
    parts: list[Html | None] = [
        tag("p", say("not_found"), cls="wb-verdict"),
        tag("p", say("looked_for"), tag("q", found.interpretation.question or found.question), cls="wb-note"),
        _limits(found.interpretation.filter),
        _notes(_worth_saying(found)),
        tag("p", say("covers", held=coverage(stats)), cls="wb-note") if stats.issues else tag("p", say("empty"), cls="wb-note"),
        tag("p", say("not_found_how"), cls="wb-note"),
    ]
    if found.nearest:
        near = tag("div", *(card(each, with_quote=True) for each in found.nearest), cls="wb-cards")
        parts.append(tag("div", tag("h3", say("nearest")), near, cls="wb-nearest"))
    return tag("div", *parts, cls="wb-answer wb-not-found")


def _understood(found: Answer) -> Html | None:
    parts = _meant(found.question, found.interpretation)
    return tag("div", *parts, cls="wb-understood") if parts else None


def _meant(asked: str, meant: Interpretation) -> list[Html]:
    """Return the question as it was completed and the limits read out of it, where there are any."""
    changed = meant.question.strip() not in ("", asked.strip())
    completed = tag("p", say("understood"), tag("q", meant.question), cls="wb-note") if changed else None
    return [part for part in (completed, _limits(meant.filter)) if part]


def _limits(asked: Filter) -> Html | None:
    """Return the filter that was taken from the question as quiet chips."""
    chips = [day(each.first) if each.first == each.last else _range(each.first, each.last) for each in asked.dates]
    if asked.dates and asked.undated:
        chips.append(say("undated_too"))
    chips += [esc(name) for name in (*asked.newspapers, *asked.authors)]
    chips += [say("page_only", page=page) for page in asked.pages]
    return tag("p", say("limited"), *(tag("span", chip, cls="wb-chip") for chip in chips), cls="wb-note") if chips else None


def _range(first: str, last: str) -> Html:
    return join(day(first), " — ", day(last))


def _notes(notes: Sequence[Note]) -> Html | None:
    shown = (tag("span", pair(_numbered(note.chinese), _capital(_numbered(note.english))), cls="wb-aside") for note in notes)
    return tag("p", *shown, cls="wb-note wb-notes") if notes else None


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _numbered(note: str) -> str:
    """Return a note with the numbers of sources as they stand on the page."""
    return _NUMBER.sub(lambda number: numeral(int(number[1])), note)


def _worth_saying(found: Answer) -> list[Note]:
    """Return the notes but for what is seen anyway: the kind of what is asked for, and the limits, which stand there already."""
    meant = found.interpretation
    kinds = [cast("Kind", each.value) for each in meant.inferred if each.field == "kind"]
    seen = {*kind_notes(kinds, found.language), *filter_notes(meant.filter, found.language)}
    notes = [note for note in dict.fromkeys(meant.notes) if note not in seen]
    # What another note says too, and more of it, is said once.
    return [note for note in notes if not any(other.chinese.startswith(note.chinese) and other != note for other in notes)]


def _sure(found: Answer) -> Html:
    """Return in words how sure it is that the quotes answer the question."""
    key = "uncertain" if found.confidence < UNCERTAIN_BELOW else "likely" if found.confidence < CERTAIN_FROM else "certain"
    return tag("span", say(key), cls=f"wb-sure wb-{key}")


def failure(error: Exception) -> Html:
    """Return what went wrong in words a reader can act on; details only of errors made for readers."""
    if isinstance(error, QuestionError):
        message = say("error_question")
    elif isinstance(error, (ArchiveError, ModelError)):
        message = say("error_archive")
    else:
        message = say("error_unknown")
    detail = (
        tag("p", say("error_detail"), pair(in_chinese(str(error)), str(error)), cls="wb-note")
        if isinstance(error, WenbaoError)
        else None
    )
    return tag("div", tag("p", message, cls="wb-verdict"), detail, cls="wb-answer wb-error")


def refusal(text: str) -> Html | None:
    """Return why this question is not asked at all (empty, too long), or None when it may be."""
    if not text.strip():
        message = say("error_empty")
    elif len(text) > MAX_QUESTION:
        message = say("error_long", n=f"{MAX_QUESTION:,}")
    else:
        return None
    return tag("div", tag("p", message, cls="wb-verdict"), cls="wb-answer wb-error")
