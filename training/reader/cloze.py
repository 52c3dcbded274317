"""Turn a sentence with something taken out into a question, more or less far from the sentence's own words.

Knows sentences and slots; knows nothing of texts around them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

from training.reader.slots import Slot, Word

_ASKED: Mapping[str, Sequence[str]] = {
    "number": ("多少{unit}", "多少", "几{unit}", "多少{unit}{head}", "几{unit}{head}", "多少{head}", "多大", "哪{unit}"),
    "date": ("什么时候", "何时", "哪一年", "哪年", "哪一天", "几月几日", "什么时间", "何年", "哪个时期", "多久"),
    "person": ("谁", "谁", "哪位", "什么人", "何人", "哪一位", "哪个人", "哪一个人"),
    "place": ("哪里", "哪儿", "哪个地方", "什么地方", "哪个国家", "哪个城市", "何处", "哪个地区", "哪一个城市", "哪一国"),
    "body": ("哪个机构", "哪个单位", "什么组织", "哪家公司", "哪一个组织", "谁", "什么机构", "哪所学校", "哪个部门"),
    "quoted": ("什么", "什么", "哪个", "哪一个", "哪部作品", "什么名字", "何", "什么称号", "哪一种"),
    "phrase": (
        "什么",
        "什么",
        "哪{head}",
        "什么{head}",
        "哪个{head}",
        "哪一个{head}",
        "何种{head}",
        "哪种{head}",
        "什么样的{head}",
        "何",
    ),
    "clause": ("什么", "怎么样", "如何", "怎样", "做什么", "什么情况", "什么样的", "为什么", "哪些"),
    "reason": ("为什么", "为何", "什么原因", "因为什么", "什么"),
    "year": ("哪一年", "哪一年", "哪年", "何年", "什么时候", "何时"),
    "list": ("哪些", "哪几个", "什么", "哪些{head}", "哪几种", "哪三个", "哪两个"),
}
_VAGUE = frozenset(("phrase", "quoted", "list"))  # asked for with some words of their own, or nobody could tell what is meant
_RANKED = ("第几{unit}", "哪一{unit}", "哪{unit}", "第几", "第多少{unit}")
_FUNCTION = frozenset("的了着在于和与及等对为被把将从向以并也还就都而之其该此这那所已曾由是有会")
_BREAK = re.compile(r"[,，;；:：。！!？?、\n]")
_SILENT = re.compile(r"[\s“”‘’「」『』()（）\[\]…—]+")


def ask(
    sentence: str, words: Sequence[Word], slot: Slot, alike: Mapping[str, Sequence[str]], generator: random.Random
) -> str | None:
    """Return a question whose answer is the slot; None when too little of the sentence is left to ask by.

    How much is dropped, replaced and moved differs from call to call. ``alike`` has words of like meaning.
    """
    harsh = generator.random()
    clauses = _clauses(sentence, words, slot)
    own = next(number for number, (holds, _) in enumerate(clauses) if holds)
    kept = _choose(clauses, own, generator)
    parts: list[str] = []
    said = 0
    asked = _asked(slot, generator)
    place = generator.random()
    for number in kept:
        for word in clauses[number][1]:
            if word is None:
                if place < 0.6:
                    parts.append(asked)
                continue
            text = _reword(sentence[word.start : word.end], word.part, alike, harsh, generator)
            if text:
                parts.append(text)
                said += len(text)
    if said < 4 or (said < 7 and generator.random() < 0.6):
        return None
    parts = _shorten(parts, asked, generator)
    text = "".join(parts)
    if place >= 0.6:
        text = _move(text, asked, place, generator)
    text = _SILENT.sub("", text)
    return text + generator.choice(("？", "？", "?", "？", "呢？", ""))


def ask_beside(
    sentence: str,
    words: Sequence[Word],
    slot: Slot,
    told: str,
    told_words: Sequence[Word],
    alike: Mapping[str, Sequence[str]],
    generator: random.Random,
) -> str | None:
    """Return a question whose answer is the slot, asked with a clause of another sentence (``told``) and little of its own."""
    harsh = generator.random() * 0.4
    asked = _asked(slot, generator)

    def said(text: str, clause: Sequence[Word | None]) -> list[str]:
        parts = (
            asked if word is None else _reword(text[word.start : word.end], word.part, alike, harsh, generator) for word in clause
        )
        return [part for part in parts if part]

    own = next(clause for holds, clause in _clauses(sentence, words, slot) if holds)
    near = _trim(
        said(sentence, own), asked, len(asked) + generator.choice((5, 7, 9, 13) if slot.kind in _VAGUE else (2, 4, 6, 9))
    )
    nothing = Slot("phrase", len(told), len(told))
    clauses = [said(told, [word for word in clause if word]) for _, clause in _clauses(told, told_words, nothing)]
    clauses = [clause for clause in clauses if sum(map(len, clause)) >= 5]
    if not clauses:
        return None
    clause = generator.choice(clauses)
    most = generator.choice((12, 16, 20, 26))
    while sum(map(len, clause)) > most:
        del clause[generator.choice((0, -1))]
    if sum(map(len, clause)) < 4:
        return None
    context, rest = "".join(clause), "".join(near)
    joint = generator.choice(("，", "，", "", "时", "后", "的", "，其中", "，那么"))
    text = f"{context}{joint}{rest}" if generator.random() < 0.7 else f"{rest}，{context}"
    return _SILENT.sub("", text) + generator.choice(("？", "？", "?", ""))


def _trim(parts: list[str], asked: str, most: int) -> list[str]:
    """Drop the parts farthest from the asking words until ``most`` characters are left."""
    parts = list(parts)
    while sum(map(len, parts)) > most and len(parts) > 1:
        place = parts.index(asked)
        del parts[0 if place > len(parts) - 1 - place else -1]
    return parts


def _clauses(sentence: str, words: Sequence[Word], slot: Slot) -> list[tuple[bool, list[Word | None]]]:
    """Return the clauses as words; None stands for the slot. Words that only half overlap the slot fall away."""
    clauses: list[tuple[bool, list[Word | None]]] = [(False, [])]
    placed = False
    for word in words:
        inside = word.start < slot.end and word.end > slot.start
        if inside:
            if not placed:
                clauses[-1][1].append(None)
                clauses[-1] = (True, clauses[-1][1])
                placed = True
        elif _BREAK.fullmatch(sentence, word.start, word.end):
            clauses.append((False, []))
        else:
            clauses[-1][1].append(word)
    if not placed:
        clauses[-1] = (True, [*clauses[-1][1], None])
    return [clause for clause in clauses if clause[1]]


def _choose(clauses: Sequence[tuple[bool, list[Word | None]]], own: int, generator: random.Random) -> list[int]:
    """Return which clauses to keep: the one of the slot, often one before or after, sometimes the first (the topic)."""
    kept = {own}
    length = sum(word.end - word.start for word in clauses[own][1] if word)
    chance = 0.9 if length < 8 else 0.35
    if generator.random() < chance and len(clauses) > 1:
        kept.add(own - 1 if own and generator.random() < 0.75 else min(own + 1, len(clauses) - 1))
    if generator.random() < 0.3:
        kept.add(0)
    order = sorted(kept)
    if generator.random() < 0.12:
        generator.shuffle(order)
    return order


def _asked(slot: Slot, generator: random.Random) -> str:
    form = generator.choice(_RANKED if slot.ranked else _ASKED[slot.kind])
    if slot.head and slot.kind in ("person", "place", "body", "quoted") and generator.random() < 0.6:
        form = generator.choice(("哪个{head}", "什么{head}", "哪一个{head}", "哪{head}", "哪些{head}"))
    return form.format(unit=slot.unit, head=slot.head)


def _reword(word: str, part: str, alike: Mapping[str, Sequence[str]], harsh: float, generator: random.Random) -> str:
    """Return the word, another one, or nothing."""
    chance = generator.random()
    if word in _FUNCTION or part[0] in "ucpdy":
        return "" if chance < 0.15 + 0.35 * harsh else word
    if part.startswith(("nr", "ns", "nt", "nz", "m", "eng")):
        return "" if chance < 0.04 + 0.12 * harsh else word
    if chance < 0.03 + 0.2 * harsh:
        return ""
    if chance < 0.03 + 0.55 * harsh and word in alike:
        return generator.choice(alike[word])
    return word


def _shorten(parts: list[str], asked: str, generator: random.Random) -> list[str]:
    """Drop parts until the question is as short as questions are."""
    most = generator.choice((14, 18, 22, 26, 32))
    parts = list(parts)
    while sum(map(len, parts)) > most and len(parts) > 4:
        # Those far from the asking words go first.
        middle = parts.index(asked) if asked in parts else len(parts) // 2
        ends = [place for place in (0, len(parts) - 1) if place != middle]
        far = max(ends, key=lambda place: abs(place - middle) * generator.uniform(0.5, 1.0))
        del parts[far if generator.random() < 0.7 else generator.choice([p for p in range(len(parts)) if p != middle])]
    return parts


def _move(text: str, asked: str, place: float, generator: random.Random) -> str:
    if place < 0.72:
        return asked + text
    joint = generator.choice(("是", "的是", "", "为", "的", "是在", "在", "叫", "有", "是由", "，是"))
    return text + joint + asked
