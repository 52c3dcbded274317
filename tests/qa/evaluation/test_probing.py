"""Probes of one's own archive: a badly read page is named first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.archive import Archive
from index.encoder import load_encoder
from qa.evaluation.probing import Probing, probe

GOOD = """海港日报
2021年6月{day}日

{what}昨日开工

　　本报讯 {what}昨日正式开工建设，总投资{day}亿元，预计两年完工。市民期待{what}早日建成。

{other}评选结果揭晓

　　本报讯 {other}评选结果昨日揭晓，共有{day}人获奖。{other}评选每年举办一次。
"""
BAD = "# 春风送暖\n\n\ufffd\ufffd\ufffd锟斤拷锟斤拷\ufffd，\ufffd\ufffd烫烫烫。\ufffd\ufffd\ufffd\ufffd。\n"
NAMES = ("跨海大桥", "城市书房")
OTHERS = ("最美教师", "道德模范")


@pytest.fixture(scope="module")
def probing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Probing]:
    folder = tmp_path_factory.mktemp("probing")
    for day, (what, other) in enumerate(zip(NAMES, OTHERS, strict=True), start=3):
        (folder / f"海港日报_2021-06-0{day}_01版.txt").write_text(GOOD.format(day=day, what=what, other=other), encoding="utf-8")
    (folder / "scan.txt").write_text(BAD, encoding="utf-8")
    with Archive.open(folder / "archive") as archive:
        archive.update([folder])
    encoder = load_encoder()
    with Archive.open(folder / "archive", encoder=encoder) as held, held.view() as view:
        yield probe(view, encoder)


def test_the_bad_page_comes_first(probing: Probing) -> None:
    assert probing.issues[0].source.endswith("scan.txt")
    assert probing.issues[0].unknown == ("newspaper", "date", "page")
    assert probing.issues[0].goodness < 0.5 < min(issue.goodness for issue in probing.issues[1:])
    assert probing.issues[0].odd > 0.3


def test_good_pages_find_their_headlines(probing: Probing) -> None:
    told = probing.to_dict()
    assert told["issues"] == 3
    assert all(issue.headline_hit5 == issue.dated_hit5 == 1.0 for issue in probing.issues[1:])
    assert told["without_date"] == 1
    assert [page["issue_id"] for page in told["worst"]] == [issue.issue_id for issue in probing.issues]


def test_probes_are_spread_over_the_archive(seed_archive: Path) -> None:
    encoder = load_encoder()
    steps: list[tuple[int, int]] = []
    with Archive.open(seed_archive, encoder=encoder) as held, held.view() as view:
        assert len(probe(view, encoder, most=5, progress=lambda done, total: steps.append((done, total))).issues) == 1
    assert steps == [(1, 1)]
