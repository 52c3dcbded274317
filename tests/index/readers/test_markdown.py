"""Markdown with HTML paragraphs: every heading with text is an article, every paragraph stays one."""

from __future__ import annotations

from pathlib import Path

from index.parsing import parse_page
from index.readers import read_file

TEXT = """# 《清河新闻》 (20230316)

## 今日提要

1.河水清了；

2.公路通了。

## 详细内容

### 【看清河】河水清了：人人夸

<p><strong>清河台消息</strong>（清河新闻）：河水清了，人在河里能看到小田螺 &amp; 小鱼。</p><p>天天有人看河。<br>年年如此。</p>

[查看原文](https://example.org/1)

### 公路通了

<p><strong>小山村</strong></p><p>第一条公路开放，九个山村的人都能上路。</p>

### 只有题目

---

(更新时间戳: 1664890409421)
"""


def test_items_and_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "20230316.md"
    path.write_text(TEXT, encoding="utf-8")
    issue = parse_page(read_file(path).pages[0])
    assert (issue.newspaper, issue.date) == ("清河新闻", "2023-03-16")
    assert [(article.headline, [paragraph.text for paragraph in article.paragraphs]) for article in issue.articles] == [
        ("今日提要", ["1.河水清了；", "2.公路通了。"]),
        (
            "【看清河】河水清了：人人夸",
            ["清河台消息（清河新闻）：河水清了，人在河里能看到小田螺 & 小鱼。", "天天有人看河。", "年年如此。"],
        ),
        ("公路通了", ["第一条公路开放，九个山村的人都能上路。"]),
        ("只有题目", ["只有题目"]),
    ]
    assert issue.articles[2].subheads == ("小山村",)
    assert [line.text for line in issue.furniture] == [
        "《清河新闻》 (20230316)",
        "详细内容",
        "[查看原文](https://example.org/1)",
        "(更新时间戳: 1664890409421)",
    ]
    assert issue.unassigned == ()


def test_markdown_that_people_write_is_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# 河水清了\n\n河水清了，<br>鱼多了。</p>\n", encoding="utf-8")
    assert read_file(path).pages[0].text == path.read_text(encoding="utf-8")
