from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

from index.archive import Archive
from index.errors import ArchiveError
from index.schema import UpdateReport
from qa.api.app import Limits, create_app
from qa.api.uploads import MAX_UPLOAD, Progress, Uploads, safe_name
from qa.assistant import Assistant

KEY = "the-key-of-the-editor"
SHOWN = {"authorization": f"Bearer {KEY}"}
PAGE = "北河晚报\n2024年3月5日 星期二 第2版\n渡口大桥通车\n本报讯（记者 林远舟）3月4日，渡口大桥正式通车，全长1260米。\n".encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


@pytest.fixture
def client(folder: Path) -> Iterator[TestClient]:
    """A server over an archive that is not there yet, whose updates are the archive's own."""

    def take(paths: Sequence[Path], *, progress: Progress) -> UpdateReport:
        with Archive.open(folder) as archive:
            return archive.update(paths, progress=progress)

    app = create_app(
        lambda: Assistant.open(folder), limits=Limits(update_key=KEY), warm=False, uploads=Uploads(folder / "uploads", take)
    )
    with TestClient(app, base_url="http://127.0.0.1:7860") as opened:
        yield opened


def test_what_is_sent_is_asked_for_in_the_next_breath(client: TestClient, folder: Path) -> None:
    sent = client.post("/api/update", files={"files": ("page.txt", PAGE)}, headers=SHOWN)
    assert sent.status_code == 200
    assert sent.json() == {
        "added": 1,
        "replaced": 0,
        "unchanged": 0,
        "removed": 0,
        "skipped": [],
        "sequence": sent.json()["sequence"],
    }
    answer = client.get("/api/ask", params={"question": "渡口大桥全长多少米？"}).json()
    assert "1260米" in answer["citations"][0]["quote"]
    assert [issue["source"] for issue in client.get("/api/issues").json()["issues"]] == ["page.txt"]
    with Archive.open(folder) as archive:
        assert archive.check().ok


def test_the_same_name_replaces_and_the_body_alone_will_do(client: TestClient) -> None:
    assert client.post("/api/update?name=page.txt", content=PAGE, headers=SHOWN).json()["added"] == 1
    longer = PAGE.replace(b"1260", b"1380")
    assert client.post("/api/update?name=page.txt", content=longer, headers=SHOWN).json()["replaced"] == 1
    assert "1380米" in client.get("/api/ask", params={"question": "渡口大桥全长多少米？"}).json()["text"]
    assert client.get("/api/stats").json()["sources"] == 1


def test_what_cannot_be_read_is_named_and_not_kept_and_the_old_stays(client: TestClient, folder: Path) -> None:
    client.post("/api/update?name=page.txt", content=PAGE, headers=SHOWN)
    files = [
        ("files", ("page.txt", b"\x00\x01\x02binary\x00")),
        ("files", ("b.exe", b"MZ")),
        ("files", ("c.txt", PAGE + "又讯。".encode())),
    ]
    report = client.post("/api/update", files=files, headers=SHOWN).json()
    assert [item["source"] for item in report["skipped"]] == ["page.txt", "b.exe"]
    assert all(str(folder) not in item["reason"] for item in report["skipped"])
    assert report["added"] == 1
    kept = sorted(path.name for path in (folder / "uploads").iterdir())
    assert kept == ["c.txt", "page.txt"]
    assert (folder / "uploads" / "page.txt").read_bytes() == PAGE


def test_a_name_never_leads_out_of_the_folder(client: TestClient, folder: Path) -> None:
    for name in ("../../evil.txt", "C:\\temp\\evil.txt", "/etc/evil.txt"):
        assert safe_name(name) == "evil.txt"
        assert client.post("/api/update", params={"name": name}, content=PAGE, headers=SHOWN).status_code == 200
    assert [path.name for path in (folder / "uploads").iterdir()] == ["evil.txt"]
    assert sorted(path.name for path in folder.parent.iterdir()) == ["archive"]


UNFIT = [
    None,
    "",
    ".",
    "..",
    ".hidden.txt",
    "a\x00b.txt",
    "a:b.txt",
    "x" * 300 + ".txt",
    "nul.txt",
    "报" * 80 + ".txt",
    "\ud800.txt",
]


@pytest.mark.parametrize("name", UNFIT)
def test_names_unfit_for_a_file_are_refused(name: str | None) -> None:
    with pytest.raises(HTTPException, match="name:") as refused:
        safe_name(name)
    assert refused.value.status_code == 422


def test_only_the_key_in_a_header_changes_the_archive(client: TestClient, folder: Path) -> None:
    for headers in ({}, {"authorization": "Bearer wrong"}, {"x-api-key": KEY + "x"}, {"cookie": f"wenbao_key={KEY}"}):
        assert client.post("/api/update?name=a.txt", content=PAGE, headers=headers).status_code == 401
    assert client.get("/api/update", headers=SHOWN).status_code in (404, 405)
    assert not folder.exists()


def test_a_server_without_a_key_takes_nothing_in(client_for: Callable[..., TestClient]) -> None:
    from tests.qa.chat.fake_assistant import FakeAssistant

    refused = client_for(FakeAssistant()).post("/api/update?name=a.txt", content=PAGE, headers=SHOWN)
    assert refused.status_code == 403
    assert "WENBAO_UPDATE_KEY" in refused.json()["error"]


def test_too_much_is_refused_announced_or_not(client: TestClient, folder: Path) -> None:
    announced = client.post("/api/update?name=a.txt", content=b"x", headers={**SHOWN, "content-length": str(MAX_UPLOAD + 1)})
    assert announced.status_code == 413

    def pieces() -> Iterator[bytes]:
        for _ in range(MAX_UPLOAD // 1_000_000 + 2):
            yield b"x" * 1_000_000

    unannounced = client.post("/api/update?name=a.txt", content=pieces(), headers=SHOWN)
    assert unannounced.status_code == 413
    assert unannounced.json() == {"error": "the request is larger than 64 MB"}
    many = [("files", (f"{number}.txt", b"x")) for number in range(101)]
    assert client.post("/api/update", files=many, headers=SHOWN).status_code in (400, 413, 422)
    assert client.post("/api/update", files=[("files", ("a.txt", PAGE))] * 2, headers=SHOWN).status_code == 422
    assert client.post("/api/update", data={"note": "no file"}, files={}, headers=SHOWN).status_code == 422
    assert not folder.exists()


def test_a_second_upload_at_once_is_told_to_come_again(tmp_path: Path) -> None:
    began, gate = threading.Event(), threading.Event()

    def take(paths: Sequence[Path], *, progress: Progress) -> UpdateReport:
        began.set()
        assert gate.wait(10)
        return UpdateReport(len(paths), 0, 0, 0, (), 1)

    app = create_app(
        lambda: Assistant.open(tmp_path / "none"),
        limits=Limits(update_key=KEY),
        warm=False,
        uploads=Uploads(tmp_path / "in", take),
    )
    with TestClient(app, base_url="http://127.0.0.1:7860") as client:
        statuses: list[int] = []

        def send() -> None:
            statuses.append(client.post("/api/update?name=a.txt", content=PAGE, headers=SHOWN).status_code)

        first = threading.Thread(target=send)
        first.start()
        assert began.wait(10)
        second = client.post("/api/update?name=b.txt", content=PAGE, headers=SHOWN)
        assert second.status_code == 409
        assert "another update is running" in second.json()["error"]
        gate.set()
        first.join(10)
    assert statuses == [200]


def test_what_fails_half_way_leaves_the_files_as_they_were(tmp_path: Path) -> None:
    def take(paths: Sequence[Path], *, progress: Progress) -> UpdateReport:
        raise ArchiveError("the disk is full")

    (tmp_path / "a.txt").write_bytes(b"old")
    app = create_app(
        lambda: Assistant.open(tmp_path / "none"), limits=Limits(update_key=KEY), warm=False, uploads=Uploads(tmp_path, take)
    )
    with TestClient(app, base_url="http://127.0.0.1:7860") as client:
        failed = client.post("/api/update", files=[("files", ("a.txt", PAGE)), ("files", ("b.txt", PAGE))], headers=SHOWN)
    assert (failed.status_code, failed.json()) == (503, {"error": "the disk is full"})
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.txt", b"old")]
