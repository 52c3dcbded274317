"""Names and roles, and what only looks like them."""

from __future__ import annotations

import pytest

from index.parsing.credits import Credit, byline_of, closing_credit_of, credit_of, inline_credit_of, is_name, starts_article


def names(credit: Credit | None) -> tuple[str, ...]:
    return credit.names if credit else ()


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("□孙亚飞 王兆锋 杨成涛", {"孙亚飞": "", "王兆锋": "", "杨成涛": ""}),
        ("本报记者 张三 李四", {"张三": "本报记者", "李四": "本报记者"}),
        ("记者张三 通讯员李四", {"张三": "记者", "李四": "通讯员"}),
        ("融媒体 郭龙君", {"郭龙君": "融媒体"}),
        ("本报记者 李 明 王 刚", {"李明": "本报记者", "王刚": "本报记者"}),
        ("文/张三", {"张三": "文"}),
        ("张三/文 李四/图", {"张三": "文", "李四": "图"}),
        ("作者：李小明", {"李小明": "作者"}),
        ("本報記者 張三", {"張三": "本報記者"}),
        ("By JOHN SMITH", {"John Smith": ""}),
        ("By Ann Lee and Mary O'Neil, Staff Writers", {"Ann Lee": "Staff Writers", "Mary O'Neil": "Staff Writers"}),
        ("本报评论员", {"本报评论员": "专栏署名"}),
    ],
)
def test_bylines(line: str, wanted: dict[str, str]) -> None:
    credit = byline_of(line)
    assert credit is not None
    assert {name: credit.roles.get(name, "") for name in credit.names} == wanted


@pytest.mark.parametrize(
    "line", ["本报记者热线", "记者走基层", "文明之花", "张三 李四", "By the river", "图书馆开放", "□", "记者"]
)
def test_no_bylines(line: str) -> None:
    assert byline_of(line) is None


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("(融媒体 全兴社)", ("全兴社",)),
        ("（孙亚飞 张露）", ("孙亚飞", "张露")),
        ("（记者 王五 通讯员 赵六）", ("王五", "赵六")),
        ("（新华社记者 李四 摄）", ("李四",)),
        ("（记者 阿不都·买买提）", ("阿不都·买买提",)),
        *((line, ()) for line in ("(下转二版)", "(完)", "（节选）", "(待续)", "（一）", "(资料图片)", "（2021年6月8日）")),
    ],
)
def test_credits_in_brackets(line: str, wanted: tuple[str, ...]) -> None:
    assert names(credit_of(line)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("本报讯（记者 张三）6月4日，会议召开。", ("张三",)),
        ("本报6月4日讯（记者 王五 通讯员 赵六）近日，会议召开。", ("王五", "赵六")),
        ("新华社北京6月4日电（记者张三、李四）今天，会议召开。", ("张三", "李四")),
        ("本报讯 记者张三报道 今天，会议召开。", ("张三",)),
        ("活动成功举办。（张三）", ("张三",)),
        ("全市参加。 （本报记者 王五）", ("王五",)),
        ("中柱（聊城）数据科技有限公司今天开业。", ()),
        ("该公司位于山东（聊城）", ()),
    ],
)
def test_credits_inside_a_paragraph(text: str, wanted: tuple[str, ...]) -> None:
    assert names(inline_credit_of(text)) == wanted


def test_only_the_end_closes() -> None:
    assert closing_credit_of("本报讯（记者 张三）6月4日，会议召开。") is None
    assert names(closing_credit_of("会议召开。（记者 张三）")) == ("张三",)


@pytest.mark.parametrize(
    "text",
    [
        *("东昌府讯 6月4日，全市", "本报讯（记者", "新华社北京6月4日电 今天", "據新華社電 昨日", "【本報南京六日電】國府"),
        "BEIJING, June 4 (Xinhua) -- China",
    ],
)
def test_datelines(text: str) -> None:
    assert starts_article(text)


@pytest.mark.parametrize(
    "text", ["电视台今天播出", "通讯员会议召开，", "资讯发达的今天，", "Monday was warm - very warm", "会议指出，电价"]
)
def test_no_datelines(text: str) -> None:
    assert not starts_article(text)


def test_names() -> None:
    assert all(map(is_name, ["王伟", "欧阳修", "孙亚飞", "司马相如"]))
    assert not any(map(is_name, ["安全", "要闻", "社会治理", "张", "王大小多少"]))


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("文/张伟 图/李娜", {"张伟": "文", "李娜": "图"}),
        ("文 | 张伟  图 | 李娜", {"张伟": "文", "李娜": "图"}),
        ("撰文/张伟 摄影/李娜", {"张伟": "撰文", "李娜": "摄影"}),
        ("见习记者 张伟 实习生 李娜", {"张伟": "见习记者", "李娜": "实习生"}),
        ("本报记者 张伟 北京报道", {"张伟": "本报记者"}),
        ("记者 张伟 文/图", {"张伟": "记者"}),
        ("John Smith, Staff Writer", {"John Smith": "Staff Writer"}),
    ],
)
def test_roles_stand_by_their_names(line: str, wanted: dict[str, str]) -> None:
    credit = byline_of(line)
    assert credit is not None
    assert credit.roles == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("【本报讯】（记者 张伟）昨日，桥通车了。", ("张伟",)),
        ("【本報訊】（記者 張偉、李娜）昨日，橋通車了。", ("張偉", "李娜")),
        ("【记者张伟报道】昨日，桥通车了。", ("张伟",)),
        ("本报北京6月7日电  记者张伟、李娜报道：昨日，桥通车了。", ("张伟", "李娜")),
    ],
)
def test_openings(text: str, wanted: tuple[str, ...]) -> None:
    assert names(inline_credit_of(text)) == wanted


@pytest.mark.parametrize(
    "line",
    [
        "From our own Correspondent",
        "Of the Gazette Staff",
        "(Special to the Gazette)",
        "BY THE ASSOCIATED PRESS",
        "（来源：新华社）",
    ],
)
def test_desks_and_sources_name_nobody(line: str) -> None:
    credit = byline_of(line) or credit_of(line)
    assert credit is not None
    assert credit.names == ()


def test_a_sentence_with_a_reporter_in_it_is_no_byline() -> None:
    assert byline_of("记者，院长曾兰说，远程会诊中心启用以来，疑难病例转院率下降") is None
