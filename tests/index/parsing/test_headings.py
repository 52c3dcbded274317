"""One printed line, several parts: only where language tells them apart."""

from __future__ import annotations

import pytest

from index.parsing import parse_page
from index.parsing.headings import split_line
from index.schema import Page

Parts = tuple[str | None, str, str | None]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("全县春耕会议召开 抢抓农时不误一天", ("全县春耕会议召开", "抢抓农时不误一天", None)),
        ("李明在乡镇调研时强调 做实做细 把好事办好", ("李明在乡镇调研时强调", "做实做细 把好事办好", None)),
        ("市政府常务会议召开 张伟主持并讲话", (None, "市政府常务会议召开", "张伟主持并讲话")),
        ("“春风行动” 助力就业扶贫", (None, "“春风行动” 助力就业扶贫", None)),
        ("我区安排部署建设项目用地 服务监管工作", (None, "我区安排部署建设项目用地 服务监管工作", None)),
        ("书香满城 阅见未来 首届全民读书节在我市举办", (None, "书香满城 阅见未来 首届全民读书节在我市举办", None)),
        ("Council Votes Again", (None, "Council Votes Again", None)),
    ],
)
def test_split(line: str, wanted: Parts) -> None:
    assert split_line(line, "会议的主要内容如下。") == wanted


def test_lines_that_open_with_a_dash_are_subtitles_only_without_a_stop() -> None:
    lines = [
        "发展综述",
        "五年来，事业取得新进展。",
        "——城乡焕然一新。新建道路560公里；",
        "——民生持续改善",
        "全市新增就业32万人，收入增长。",
    ]
    [article] = parse_page(Page("x", "\n\n".join(lines))).articles
    assert [paragraph.text for paragraph in article.paragraphs] == [lines[1], lines[2], lines[4]]
    assert article.subheads == (lines[3],)


def test_motto_that_the_body_prints_in_quotation_marks_is_a_kicker() -> None:
    line = "书香满城 阅见未来 首届全民读书节在我市举办"
    body = "4月23日，以“书香满城·阅见未来”为主题的读书节开幕。"
    assert split_line(line, body) == ("书香满城 阅见未来", "首届全民读书节在我市举办", None)
    assert split_line("书香满城 阅见未来 让城市更美", body) == (None, "书香满城 阅见未来 让城市更美", None)
