"""Questions made from texts: every answer stands where it is said to, none stands in its question; changes keep offsets."""

from __future__ import annotations

import json
import lzma
import random
from itertools import islice
from pathlib import Path

import pytest

from index.text import fold
from training.corpora import is_held_out
from training.reader import latin
from training.reader.changed import Changer, Shares
from training.reader.cloze import ask
from training.reader.examples import Answer, Example, read_set
from training.reader.slots import Slot, find
from training.reader.stock import Source, Stock, tag

PARAGRAPHS = (
    "昨日，市长王志刚在北京人民大会堂会见了法国客人。会议于2021年6月8日结束，共有一百二十人参加。",
    "县图书馆上月购入《三国演义》等新书三千册，因为读者越来越多，馆里还将增加座位、延长开放时间和举办讲座。",
    "据介绍，第三届农民运动会在东昌府区举行，李明获得“种粮能手”称号。",
)
SOURCES = [
    Source("市长王志刚会见法国客人", PARAGRAPHS[:2]),
    Source("", PARAGRAPHS[1:]),
    Source("农民运动会举行", ("第四届农民运动会上月在县体育馆开幕，市长出席会议。",)),
]


def test_slots_of_each_kind() -> None:
    found = {(slot.kind, text[slot.start : slot.end]) for text in PARAGRAPHS for slot in find(text, tag(text))}
    assert {("date", "2021年6月8日"), ("number", "一百二十人"), ("quoted", "《三国演义》"), ("quoted", "种粮能手")} <= found
    assert {("person", "王志刚"), ("number", "第三届")} <= found
    assert any(kind in ("place", "body") and text.startswith("北京") for kind, text in found)
    assert any(kind == "reason" and text.startswith("读者越来越多") for kind, text in found)
    assert any(kind == "list" and "、" in text for kind, text in found)


def test_a_question_says_what_stands_around_the_slot_and_not_the_slot() -> None:
    sentence = "市环卫处共管护一百二十座公厕。"
    words = tag(sentence)
    slot = next(slot for slot in find(sentence, words) if slot.kind == "number")
    made = {ask(sentence, words, slot, {}, random.Random(seed)) for seed in range(60)} - {None}
    assert len(made) > 10
    assert all(question is not None and "一百二十" not in question for question in made)
    assert sum("公厕" in str(question) for question in made) > len(made) / 2
    assert all(any(word in str(question) for word in ("多", "几", "哪")) for question in made)


def test_too_little_left_makes_no_question() -> None:
    sentence = "共一百座。"
    slot = Slot("number", 1, 4, unit="座")
    assert {ask(sentence, tag(sentence), slot, {}, random.Random(seed)) for seed in range(30)} == {None}


def test_answers_of_made_questions() -> None:
    made = list(islice(Stock(SOURCES, {}, 5).draw(), 80))
    for example in made:
        for answer in example.answers:
            said = example.texts[answer.text][answer.start : answer.end]
            assert said.strip() and fold(said) not in example.question, example
    assert any(len(example.texts) == 2 for example in made), "another text beside"
    assert [example.question for example in made] == [example.question for example in islice(Stock(SOURCES, {}, 5).draw(), 80)]


def test_a_headline_asks_of_its_text() -> None:
    stock = Stock([Source("一百二十人参加第三届农民运动会", ("昨日共有一百二十人参加了第三届农民运动会。",))], {}, 1)
    whole = [example for example in islice(stock.draw(), 40) if len(example.texts) == 1]
    assert whole and all(
        "农民" in example.question or "运动会" in example.question or "人" in example.question for example in whole
    )


def _changer(**shares: float) -> Changer:
    none = {"damaged": 0.0, "cropped": 0.0, "accompanied": 0.0, "reworded": 0.0, "english": 0.0}
    return Changer(
        Shares(**{**none, **shares}),
        {"公厕": ("厕所",)},
        {"公厕": ("toilet",)},
        "甲乙",
        lambda *_: PARAGRAPHS[1],
        random.Random(2),
    )


@pytest.mark.parametrize("change", ["cropped", "accompanied"])
def test_changes_keep_the_answers(change: str) -> None:
    text = "一段话。又一段话。市环卫处共管护一百二十座公厕。还有一段话。最后一段。"
    place = text.index("一百二十座")
    example = Example("管护多少座公厕？", (text,), (Answer(0, place, place + 5),))
    changed = [_changer(**{change: 1.0}).change(example) for _ in range(1)]
    changer = _changer(**{change: 1.0})
    changed += [changer.change(example) for _ in range(30)]
    assert len({one.texts for one in changed}) > 1
    for one in changed:
        answer = one.answers[0]
        assert one.texts[answer.text][answer.start : answer.end] == "一百二十座"


def test_damage_keeps_lengths_and_rewording_keeps_the_text() -> None:
    example = Example("管护多少座公厕？", (PARAGRAPHS[0] * 10,), (Answer(0, 1, 3),))
    damaged = _changer(damaged=1.0).change(example)
    assert len(damaged.texts[0]) == len(example.texts[0]) and damaged.texts != example.texts
    assert damaged.answers == example.answers
    changer = _changer(reworded=1.0)
    reworded = [changer.change(example) for _ in range(40)]
    assert any("厕所" in one.question for one in reworded)
    assert all(one.texts == example.texts for one in reworded)
    assert "toilet" in _changer(english=1.0).change(example).question


def test_questions_on_english_texts() -> None:
    sentences = [f"Every year {number} farmers from Hebei visit the market in Beijing." for number in range(20, 60)]
    made = list(latin.draw(sentences, 30, 1))
    assert made
    for example in made:
        answer = example.answers[0]
        said = example.texts[0][answer.start : answer.end]
        assert said and said not in example.question.split()
        assert example.question.endswith("?")


def test_sets_are_read_with_all_answers_and_their_side(tmp_path: Path) -> None:
    text = "臺北市舉辦2017世界大學運動會。"
    answers = [{"text": "臺北市", "answer_start": 0}, {"text": "臺北", "answer_start": 5}, {"text": "高雄", "answer_start": 0}]
    asked = [{"question": "哪裡?", "answers": answers}, {"question": "誰?", "answers": answers[2:]}]
    articles = [{"title": title, "paragraphs": [{"context": text, "qas": asked}]} for title in ("甲", "乙", "丙", "丁")]
    with lzma.open(tmp_path / "set.json.xz", "wt", encoding="utf-8") as stream:
        json.dump({"data": articles}, stream)
    read = list(read_set(tmp_path, "set.json.xz"))
    assert [one.held_out for one in read] == [is_held_out(title) for title in ("甲", "乙", "丙", "丁")]
    assert len({one.held_out for one in read}) == 2
    assert read[0].questions == (("哪裡?", (Answer(0, 0, 2), Answer(0, 0, 3))),), "what does not stand in the text is left out"
