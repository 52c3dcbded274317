"""From weighed sentences to the quotes that are shown: how many, how long, and which words in them are marked.

One to three quotes of a few sentences each, verbatim. A list may bring the sentences that go through its parts; a
contrast brings one quote of each source. Does not know whether the quotes are good enough to call an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.schema import DateRange, Passage
from index.text import fold
from qa.expected import FIGURES, enumerated
from qa.marking import mark
from qa.question import Kind, Question
from qa.retrieval import View
from qa.schema import Quote
from qa.sentences import Sentence, cut

MOST_QUOTES = 3
KEPT = 0.01  # a further quote needs this share of the belief in the first
_RESCUED = 0.01  # one that shows the kind of thing asked for needs only this share
_SHOWS = 0.9
_BESIDE = 0.5  # one without any figure of the kind asked for, where the first has one, needs this share
_TYPED: set[Kind] = {"who", "when", "where", "number", "contact"}
_PARALLEL = re.compile(
    r"^(?:[一二三四五六七八九十]是|[一二三四五六七八九十]要|第[一二三四五六七八九十]|首先|其次|再次|此外|同时|"
    r"最后|[（(]?[一二三四五六七八九十\d][）)、.．]|要|还要|其中|另外)"
)
# A sentence that names what the one before it only counts: 五位代表分别是…
_NAMING = re.compile(r"^[^，,。；;、]{0,16}(?:分别[是为叫]|依次[是为]|包括|即[:：]|是[:：])")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A quote to be: passage and span, with the belief in it."""

    passage: Passage
    start: int
    end: int
    share: float


def select(question: Question, sentences: Sequence[Sentence], view: View) -> tuple[Quote, ...]:
    """Return the quotes, best first; adjacent ones of a passage are one quote."""
    if not sentences:
        return ()
    groups = _contrasted(question, sentences, view) if question.contrast else ()
    picked = groups if len(groups) > 1 else _typed(question, _best(question, sentences), sentences)
    chosen = [_whole(question, sentence, last=i > 0) for i, sentence in enumerate(picked)]
    return tuple(_marked(question, item, sentences) for item in _merged(chosen))


def _best(question: Question, sentences: Sequence[Sentence]) -> list[Sentence]:
    picked: list[Sentence] = []
    seen: set[str] = set()
    shown = set(question.kinds) <= FIGURES and sentences[0].feature("type") >= _SHOWS
    for sentence in sentences:
        words = fold(sentence.text)
        if sentence.share < KEPT * sentences[0].share or len(picked) == MOST_QUOTES:
            break
        beside = shown and sentence.feature("type") < _SHOWS and sentence.share < _BESIDE * sentences[0].share
        if words not in seen and not beside:
            picked.append(sentence)
            seen.add(words)
    return picked


def _typed(question: Question, picked: list[Sentence], sentences: Sequence[Sentence]) -> list[Sentence]:
    """See to it that one of the quotes shows what is asked for (a number, a date ...) when a likely sentence does."""
    if any(sentence.feature("type") >= _SHOWS for sentence in picked) or not set(question.kinds) & _TYPED:
        return picked
    showing = (s for s in sentences if s.feature("type") >= _SHOWS and s.share >= _RESCUED * sentences[0].share)
    rescued = next(showing, None)
    return [*picked[: MOST_QUOTES - 1], rescued] if rescued else picked


def _contrasted(question: Question, sentences: Sequence[Sentence], view: View) -> list[Sentence]:
    """The best sentence of each period named, or of each article that has the words in question."""
    periods = tuple(dict.fromkeys(mention.range for mention in question.dates if mention.range))
    if len(periods) > 1:
        found = (_first_within(period, sentences, view) for period in periods)
        return _distinct(sentence for sentence in found if sentence is not None)
    picked: dict[str, Sentence] = {}
    for sentence in sentences:
        if all(fold(name) in fold(sentence.text) for name in question.quoted):
            picked.setdefault(sentence.passage.article_id, sentence)
    wanted = min(MOST_QUOTES, question.count or 2)
    floor = _RESCUED * sentences[0].share
    return [sentence for sentence in picked.values() if sentence.share >= floor or question.quoted][:wanted]


def _first_within(period: DateRange, sentences: Sequence[Sentence], view: View) -> Sentence | None:
    for sentence in sentences:
        if within(period, sentence.passage, view):
            return sentence
    return None


def within(period: DateRange, passage: Passage, view: View) -> bool:
    """Tell whether the page of a passage is of that time; an undated page by the year its own text speaks of."""
    article = view.article(passage.article_id)
    issue = view.issue(passage.issue_id)
    day = article.date if article else issue.date if issue else None
    if day is not None:
        return period.first <= day <= period.last
    metadata = {**(issue.metadata if issue else {}), **(article.metadata if article else {})}
    year = metadata.get("year_estimate")
    return isinstance(year, int) and period.first[:4] <= str(year) <= period.last[:4]


def _distinct(sentences: Iterable[Sentence]) -> list[Sentence]:
    return list({(sentence.passage.id, sentence.start): sentence for sentence in sentences}.values())


def _whole(question: Question, sentence: Sentence, *, last: bool) -> Chosen:
    """The sentence, for a list followed by the sentences that name its parts."""
    end = sentence.end
    if not last and {"list", "how"} & set(question.kinds):
        end = _through_parts(question, sentence)
    return Chosen(sentence.passage, sentence.start, end, sentence.share)


def _through_parts(question: Question, sentence: Sentence) -> int:
    """End of the last sentence that goes on with the list that ``sentence`` opens; its own end when none does."""
    if question.count and enumerated(sentence.text):
        return sentence.end
    following = [span for span in cut(sentence.passage) if span[0] >= sentence.end]
    most = question.count or 3
    end = sentence.end
    opener = ""
    for start, stop in following[:most]:
        piece = sentence.passage.text[start:stop]
        if end == sentence.end and _NAMING.match(piece):
            return stop
        leads = _PARALLEL.match(piece)
        if not leads or (opener and piece[0] != opener and not re.match(r"[一二三四五六七八九十第]", piece)):
            break
        opener = opener or (piece[0] if piece[0] == "要" else "")
        end = stop
    return end


def _merged(chosen: Sequence[Chosen]) -> list[Chosen]:
    """Join spans of one passage that touch or overlap; the first keeps its place."""
    merged: list[Chosen] = []
    for item in chosen:
        for i, other in enumerate(merged):
            if other.passage.id == item.passage.id and _touch(other, item):
                start, end = min(other.start, item.start), max(other.end, item.end)
                merged[i] = Chosen(other.passage, start, end, max(other.share, item.share))
                break
        else:
            merged.append(item)
    return merged if len(merged) == len(chosen) else _merged(merged)


def _touch(one: Chosen, other: Chosen) -> bool:
    first, second = sorted((one, other), key=lambda item: item.start)
    return not first.passage.text[first.end : second.start].strip()


def _marked(question: Question, item: Chosen, sentences: Sequence[Sentence]) -> Quote:
    text = item.passage.text[item.start : item.end]
    seen = [
        (sentence.answer[0] - item.start, sentence.answer[1] - item.start)
        for sentence in sentences
        if sentence.answer and sentence.passage.id == item.passage.id and item.start <= sentence.start < item.end
    ]
    shifted = tuple((item.start + start, item.start + end) for start, end in mark(question, text, seen))
    return Quote(item.passage.id, item.start, item.end, item.share, shifted)
