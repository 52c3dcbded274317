from __future__ import annotations

import os
import threading
from pathlib import Path

import apsw
import numpy as np
import pytest

from index.archive import Archive
from index.errors import ArchiveLocked, ArchiveMissing, ModelError, ModelMismatch
from index.storage.database import FILE
from index.storage.lock import writing
from tests.index.storage.sample import ENCODER, HashEncoder, both_legs, dump, found_texts, opened, page_text, terms


def test_a_new_archive_is_made_by_its_first_update(inbox: Path, folder: Path) -> None:
    with opened(folder) as archive:
        report = archive.update([inbox])
        assert (report.added, report.replaced, report.unchanged, report.removed, report.skipped) == (6, 0, 0, 0, ())
        stats = archive.stats()
        assert (stats.sources, stats.issues, stats.articles, stats.newspapers) == (6, 6, 12, ("晨光日报",))
        assert archive.check().problems == ()
        sentence = next(line for line in page_text(3).splitlines() if "编号为3号" in line)
        with archive.view() as view:
            for hits in both_legs(archive, sentence):
                assert view.passages([hits[0].passage_id])[hits[0].passage_id].text == sentence


def test_reading_where_nothing_is_says_how_to_make_an_archive(folder: Path) -> None:
    for read in (Archive.stats, Archive.check, Archive.view, Archive.repair):
        with pytest.raises(ArchiveMissing, match=r"python3 run\.py update FOLDER"):
            read(opened(folder))
    with pytest.raises(ArchiveMissing):
        Archive.open(folder, must_exist=True)
    assert not folder.exists()


def test_a_vector_of_the_wrong_length_is_refused(inbox: Path, folder: Path) -> None:
    with opened(folder) as archive:
        archive.update([inbox])
        with pytest.raises(ModelMismatch, match="32 dimensions"):
            archive.search_dense(np.ones(7, dtype=np.float32))


def test_an_open_archive_answers_from_what_another_process_added(inbox: Path, folder: Path) -> None:
    with opened(folder) as running, opened(folder) as updater:
        updater.update([inbox])
        assert not any("编号为60号" in text for text in found_texts(running, "工程编号为60号"))
        (inbox / "new.txt").write_text(page_text(60), encoding="utf-8")
        updater.update([inbox])
        assert any("编号为60号" in text for text in found_texts(running, "工程编号为60号"))
        updater.remove([str(inbox / "new.txt")])
        assert not any("编号为60号" in text for text in found_texts(running, "工程编号为60号"))


def test_a_view_keeps_its_sequence_to_the_end(inbox: Path, folder: Path) -> None:
    with opened(folder) as archive:
        archive.update([inbox])
        with archive.view() as view:
            before = view.search_lexical(terms("工程"), limit=100)
            archive.remove([str(inbox / "page0003.txt")])
            assert view.search_lexical(terms("工程"), limit=100) == before
            assert len(view.passages([hit.passage_id for hit in before])) == len(before)
            assert view.sequence == 6
        with archive.view() as view:
            assert view.sequence == 7
            assert len(view.search_lexical(terms("工程"), limit=100)) < len(before)


def test_a_second_writer_is_refused_in_one_line(inbox: Path, folder: Path) -> None:
    with opened(folder) as archive:
        archive.update([inbox])
        before = dump(folder)
        with writing(folder):
            for write in (
                lambda: archive.update([inbox]),
                lambda: archive.remove([str(inbox)]),
                archive.repair,
                archive.reencode,
            ):
                with pytest.raises(ArchiveLocked, match=f"process {os.getpid()}, since"):
                    write()
        assert dump(folder) == before


def test_check_names_a_row_that_was_altered_and_repair_has_it_read_again(inbox: Path, folder: Path) -> None:
    with opened(folder) as archive:
        archive.update([inbox])
        database = apsw.Connection(str(folder / FILE))
        database.execute("UPDATE passages SET text = replace(text, '工程', '工种') WHERE text LIKE '%编号为1号%'")
        database.close()
        problems = archive.check().problems
        assert len(problems) == 1
        assert "page0001.txt" in problems[0]
        assert not archive.repair().ok
        assert archive.update([inbox]).replaced == 1
        assert archive.check().ok


def test_check_finds_legs_that_do_not_hold_the_truth(inbox: Path, folder: Path) -> None:
    with opened(folder) as archive:
        archive.update([inbox])
        archive.check()
        database = apsw.Connection(str(folder / FILE))
        database.execute("PRAGMA foreign_keys = on")
        database.execute("DELETE FROM passages WHERE row = 5")
        database.close()
        assert not archive.check().ok


def test_many_threads_read_while_one_updates(inbox: Path, folder: Path) -> None:
    errors: list[BaseException] = []
    views: set[int] = set()
    done = threading.Event()

    def ask(archive: Archive) -> None:
        try:
            while not done.is_set():
                with archive.view() as view:
                    views.add(view.sequence)
                    vector = ENCODER.encode_questions(["工程编号"])[0]
                    hits = view.search_lexical(terms("工程编号"), limit=20) + view.search_dense(vector, limit=20)
                    passages = view.passages([hit.passage_id for hit in hits])
                    assert {hit.passage_id for hit in hits} == set(passages)
                    for id, passage in passages.items():
                        article = view.article(passage.article_id)
                        assert article is not None
                        assert passage.kind == "masthead" or any(passage.text in part.text for part in article.paragraphs), id
        except BaseException as error:  # noqa: BLE001 - a thread must hand its failure over
            errors.append(error)

    with opened(folder) as archive:
        archive.update([inbox])
        threads = [threading.Thread(target=ask, args=(archive,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for number in range(8):
            (inbox / "page0003.txt").write_text(page_text(100 + number), encoding="utf-8")
            (inbox / f"more{number}.txt").write_text(page_text(200 + number), encoding="utf-8")
            archive.update([inbox])
        done.set()
        for thread in threads:
            thread.join()
        assert errors == []
        assert len(views) > 1
        assert archive.check().ok


def test_another_model_is_refused_and_nothing_changes(inbox: Path, folder: Path) -> None:
    with opened(folder) as archive:
        archive.update([inbox])
    before = (folder / FILE).read_bytes()
    other = HashEncoder(name="other", salt="x")
    with opened(folder, other) as archive:
        (inbox / "new.txt").write_text(page_text(50), encoding="utf-8")
        for use in (
            lambda: archive.update([inbox]),
            lambda: archive.search_dense(np.ones(32, dtype=np.float32)),
            lambda: archive.encoder,
        ):
            with pytest.raises(ModelMismatch, match=r"hash.*other.*--reencode"):
                use()
        assert archive.search_lexical(terms("图书馆"))
        assert archive.stats().model == "hash"
    assert (folder / FILE).read_bytes() == before


def test_reencoding_moves_the_archive_to_the_other_model(inbox: Path, folder: Path) -> None:
    other = HashEncoder(name="other", salt="x", dimensions=48)
    with opened(folder) as archive:
        archive.update([inbox])
        with opened(folder, other) as moved:
            moved.reencode()
            assert moved.stats().model == "other"
            assert moved.check().ok
            question = "工程编号为3号"
            hits = moved.search_dense(other.encode_questions([question])[0], limit=1)
            with moved.view() as view:
                assert "编号为3号" in view.passages([hits[0].passage_id])[hits[0].passage_id].text
            assert moved.update([inbox]).unchanged == 6
        with pytest.raises(ModelMismatch):
            archive.search_dense(ENCODER.encode_questions([question])[0])


def test_a_model_that_fails_while_reencoding_changes_nothing(inbox: Path, folder: Path) -> None:
    class Failing(HashEncoder):
        def encode_passages(self, texts):  # type: ignore[no-untyped-def]
            raise ModelError("the model is out of order")

    with opened(folder) as archive:
        archive.update([inbox])
        before = dump(folder)
        with pytest.raises(ModelError):
            archive.reencode(Failing(name="failing"))
        assert archive.check().ok
    assert dump(folder) == before
