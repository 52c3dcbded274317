"""A small archive of two newspapers over two years, made in the test: a daily with a gap, a weekly, a page without a date."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

from index.archive import Archive
from index.storage.draft import SourceDraft
from qa.assistant import Assistant
from tests.index.storage.sample import ENCODER, draft

DAILY, WEEKLY = "晨光日报", "湖畔周报"
GAP = ("2020-02-10", "2020-02-12")
HOSTILE = '<img src=x onerror="window.__struck=1">\'"&‮报'
BRIDGE = "跨江大桥"
_WORKS = ("开工建设", "主塔封顶", "钢梁架设", "路面铺装", "荷载试验", "正式通车")


def library(folder: Path) -> Assistant:
    """Make the archive in a folder and return what answers from it."""
    archive = Archive.open(folder, encoder=ENCODER)
    archive.take([_bound("all", list(_sources()))])  # one source: each is a transaction of its own
    return Assistant(archive, ENCODER)


def _sources() -> Iterator[SourceDraft]:
    day, last = datetime.date(2020, 1, 1), datetime.date(2021, 12, 31)
    while day <= last:
        iso = day.isoformat()
        if iso < "2020-03-01" and not GAP[0] <= iso <= GAP[1]:
            text = f"本报讯 {day.month}月{day.day}日，城区图书馆接待读者{day.toordinal() % 900 + 100}人次，新书上架。"
            yield draft(f"d{iso}", [text], newspaper=DAILY, date=iso, page="1", headline=f"图书馆第{day.toordinal()}次报告")
        if day.weekday() == 4:
            yield draft(f"w{iso}", [_weekly(day)], newspaper=WEEKLY, date=iso, page="A1", authors=("李红",), headline=None)
        day += datetime.timedelta(days=1)
    works = zip(_WORKS, ("2020-01-17", "2020-04-17", "2020-09-18", "2021-03-19", "2021-07-16", "2021-11-19"), strict=True)
    for number, (work, iso) in enumerate(works, start=1):
        text = f"{BRIDGE}{work}，完成投资{number * 1117}万元，市长王志强到场。"
        yield draft(f"b{iso}", [text], newspaper=WEEKLY, date=iso, page="A2", headline=f"{BRIDGE}{work}")
    yield draft("x", [f"旧报一页，{HOSTILE}，所记何日不详。"], newspaper=HOSTILE, headline=HOSTILE)


def _bound(name: str, sources: Sequence[SourceDraft]) -> SourceDraft:
    issues = tuple(issue for source in sources for issue in source.issues)
    features = tuple(each for source in sources for each in source.features)
    return SourceDraft(name, name, issues, features)


def _weekly(day: datetime.date) -> str:
    return f"湖畔天气：{day.month}月{day.day}日前后，水位{day.toordinal() % 300}厘米，游船照常开航。"
