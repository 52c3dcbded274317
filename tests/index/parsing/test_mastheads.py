"""Head lines in the forms that newspapers print: paper, day, weekday, number and page, wherever they stand in the line."""

from __future__ import annotations

import pytest

from index.parsing import parse_page
from index.schema import Page

CHINESE = "\n\n新桥建成通车\n\n本报讯（记者 张三）昨日，新桥建成通车，市长李四参加了仪式并讲话。\n\n桥长三百米，造价两千万元。\n"
ENGLISH = (
    "\n\nNEW BRIDGE IS OPENED\n\nBy JOHN SMITH\n\nThe new bridge was opened yesterday by the mayor, who drove over it first.\n\n"
    "It cost ten thousand dollars, it is said.\n"
)
Facts = tuple[str | None, str | None, str | None, int | None, str | None]


def facts(head: str, body: str) -> Facts:
    issue = parse_page(Page("page", head + body))
    assert len(issue.articles) == 1
    assert issue.unassigned == ()
    return issue.newspaper, issue.date, issue.weekday, issue.issue_number, issue.page


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("人民日报 2021年6月8日 星期二 第1版", ("人民日报", "2021-06-08", "星期二", None, "1")),
        ("齐鲁晚报\n2021.6.8 星期二\n第A03版 · 社会", ("齐鲁晚报", "2021-06-08", "星期二", None, "A3")),
        ("03 要闻\n临河日报\n2021年6月8日 星期二", ("临河日报", "2021-06-08", "星期二", None, "3")),
        ("申报 中华民国十年三月五日 星期六", ("申报", "1921-03-05", "星期六", None, None)),
        ("申报\n民国十年三月五日 第一七〇二三号", ("申报", "1921-03-05", None, 17023, None)),
        ("二○二一年六月八日\n《临河报》", ("临河报", "2021-06-08", None, None, None)),
        ("临河日报│2021年6月8日│星期二│要闻│02", ("临河日报", "2021-06-08", "星期二", None, "2")),
        ("大公報　二〇二一年六月八日　星期二　A12　港聞", ("大公報", "2021-06-08", "星期二", None, "A12")),
        ("临河日报　2021年6月8日　B2 财经", ("临河日报", "2021-06-08", None, None, "B2")),
        ("2021/6/8 星期二 临河日报 第2版", ("临河日报", "2021-06-08", "星期二", None, "2")),
        ("2021-06-08 第02版：综合 临河日报", ("临河日报", "2021-06-08", None, None, "2")),
        ("临河日报 LINHE DAILY\n2021年6月8日 星期二 第12345号", ("临河日报", "2021-06-08", "星期二", 12345, None)),
        ("民國二十六年七月八日 第三版\n大公報", ("大公報", "1937-07-08", None, None, "3")),
    ],
)
def test_chinese(head: str, wanted: Facts) -> None:
    assert facts(head, CHINESE) == wanted


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (
            "THE HARBOR GAZETTE\nTuesday, March 4, 1924.   Vol. XII No. 311   PRICE TWO CENTS",
            ("THE HARBOR GAZETTE", "1924-03-04", "Tuesday", 311, None),
        ),
        ("THE TIMES OF ASHFORD, TUESDAY, MARCH 4, 1924.", ("THE TIMES OF ASHFORD", "1924-03-04", "TUESDAY", None, None)),
        ("A4 | Wednesday, June 9, 2021 | The Elmwood Courier", ("The Elmwood Courier", "2021-06-09", "Wednesday", None, "A4")),
        ("PAGE TWO   THE DAILY RECORD   Tuesday, March 4, 1924", ("THE DAILY RECORD", "1924-03-04", "Tuesday", None, "2")),
        ("6 THE DAILY RECORD, FRIDAY, MARCH 7, 1924", ("THE DAILY RECORD", "1924-03-07", "FRIDAY", None, "6")),
        ("Milltown Herald\nVOL. 33--NO. 12 MILLTOWN, OHIO, MARCH 4, 1924", ("Milltown Herald", "1924-03-04", None, 12, None)),
        ("The Star\nLATE CITY EDITION\nFriday, March 7, 1924 | Page 3", ("The Star", "1924-03-07", "Friday", None, "3")),
    ],
)
def test_english(head: str, wanted: Facts) -> None:
    assert facts(head, ENGLISH) == wanted


@pytest.mark.parametrize("line", ["2021年6月8日，新桥通车", "The Times Are Changing, Says Mayor", "Page Three of History"])
def test_headlines_are_no_head_lines(line: str) -> None:
    issue = parse_page(Page("page", f"{line}\n\n本报讯 昨日，桥通车了，市民都来看。\n\n桥长三百米，造价两千万元。"))
    assert issue.newspaper is None
    assert issue.furniture == ()
