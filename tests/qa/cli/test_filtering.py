"""Options that say what may be found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from index.schema import DateRange, Filter
from qa.cli import app
from qa.cli.filtering import filter_of

RUNNER = CliRunner()


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        ("2021", None, "2021-01-01", "9999-12-31"),
        (None, "2020-02", "0001-01-01", "2020-02-29"),
        ("2021-06-08", "2021-06-08", "2021-06-08", "2021-06-08"),
        ("2021-6", "2021", "2021-06-01", "2021-12-31"),
    ],
)
def test_days_months_and_years(since: str | None, until: str | None, first: str, last: str) -> None:
    assert filter_of(None, since, until, None, None, anywhere=False) == Filter((DateRange(first, last),))


def test_no_option_leaves_it_to_the_question() -> None:
    assert filter_of(None, None, None, None, None, anywhere=False) is None
    assert filter_of(None, None, None, None, None, anywhere=True) == Filter()
    assert filter_of(["甲报"], None, None, ["1"], ["李明"], anywhere=False) == Filter((), ("甲报",), ("1",), ("李明",))


@pytest.mark.parametrize(
    ("since", "until"), [("June", None), ("2021-13", None), ("2021-02-30", None), ("2022", "2021"), ("0000", None)]
)
def test_what_is_no_date_is_bad_usage(since: str, until: str | None) -> None:
    with pytest.raises(typer.BadParameter):
        filter_of(None, since, until, None, None, anywhere=False)


def test_the_filter_reaches_the_search(seed_archive: Path) -> None:
    where = ["--json", "--archive", str(seed_archive)]
    hits = json.loads(RUNNER.invoke(app, ["search", "聊城", "--newspaper", "东昌府讯", "--page", "1", *where]).stdout)["hits"]
    assert {hit["newspaper"] for hit in hits} == {"东昌府讯"}
    told = json.loads(
        RUNNER.invoke(app, ["ask", "2021年6月8日的报纸里，智能建筑节的主题是什么？", "--from", "2021-06", *where]).stdout
    )
    assert told["interpretation"]["filter"]["dates"] == [{"first": "2021-06-01", "last": "9999-12-31"}]
    assert RUNNER.invoke(app, ["ask", "聊城？", "--anywhere", "--page", "1", *where]).exit_code == 2
