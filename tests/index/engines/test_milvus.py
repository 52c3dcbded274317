"""What is Milvus' own: the address, the numbers in filters, exact BM25, counts, a writer broken off at any point."""

from __future__ import annotations

import json
import logging
import os
import random
import signal
import subprocess
import sys
import textwrap
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.archive import Archive
from index.errors import ArchiveError, ArchiveLocked
from index.schema import Filter, Term
from index.storage.lexical import Entry, Lexical
from index.storage.milvus.address import read_address
from index.storage.milvus.bm25 import Lengths, Weighed, counted_length, idf, score, sparse_vector
from index.storage.milvus.commit import Commit
from index.storage.milvus.counts import Counts, Tally, complete, merge, read_deltas, write_delta
from index.storage.milvus.keys import TooLong, among, fitting, number_of, parts, token_number
from index.storage.milvus.schema import COUNTS, ISSUES, SOURCES, build, dense_index
from tests.index.storage.sample import ENCODER, both_legs, found_texts, opened, page_text, terms

pytest.importorskip("pymilvus")


@pytest.fixture
def place(tmp_path: Path) -> str:
    return f"milvus-lite://{tmp_path / 'archive.db'}"


def test_an_archive_on_milvus_is_updated_searched_and_opened_again(place: str, inbox: Path) -> None:
    with Archive.open(place, encoder=ENCODER) as archive:
        assert archive.update([inbox]).added == 6
        (inbox / "page0003.txt").write_text(page_text(77), encoding="utf-8")
        assert archive.update([inbox]).replaced == 1
        archive.remove([str(inbox / "page0004.txt")])
        texts = found_texts(archive, "工程编号为3号")
        assert not any("编号为3号" in text or "编号为4号" in text for text in texts)
        before = both_legs(archive, "工程编号为77号")
    with Archive.open(place, encoder=ENCODER) as archive:
        assert both_legs(archive, "工程编号为77号") == before
        assert archive.check().problems == ()
        with pytest.raises(ArchiveError, match=r"milvus-backup.*wenbao copy"):
            archive.backup("anywhere.db")
        with pytest.raises(ArchiveError, match="wenbao copy FOLDER"):
            archive.restore("anywhere.db")


@pytest.mark.parametrize(
    ("text", "shown", "uri", "token"),
    [
        ("milvus://host", "milvus://host:19530/wenbao", "http://host:19530", ""),
        ("milvus://host:99/news", "milvus://host:99/news", "http://host:99", ""),
        ("milvuss://root:s%40fe@host/news", "milvuss://host:19530/news", "https://host:19530", "root:s@fe"),
        ("milvus://key@[::1]:7/a", "milvus://[::1]:7/a", "http://[::1]:7", "key"),
    ],
)
def test_an_address_is_shown_without_what_is_secret(text: str, shown: str, uri: str, token: str) -> None:
    address = read_address(text)
    assert (address.place, address.uri, address.token) == (shown, uri, token)
    assert "s@fe" not in repr(address)


def test_token_and_database_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENBAO_MILVUS_TOKEN", "from-outside")
    monkeypatch.setenv("WENBAO_MILVUS_DATABASE", "library")
    assert (read_address("milvus://host/a").token, read_address("milvus://host/a").database) == ("from-outside", "library")
    assert read_address("milvus://mine@host/a").token == "mine"


@pytest.mark.parametrize(
    "text", ["milvus://", "milvus://host/a-b", "milvus://host/a?x=1", "milvus://h:x/a", "milvus-lite://a.txt"]
)
def test_an_address_that_cannot_be_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(ArchiveError) as error:
        read_address(text)
    assert "\n" not in str(error.value)


def test_other_schemes_and_indexes_are_refused_with_those_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ArchiveError, match="milvus://"):
        Archive.open("elastic://host/name")
    monkeypatch.setenv("WENBAO_MILVUS_INDEX", "magic")
    with pytest.raises(ArchiveError, match=r"WENBAO_MILVUS_INDEX=magic.*hnsw"):
        dense_index(read_address("milvus://host/a"))


def test_a_server_that_is_not_there_is_told_in_one_line() -> None:
    with pytest.raises(ArchiveError, match=r"milvus://127\.0\.0\.1:9/a: Milvus could not do it") as error:
        Archive.open("milvus://127.0.0.1:9/a").stats()
    assert "\n" not in str(error.value)


def test_a_server_gets_half_floats_its_index_and_partitions_by_paper() -> None:
    schema, indexes = build("passages_1", read_address("milvus://host/a"), dimensions=256)
    fields = {field["name"]: field for field in schema.to_dict()["fields"]}
    assert fields["dense"]["type"].name == "FLOAT16_VECTOR"
    assert fields["paper"]["is_partition_key"]
    assert {index.field_name: index.index_type for index in indexes}["dense"] == "HNSW"


@pytest.mark.parametrize("blocked", ["pymilvus", pytest.param("milvus_lite", marks=pytest.mark.slow)])
def test_without_the_extra_nothing_is_imported_and_the_error_says_how_to_install(blocked: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.txt").write_text(page_text(1), encoding="utf-8")
    script = f"""
        import sys
        import index.archive, index.moving, index.storage.milvus.engine
        assert not [name for name in sys.modules if name.split(".")[0] in ("pymilvus", "milvus_lite", "grpc", "pandas")]
        sys.modules[{blocked!r}] = None
        from index.archive import Archive
        from index.errors import ArchiveError
        try:
            Archive.open({f"milvus-lite://{tmp_path / 'a.db'}"!r}).update([{str(tmp_path / "in")!r}])
        except ArchiveError as error:
            print(error)
    """
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3]
    )
    assert run.stdout.strip().endswith('pip install "wenbao[milvus]"')
    assert run.stdout.count("\n") == 1


def test_no_text_stands_in_a_filter() -> None:
    name = 'x" or true'
    assert among("id_number", [number_of(name)]) == f"id_number in [{number_of(name)}]"
    assert number_of(None) == 0
    assert 0 < number_of("") < 2**62 + 1
    assert 1 <= token_number("words", "图书馆") < 2**32
    assert token_number("words", "图书") != token_number("grams", "图书")


def test_long_texts_are_cut_for_a_column_and_too_long_ones_refused() -> None:
    text = "字𠮷" * 20_000
    assert "".join(parts(text)) == text
    assert all(len(part.encode()) <= 60_000 for part in parts(text))
    assert parts("") == [""]
    with pytest.raises(TooLong, match="passage x"):
        fitting("字" * 20_001, "passage x")


def test_lengths_count_as_lucene_counts_them() -> None:
    assert [counted_length(n) for n in (0, 39, 40, 41, 55, 56, 59, 60, 87, 88, 95, 96)] == [
        0, 39, 40, 40, 54, 56, 56, 60, 84, 88, 88, 96,
    ]  # fmt: skip


def test_scores_are_those_of_the_local_engine() -> None:
    chance = random.Random(3)
    letters = [f"词{number}" for number in range(60)]
    passages = [[chance.choice(letters) for _ in range(chance.randint(3, 120))] for _ in range(200)]
    entries = [Entry(at, " ".join(words), "", 0, None, None, ()) for at, words in enumerate(passages)]
    asked = [Term(word, "words", 0.5 + at) for at, word in enumerate(letters[:7])]
    expected = dict(Lexical.in_memory(entries).search(asked, limit=200, filter=Filter()))
    frequency = Counter(word for words in passages for word in set(words))
    average = Lengths(sum(map(len, passages)) / len(passages), 1.0)
    weights = {term.text: term.weight * idf(len(passages), frequency[term.text]) for term in asked}
    weighed = [Weighed(token_number("words", word), "words", weight) for word, weight in weights.items()]
    for at, words in enumerate(passages):
        found = score(sparse_vector({"words": words}), Lengths(len(words), 0), weighed, average)
        assert found == pytest.approx(expected.get(at, 0.0), abs=1e-3)


class Columns:
    """What counts need of a client, in memory."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}

    def upsert(self, table: str, rows: list[dict[str, Any]]) -> None:
        assert table == COUNTS
        self.rows |= {row["key"]: row for row in rows}

    def get(self, table: str, keys: list[str], fields: Any, *, level: str) -> list[dict[str, Any]]:
        return [self.rows[key] for key in keys if key in self.rows]

    def scan(self, table: str, filter: str, fields: Any, *, level: str) -> list[dict[str, Any]]:
        first, last = (int(part.split()[-1]) for part in filter.split(" and "))
        return [row for row in self.rows.values() if row["first"] >= first and row["last"] <= last]


def test_counts_stay_right_through_merges_that_are_broken_off() -> None:
    chance = random.Random(5)
    columns: Any = Columns()
    truth: Counter[int] = Counter()
    commit = Commit("a")
    for change in range(1, 13):
        tally = Tally()
        rows: list[dict[str, Any]] = [
            {"sparse": dict.fromkeys(chance.sample(range(1, 90_000), 40), 1.0), "word_count": 9, "gram_count": 30}
            for _ in range(5)
        ]
        tally.add(rows)
        truth.update(dimension for row in rows for dimension in row["sparse"])
        write_delta(columns, tally.delta(commit.counted, change))
        commit = Commit("a", sequence=change, counted=change, merged=commit.merged)
        if change % 4 == 0:
            before = dict(columns.rows)
            merge(columns, read_deltas(columns, commit, level="Strong"), 0)
            halves = {key: row for at, (key, row) in enumerate(columns.rows.items()) if key in before or at % 2}
            columns.rows = halves | before if change == 4 else columns.rows  # some buckets were never written
            merge(columns, read_deltas(columns, commit, level="Strong"), 0)
            commit = Commit("a", sequence=change, counted=change, merged=change)
        deltas = read_deltas(columns, commit, level="Strong")
        assert complete(deltas, commit)
        counts = Counts(columns, deltas, commit, level="Strong")
        asked = [*chance.sample(sorted(truth), 50), 90_001]
        assert counts.of(asked) == {dimension: truth[dimension] for dimension in asked}
        assert (counts.passages, counts.average) == (5 * change, Lengths(9.0, 30.0))
    tally = Tally()
    tally.add([{"sparse": {7: 1.0}, "word_count": 1, "gram_count": 1}], -1)
    write_delta(columns, tally.delta(12, 13))
    later = Commit("a", sequence=13, counted=13, merged=commit.merged)
    assert Counts(columns, read_deltas(columns, later, level="Strong"), later, level="Strong").passages == 59
    assert not complete([], later)


@pytest.mark.slow
def test_a_writer_broken_off_at_any_call_leaves_no_half_source(
    tmp_path: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.storage.milvus.client import Client

    write = Client.upsert
    calls = Counter[str]()

    class BrokenOff(BaseException):
        pass

    def said(archive: Archive) -> dict[str, str]:
        archive.export(tmp_path / "export.jsonl")
        lines = (tmp_path / "export.jsonl").read_text(encoding="utf-8").splitlines()[1:-1]
        return {json.loads(line)["source"]: line for line in lines}

    with opened(tmp_path / "local") as local:
        local.update([inbox])
        before = said(local)
        (inbox / "page0001.txt").write_text(page_text(101), encoding="utf-8")
        (inbox / "page0009.txt").write_text(page_text(9), encoding="utf-8")
        local.update([inbox])
        after = said(local)
        question = both_legs(local, "工程编号为101号")
    stop = 1
    while True:
        for number in (1, 9):
            (inbox / f"page000{number}.txt").unlink(missing_ok=True)
        (inbox / "page0001.txt").write_text(page_text(1), encoding="utf-8")
        place = f"milvus-lite://{tmp_path / f'{stop}.db'}"
        with Archive.open(place, encoder=ENCODER) as archive:
            archive.update([inbox])
            (inbox / "page0001.txt").write_text(page_text(101), encoding="utf-8")
            (inbox / "page0009.txt").write_text(page_text(9), encoding="utf-8")
            calls.clear()

            def failing(self: Client, table: str, rows: Any, stop: int = stop) -> None:
                calls["upsert"] += 1
                if calls["upsert"] >= stop:
                    write(self, table, list(rows)[: len(rows) // 2])
                    raise BrokenOff
                write(self, table, rows)

            monkeypatch.setattr(Client, "upsert", failing)
            try:
                archive.update([inbox])
                finished = True
            except BrokenOff:
                finished = False
            monkeypatch.setattr(Client, "upsert", write)
        _forget_the_lease(place)
        with Archive.open(place, encoder=ENCODER) as archive:
            found = said(archive)
            assert all(line in (before.get(name), after.get(name)) for name, line in found.items())
            assert before.keys() <= found.keys()
            assert archive.update([inbox]).skipped == ()
            assert said(archive) == after
            assert archive.check().problems == ()
            assert [[hit.passage_id for hit in leg] for leg in both_legs(archive, "工程编号为101号")] == [
                [hit.passage_id for hit in leg] for leg in question
            ]
        if finished:
            break
        stop += 1
    assert stop > 5


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_an_update_that_is_killed_is_gone_on_with(place: str, inbox: Path, tmp_path: Path) -> None:
    for number in range(10, 40):
        (inbox / f"page{number:04d}.txt").write_text(page_text(number), encoding="utf-8")
    script = f"""
        import os, signal
        from index.archive import Archive
        from index.storage.milvus import writing
        from tests.index.storage.sample import ENCODER
        writing._TOGETHER = 40
        def kill(done, total, source):
            if done == 20:
                os.kill(os.getpid(), signal.SIGKILL)
        Archive.open({place!r}, encoder=ENCODER).update([{str(inbox)!r}], progress=kill)
    """
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], cwd=Path(__file__).parents[3], check=False)
    assert run.returncode == -signal.SIGKILL
    with Archive.open(place, encoder=ENCODER) as archive:
        sources = archive.stats().sources
        assert 0 < sources < 36
    with Archive.open(place, encoder=ENCODER) as archive, opened(tmp_path / "local") as local:
        report = archive.update([inbox])
        assert (report.added, report.unchanged) == (36 - sources, sources)
        assert archive.check().problems == ()
        local.update([inbox])
        assert both_legs(archive, "工程编号为33号")[1][0].passage_id == both_legs(local, "工程编号为33号")[1][0].passage_id


def _forget_the_lease(place: str) -> None:
    from index.storage.milvus.client import Client
    from index.storage.milvus.schema import STATE

    client = Client(read_address(place))
    client.delete(STATE, 'key == "writer"')
    client.close()


@pytest.mark.slow
def test_check_names_what_was_altered_and_repair_has_it_read_again(place: str, inbox: Path) -> None:
    from index.storage.milvus.client import Client

    with Archive.open(place, encoder=ENCODER) as archive:
        archive.update([inbox])
        client = Client(read_address(place))
        row = client.query(ISSUES, "part == 0", ["*"], level="Strong")[2]
        row["record"] = row["record"].replace("晨光日报", "晚光日报")
        client.upsert(ISSUES, [row])
        altered = {edition["born"]: edition["name"] for edition in client.query(SOURCES, "born > 0", ["*"], level="Strong")}
        problems = archive.check().problems
        assert len(problems) == 1
        assert altered[row["born"]] in problems[0]
        assert not archive.repair().ok
        assert archive.update([inbox]).replaced == 1
        assert archive.check().problems == ()
        client.delete(COUNTS, "first >= -1")
    with Archive.open(place, encoder=ENCODER) as archive:
        with pytest.raises(ArchiveError, match="check --repair"):
            archive.search_lexical(terms("工程"))
        assert archive.repair().ok
        assert archive.search_lexical(terms("工程"))
    client.close()


@pytest.mark.slow
def test_a_lease_lets_one_write_until_it_runs_out(place: str, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from index.storage.milvus import lease
    from index.storage.milvus.client import Client

    with Archive.open(place, encoder=ENCODER) as archive:
        archive.update([inbox])
        client = Client(read_address(place))
        first, second = lease.Lease(client), lease.Lease(client)
        first.take()
        with pytest.raises(ArchiveLocked, match=r"another update is running \(process \d+ on .*60 seconds"):
            second.take()
        monkeypatch.setattr(lease, "_HELD_S", -1.0)
        monkeypatch.setattr(lease, "_RENEW_S", 0.0)
        first.hold()  # renewed for a time that is over already: as if the holder had slept
        monkeypatch.undo()
        second.take()
        monkeypatch.setattr(lease, "_RENEW_S", 0.0)
        with pytest.raises(ArchiveLocked):
            first.hold()
        second.give_back()
        assert archive.update([inbox]).unchanged == 6
        client.close()


def test_nothing_is_logged_to_the_terminal(place: str, capfd: pytest.CaptureFixture[str]) -> None:
    with Archive.open(place, encoder=ENCODER) as archive, pytest.raises(ArchiveError):
        archive.stats()
    assert logging.getLogger("pymilvus").level >= logging.CRITICAL
    assert capfd.readouterr().err == ""
    assert np.isfinite(idf(10, 3))
