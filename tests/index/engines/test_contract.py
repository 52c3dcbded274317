"""What an archive promises, on every engine."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.archive import Archive
from index.errors import ArchiveError, ArchiveLocked, ArchiveMissing, ModelError, ModelMismatch
from index.schema import DateRange, Filter
from tests.index.storage.sample import ENCODER, HashEncoder, both_legs, draft, found_texts, page_text, terms, write_pages

SCAN = Path(__file__).parents[1] / "readers/samples/ocrd/OCR-D-PAGE/OCR-D-PAGE_PHYS_0003.xml"
pytestmark = pytest.mark.slow  # the first tests of test_milvus.py and tests/index/test_archive.py run always


def said(archive: Archive, folder: Path) -> list[Any]:
    """Return all that an archive would export, without the order of its sources."""
    archive.export(folder / "export.jsonl")
    lines = (folder / "export.jsonl").read_text(encoding="utf-8").splitlines()
    return sorted((json.loads(line) for line in lines[1:-1]), key=lambda value: value["source"])


def ids(hits: Any) -> list[str]:
    return [hit.passage_id for hit in hits]


def test_the_first_update_makes_the_archive(archive: Archive, inbox: Path) -> None:
    report = archive.update([inbox])
    assert (report.added, report.replaced, report.unchanged, report.removed, report.skipped) == (6, 0, 0, 0, ())
    stats = archive.stats()
    assert (stats.sources, stats.issues, stats.articles, stats.newspapers) == (6, 6, 12, ("晨光日报",))
    assert (stats.first_date, stats.last_date, stats.undated, stats.model) == ("2021-01-01", "2021-01-06", 0, "hash")
    assert archive.check().problems == ()
    sentence = next(line for line in page_text(3).splitlines() if "编号为3号" in line)
    with archive.view() as view:
        assert view.size == stats.passages == 30
        for hits in both_legs(archive, sentence):
            assert view.passages([hits[0].passage_id])[hits[0].passage_id].text == sentence


def test_where_nothing_is_reading_says_how_to_make_it_and_makes_nothing(archive: Archive, tmp_path: Path) -> None:
    for read in (Archive.stats, Archive.check, Archive.view, Archive.repair):
        with pytest.raises(ArchiveMissing, match=r"there is no archive here; make one with .*update FOLDER"):
            read(archive)
    assert list(tmp_path.glob("archive*")) == []


def test_updating_twice_changes_nothing(archive: Archive, inbox: Path, tmp_path: Path) -> None:
    archive.update([inbox])
    before = said(archive, tmp_path)
    report = archive.update([inbox])
    assert (report.added, report.replaced, report.unchanged, report.sequence) == (0, 0, 6, 6)
    assert said(archive, tmp_path) == before


def test_a_changed_file_replaces_what_it_said(archive: Archive, inbox: Path) -> None:
    archive.update([inbox])
    assert any("编号为3号" in text for text in found_texts(archive, "工程编号为3号"))
    (inbox / "page0003.txt").write_text(page_text(77), encoding="utf-8")
    report = archive.update([inbox])
    assert (report.added, report.replaced, report.unchanged) == (0, 1, 5)
    assert not any("编号为3号" in text for text in found_texts(archive, "工程编号为3号"))
    assert any("编号为77号" in text for text in found_texts(archive, "工程编号为77号"))
    assert archive.check().problems == ()
    assert archive.stats().passages == 30


def test_what_is_removed_is_found_by_neither_leg(archive: Archive, inbox: Path) -> None:
    archive.update([inbox])
    (inbox / "page0003.txt").unlink()
    assert archive.update([inbox]).removed == 0
    report = archive.update([inbox], prune=True)
    assert (report.removed, report.unchanged) == (1, 5)
    assert not any("编号为3号" in text for text in found_texts(archive, "工程编号为3号"))
    report = archive.remove([str(inbox / "page0004.txt")])
    assert (report.removed, report.unchanged, report.sequence) == (1, 4, 8)
    assert not any("编号为4号" in text for text in found_texts(archive, "工程编号为4号"))
    assert archive.check().problems == ()
    with pytest.raises(ArchiveError, match="no such source"):
        archive.remove([str(inbox / "page0001.txt"), "nothing.txt"])
    assert archive.remove([str(inbox)]).removed == 4
    assert archive.stats().passages == 0
    assert both_legs(archive, "工程") == [[], []]
    assert archive.check().problems == ()


def test_a_moved_folder_keeps_every_id(archive: Archive, inbox: Path, tmp_path: Path) -> None:
    archive.update([inbox])
    before = said(archive, tmp_path)
    inbox.rename(inbox.with_name("elsewhere"))
    report = archive.update([inbox.with_name("elsewhere")], prune=True)
    assert (report.unchanged, report.removed, report.sequence) == (6, 0, 6)
    after = said(archive, tmp_path)
    assert [value["issues"] for value in after] == [value["issues"] for value in before]
    with archive.view() as view:
        assert {Path(issue.source).parent.name for issue in view.issues()} == {"elsewhere"}
        article = view.article(view.issues()[0].id + "-a01")
        assert article is not None
        assert Path(article.source).parent.name == "elsewhere"


def filtered(archive: Archive) -> None:
    texts = ["今天城里修好了新的桥。"]
    archive.take(
        [
            draft("one", texts, newspaper="晨光日报", date="2021-03-01", page="1", authors=("张三",)),
            draft("two", texts, newspaper="晨光日報", date="2021-03-02", page="A2", authors=("李四", "张三")),
            draft("three", texts, newspaper="晚报", date=None, page=None),
            draft("four", texts),
        ]
    )


FROM_2 = DateRange("2021-03-02", "2021-12-31")
FILTERS = [
    (Filter(), {"one", "two", "three", "four"}),
    (Filter(dates=(FROM_2,)), {"two", "three", "four"}),
    (Filter(dates=(FROM_2,), undated=False), {"two"}),
    (Filter(dates=(DateRange("2021-03-01", "2021-03-01"), FROM_2), undated=False), {"one", "two"}),
    (Filter(newspapers=("晨光日报",)), {"one", "two"}),
    (Filter(newspapers=("晚报", "晨光日报")), {"one", "two", "three"}),
    (Filter(pages=("a2",)), {"two"}),
    (Filter(authors=("李四",)), {"two"}),
    (Filter(authors=("张三",), newspapers=("晨光日报",), pages=("1",)), {"one"}),
    (Filter(newspapers=('晚报"] or born > 0 or paper in ["',)), set()),
]


def test_a_filter_lets_pass_the_same_for_both_legs(archive: Archive) -> None:
    filtered(archive)
    vector = ENCODER.encode_questions(["新的桥"])[0]
    for filter, found in FILTERS:
        for hits in (archive.search_lexical(terms("新的桥"), filter=filter), archive.search_dense(vector, filter=filter)):
            assert {id.split("-")[0] for id in ids(hits)} == found, filter
            assert ids(hits) == sorted(ids(hits))  # equal scores rank by id


def test_what_is_not_there_is_not_found(archive: Archive, inbox: Path) -> None:
    archive.update([inbox])
    assert archive.search_lexical(terms("火星"), limit=5) == []
    assert archive.search_lexical([], limit=5) == []
    with archive.view() as view:
        assert view.document_frequency(terms("火星")) == [0] * len(terms("火星"))
        assert view.passages(["nothing"]) == {}
        assert (view.article("nothing"), view.issue("nothing"), view.articles("nothing")) == (None, None, [])
        with pytest.raises(KeyError):
            view.vectors(["nothing"])


def test_what_was_taken_in_is_there_after_a_restart(place: str, inbox: Path, tmp_path: Path) -> None:
    with Archive.open(place, encoder=ENCODER) as archive:
        archive.update([inbox])
        before, hits = said(archive, tmp_path), both_legs(archive, "工程历时几个月")
    with Archive.open(place, encoder=ENCODER) as archive:
        assert said(archive, tmp_path) == before
        assert both_legs(archive, "工程历时几个月") == hits
        assert archive.check().problems == ()
        assert archive.update([inbox]).unchanged == 6


def test_a_view_keeps_its_state_to_the_end(archive: Archive, inbox: Path) -> None:
    archive.update([inbox])
    with archive.view() as view:
        before = view.search_lexical(terms("工程"), limit=100)
        archive.remove([str(inbox / "page0003.txt")])
        (inbox / "page0004.txt").write_text(page_text(88), encoding="utf-8")
        archive.update([inbox / "page0004.txt"])
        assert view.search_lexical(terms("工程"), limit=100) == before
        assert len(view.passages(ids(before))) == len(before)
        assert view.sequence == 6
    with archive.view() as view:
        assert view.sequence == 8
        assert view.search_lexical(terms("工程"), limit=100) != before


def test_many_threads_read_whole_states_while_one_updates(archive: Archive, inbox: Path) -> None:
    failed: list[BaseException] = []
    states: set[int] = set()
    done = threading.Event()

    def ask() -> None:
        try:
            while not done.is_set():
                with archive.view() as view:
                    states.add(view.sequence)
                    hits = view.search_lexical(terms("工程编号"), limit=20)
                    hits += view.search_dense(ENCODER.encode_questions(["工程编号"])[0], limit=20)
                    passages = view.passages(ids(hits))
                    assert set(ids(hits)) == set(passages)
                    for passage in passages.values():
                        article = view.article(passage.article_id)
                        assert article is not None
                        assert passage.kind == "masthead" or any(passage.text in part.text for part in article.paragraphs)
        except BaseException as error:  # noqa: BLE001 - a thread must hand its failure over
            failed.append(error)

    archive.update([inbox])
    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(5):
        (inbox / "page0003.txt").write_text(page_text(100 + number), encoding="utf-8")
        (inbox / f"more{number}.txt").write_text(page_text(200 + number), encoding="utf-8")
        archive.update([inbox])
    done.set()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(states) > 1
    assert archive.check().problems == ()


def test_an_open_archive_answers_from_what_another_added(place: str, inbox: Path) -> None:
    with Archive.open(place, encoder=ENCODER) as running, Archive.open(place, encoder=ENCODER) as updater:
        updater.update([inbox])
        assert not any("编号为60号" in text for text in found_texts(running, "工程编号为60号"))
        (inbox / "new.txt").write_text(page_text(60), encoding="utf-8")
        updater.update([inbox])
        assert any("编号为60号" in text for text in found_texts(running, "工程编号为60号"))


def test_a_second_writer_is_refused_in_one_line(place: str, inbox: Path) -> None:
    with Archive.open(place, encoder=ENCODER) as first, Archive.open(place, encoder=ENCODER) as second:
        first.update([inbox])
        refused: list[str] = []

        def meanwhile(done: int, total: int, source: str) -> None:
            for write in (lambda: second.update([inbox]), lambda: second.remove([str(inbox)]), second.repair, second.reencode):
                with pytest.raises(ArchiveLocked, match="another update is running") as error:
                    write()
                refused.append(str(error.value))

        write_pages(inbox, [9])
        first.update([inbox / "page0009.txt"], progress=meanwhile)
        assert refused
        assert second.update([inbox]).unchanged == 7


def test_another_model_is_refused_and_reencoding_moves_to_it(place: str, inbox: Path) -> None:
    other = HashEncoder(name="other", salt="x", dimensions=48)
    with Archive.open(place, encoder=ENCODER) as archive, Archive.open(place, encoder=other) as moved:
        archive.update([inbox])
        with pytest.raises(ModelMismatch, match=r"hash.*other.*--reencode"):
            moved.search_dense(np.ones(32, dtype=np.float32))
        with pytest.raises(ModelMismatch, match="32 dimensions"):
            archive.search_dense(np.ones(7, dtype=np.float32))
        before = both_legs(archive, "工程历时")[0]
        moved.reencode()
        assert moved.stats().model == "other"
        assert moved.check().problems == ()
        assert moved.search_lexical(terms("工程历时"), limit=10) == before
        with moved.view() as view:
            hits = view.search_dense(other.encode_questions(["工程编号为3号"])[0], limit=1)
            assert "编号为3号" in view.passages(ids(hits))[hits[0].passage_id].text
            assert view.vectors(ids(hits)).shape == (1, 48)
        assert moved.update([inbox]).unchanged == 6
        with pytest.raises(ModelMismatch):
            archive.search_dense(ENCODER.encode_questions(["工程"])[0])


def test_a_model_that_fails_while_reencoding_changes_nothing(archive: Archive, inbox: Path, tmp_path: Path) -> None:
    class Failing(HashEncoder):
        def encode_passages(self, texts):  # type: ignore[no-untyped-def]
            if any("编号为4号" in text for text in texts):
                raise ModelError("the model is out of order")
            return super().encode_passages(texts)

    archive.update([inbox])
    before, hits = said(archive, tmp_path), both_legs(archive, "工程历时几个月")
    with pytest.raises(ModelError):
        archive.reencode(Failing(name="failing"))
    assert said(archive, tmp_path) == before
    assert both_legs(archive, "工程历时几个月") == hits
    assert archive.check().problems == ()
    assert archive.update([inbox]).unchanged == 6
    assert archive.check().problems == ()


def test_what_is_printed_is_read_back(archive: Archive, inbox: Path) -> None:
    archive.update([inbox])
    with archive.view() as view:
        issues = view.issues()
        assert [issue.date for issue in issues] == sorted(issue.date for issue in issues if issue.date)
        assert [issue.articles for issue in issues] == [2] * 6
        assert view.issues_of("2021-01-03") == [issues[2]]
        assert view.issue(issues[2].id) == issues[2]
        assert [(day.date, day.pages, day.articles) for day in view.printed()] == [(i.date, 1, 2) for i in issues]
        articles = view.articles(issues[2].id)
        assert [article.ordinal for article in articles] == [1, 2]
        assert articles[0].authors == ("张晓明", "李红")
        passages = view.article_passages(articles[0].id)
        assert [passage.text for passage in passages] == [paragraph.text for paragraph in articles[0].paragraphs]
        masthead = view.article(f"{issues[2].id}-a00")
        assert masthead is not None
        assert masthead.headline is None
        assert masthead.paragraphs
        sample = view.sample(4)
        assert len({article.id for article in sample}) == 4
        assert all(article.headline for article in sample)
        assert view.sample(4) == sample
        assert len(view.sample(99)) == 12
        vectors = view.vectors([passage.id for passage in passages])
    texts = [f"{passage.context}\n{passage.text}" for passage in passages]
    assert np.allclose(vectors, ENCODER.encode_passages(texts), atol=1e-3)


def test_articles_that_tell_how_sure_their_recognition_is_are_known(archive: Archive, inbox: Path) -> None:
    archive.update([inbox, SCAN])
    with archive.view() as view:
        articles = [article for issue in view.issues() for article in view.articles(issue.id)]
        sure = {each.id for each in articles if any(paragraph.quality is not None for paragraph in each.paragraphs)}
        assert sure and len(sure) < len(articles)
        assert view.recognised([*(article.id for article in articles), "nothing-of-this-id"]) == sure
        assert view.recognised([]) == set()


def test_one_by_one_equals_all_at_once(place: str, tmp_path: Path) -> None:
    write_pages(tmp_path / "in", range(8))
    fresh_place = place.replace("archive", "fresh")
    with Archive.open(place, encoder=ENCODER) as grown, Archive.open(fresh_place, encoder=ENCODER) as fresh:
        for path in sorted((tmp_path / "in").iterdir()):
            grown.update([path])
        fresh.update([tmp_path / "in"])
        assert said(grown, tmp_path) == said(fresh, tmp_path)
        for question in ("图书馆建成开放", "工程历时几个月", "编号为7号"):
            for one, other in zip(both_legs(grown, question), both_legs(fresh, question), strict=True):
                assert ids(one) == ids(other)
                assert [hit.score for hit in one] == pytest.approx([hit.score for hit in other], abs=1e-4)


def test_two_pages_of_one_name_both_stay(archive: Archive, tmp_path: Path) -> None:
    write_pages(tmp_path / "in", [5])
    other = page_text(5).replace("编号为5号", "编号为五号")
    archive.update([tmp_path / "in"])
    with archive.view() as view:
        plain = view.issues()[0].id
    (tmp_path / "in" / "second.txt").write_text(other, encoding="utf-8")
    assert archive.update([tmp_path / "in"]).added == 1
    with archive.view() as view:
        names = sorted(issue.id for issue in view.issues())
        assert len(set(names)) == 2
        assert all(name.startswith(plain) for name in names)
        texts = {
            passage.text for name in names for article in view.articles(name) for passage in view.article_passages(article.id)
        }
    assert any("编号为五号" in text for text in texts)
    assert any("编号为5号" in text for text in texts)
    assert archive.check().problems == ()
    assert archive.remove([str(tmp_path / "in" / "second.txt")]).removed == 1
    with archive.view() as view:
        assert [issue.id for issue in view.issues()] == [plain]
    assert archive.check().problems == ()


def test_an_export_is_taken_into_another_archive(archive: Archive, inbox: Path, tmp_path: Path) -> None:
    archive.update([inbox])
    before = said(archive, tmp_path)
    with Archive.open(tmp_path / "other", encoder=ENCODER) as other:
        assert other.take_export(tmp_path / "export.jsonl").added == 6
        assert said(other, tmp_path) == before


def test_printings_of_a_report_know_each_other(archive: Archive) -> None:
    report = "本报讯 昨日上午，全市农村饮水安全工程现场推进会在城西水厂召开，会议要求年底前完成全部管网改造任务。"
    near = report.replace("城西", "城东")
    archive.take(
        [
            draft("later", [report], newspaper="晚报", date="2021-03-02"),
            draft("first", [near], newspaper="日报", date="2021-03-01"),
            draft("apart", ["市民李某昨天在河边拾得一个钱包，内有现金三千余元和银行卡数张，随即交给了附近的派出所民警。"]),
        ]
    )
    with archive.view() as view:
        found = view.printings(["later-p1-a01-s01", "first-p1-a01-s01", "apart-p1-a01-s01"])
        assert found == {"later-p1-a01-s01": ("first-p1-a01-s01",), "first-p1-a01-s01": ("later-p1-a01-s01",)}
    archive.remove(["first"])
    with archive.view() as view:
        assert view.printings(["later-p1-a01-s01"]) == {}
