"""Lines of the masthead, and lines that only hold a date or a label."""

from __future__ import annotations

from typing import Any

import pytest

from index.parsing.furniture import is_section, recognise


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("总第1345期", {"issue_number": 1345}),
        ("第12,345期", {"issue_number": 12345}),
        ("今日四版", {"pages_today": 4}),
        ("星期二", {"weekday": "星期二"}),
        ("农历辛丑年四月廿八", {"lunar_date": "农历辛丑年四月廿八"}),
        ("第二版", {"page": "2"}),
        ("A02 要闻", {"page": "A2", "section": "A02 要闻"}),
        ("Page A1", {"page": "A1"}),
        ("Vol. XII No. 345", {"issue_number": 345}),
        ("责编/版式:李念辉 校对:全兴社", {"editors": {"责编": "李念辉", "版式": "李念辉", "校对": "全兴社"}}),
        ("责任编辑 张三 美编 李 四", {"editors": {"责任编辑": "张三", "美编": "李四"}}),
        ("网址: <http://dcf.lcxw.cn> 投稿邮箱: a@sina.com", {"website": "http://dcf.lcxw.cn", "email": "a@sina.com"}),
        (
            "2021年6月8日 星期二 农历辛丑年四月廿八 总第1345期 今日4版",
            {
                "date": "2021-06-08",
                "weekday": "星期二",
                "lunar_date": "农历辛丑年四月廿八",
                "issue_number": 1345,
                "pages_today": 4,
            },
        ),
        ("国内统一刊号：CN37-0001 邮发代号：23-1", {}),
    ],
)
def test_furniture(line: str, facts: dict[str, Any]) -> None:
    found = recognise(line)
    assert found is not None
    assert found.facts == facts


@pytest.mark.parametrize(
    "line",
    [
        "6月7日，一年一度的高考正式拉开帷幕",
        "2021年6月8日上午召开会议",
        "第3期网格员培训班开班",
        "请将稿件发至 a@b.com 联系人王先生。",
        "出版工作会议召开",
        "零售价上涨",
        "编辑部召开会议",
        "全国仅200家",
        "星期二见",
        "",
        "字" * 300,
    ],
)
def test_text(line: str) -> None:
    assert recognise(line) is None


def test_the_paper_s_name_beside_other_facts() -> None:
    found = recognise("《清河日報》 2021年6月8日", frozenset({"清河日报"}))
    assert found is not None
    assert found.facts == {"newspaper": "清河日報", "date": "2021-06-08"}


def test_sections() -> None:
    assert all(map(is_section, ["要闻", "综合新闻", "经济·科技", "SPORTS", "文化周刊"]))
    assert not any(map(is_section, ["要闻简报今天发", "体育局召开会议", "新"]))
