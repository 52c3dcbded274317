"""Adding newspapers in a browser: chosen or dropped, looked at first, with a key or without, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from index.archive import Archive
from index.schema import UpdateReport
from qa.api.app import Limits
from qa.api.uploads import Progress, Uploads
from qa.assistant import Assistant
from tests.browser.conftest import BOTH, SIZES, Visitor, serving
from tests.qa.chat.fake_assistant import FakeAssistant

pytestmark = pytest.mark.browser

KEY = "the-key-of-the-keeper"
PAGE = "北河晚报\n2024年3月5日 星期二 第2版\n渡口大桥通车\n本报讯（记者 林远舟）3月4日，渡口大桥正式通车，全长1260米。\n"


def sent(name: str, text: str) -> dict[str, Any]:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


@contextmanager
def growing(folder: Path, limits: Limits | None = None) -> Iterator[str]:
    """Serve an archive that is not there yet and may be added to."""
    folder.mkdir()

    def take(paths: Sequence[Path], *, progress: Progress) -> UpdateReport:
        with Archive.open(folder) as archive:
            return archive.update(paths, progress=progress)

    def plan(paths: Sequence[Path]) -> Mapping[str, bool]:
        with Archive.open(folder) as archive:
            return archive.plan(paths).take

    with serving(lambda: Assistant.open(folder), limits=limits, uploads=Uploads(folder / "uploads", take, plan)) as address:
        yield address


@pytest.mark.parametrize("size", BOTH)
def test_an_empty_archive_takes_its_first_page_and_answers_from_it(visit: Visitor, tmp_path: Path, size: str) -> None:
    with growing(tmp_path / "archive") as address:
        reader = visit(address, size=size)
        page = reader.page
        page.locator(".wb-add").click()
        page.locator("#wb-add-files").set_input_files([sent("page.txt", PAGE), sent("a.exe", "MZ")])
        plan = page.locator("#wb-drawer .wb-plan")
        plan.wait_for()
        words = plan.inner_text()
        for printed in ("1 个新文件", "page.txt", "北河晚报", "2024年3月5日", "第2版", "渡口大桥通车", "1 个文件读不了", "a.exe"):
            assert printed in words
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.locator("#wb-drawer .wb-main-button").click()
        page.locator("#wb-drawer .wb-outcome").wait_for()
        assert "现在就可以问" in page.locator("#wb-drawer").inner_text()
        page.locator("#wb-drawer .wb-main-button").click()
        page.locator(".wb-welcome-held").wait_for(state="attached")
        reader.ask("渡口大桥全长多少米？")
        assert "1260米" in reader.answer().inner_text()


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_files_are_dropped_and_a_key_is_asked_for(visit: Visitor, tmp_path: Path, size: str) -> None:
    with growing(tmp_path / "archive", Limits(update_key=KEY)) as address:
        reader = visit(address, size=size)
        page = reader.page
        page.locator("body.wb-may-add").wait_for()
        drop = """(text) => {
            const data = new DataTransfer();
            data.items.add(new File([text], 'page.txt', { type: 'text/plain' }));
            for (const kind of ['dragenter', 'dragover', 'drop'])
                document.querySelector('#wb-question').dispatchEvent(
                    new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
        }"""
        page.evaluate(drop, PAGE)
        for key in ("not the key at all", KEY):
            page.locator("#wb-add-key").fill(key)
            page.locator("#wb-add-key").press("Enter")
            if key != KEY:
                page.locator("#wb-drawer .wb-problem").wait_for()
                assert "口令不对" in page.locator("#wb-drawer").inner_text()
        page.locator("#wb-drawer .wb-plan").wait_for()
        assert "渡口大桥通车" in page.locator("#wb-drawer").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.keyboard.press("Escape")
        page.locator("#wb-drawer").wait_for(state="hidden")
        reader.seen.errors.clear()  # the browser itself reports the 401


@pytest.mark.parametrize("size", BOTH)
def test_where_nothing_may_be_added_it_is_said(visit: Visitor, size: str) -> None:
    with serving(FakeAssistant()) as address:
        reader = visit(address, size=size)
        assert reader.page.locator(".wb-add").count() == 0
        assert "只供查阅" in reader.from_menu("add").inner_text()
