"""Persons with their offices in Chinese and English sentences."""

from __future__ import annotations

import pytest

from qa.news.titles import titled

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("市长李秀兰到现场看望建设者。", [("李秀兰", "市长")]),
    ("市委副书记、市长李秀兰出席。", [("李秀兰", "副书记"), ("李秀兰", "市长")]),
    ("市人大选举张立国为市长。", [("张立国", "市长")]),
    ("张立国当选临江市市长。", [("张立国", "市长")]),
    ("决定任命许文婷为临江市教育局局长，免去陈志高的临江市教育局局长职务。", [("许文婷", "局长")]),
    ("周明远不再担任市长，李秀兰任市长。", [("李秀兰", "市长")]),
    ("原市长周明远应邀出席。", []),
    ("县委书记王海主持会议", [("王海", "书记")]),
    ("李秀兰市长说，", [("李秀兰", "市长")]),
    ("副市长钱进到会", [("钱进", "副市长")]),
    ("由马军权担任区委书记", [("马军权", "书记")]),
    ("新任厂长孙立新上任", [("孙立新", "厂长")]),
    ("校长：郑海燕", [("郑海燕", "校长")]),
    ("董事长、总经理刘大勇说", [("刘大勇", "董事长"), ("刘大勇", "总经理")]),
    ("美国总统拜登宣布", [("拜登", "总统")]),
    ("联合国秘书长安东尼奥·古特雷斯表示", [("安东尼奥·古特雷斯", "秘书长")]),
    ("市長李秀蘭出席會議。", [("李秀兰", "市长")]),
    ("市长热线开通一年", []),
    ("会议由市长办公会研究决定", []),
    ("Mayor Thomas Okafor bought the first ticket.", [("Thomas Okafor", "mayor")]),
    ("Thomas Okafor was sworn in as mayor of Port Ellery.", [("Thomas Okafor", "mayor")]),
    ("Li Ming, director of the Health Bureau, said so.", [("Li Ming", "director")]),
    ("the mayor of Linjiang, Li Xiulan, said", [("Li Xiulan", "mayor")]),
    ("France's foreign minister, Jean Dupont, left.", [("Jean Dupont", "foreign minister")]),
    ("Prime Minister Margaret Thatcher spoke.", [("Margaret Thatcher", "prime minister")]),
    ("Former President Jimmy Carter came.", []),
    ("The mayor opened the market.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:20] for text, _ in CASES])
def test_persons_with_offices(text: str, expected: list[tuple[str, str]]) -> None:
    assert sorted((found.name, found.office) for found in titled(text)) == sorted(expected)


def test_offsets_are_those_of_the_text() -> None:
    text = "6月4日，市委副書記、市長李長萍帶領與會人員參觀。"
    mayor = next(found for found in titled(text) if found.office == "市长")
    assert text[mayor.name_start : mayor.name_end] == "李長萍"
    assert text[mayor.start : mayor.end] == "市長李長萍"


def test_the_body_before_the_office_is_kept() -> None:
    (found,) = titled("临江市教育局局长陈志高检查了食堂。")
    assert found.organ == "临江市教育局"


def test_a_long_text_without_marks_is_read_in_time() -> None:
    assert titled("市长" * 500 + "王" * 1000) is not None
