"""People ask while another process updates: no error, nothing torn, and the new issue is found without opening again."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

from index.archive import Archive
from tests.index.storage.sample import HashEncoder, page_text, terms, write_pages

ROOT = Path(__file__).resolve().parents[2]
ENCODER = HashEncoder()


def ask(archive: Archive, asked: list[int], errors: list[BaseException], stop: threading.Event) -> None:
    """Ask on and on; a page's number stands in its text and in its issue number, so a torn answer shows."""
    try:
        while not stop.is_set():
            with archive.view() as view:
                vector = ENCODER.encode_questions(["工程编号"])[0]
                hits = view.search_lexical(terms("工程编号"), limit=30) + view.search_dense(vector, limit=30)
                passages = view.passages([hit.passage_id for hit in hits])
                assert {hit.passage_id for hit in hits} == passages.keys()
                for passage in passages.values():
                    article = view.article(passage.article_id)
                    assert article is not None
                    if "编号为" in passage.text:
                        number = int(passage.text.split("编号为")[1].split("号")[0])
                        assert article.issue_number == 1000 + number
                asked.append(view.sequence)
    except BaseException as error:  # noqa: BLE001 - a thread must hand its failure over
        errors.append(error)


def test_asking_while_another_process_updates(tmp_path: Path) -> None:
    inbox, folder = tmp_path / "inbox", tmp_path / "archive"
    write_pages(inbox, range(10))
    with Archive.open(folder, encoder=ENCODER) as archive:
        archive.update([inbox])
        write_pages(inbox, range(10, 60))
        for number in range(5):
            (inbox / f"page{number:04d}.txt").write_text(page_text(number + 100), encoding="utf-8")
        asked: list[int] = []
        errors: list[BaseException] = []
        stop = threading.Event()
        threads = [threading.Thread(target=ask, args=(archive, asked, errors, stop)) for _ in range(4)]
        for thread in threads:
            thread.start()
        command = [sys.executable, "-m", "tests.faults.updater", str(folder), str(inbox), "0"]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr
        deadline = time.monotonic() + 30
        while 65 not in asked[-20:] and not errors and time.monotonic() < deadline:
            time.sleep(0.02)
        stop.set()
        for thread in threads:
            thread.join()
        assert errors == []
        assert len(set(asked)) > 2, "no question was asked during the update"
        assert asked[-1] == 65
        with archive.view() as view:
            found = view.passages([hit.passage_id for hit in view.search_lexical(terms("编号为55号"), limit=5)])
            assert any("编号为55号" in passage.text for passage in found.values())
        assert archive.check().ok
