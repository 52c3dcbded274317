"""Several pages in one text: where each begins, what it takes from the masthead before it, which articles go on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.parsing import Parsed, parse_pages
from index.parsing.paging import split_pages
from index.readers.decoding import decode
from index.schema import CONTINUATION_MISSING, START_MISSING, Page

STORIES = (
    "推进重点项目建设\n\n本报讯 6月7日，区委常委会召开会议，研究重点项目建设，部署下一步工作。（记者 张三）",
    "全市夏收全面展开\n\n本报讯 6月7日，全市夏收全面展开，农机手走进麦田，一天收割三千亩。（记者 王五）",
    "某国发生强烈地震\n\n新华社某地6月7日电 某国发生强烈地震，已有三人受伤，救援正在进行。",
)
HEAD = "清河日报 2021年6月8日 星期二 总第1345期"


def parse(text: str) -> list[Parsed]:
    return parse_pages([Page("x", text)])


def headlines(text: str) -> list[list[str | None]]:
    return [[article.headline for article in each.issue.articles] for each in parse(text)]


WANTED: list[list[str | None]] = [["推进重点项目建设"], ["全市夏收全面展开"], ["某国发生强烈地震"]]
LAYOUTS = {
    "plain": (HEAD + "\n\n第1版\n\n", "第2版\n\n", "第3版\n\n"),
    "sections": (HEAD + "\n\n第一版：要闻\n\n", "第二版：综合\n\n", "第三版：国际\n\n"),
    "rules": (HEAD + "\n\n=== 第1版 ===\n\n", "=== 第2版 ===\n\n", "=== 第3版 ===\n\n"),
    "markdown": (f"# {HEAD}\n\n## 第1版\n\n", "## 第2版\n\n", "## 第3版\n\n"),
    "mastheads": (HEAD + " 第1版\n\n", HEAD + " 第2版\n\n", HEAD + " 第3版\n\n"),
    "letters": (HEAD + "\n\nA1 要闻\n\n", "A2 综合\n\n", "B1 国际\n\n"),
    "form feeds": (HEAD + "\n\n", "\x0c", "\x0c"),
    "editors between": (HEAD + "\n\n第1版\n\n", "责编：张三 校对：李四\n\n第2版\n\n", "责编：张三 校对：李四\n\n第3版\n\n"),
}


@pytest.mark.parametrize("heads", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_heads_part_pages(heads: tuple[str, ...]) -> None:
    text = "\n\n".join(head + story for head, story in zip(heads, STORIES, strict=True))
    parsed = parse(text)
    assert [[article.headline for article in each.issue.articles] for each in parsed] == WANTED
    assert {(each.issue.newspaper, each.issue.date, each.issue.issue_number) for each in parsed} == {
        ("清河日报", "2021-06-08", 1345)
    }
    lines = text.split("\n")
    for each in parsed:
        for article in each.issue.articles:
            assert (article.headline or "?") in lines[article.lines[0] - 1]


@pytest.mark.parametrize("foot", ["第{}版", "— {} —", "- {} -", "=== 第{}版 ==="])
def test_feet_part_pages(foot: str) -> None:
    text = "\n\n".join(f"{story}\n\n{foot.format(at)}" for at, story in enumerate(STORIES, start=1))
    assert headlines(f"{HEAD}\n\n{text}") == WANTED


def test_other_days_part_pages() -> None:
    days = ("2021年6月8日 星期二", "2021年6月9日 星期三", "2021年6月10日 星期四")
    parsed = parse("\n\n".join(f"清河日报 {day}\n\n{story}" for day, story in zip(days, STORIES, strict=True)))
    assert [each.issue.date for each in parsed] == ["2021-06-08", "2021-06-09", "2021-06-10"]
    assert [each.issue.weekday for each in parsed] == ["星期二", "星期三", "星期四"]


def test_what_is_inherited_is_said_and_nothing_else_is() -> None:
    [first, second] = parse(f"{HEAD} 第1版\n\n{STORIES[0]}\n\n第2版\n\n{STORIES[1]}")
    assert "inherited" not in first.issue.metadata
    assert second.issue.metadata["inherited"] == ["newspaper", "date", "issue_number", "weekday"]
    assert (first.issue.page, second.issue.page) == ("1", "2")
    [_, other] = parse(f"{HEAD} 第1版\n\n{STORIES[0]}\n\n东山晚报 第2版\n\n{STORIES[1]}")
    assert (other.issue.newspaper, other.issue.date) == ("东山晚报", None)


def test_a_page_number_beside_the_text_is_of_the_first_page() -> None:
    text = f"{STORIES[0]}\n\x0c{STORIES[1]}"
    parsed = parse_pages([Page("x", text, {"page": "A1", "newspaper": "清河日报", "file_name": {"page": "1"}})])
    assert [(each.issue.page, each.issue.newspaper) for each in parsed] == [("A1", "清河日报"), (None, "清河日报")]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD} 第1版\n\n2版 要闻\n3版 综合\n4版 副刊\n\n{STORIES[0]}",
        f"{HEAD} 第1版\n\n{STORIES[0]}\n\n{HEAD} 第1版",
        f"{STORIES[0]}\n\n第2版\n\n{STORIES[1]}",
        f"第2版\n\n{STORIES[0]}\n\n（下转第4版）\n\n{STORIES[1]}",
        "2021年6月8日\n来源：清河日报\n\n" + STORIES[0] + "\n\n2021年6月9日 来源：清河日报\n\n" + STORIES[1],
    ],
    ids=["contents", "head and foot", "one number", "jump", "web lines"],
)
def test_one_page_stays_one(text: str) -> None:
    assert len(split_pages(Page("x", text))) == 1


JUMPS = {
    "own lines": ("（下转第二版）", "（上接第1版）"),
    "marks": ("▶▶下转2版", "◀◀上接1版"),
    "pages with zeros": ("【下转第02版】", "【上接第01版】"),
}


@pytest.mark.parametrize(("onward", "back"), JUMPS.values(), ids=JUMPS.keys())
@pytest.mark.parametrize("place", ["under the headline", "over the headline", "in the text", "no headline"])
def test_jumps_are_linked(onward: str, back: str, place: str) -> None:
    rest = "会议要求，网格员要走进群众，做好服务。各镇街要加强联动，完善制度。"
    second = {
        "under the headline": f"网格化会议召开\n\n{back}\n\n{rest}",
        "over the headline": f"{back}\n\n网格化会议召开\n\n{rest}",
        "in the text": f"网格化会议召开\n\n（上接第1版）{rest}",
        "no headline": f"{back}\n\n{rest}",
    }[place]
    begins = "全市网格化服务管理工作会议召开\n\n本报讯 6月7日，网格化服务管理工作会议召开，市长李四出席会议并讲话。"
    text = f"{HEAD} 第1版\n\n{STORIES[0]}\n\n{begins}\n{onward}\n\n{HEAD} 第2版\n\n{second}\n\n{STORIES[1]}"
    [front, inside] = parse(text)
    first, last = front.issue.articles[1], inside.issue.articles[0]
    assert (first.continues_on, last.continued_from) == ("2", "1")
    assert first.continuation is not None and (first.continuation.issue, first.continuation.article) == (2, 1)
    assert last.beginning is not None and (last.beginning.issue, last.beginning.article) == (1, 2)
    assert last.beginning.headline == "全市网格化服务管理工作会议召开"
    assert CONTINUATION_MISSING not in first.flags
    assert START_MISSING not in last.paragraphs[0].flags
    assert [article.headline for article in inside.issue.articles[1:]] == ["全市夏收全面展开"]


def test_english_jumps_are_linked_by_their_word() -> None:
    text = (
        "THE HARBOR GAZETTE\nTuesday, June 8, 2021    Page 1\n\nBRIDGE PLAN WINS SUPPORT\nBy JOHN SMITH\n\n"
        "The council voted on Monday to build a new bridge across the river.\n\nContinued on Page 4\n\n"
        "SCHOOL ROOF FALLS IN\nBy ANN LEE\n\nThe roof of the old school fell in; no one was hurt.\n\nSee SCHOOL, Page 4\n\n"
        "THE HARBOR GAZETTE\nTuesday, June 8, 2021    Page 4\n\nSCHOOL\nContinued from Page 1\n\n"
        "Pupils will be taught in the town hall until the roof is mended.\n\nBRIDGE\nFrom Page 1\n\n"
        "The mayor said that the bridge would open in three years and cost ten million dollars.\n"
    )
    [front, inside] = parse(text)
    assert [article.continuation and article.continuation.headline for article in front.issue.articles] == ["BRIDGE", "SCHOOL"]
    assert [article.continued_from for article in inside.issue.articles] == ["1", "1"]


def test_a_jump_without_its_other_half_stays_flagged() -> None:
    begins = (
        "全市网格化服务管理工作会议召开\n\n本报讯 6月7日，网格化服务管理工作会议召开，市长李四出席会议并讲话。\n（下转第三版）"
    )
    [front, inside] = parse(
        f"{HEAD} 第1版\n\n{begins}\n\n{HEAD} 第2版\n\n网格员\n\n（上接第1版）网格员走进群众。\n\n{STORIES[1]}"
    )
    assert CONTINUATION_MISSING in front.issue.articles[0].flags
    assert front.issue.articles[0].continuation is None
    assert START_MISSING in inside.issue.articles[0].paragraphs[0].flags


def test_parts_of_other_days_are_not_linked() -> None:
    begins = "会议召开\n\n本报讯 6月7日，网格化服务管理工作会议召开，市长李四出席会议并讲话。\n（下转第二版）"
    rest = "会议召开\n\n（上接第1版）会议要求，网格员要走进群众，做好服务。"
    [front, _] = parse(f"{HEAD} 第1版\n\n{begins}\n\n清河日报 2021年6月9日 星期三 第2版\n\n{rest}")
    assert front.issue.articles[0].continuation is None


PIECES = [
    "第1版\n",
    "第2版\n",
    "=== 第3版 ===\n",
    "\x0c",
    "— 2 —\n",
    "清河日报 2021年6月8日\n",
    "清河日报 2021年6月9日 第2版\n",
    "\n",
    *STORIES,
]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("\n".join))
def test_every_line_is_on_one_page_under_its_own_number(text: str) -> None:
    page = Page("x", text)
    parts = split_pages(page)
    assert "\n".join(part.text for part in parts) == text
    numbers = [part.first_line + at for part in parts for at in range(len(part.text.split("\n")))]
    assert numbers == list(range(1, len(text.split("\n")) + 1))


def test_form_feeds_of_a_file_are_kept_as_page_breaks() -> None:
    text = decode("一\x0c二\n\x0c三".encode(), "x", page_breaks=True)
    assert text == "一\n\x0c二\n\x0c三"
    assert [part.text for part in split_pages(Page("x", text))] == ["一", "\x0c二", "\x0c三"]
