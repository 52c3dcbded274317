from __future__ import annotations

import io
import json
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

from index.archive import Archive
from index.errors import ArchiveError
from index.schema import UpdateReport
from qa.api.adding import Adding
from qa.api.app import Limits, create_app
from qa.api.uploads import Progress, Upload, Uploads
from qa.assistant import Assistant
from qa.chat.feedback import Feedback
from tests.qa.chat.fake_assistant import MEETING, FakeAssistant

KEY = "the-key-of-the-keeper"
HERE = {"x-wenbao-page": "1"}
PAGE = "北河晚报\n2024年3月5日 星期二 第2版\n渡口大桥通车\n本报讯（记者 林远舟）3月4日，渡口大桥正式通车，全长1260米。\n".encode()
Made = Callable[..., TestClient]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    """Make clients of servers over an archive that is not there yet."""
    opened: list[TestClient] = []
    folder = tmp_path / "archive"

    def take(paths: Sequence[Path], *, progress: Progress) -> UpdateReport:
        with Archive.open(folder) as archive:
            return archive.update(paths, progress=progress)

    def plan(paths: Sequence[Path]) -> Mapping[str, bool]:
        with Archive.open(folder) as archive:
            return archive.plan(paths).take

    def make(*, limits: Limits | None = None, client: str = "127.0.0.1", assistant: FakeAssistant | None = None) -> TestClient:
        folder.mkdir(exist_ok=True)
        app = create_app(
            lambda: assistant or Assistant.open(folder),
            limits=limits,
            warm=False,
            uploads=Uploads(folder / "uploads", take, plan),
            feedback=Feedback(folder / "feedback.jsonl"),
        )
        opened.append(TestClient(app, base_url="http://127.0.0.1:7860", client=(client, 50000)))
        opened[-1].__enter__()
        return opened[-1]

    yield make
    for client in opened:
        client.__exit__(None, None, None)


def stage(client: TestClient, *files: tuple[str, bytes], headers: Mapping[str, str] = HERE) -> Any:
    return client.post("/page/adding", files=[("files", file) for file in files], headers=dict(headers))


def taken(client: TestClient, token: str) -> Any:
    """Confirm a batch and wait for its end."""
    state = client.post(f"/page/adding.take?token={token}", headers=HERE).json()
    for _ in range(200):
        if state["state"] != "running":
            return state
        time.sleep(0.05)
        state = client.get(f"/page/adding?token={token}", headers=HERE).json()
    raise AssertionError("it never ended")


def test_a_page_is_looked_at_confirmed_and_asked_about(made: Made, tmp_path: Path) -> None:
    client = made()
    assert client.get("/page/habits").json() == {"adding": "open", "feedback": True}
    plan = stage(client, ("page.txt", PAGE), ("a.exe", b"MZ")).json()
    assert plan["wanted"] == 1
    assert "渡口大桥通车" in plan["shown"]
    assert "&#46;exe" in plan["shown"]
    assert str(tmp_path) not in plan["shown"]
    with pytest.raises(ArchiveError):
        Archive.open(tmp_path / "archive", must_exist=True)  # nothing was taken in yet
    ended = taken(client, plan["token"])
    assert ended["state"] == "done"
    assert "2024年3月5日" in ended["held"]
    assert "1260米" in client.get("/api/ask", params={"question": "渡口大桥全长多少米？"}).json()["text"]
    assert sorted(path.name for path in (tmp_path / "archive" / "uploads").iterdir()) == ["page.txt"]

    again = stage(client, ("other.txt", PAGE)).json()
    assert again["wanted"] == 0
    assert "档案里已有" in again["shown"]
    longer = stage(client, ("page.txt", PAGE.replace(b"1260", b"1380"))).json()
    assert "替换先前的同名文件" in longer["shown"]
    client.post(f"/page/adding.drop?token={longer['token']}", headers=HERE)
    assert client.post(f"/page/adding.take?token={longer['token']}", headers=HERE).status_code == 404
    assert "1260米" in client.get("/api/ask", params={"question": "渡口大桥全长多少米？"}).json()["text"]


def refused(opened: TestClient, client: str, headers: dict[str, str]) -> set[int]:
    """Return the statuses that the routes of adding give to one client."""
    other = TestClient(opened.app, base_url="http://127.0.0.1:7860", client=(client, 50000))
    none = "0" * 32
    replies = [
        stage(other, ("page.txt", PAGE), headers=headers),
        other.post(f"/page/adding.take?token={none}", headers=headers),
        other.post(f"/page/adding.drop?token={none}", headers=headers),
        other.get(f"/page/adding?token={none}", headers=headers),
    ]
    return {reply.status_code for reply in replies}


def test_without_keys_only_the_page_on_this_machine_adds(made: Made) -> None:
    opened = made()
    assert refused(opened, "127.0.0.1", {}) == {403}
    assert refused(opened, "192.168.1.7", HERE) == {403}
    assert refused(opened, "127.0.0.1", {**HERE, "x-forwarded-for": "203.0.113.9"}) == {403}
    assert refused(opened, "127.0.0.1", {**HERE, "origin": "http://evil.example"}) == {403}
    assert refused(opened, "127.0.0.1", {**HERE, "host": "evil.example"}) == {400}
    assert refused(opened, "::1", HERE) == {200, 404}


def test_with_a_key_only_who_shows_it_adds(made: Made) -> None:
    opened = made(limits=Limits(update_key=KEY))
    assert refused(opened, "127.0.0.1", HERE) == {401}
    assert refused(opened, "127.0.0.1", {**HERE, "authorization": "Bearer wrong"}) == {401}
    assert refused(opened, "192.168.1.7", {"authorization": f"Bearer {KEY}"}) == {200, 404}


def test_names_and_tokens_stay_inside(made: Made, tmp_path: Path) -> None:
    client = made()
    long = "长" * 90 + ".txt"
    for name in ("../../etc/passwd.txt", "..", ".hidden", "con.txt", "a\x00b.txt", "replaced", long):
        assert stage(client, (name, PAGE)).status_code in (200, 422)
    assert [path for path in tmp_path.rglob("*passwd*") if ".staged-" not in str(path)] == []
    for token in ("", "..", "../uploads", "0" * 64, "%2e%2e"):
        assert client.get("/page/adding", params={"token": token}, headers=HERE).status_code == 404


def test_staged_files_do_not_pile_up(tmp_path: Path) -> None:
    seconds = [0.0]
    adding = Adding(Uploads(tmp_path, lambda paths, *, progress: UpdateReport(0, 0, 0, 0, (), 0)), clock=lambda: seconds[0])
    (tmp_path / ".staged-left").mkdir()
    tokens = [adding.stage([Upload("page.txt", io.BytesIO(PAGE))]).token for _ in range(6)]
    assert len(list(tmp_path.glob(".staged-*"))) == 4
    assert [adding.batch(token) is None for token in tokens] == [True, True, False, False, False, False]
    seconds[0] = 4000.0
    adding.stage([Upload("page.txt", io.BytesIO(PAGE))])
    assert len(list(tmp_path.glob(".staged-*"))) == 1


def test_a_failure_is_told_in_words_and_leaves_nothing(tmp_path: Path) -> None:
    def take(paths: Sequence[Path], *, progress: Progress) -> UpdateReport:
        raise ArchiveError("the disk is full")

    adding = Adding(Uploads(tmp_path, take))
    batch = adding.stage([Upload("page.txt", io.BytesIO(PAGE))])
    adding.start(batch.token)
    for _ in range(100):
        if batch.state != "running":
            break
        threading.Event().wait(0.02)
    assert (batch.state, batch.problem) == ("failed", "the disk is full")
    assert list(tmp_path.iterdir()) == []


def span(assistant: FakeAssistant) -> dict[str, Any]:
    return {"number": 1, "passage": assistant.passages(MEETING.id)[1].id, "start": 0, "end": 8, "marks": [[2, 4]]}


def test_a_conversation_is_handed_out_as_a_file(made: Made) -> None:
    assistant = FakeAssistant()
    client = made(assistant=assistant)
    body = {"language": "zh", "exchanges": [{"question": "四个环节？", "spans": [span(assistant)]}, {"question": "没有的事"}]}
    text = client.post("/page/export", json={**body, "format": "markdown"})
    assert MEETING.paragraphs[1].text[:8] in text.text.replace("\\", "")
    assert "filename*=UTF-8''" in text.headers["content-disposition"]
    assert unquote(text.headers["content-disposition"]).endswith("四个环节？.md")
    assert zipfile.ZipFile(io.BytesIO(client.post("/page/export", json={**body, "format": "docx"}).content)).testzip() is None
    assert "@article{" in client.post("/page/export", json={**body, "format": "bibtex"}).text
    unfit: list[dict[str, Any]] = [{"format": "exe"}, {"exchanges": []}, {"title": "x" * 201}, {"more": 1}]
    for wrong in unfit:
        assert client.post("/page/export", json={**body, "format": "ris", **wrong}).status_code == 422
    forged = {
        **body,
        "format": "markdown",
        "exchanges": [{"question": "?", "spans": [{**span(assistant), "passage": "no-such"}]}],
    }
    assert "已不在档案中" in client.post("/page/export", json=forged).text


def test_a_word_on_a_source_is_kept_and_nothing_else(made: Made, tmp_path: Path) -> None:
    assistant = FakeAssistant()
    client = made(assistant=assistant)
    place = {key: value for key, value in span(assistant).items() if key not in ("number", "marks")}
    body = {"question": "四个环节？", **place, "verdict": "wrong", "answered": True}
    assert client.post("/page/feedback", json=body).status_code == 200
    for wrong in ({"passage": "no-such"}, {"end": 99_999}, {"start": 8}):
        assert client.post("/page/feedback", json={**body, **wrong}).status_code == 404
    for wrong in ({"verdict": "maybe"}, {"question": ""}, {"quote": "forged"}):
        assert client.post("/page/feedback", json={**body, **wrong}).status_code == 422
    lines = (tmp_path / "archive" / "feedback.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["wrong"]


def test_where_everyone_is_let_in_no_feedback_is_kept(made: Made) -> None:
    assistant = FakeAssistant()
    client = made(assistant=assistant, limits=Limits(hosts=None))
    assert client.get("/page/habits").json() == {"adding": "closed", "feedback": False}
    place = {key: value for key, value in span(assistant).items() if key not in ("number", "marks")}
    body = {"question": "四个环节？", **place, "verdict": "right", "answered": True}
    assert client.post("/page/feedback", json=body).status_code == 403
