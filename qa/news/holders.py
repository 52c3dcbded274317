"""The persons whom the archive names with an office, the newest mention first: titles change hands.

Keeps those whose body or place agrees with the one asked for. A printed page is believed: it does not know who holds the
office today, nor whether two spellings are one person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index.schema import ArticleRecord, Passage
from index.text import fold, segment, sentences
from qa.news.offices import PLACE_END, Office, joined
from qa.news.titles import Titled, titled
from qa.question import Question
from qa.quotes import within
from qa.retrieval import Query, View
from qa.schema import Quote

MOST = 6  # persons listed
_LONG = 120  # characters
_CLAUSE_END = re.compile(r"[，；,;]")
# Words after which an organ begins anew: what stands before them belongs to another part of the sentence.
_OPENING = frozenset(
    """
    的 由 在 经 据 对 向 是 了 到 请 被 将 让 与 和 及 跟 同 并 为 给 从 等 着 我 说 受 任 兼 新 任命 选举 选举产生 当选 出任 担任
    邀请 采访 会见 来自 听取 现任 时任 新任 兼任 记者 陪同 以及 随后 会上 当天 昨日 今日 日前 近日 产生 通过 决定 介绍 代表
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
_HERE = re.compile(r"^(?:我|全|该|本)?(?=[省市区县镇乡村])")
_TOWN = re.compile(rf"(?:(?<![\u4e00-\u9fff])|(?<=[在到赴省]))[\u4e00-\u9fff]{{2,3}}[{PLACE_END}]")
_SMALL = frozenset(["of", "the", "and", "in", "at", "for"])
_SURE = 0.5  # fit of a translation that counts as the word itself


@dataclass(frozen=True, slots=True)
class Holder:
    """A person, with the passage that names them with the office, the day it was printed, and the span of the sentence."""

    name: str
    date: str | None
    passage: Passage
    quote: Quote


def _date(passage: Passage, view: View) -> str | None:
    issue = view.issue(passage.issue_id)
    return issue.date if issue else None


def _later(one: Holder, other: Holder) -> bool:
    """Tell whether a mention is newer, or says it in fewer words on the same day."""
    lengths = [holder.quote.start - holder.quote.end for holder in (one, other)]
    return ((one.date or ""), lengths[0]) > ((other.date or ""), lengths[1])


def _quoted(person: Titled, passage: Passage) -> Quote:
    """The sentence that names the person, the name marked; of a long sentence the clauses around the name."""
    mark = (person.name_start, person.name_end)
    for start, end in sentences(passage.text):
        if start <= person.name_start < end:
            break
    else:
        start, end = 0, len(passage.text)
    if end - start > _LONG:
        marks = [match.end() for match in _CLAUSE_END.finditer(passage.text, start, end)]
        start = max((place for place in marks if place <= person.start), default=start)
        end = min((place for place in marks if place >= person.end), default=end)
    return Quote(passage.id, start, max(end, mark[1]), 1.0, (mark,))


def holders(question: Question, office: Office, passages: Sequence[Passage], query: Query, view: View) -> list[Holder]:
    """Return the persons named with an office, the newest mention of each, the newest person first, the undated last."""
    periods = [mention.range for mention in question.dates if mention.range]
    within_time = [
        passage
        for passage in passages
        if passage.kind != "masthead" and (not periods or any(within(period, passage, view) for period in periods))
    ]
    named = [(person, passage) for passage in within_time for person in _persons(office, passage, query, view)]
    newest: dict[str, Holder] = {}
    for person, passage in [*named, *_again(named, office, within_time)]:
        holder = Holder(person.name, _date(passage, view), passage, _quoted(person, passage))
        if person.name not in newest or _later(holder, newest[person.name]):
            newest[person.name] = holder
    return sorted(newest.values(), key=lambda holder: (holder.date or "", holder.passage.id), reverse=True)[:MOST]


def _persons(office: Office, passage: Passage, query: Query, view: View) -> list[Titled]:
    """The persons of a passage who hold the office; where its very body is named with one, a bare office is another's."""
    named = [person for person in titled(passage.text) if person.office in office.forms]
    fits = {person: _fit(person, office, passage, query, view) for person in named}
    best = max(fits.values(), default=0)
    return [person for person in named if fits[person] == best] if best else []


def _again(named: Sequence[tuple[Titled, Passage]], office: Office, passages: Sequence[Passage]) -> list[tuple[Titled, Passage]]:
    """Bare mentions (市长李长萍) elsewhere of the persons who are known to hold the office."""
    known = {person.name for person, _ in named}
    found = ((person, passage) for passage in passages for person in titled(passage.text))
    return [pair for pair in found if pair[0].name in known and pair[0].office in office.forms and _opens(fold(pair[0].organ))]


def _fit(person: Titled, office: Office, passage: Passage, query: Query, view: View) -> int:
    """2: the body asked for stands by the office; 1: it follows from article and paper; 0: it is another body, or unknown."""
    if not office.organ:
        return 1
    if office.language == "en":
        return _fit_en(person, office.organ, _around(passage, view), query)
    printed, wanted = _short(person.organ, person.office), _short(office.organ, person.office)
    shared = _common_end(printed, wanted)
    if shared == len(wanted):
        return 2
    if not _opens(printed[: len(printed) - shared]) and not _HERE.match(printed):
        return 0
    if office.organ[-1] in PLACE_END:
        return int(_is_home(wanted, passage, view))
    return int(_stands(wanted[: len(wanted) - shared], _around(passage, view)))


def _is_home(place: str, passage: Passage, view: View) -> bool:
    """Tell whether a bare 市长 here is that of a place: the paper bears its name, or the page names no other as often."""
    issue = view.issue(passage.issue_id)
    stem = place.rstrip(PLACE_END)
    if issue is not None and stem in fold(issue.newspaper or ""):
        return True
    text = fold("\n".join(_everything(article) for article in view.articles(passage.issue_id)))
    others = Counter(name for name in _TOWN.findall(text) if stem not in name)
    return text.count(stem) > max(others.values(), default=0)


def _short(organ: str, office: str) -> str:
    """聊城市 before 市长 is printed 聊城 as well: what the office repeats of its place is left away."""
    organ = joined(organ)
    return organ[:-1] if organ and office and organ[-1] == office[0] and organ[-1] in PLACE_END else organ


def _common_end(one: str, other: str) -> int:
    length = 0
    while length < min(len(one), len(other)) and one[-1 - length] == other[-1 - length]:
        length += 1
    return length


def _opens(before: str) -> bool:
    """Tell whether an organ may begin after these characters: there are none, or the last word opens a new phrase."""
    if not before:
        return True
    words = segment(before)
    return not words or words[-1] in _OPENING


def _stands(organ: str, around: str) -> bool:
    """Tell whether the article or its paper speaks of a body: its name, or the places and words it is made of."""
    if organ in around or organ.rstrip(PLACE_END) in around:
        return True
    parts = [word for word in segment(organ) if len(word) > 1]
    return bool(parts) and all(part in around or part.rstrip(PLACE_END) in around for part in parts)


def _fit_en(person: Titled, organ: str, around: str, query: Query) -> int:
    """Every word of the body asked for stands by the office (2), or, where nothing stands there, in the article (1)."""
    words = [word for word in re.findall(r"[a-z][a-z'’-]+", organ.lower()) if word not in _SMALL]
    concepts = {concept.word: concept for concept in query.words}

    def stand_in(text: str) -> bool:
        found = ((concepts.get(word), word) for word in words)
        return all(word in text or (concept is not None and concept.fit(text) >= _SURE) for concept, word in found)

    if stand_in(fold(person.organ)):
        return 2
    return int((len(person.organ) < 2 or _opens(person.organ)) and stand_in(around))


def _around(passage: Passage, view: View) -> str:
    article = view.article(passage.article_id)
    parts = [passage.context, passage.text]
    if article is not None:
        parts += [article.newspaper or "", _everything(article)]
    return fold("\n".join(parts))


def _everything(article: ArticleRecord) -> str:
    return "\n".join((article.kicker or "", article.headline or "", *(paragraph.text for paragraph in article.paragraphs)))
