"""What file names say, and what they do not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from index.readers.names import facts_of_name, iso_date, plain_page


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("20210608_01.txt", {"date": "2021-06-08"}),
        (
            "东昌府讯_2021-06-08_总第1345期_01版.txt",
            {"newspaper": "东昌府讯", "date": "2021-06-08", "issue_number": 1345, "page": "1"},
        ),
        ("rmrb_20251020.txt", {"date": "2025-10-20"}),
        ("人民日报2021年6月8日第A02版.txt", {"newspaper": "人民日报", "date": "2021-06-08", "page": "A2"}),
        ("nw.D110000renmrb_20130112_2-04.htm", {"date": "2013-01-12", "page": "4"}),
        ("000_9d54dff2636fb14b.txt", {}),
        ("9d20210608b14b.txt", {}),
        ("20211399.txt", {}),
        ("page-12345678.txt", {}),
        ("scan_0042.txt", {}),
    ],
)
def test_names(name: str, facts: dict[str, Any]) -> None:
    assert facts_of_name(Path(name)) == facts


def test_folders_that_are_dates() -> None:
    assert facts_of_name(Path("paper/2021-06/08/a.txt")) == {"date": "2021-06-08"}
    assert facts_of_name(Path("paper/2021-13/08/a.txt")) == {}


def test_folders_that_name_the_newspaper() -> None:
    wanted = {"newspaper": "清河日报", "date": "2023-03-16", "page": "2"}
    assert facts_of_name(Path("清河日报/2023-03-16/02版.txt")) == wanted
    assert facts_of_name(Path("清河日报_2023-03-16/要闻_02版.txt")) == wanted
    assert facts_of_name(Path("下载_2023-03-16/a.txt")) == {}
    assert facts_of_name(Path("日报/a/b/c/a.txt")) == {}


def test_impossible_days_and_pages() -> None:
    assert iso_date(2021, 2, 29) is None
    assert iso_date(2020, 2, 29) == "2020-02-29"
    assert iso_date(1400, 1, 1) is None
    assert [plain_page(page) for page in ("01", "A02", "10", "b3")] == ["1", "A2", "10", "B3"]
