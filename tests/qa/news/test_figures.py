"""Figures with their values, and figures that differ between two printings."""

from __future__ import annotations

import pytest

from qa.news.figures import conflicts, figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("搬迁居民32户", [(32, "户")]),
        ("投资9.6亿元", [(960_000_000, "元")]),
        ("新增5万余个就业岗位", [(50_000, "个")]),
        ("1,785.23万平方米", [(17_852_300, "平方米")]),
        ("三百二十名学生", [(320, "名")]),
        ("一千二百名学生", [(1_200, "名")]),
        ("十二条河道", [(12, "条")]),
        ("八万立方米", [(80_000, "立方米")]),
        ("占８０％", [(80, "%")]),
        ("二〇二一年", [(2021, "年")]),
        ("第六届建筑节", []),
        ("一个村和一名老人", []),
        ("三农工作和五一节", []),
        ("没有数字", []),
    ],
)
def test_values(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(figure.value, figure.unit) for figure in figures(text)] == expected


def test_spans_are_the_printed_figures() -> None:
    text = "大桥全长1860米，投资9.6亿元，搬迁三十二户。"
    assert [text[figure.start : figure.end] for figure in figures(text)] == ["1860米", "9.6亿元", "三十二户"]


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ("需要搬迁居民32户。", "沿江需要搬迁居民23户，年底完成。", [("32户", "23户")]),
        ("大桥长1860米，投资9.6亿元。", "大桥长1860米，投资6.9亿元。", [("9.6亿元", "6.9亿元")]),
        ("需要搬迁居民32户。", "需要搬迁居民三十二户。", []),
        ("投资10万元。", "投资100,000元。", []),
        ("需要搬迁居民32户。", "需要搬迁居民32名。", []),
        ("没有数字的一句话。", "需要搬迁居民32户。", []),
        ("The pier has 32 berths.", "The pier has 23 berths and a crane.", [("32", "23")]),
    ],
)
def test_conflicts(here: str, there: str, expected: list[tuple[str, str]]) -> None:
    assert conflicts(here, there) == expected
