"""Mutated files of every format: pages or a ReadError in one line, never another error, never a hang."""

from __future__ import annotations

import io
import os
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from index.errors import ParseError, ReadError
from index.parsing import parse_page
from index.readers import read_file, scans

SAMPLES = Path(__file__).parent / "samples"
SLOWEST_S = 10.0
FORMATS = (
    "american_stories.jsonl",
    "2013-01/12/nw.D110000qhrb_20130112_2-04.htm",
    "founder.html",
    "libreoffice.docx",
    "issue/alto/0001.xml",
    "page.xml",
    "chromium_three_columns.pdf",
    "libreoffice_two_columns.pdf",
    "tesseract_alto.xml",
    "tesseract.hocr",
    "enp.html",
    "infozip_gbk.zip",
    "scans/two_columns.tif",
    "a.png",
    "a.jpg",
    "a.webp",
    "a.jp2",
    "a.bmp",
    "a.zip",
    "a.json",
    "a.md",
    "a.txt",
    "issue.yaml",
    "selectors.yaml",
)
PICTURES = ("a.png", "a.jpg", "a.webp", "a.jp2", "a.bmp")
TEXT = "清河日报 2023年3月16日 第2版\n\n河水清了\n\n河水清了，鱼多了，天天有人在河边看鱼，也有人在河边的树下写字。\n" * 3
SIDECARS = {
    "issue.yaml": "paper: 清河日报\ndate: 2023-03-16\nregion: {city: 聊城市}\naliases: [清河报]\n",
    "selectors.yaml": "清河日报网:\n  body: div.article-text\n  headline: h1.title\n",
}
MARKDOWN = "---\npaper: 清河日报\ndate: 2023-03-16\n---\n### 河水清了\n\n<p>河水清了，鱼多了。</p><p>天天有人看河。</p>\n"
JSON = '{"paper": "清河日报", "date": "2023-03-16", "articles": [{"title": "河水清了", "authors": ["方同"], "text": "鱼多了。"}]}'
TOKENS = (
    b"<",
    b">",
    b"\x00",
    b"\xff\xfe",
    b"{",
    b"[[[[",
    b'"',
    b"&#x110000;",
    b"&#xd800;",
    b"]]>",
    b"<!--",
    b"-1",
    b"1e999",
    b"\\ud800",
)


def original(name: str) -> bytes:
    if name == "a.md":
        return MARKDOWN.encode()
    if name == "a.json":
        return JSON.encode()
    if name == "a.txt":
        return TEXT.encode("gb18030")
    if name in SIDECARS:
        return SIDECARS[name].encode()
    if name in PICTURES:
        return picture(Path(name).suffix)
    if name != "a.zip":
        return (SAMPLES / name).read_bytes()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in ("page.xml", "founder.html", "libreoffice.docx", "american_stories.jsonl"):
            archive.write(SAMPLES / each, each)
    return packed.getvalue()


def picture(suffix: str) -> bytes:
    """A small page in grey, with a gradient so that no packing makes it tiny."""
    page = Image.linear_gradient("L").resize((300, 420))
    data = io.BytesIO()
    page.save(data, format=Image.registered_extensions()[suffix])
    return data.getvalue()


def flip(data: bytearray, chance: random.Random) -> bytearray:
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return data


def cut(data: bytearray, chance: random.Random) -> bytearray:
    return data[: chance.randrange(len(data))]


def drop(data: bytearray, chance: random.Random) -> bytearray:
    start = chance.randrange(len(data))
    del data[start : start + chance.randint(1, 400)]
    return data


def repeat(data: bytearray, chance: random.Random) -> bytearray:
    start = chance.randrange(len(data))
    return data[:start] + data[start : start + chance.randint(1, 200)] * chance.randint(2, 60) + data[start:]


def insert(data: bytearray, chance: random.Random) -> bytearray:
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(len(data))
        data[start:start] = chance.choice(TOKENS) * chance.randint(1, 30)
    return data


MUTATIONS: tuple[Callable[[bytearray, random.Random], bytearray], ...] = (flip, cut, drop, repeat, insert)


def written(path: Path, name: str, data: bytearray) -> Path:
    """Write a mutated file and return what to read: a sidecar is read with the page it stands beside."""
    for sidecar in SIDECARS:
        (path.parent / sidecar).unlink(missing_ok=True)
    if name not in SIDECARS:
        path.write_bytes(data)
        return path
    (path.parent / name).write_bytes(data)
    page = path.parent / "page.html"
    page.write_text("<h1 class=title>题</h1><div class=article-text><p>河水清了，鱼多了。</p></div>", encoding="utf-8")
    return page


def mutate_and_read(tmp_path: Path, count: int, seed: int) -> dict[str, int]:
    chance = random.Random(seed)
    originals = {name: original(name) for name in FORMATS}
    outcomes = {"read": 0, "refused": 0}
    for number in range(count):
        name = FORMATS[number % len(FORMATS)]
        data = bytearray(originals[name])
        for mutation in chance.sample(MUTATIONS, chance.randint(1, 2)):
            data = mutation(data, chance) or bytearray(b" ")
        path = written(tmp_path / f"mutated{Path(name).suffix}", name, data)
        started = time.process_time()
        try:
            for page in read_file(path).pages:
                parse_page(page)
            outcomes["read"] += 1
        except (ReadError, ParseError) as error:
            assert "\n" not in str(error), (seed, number)
            outcomes["refused"] += 1
        except Exception as error:
            raise AssertionError(f"seed {seed}, file {number} ({name})") from error
        assert time.process_time() - started < SLOWEST_S, (seed, number, name)
    return outcomes


@pytest.fixture(autouse=True)
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF that lost its text is a scan, and recognising thousands of those takes hours; pictures are opened, not read."""
    monkeypatch.setattr(scans, "read_picture", lambda picture, source: None)


def test_mutated_files(tmp_path: Path) -> None:
    outcomes = mutate_and_read(tmp_path, 500, seed=20260101)
    assert outcomes["read"] > 50
    assert outcomes["refused"] > 50


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.skipif(os.name == "nt", reason="measures memory in the way of Unix")
def test_ten_thousand_mutated_files(tmp_path: Path) -> None:
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcomes = mutate_and_read(tmp_path, 10_000, seed=7)
    assert sum(outcomes.values()) == 10_000
    # In a process of its own the whole stays under 600 MB; beside other tests, whatever they have used, what is added does.
    added = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert added < 500 * 1024


@pytest.mark.parametrize("suffix", [".txt", ".md", ".json", ".jsonl", ".html", ".docx", ".xml", ".pdf", ".zip"])
@pytest.mark.parametrize("data", [b"", b"\n \n", b"\x00" * 500, b"\xd0\xcf\x11\xe0" + b"x" * 600, bytes(range(256)) * 8])
def test_empty_and_binary(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read_file(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)
