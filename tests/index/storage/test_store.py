from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import apsw
import numpy as np
import pytest

from index.errors import ArchiveDamaged, ArchiveError, ArchiveMissing
from index.schema import DateRange, Filter, PrintedDay
from index.storage.database import FILE, connect_for_reading
from index.storage.draft import SourceDraft
from index.storage.snapshot import Snapshot
from index.storage.store import Store
from tests.index.storage.sample import HashEncoder, draft, dump


@contextmanager
def writing(folder: Path) -> Iterator[Store]:
    store = Store(folder)
    try:
        if store.meta("fingerprint") is None:
            store.set_model(HashEncoder())
        yield store
    finally:
        store.close()


@contextmanager
def reading(folder: Path) -> Iterator[Snapshot]:
    connection = connect_for_reading(folder)
    snapshot = Snapshot(connection, folder)
    try:
        yield snapshot
    finally:
        snapshot.end()
        connection.close()


PAGE = draft(
    "a",
    ["城区新建三座图书馆。", "开馆首日接待读者两千余人。"],
    newspaper="东昌府讯",
    date="2021-06-08",
    page="1",
    authors=("张晓明", "李红"),
    headline="三座图书馆同时开馆",
)


def test_what_is_put_can_be_read(tmp_path: Path) -> None:
    with writing(tmp_path) as store:
        store.put(PAGE)
    with reading(tmp_path) as snapshot:
        passages = list(PAGE.passages())
        assert list(snapshot.passages(["a-p1-a01-s02", "none", "a-p1-a01-s01"]).values()) == passages[::-1]
        assert snapshot.article_passages("a-p1-a01") == passages
        article = snapshot.article("a-p1-a01")
        assert article is not None
        assert (article.headline, article.authors, article.date, article.newspaper, article.page, article.source) == (
            "三座图书馆同时开馆",
            ("张晓明", "李红"),
            "2021-06-08",
            "东昌府讯",
            "1",
            "a",
        )
        assert [paragraph.text for paragraph in article.paragraphs] == [passage.text for passage in passages]
        assert snapshot.articles("a-p1") == [article] == snapshot.sample(5)
        issue = snapshot.issue("a-p1")
        assert issue is not None
        assert (issue.articles, issue.newspaper) == (1, "东昌府讯")
        assert snapshot.article("nothing") is None
        assert snapshot.issue("nothing") is None


def test_vectors_come_back_as_they_are_stored(tmp_path: Path) -> None:
    with writing(tmp_path) as store:
        store.put(PAGE)
    expected = np.stack([feature.vector for feature in PAGE.features]).astype(np.float16).astype(np.float32)
    with reading(tmp_path) as snapshot:
        assert np.array_equal(snapshot.vectors(["a-p1-a01-s02", "a-p1-a01-s01"]), expected[::-1])
        assert snapshot.vectors([]).shape == (0, 32)
        with pytest.raises(KeyError):
            snapshot.vectors(["nothing"])


def test_each_source_is_one_change_and_rows_are_never_used_twice(tmp_path: Path) -> None:
    with writing(tmp_path) as store:
        store.put(PAGE)
        store.put(draft("b", ["公路养护启动。"]))
        store.put(draft("a", ["换了内容。"]))
        store.rename({}, removing=["b"])
        store.put(draft("c", ["新的一页。"]))
        assert store.sequence == 5
    with reading(tmp_path) as snapshot:
        assert list(snapshot.rows()) == [4, 5]
        assert snapshot.changes(2) == [((1, 2), (4, 4)), ((3, 3), (0, -1)), ((0, -1), (5, 5))]
        assert snapshot.passages(["a-p1-a01-s01"])["a-p1-a01-s01"].text == "换了内容。"
        assert snapshot.passages(["a-p1-a01-s02"]) == {}


def test_a_failed_put_leaves_nothing_behind(tmp_path: Path) -> None:
    with writing(tmp_path) as store:
        store.put(PAGE)
        before = dump(tmp_path)
        clash = draft("other", ["文章。"])
        stolen = replace(clash.issues[0], id="a-p1")
        with pytest.raises(apsw.ConstraintError):
            store.put(SourceDraft("other", "c", (clash.issues[0], stolen), clash.features * 2))
        assert store.sequence == 1
        assert dump(tmp_path) == before


def test_names_can_change_in_a_circle(tmp_path: Path) -> None:
    with writing(tmp_path) as store:
        for name in "abc":
            store.put(draft(name, [f"内容{name}"]))
        contents = {row.name: row.content for row in store.sources()}
        store.rename({"a": "b", "b": "a"}, removing=["c"])
        assert {row.name: row.content for row in store.sources()} == {"a": contents["b"], "b": contents["a"]}
        assert store.sequence == 4


def test_a_snapshot_does_not_move(tmp_path: Path) -> None:
    with writing(tmp_path) as store:
        store.put(PAGE)
        with reading(tmp_path) as snapshot:
            store.put(draft("a", ["换了内容。"]))
            assert snapshot.sequence == 1
            assert len(snapshot.article_passages("a-p1-a01")) == 2
        with reading(tmp_path) as snapshot:
            assert snapshot.sequence == 2
            assert len(snapshot.article_passages("a-p1-a01")) == 1


def test_rows_pass_the_same_filters_as_in_the_lexical_leg(tmp_path: Path) -> None:
    with writing(tmp_path) as store:
        store.put(PAGE)
        store.put(draft("b", ["公路。"], newspaper="晨光日报", date="2020-01-01", page="A2"))
        store.put(draft("c", ["无日期。"]))
    june = (DateRange("2021-06-01", "2021-06-30"),)
    with reading(tmp_path) as snapshot:
        found = {
            filter: list(snapshot.passing(filter).rows())
            for filter in (
                Filter(),
                Filter(dates=june),
                Filter(dates=june, undated=False),
                Filter(newspapers=("東昌府訊", "晨光日报")),
                Filter(pages=("a2",)),
                Filter(authors=("李红",)),
                Filter(authors=("李红",), pages=("A2",)),
            )
        }
    assert list(found.values()) == [[1, 2, 3, 4], [1, 2, 4], [1, 2], [1, 2, 3], [3], [1, 2], []]


def test_stats_count(tmp_path: Path) -> None:
    with writing(tmp_path) as store:
        store.put(PAGE)
        store.put(draft("b", ["公路。"], newspaper="晨光日报", date="2020-01-01"))
        store.put(draft("c", ["无日期。"]))
    with reading(tmp_path) as snapshot:
        stats = snapshot.stats()
    assert (stats.sources, stats.issues, stats.articles, stats.passages, stats.undated) == (3, 3, 3, 4, 1)
    assert (stats.newspapers, stats.first_date, stats.last_date, stats.model) == (
        ("东昌府讯", "晨光日报"),
        "2020-01-01",
        "2021-06-08",
        "hash",
    )


def test_days_are_counted_by_newspaper_and_their_issues_found(tmp_path: Path) -> None:
    with writing(tmp_path) as store:
        for name, newspaper, date in (
            ("a", "聊城日报", "2021-06-08"),
            ("f", "聊城日报", "2021-06-09"),
            ("b", "聊城日報", "2021-06-08"),  # the same paper, spelled otherwise
            ("c", "東昌府訊", "2020-01-02"),
            ("d", None, "2021-06-08"),
            ("e", "聊城日报", None),
        ):
            store.put(draft(name, ["一段文字。"], newspaper=newspaper, date=date))
    with reading(tmp_path) as snapshot:
        assert snapshot.printed() == [
            PrintedDay("2020-01-02", "東昌府訊", 1, 1),
            PrintedDay("2021-06-08", "聊城日报", 2, 2),
            PrintedDay("2021-06-08", None, 1, 1),
            PrintedDay("2021-06-09", "聊城日报", 1, 1),
            PrintedDay(None, "聊城日报", 1, 1),
        ]
        assert [issue.id for issue in snapshot.issues_of("2021-06-08")] == ["a-p1", "b-p1", "d-p1"]
        assert [issue.id for issue in snapshot.issues_of(None)] == ["e-p1"]
        assert snapshot.issues_of("2019-01-01") == []


def test_a_sample_is_spread_over_the_archive(tmp_path: Path) -> None:
    with writing(tmp_path) as store:
        for number in range(40):
            store.put(draft(f"s{number:02d}", ["文字。"], headline=f"标题{number}" if number % 2 else None))
    with reading(tmp_path) as snapshot:
        numbers = [int((article.headline or "")[2:]) for article in snapshot.sample(4)]
        assert numbers == sorted(set(numbers))
        assert len(numbers) == 4
        assert numbers[-1] - numbers[0] >= 25
        assert len(snapshot.sample(100)) == 20


def test_numbers_beyond_any_column_and_strange_characters_are_kept(tmp_path: Path) -> None:
    odd = draft("odd", ["NUL \x00 quote ' \" %s <b> 𠮷 \u202e"], page="9" * 50)
    issue = replace(odd.issues[0].issue, issue_number=10**30)
    with writing(tmp_path) as store:
        store.put(replace(odd, issues=(replace(odd.issues[0], issue=issue),)))
    with reading(tmp_path) as snapshot:
        assert snapshot.article_passages("odd-p1-a01")[0].text == "NUL \x00 quote ' \" %s <b> 𠮷 \u202e"
        assert [record.issue_number for record in snapshot.issues()] == [10**30]


def test_opening_what_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match="update FOLDER"):
        connect_for_reading(tmp_path)
    (tmp_path / FILE).write_bytes(b"")
    with pytest.raises(ArchiveMissing):
        connect_for_reading(tmp_path)
    (tmp_path / FILE).write_bytes(b"no database at all, but long enough to be looked at" * 50)
    with pytest.raises(ArchiveDamaged):
        connect_for_reading(tmp_path)


def test_foreign_and_future_databases_are_left_alone(tmp_path: Path) -> None:
    foreign = apsw.Connection(str(tmp_path / FILE))
    foreign.execute("CREATE TABLE things(a)")
    for connect in (connect_for_reading, Store):
        with pytest.raises(ArchiveError, match="no archive of Wenbao"):
            connect(tmp_path)
    assert foreign.execute("SELECT name FROM sqlite_schema").fetchall() == [("things",)]
    foreign.close()
    (tmp_path / FILE).unlink()
    with writing(tmp_path) as store:
        store.put(PAGE)
    future = apsw.Connection(str(tmp_path / FILE))
    future.execute("PRAGMA user_version = 99")
    future.close()
    for connect in (connect_for_reading, Store):
        with pytest.raises(ArchiveError, match="format 99"):
            connect(tmp_path)
