"""Questions that most share words with one sentence and are answered by another of the same paragraph.

A year said once and meant further on (同年11月, 11月9日), a subject named at the beginning and left out or called 它 afterwards,
and matters told in one sentence of which the next has the answer. Knows a folded paragraph and its sentences; knows nothing of
the texts around it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from training.reader.cloze import ask, ask_beside
from training.reader.slots import NAMED, NOUNS, Kind, Slot, Word, find

_YEAR = re.compile(r"(?:\d{3,4}|[一二三四五六七八九〇零]{4}|民国(?:\d{1,2}|元|[一二三四五六七八九十]{1,3}))年")
_MEANT = re.compile(
    r"(?<![\d年])(?:[同当该此]年|这一年)(?:\d{1,2}月(?:\d{1,2}[日号])?)?|(?<![\d年月])\d{1,2}月(?:\d{1,2}[日号])?(?![份大小])"
)
_SUFFIX = re.compile(
    r"(?:大学|学院|公司|战役|战争|运动|协会|组织|电影|小说|学校|铁路|车站|机场|[市省县区镇村岛山河江湖寺塔桥路站党国州朝族语])$"
)
_PRONOUNS = frozenset(["他", "她", "它", "他们", "她们", "它们"])
_POINTING = frozenset(["该", "此", "这", "本", "这个", "这一", "这位", "这部", "这座", "这家", "这种", "这所"])
_PEOPLE = frozenset(["他", "她"])
_LONGEST_NAME = 16
_POINTED_SHARE = 0.6  # of the paragraphs that offer a year or a subject

Spans = tuple[tuple[int, int], ...]
Made = tuple[str, Spans]  # a question, its answers
Offer = tuple[str, list[Word], Slot, Spans]  # a sentence, its words, what is asked for, what answers elsewhere


@dataclass(frozen=True, slots=True)
class _Topic:
    """What a paragraph begins with: its name, kind, and what it is said to be (作家, 大学; may be empty)."""

    name: str
    kind: Kind
    head: str


@dataclass(frozen=True, slots=True)
class Across:
    """Makes such questions: ``tag`` cuts a sentence into words, ``pick`` chooses a slot, ``alike`` has words of like meaning."""

    tag: Callable[[str], list[Word]]
    pick: Callable[[Sequence[Slot]], Slot | None]
    alike: Mapping[str, Sequence[str]]
    rng: random.Random

    def make(self, text: str, spans: Sequence[tuple[int, int]]) -> Made | None:
        """Return a question with the spans of its answers in ``text``, whose sentences are ``spans``; None when there is none."""
        if len(spans) < 2:
            return None
        if self.rng.random() < _POINTED_SHARE:
            offers = [*years(text, spans, self.tag), *subjects(text, spans, self.tag)]
            if offers:
                sentence, words, slot, answers = self.rng.choice(offers)
                question = ask(sentence, words, slot, self.alike, self.rng)
                return (question, answers) if question else None
        return self._beside(text, spans)

    def _beside(self, text: str, spans: Sequence[tuple[int, int]]) -> Made | None:
        """Return a question about something in a sentence, asked for mostly with words of the one before or after it."""
        place = self.rng.randrange(len(spans))
        other = place - 1 if place and (place + 1 == len(spans) or self.rng.random() < 0.65) else place + 1
        (start, end), (begin, stop) = spans[place], spans[other]
        sentence, told = text[start:end], text[begin:stop]
        if min(len(sentence), len(told)) < 8:
            return None
        words = self.tag(sentence)
        # A clause asked for by another sentence's words alone would be a guess.
        slot = self.pick([slot for slot in find(sentence, words) if slot.kind != "clause"])
        if not slot or sentence[slot.start : slot.end] in told:
            return None
        question = ask_beside(sentence, words, slot, told, self.tag(told), self.alike, self.rng)
        if question is None or sentence[slot.start : slot.end] in question:
            return None
        return question, ((start + slot.start, start + slot.end),)


def years(text: str, spans: Sequence[tuple[int, int]], tag: Callable[[str], list[Word]]) -> Iterator[Offer]:
    """Yield sentences that mean a year said before them."""
    for start, end in spans[1:]:
        sentence = text[start:end]
        meant = _MEANT.search(sentence)
        said = [match.span() for match in _YEAR.finditer(text, 0, start)]
        if meant and said and not _YEAR.search(sentence):
            yield sentence, tag(sentence), Slot("year", *meant.span()), (said[-1],)


def subjects(text: str, spans: Sequence[tuple[int, int]], tag: Callable[[str], list[Word]]) -> Iterator[Offer]:
    """Yield sentences about the paragraph's topic that do not name it."""
    first = text[slice(*spans[0])]
    topic = _topic(first, tag(first))
    if topic is None:
        return
    places = tuple(match.span() for match in re.finditer(re.escape(topic.name), text))[:3]
    for start, end in spans[1:]:
        sentence = text[start:end]
        if topic.name in sentence or topic.name[:2] in sentence:
            continue
        words = tag(sentence)
        found = _left_out(sentence, words, topic)
        if found:
            sentence, words, (begin, stop) = found
            yield sentence, words, Slot(topic.kind, begin, stop, head=topic.head), places


def _topic(sentence: str, words: Sequence[Word]) -> _Topic | None:
    """Return the name that a sentence begins with: a run of nouns before a mark or a verb."""
    stop, part, after = 0, "", ""
    for word in words:
        said = sentence[word.start : word.end]
        if not (word.part.startswith(NOUNS) and word.part not in ("b", "a")) and said not in "·・":
            after = said
            break
        stop, part = word.end, word.part
    name = sentence[:stop]
    if not 2 <= len(name) <= _LONGEST_NAME or after in ("的", "、", "和", "与", "") or name[-1] in "·・":
        return None
    kind: Kind = "person" if "·" in name else NAMED.get(part, "phrase")
    suffix = _SUFFIX.search(name)
    return _Topic(name, kind, _said_to_be(sentence, words, stop) or (suffix[0] if suffix else ""))


def _said_to_be(sentence: str, words: Sequence[Word], stop: int) -> str:
    """Return the last noun of the clause after 是 or 为, which says what the topic is."""
    rest = [word for word in words if word.start >= stop]
    for place, word in enumerate(rest[:12]):
        if sentence[word.start : word.end] in ("是", "为"):
            clause: list[Word] = []
            for later in rest[place + 1 :]:
                if sentence[later.start : later.end] in ",，。；;:：":
                    break
                clause.append(later)
            if clause and clause[-1].part == "n":
                return sentence[clause[-1].start : clause[-1].end]
    return ""


def _left_out(sentence: str, words: Sequence[Word], topic: _Topic) -> tuple[str, list[Word], tuple[int, int]] | None:
    """Return the sentence with the place where the topic is meant: a pronoun, 该 with a noun, or a place added for it."""
    place = 0
    while place < len(words) and words[place].part[0] in "tdcx":
        place += 1
    if place >= len(words) or place > 4:
        return None
    word = words[place]
    said = sentence[word.start : word.end]
    if said in _PRONOUNS:
        fits = (topic.kind == "person") is (said in _PEOPLE)
        return (sentence, list(words), (word.start, word.end)) if fits else None
    if said in _POINTING and place + 1 < len(words) and words[place + 1].part.startswith("n"):
        noun = sentence[words[place + 1].start : words[place + 1].end]
        fits = noun == topic.head or topic.name.endswith(noun[-1])
        return (sentence, list(words), (word.start, words[place + 1].end)) if fits else None
    if word.part not in ("v", "p") or (topic.kind == "place" and word.part == "p"):
        return None
    moved = [Word(one.start + 1, one.end + 1, one.part) for one in words[place:]]
    kept = [*words[:place], Word(word.start, word.start + 1, "r"), *moved]
    return f"{sentence[: word.start]}它{sentence[word.start :]}", kept, (word.start, word.start + 1)
