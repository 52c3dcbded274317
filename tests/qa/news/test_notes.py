"""Every kind of note is known in both languages, one wording for one, whatever the language of the question."""

from __future__ import annotations

import copy
import json
import pickle
import re
from dataclasses import replace

import pytest

from index.schema import DateRange, Filter
from qa import Assistant, Turn
from qa.chat import render
from qa.notes import Note, in_both
from qa.schema import Answer
from tests.qa.chat.page_reader import elements

# A question, the turn before it, and how one of its notes begins in Chinese and in English.
KINDS = [
    ("江口大桥是谁建的？", None, "问的是：什么人", "asked for: who"),
    ("2018年3月12日的报纸登了什么关于清淤的？", None, "按报纸日期筛选：2018年3月12日", "issues dated 12 March 2018"),
    ("报纸:江城晚报 大桥", None, "只查报纸：江城晚报", "only newspaper: 江城晚报"),
    ("版:2 新校舍", None, "只查版面：第2版", "only page: 2"),
    ("作者:刘敏 大桥", None, "只查作者：刘敏", "only by: 刘敏"),
    ("原词:荷载试验 大桥", None, "必须有原词：“荷载试验”", "exact words: “荷载试验”"),
    ("大桥 -通车", None, "不含：通车", "without: 通车"),
    ("版:哪里 大桥", None, "没有读懂“哪里”", "could not read “哪里”"),
    ("2005年5月1日的报纸上有大桥吗？", None, "档案里没有2005年5月1日的报纸", "the archive has no newspaper of 1 May 2005"),
    ("06/08/2018的报纸上有大桥吗？", None, "“06/08/2018”可能指", "“06/08/2018” may be"),
    ("那总投资呢？", "江口大桥全长多少米？", "承接上文，理解为：", "follow-up, read as: "),
    ("How many households are moved for the bridge?", None, "按中文查找：", "searched in Chinese as: "),
    ("江口大桥要搬迁多少户居民？", None, "① 与另一处刊载的数字不一致", "① another printing gives other figures"),
    ("城区农贸市场黄瓜每公斤多少元？", None, "① 和 ② 见报日期不同", "① and ② are of different days"),
    ("临江市市长是谁？", None, "职务会变动：", "offices change hands: "),
    ("江口大桥的建设经过是怎样的？", None, "档案里有 6 天、", "articles of 6 days tell of this"),
    ("报纸都登了什么？", None, "问题没有指明日期", "no date was asked for"),
    ("2005年5月1日的报纸登了什么？", None, "档案里没有2005年5月1日的报纸（", "The archive has no newspaper of 1 May 2005 ("),
    ("记者走访了几个产粮乡镇？", None, "① 所在的文章下转第4版", "the article of ① continues on page 4"),
    ("2020年5月江口大桥发生了什么事故？", None, "档案里没有2020年5月的报纸", "The archive has no newspaper of May 2020"),
    ("青峰市市长是谁？", None, "最接近的文章没有提到：青峰市", "the nearest articles do not mention: 青峰市"),
    ("Who is the mayor of Port Ellery?", None, "职务会变动：", "offices change hands: "),
]  # fmt: skip
# Printed names and typed words stay as they are.
PRINTED = re.compile("“[^”]*”|[:：] .*|《[^》]*》|：.*")


def shown(reporter: Assistant, answer: Answer) -> list[str]:
    """Return the notes as the page has them, both languages one after the other."""
    found = re.findall(r'<span class="wb-aside">(.*?)</span></span>', render.answer(answer, reporter.stats()))
    return [elements(markup.replace("</span>", "\n</span>", 1)).text for markup in found]


@pytest.mark.parametrize(
    ("question", "before", "chinese", "english"), KINDS, ids=[f"{kind[3]}-{n}" for n, kind in enumerate(KINDS)]
)
def test_every_kind_of_note_is_written_in_both_languages(
    reporter: Assistant, question: str, before: str | None, chinese: str, english: str
) -> None:
    answer = reporter.ask(question, [Turn(before)] if before else [])
    notes = answer.interpretation.notes
    (note,) = [note for note in notes if chinese.replace("①", "[1]").replace("②", "[2]") in note.chinese][:1]
    assert english.replace("①", "[1]").replace("②", "[2]") in note.english
    assert str(note) == (note.chinese if answer.language == "zh" else note.english)
    for each in notes:
        assert re.search("[\u4e00-\u9fff]", each.chinese)
        assert not re.search("[\u4e00-\u9fff]", PRINTED.sub("", each.english.partition(": ")[0]))
    if not chinese.startswith(("问的是", "按报纸日期", "只查")):  # those are seen on the page anyway
        assert any(chinese in words and english.casefold() in words.casefold() for words in shown(reporter, answer))
    assert json.loads(json.dumps(answer.to_dict()))["interpretation"]["notes"] == [str(each) for each in notes]


def test_an_empty_filter_is_told_in_both_languages(reporter: Assistant) -> None:
    answer = reporter.ask("大桥何时通车？", filter=Filter(newspapers=("无此报",)))
    assert ("筛选范围内没有任何段落", "nothing passes the filter") in [
        (n.chinese, n.english) for n in answer.interpretation.notes
    ]
    widened = reporter.ask("2005年5月1日的报纸上，江口大桥全长多少米？").interpretation.notes
    assert any("已改为在全部报纸中查找" in n.chinese and "The whole archive was searched" in n.english for n in widened)
    only = Filter(dates=(DateRange("2005-05-01", "2005-05-01"),), undated=False)
    assert all(note.chinese != note.english for note in reporter.ask("大桥何时通车？", filter=only).interpretation.notes)


def test_a_note_is_a_string_that_outlives_copies() -> None:
    (note,) = in_both("en", lambda each: ["两处" if each == "zh" else "two places"])
    for each in (note, copy.deepcopy(note), pickle.loads(pickle.dumps(note))):
        assert (each, each.chinese, each.english) == ("two places", "两处", "two places")


def test_notes_must_answer_to_each_other() -> None:
    with pytest.raises(ValueError, match="shorter"):
        in_both("zh", lambda each: ["一"] if each == "zh" else [])


def test_the_page_shows_a_note_once_in_each_language(reporter: Assistant) -> None:
    answer = reporter.ask("临江市市长是谁？")
    one = replace(answer, interpretation=replace(answer.interpretation, notes=(Note("见 [2]", "see [2]"),)))
    assert shown(reporter, one) == ["见 ②\nSee ②"]
