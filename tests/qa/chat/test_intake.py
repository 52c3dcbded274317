from __future__ import annotations

import re
from pathlib import Path

import pytest

from index.preview import PagePreview
from index.readers import find_sources
from index.schema import Skipped, UpdateReport
from qa.chat.intake import Batch, Item, outcome, plan
from qa.chat.reasons import in_chinese
from tests.qa.chat.hostile import PAYLOADS
from tests.qa.chat.page_reader import elements

PAGE = PagePreview("北河晚报", "2024-03-05", 7, "02", 12, "渡口大桥通车")


def test_the_plan_says_what_each_file_would_do() -> None:
    items = (
        Item("a.txt", "new", (PAGE,), ()),
        Item("b.txt", "held", (PAGE,), ()),
        Item(
            "c.zip",
            "replaces",
            (PAGE,) * 5,
            (Skipped("c.zip/x.exe", "is empty; there is nothing to read"),),
        ),
        Item("d.jsonl", "refused", (), (Skipped("d.jsonl", "is no JSON (x); copy or export it again", 3),)),
    )
    words = elements(plan(Batch("0" * 32, items))).text
    printed = (
        "1 个新文件",
        "北河晚报",
        "2024年3月5日",
        "第2版",
        "12 篇文章",
        "渡口大桥通车",
        "还有 2 个版面",
        "第 3 行：",
        "c.zip/x.exe",
    )
    assert [each for each in printed if each not in words] == []
    assert "不是完整的 JSON" in words
    assert [item.name for item in Batch("", items).wanted] == ["a.txt", "c.zip"]


def test_the_outcome_counts_what_was_taken_in() -> None:
    batch = Batch("0" * 32, (), "done", report=UpdateReport(2, 1, 0, 0, (), 5))
    assert "新收 2 个文件" in elements(outcome(batch)).text
    assert "原已收有" not in elements(outcome(batch)).text
    failed = Batch("0" * 32, (), "failed", problem="the disk is full")
    assert "档案还是原来的样子" in elements(outcome(failed)).text
    assert "the disk is full" in elements(outcome(failed)).text


@pytest.mark.parametrize("payload", PAYLOADS[:12], ids=range(12))
def test_hostile_names_and_reasons_stay_text(payload: str) -> None:
    page = PagePreview(payload, payload, None, payload, 1, payload)
    batch = Batch("", (Item(payload, "new", (page,), (Skipped(payload, payload, 1),)),))
    made = {name for name, _ in elements(plan(batch)).elements}
    assert made <= {"div", "section", "h3", "ul", "li", "b", "span", "q", "i"}


def test_common_reasons_are_told_in_chinese(tmp_path: Path) -> None:
    for name in ("a.exe", "b.doc", "c.rar", "d.gif", "e.csv", "f.epub", "g"):
        (tmp_path / name).write_bytes(b"x")
    _, skipped = find_sources([tmp_path])
    assert len(skipped) == 7
    for item in skipped:
        assert re.search("[\u4e00-\u9fff]", in_chinese(item.reason)), item.reason
    assert in_chinese("something new") == "出了没有料到的情况，系统的英文说明是：“something new”"
