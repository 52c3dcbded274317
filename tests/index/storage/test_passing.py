"""What filters let pass, against a plain look at every record, while sources come and go."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.errors import QuestionError
from index.schema import DateRange, Filter
from index.storage.database import connect_for_reading
from index.storage.filters import day_number, name_key
from index.storage.lexical import Entry, Lexical
from index.storage.passing import Filters, Passing
from index.storage.snapshot import Snapshot
from index.storage.store import Store
from tests.index.storage.sample import HashEncoder, draft, terms

JUNE = DateRange("2021-06-01", "2021-06-30")
FILTERS = (
    Filter(dates=(JUNE,)),
    Filter(dates=(JUNE, DateRange("2020-01-01", "2020-12-31")), undated=False),
    Filter(newspapers=("東昌府訊", "晨光日报")),
    Filter(newspapers=("没有这家",)),
    Filter(pages=("a2", "1")),
    Filter(authors=("李红",)),
    Filter(dates=(JUNE,), newspapers=("晨光日报",), pages=("1",), authors=("李红", "张晓明")),
)
Facts = tuple[str | None, str | None, str | None, tuple[str, ...]]


def passes(facts: Facts, filter: Filter) -> bool:
    """Say it again in the plainest way."""
    newspaper, date, page, authors = facts
    if filter.dates:
        within = any(date is not None and span.first <= date <= span.last for span in filter.dates)
        if not within and not (date is None and filter.undated):
            return False
    for value, wanted in ((newspaper, filter.newspapers), (page, filter.pages)):
        if wanted and name_key(value) not in [name_key(name) for name in wanted]:
            return False
    return not filter.authors or bool(set(authors) & set(filter.authors))


def random_facts(chance: random.Random) -> Facts:
    date = chance.choice([None, f"2021-0{chance.randint(5, 7)}-{chance.randint(10, 28)}", "2020-03-01"])
    authors = chance.choice([(), ("李红",), ("张晓明", "李红"), ("王强",)])
    return chance.choice([None, "东昌府讯", "晨光日报", "他报"]), date, chance.choice([None, "1", "A2", "3"]), authors


@pytest.mark.parametrize("seed", range(4))
def test_rows_are_those_that_pass_however_the_archive_came_about(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    held: dict[str, Facts] = {}
    remembered = Filters()
    store = Store(tmp_path)
    store.set_model(HashEncoder())
    with closing(store):
        for _ in range(12):
            for _ in range(chance.choice([1, 1, 2, 5])):
                name = f"s{chance.randint(0, 9)}"
                if name in held and chance.random() < 0.3:
                    store.rename({}, removing=[name])
                    del held[name]
                    continue
                newspaper, date, page, authors = held[name] = random_facts(chance)
                texts = [f"{name}的第{number}段。" for number in range(chance.randint(0, 4))]
                store.put(draft(name, texts, newspaper=newspaper, date=date, page=page, authors=authors))
            with closing(connect_for_reading(tmp_path)) as connection:
                snapshot = Snapshot(connection, tmp_path, remembered)
                rows = snapshot.select(
                    "SELECT p.row, s.name FROM passages p JOIN articles USING(article)"
                    " JOIN issues USING(issue) JOIN sources s USING(source) ORDER BY p.row"
                )
                for filter in (*FILTERS, FILTERS[0]):
                    expected = [row for row, name in rows if passes(held[name], filter)]
                    passing = snapshot.passing(filter)
                    assert passing.rows().tolist() == expected
                    assert passing.count == len(expected)
                snapshot.end()


def test_an_older_snapshot_keeps_its_rows(tmp_path: Path) -> None:
    remembered, filter = Filters(), Filter(pages=("1",))
    store = Store(tmp_path)
    with closing(store), closing(connect_for_reading(tmp_path)) as one, closing(connect_for_reading(tmp_path)) as two:
        store.put(draft("a", ["甲。", "乙。"], page="1"))
        older = Snapshot(one, tmp_path, remembered)
        store.put(draft("b", ["丙。"], page="1"))
        newer = Snapshot(two, tmp_path, remembered)
        assert newer.passing(filter).rows().tolist() == [1, 2, 3]
        assert older.passing(filter).rows().tolist() == [1, 2]
        assert newer.passing(filter).rows().tolist() == [1, 2, 3]
        older.end()
        newer.end()


def test_a_day_that_is_no_date_is_refused(tmp_path: Path) -> None:
    with closing(Store(tmp_path)), closing(connect_for_reading(tmp_path)) as connection:
        snapshot = Snapshot(connection, tmp_path)
        with pytest.raises(QuestionError, match="2021-06-08"):
            snapshot.passing(Filter(dates=(DateRange("June", "July"),)))
        snapshot.end()


def test_bits_and_rows_are_the_same() -> None:
    rows = np.array([0, 3, 8, 900], dtype=np.int64)
    passing = Passing.of(rows)
    assert passing.rows().tolist() == rows.tolist()
    assert passing.holds(np.array([0, 1, 8, 900, 901, 10_000], dtype=np.int64)).tolist() == [
        True,
        False,
        True,
        True,
        False,
        False,
    ]
    assert Passing.of(rows[:0]).count == 0


@pytest.mark.parametrize(
    "kept", [lambda row: row % 2, lambda row: row % 97 == 0, lambda row: row > 10_000, lambda row: row < 2_900]
)
def test_sifting_finds_what_conditions_find(kept: Callable[[int], bool]) -> None:
    chance = random.Random(3)
    pairs = ["公路", "桥梁", "医院", "小学", "城区", "建成"]
    texts = [" ".join(chance.choices(pairs, k=chance.randint(1, 9))) for _ in range(3_000)]
    filter = Filter(pages=("1",))
    leg = Lexical.in_memory(
        Entry(row, text, text, day_number(None), None, "1" if kept(row) else "2", ()) for row, text in enumerate(texts, start=1)
    )
    passing = Passing.of(np.array([row for row in range(1, 3_001) if kept(row)], dtype=np.int64))
    question = terms("城区公路桥梁")
    one = leg.search(question, limit=30, filter=filter)
    two = leg.search(question, limit=30, filter=filter, passing=passing)
    assert [score for _, score in two] == [score for _, score in one]
    assert (
        {row for row, score in two if score > two[-1][1]} == {row for row, score in one if score > one[-1][1]} if two else not one
    )
    assert all(kept(row) for row, _ in two)
