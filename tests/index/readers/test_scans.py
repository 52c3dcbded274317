"""Pictures of pages come back with their articles: committed scans, faults, and pages printed on the spot."""

from __future__ import annotations

import builtins
import io
import itertools
import random
import socket
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from index.errors import ReadError
from index.parsing import parse_page
from index.readers import find_sources, read_file
from index.readers.scans import pictures
from tests.index.parsing.generator.content import Writer
from tests.index.readers import printed

SCANS = Path(__file__).parent / "samples" / "scans"


def stories(name: str) -> list[list[str]]:
    """The printed text: a headline and its paragraphs, by story."""
    return [story.split("\n") for story in (SCANS / name).read_text(encoding="utf-8").strip().split("\n\n")]


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("a connection was opened")

    pytest.importorskip("rapidocr")
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("scans/two_columns.tif", "two_columns.txt"),
        pytest.param("scans/four_columns.jpg", "four_columns.txt", marks=pytest.mark.slow),
        pytest.param("chromium_scan.pdf", "two_columns.txt", marks=pytest.mark.slow),
    ],
)
def test_a_scan_comes_back_with_its_articles(name: str, text: str) -> None:
    [page] = read_file(SCANS.parent / name).pages
    wanted = stories(text)
    assert printed.coverage("\n".join(line for story in wanted for line in story), page.text) >= 0.97
    issue = parse_page(page)
    assert [article.headline for article in issue.articles] == [story[0] for story in wanted]
    assert [len(article.paragraphs) for article in issue.articles] == [len(story) - 1 for story in wanted]
    lines = page.text.split("\n")
    assert [bool(line) for line in lines] == [sure is not None for sure in page.metadata["quality"]]
    assert 0.9 < page.metadata["ocr_confidence"] <= 1.0


def blank(size: tuple[int, int] = (600, 800)) -> Image.Image:
    return Image.new("L", size, 255)


def saved(picture: Image.Image, path: Path, **options: Any) -> Path:
    picture.save(path, **options)
    return path


@pytest.mark.usefixtures("offline")
def test_an_empty_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no text that can be recognised"):
        read_file(saved(blank(), tmp_path / "a.png"))


@pytest.mark.parametrize(
    ("picture", "reason"),
    [
        (blank((60, 90)), "too small"),
        (Image.new("1", (10_000, 8_100)), "million dots"),
        (Image.new("1", (30_000, 30_000)), "million dots"),
    ],
)
def test_pictures_of_odd_size_are_refused(tmp_path: Path, picture: Image.Image, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        read_file(saved(picture, tmp_path / "a.png"))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("suffix", pictures.SUFFIXES)
def test_what_is_no_whole_picture_is_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"\x00\x01 no picture" * 50)
    with pytest.raises(ReadError, match="is no picture"):
        read_file(path)
    data = io.BytesIO()
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (600, 500), dtype=np.uint8))
    noise.save(data, format=Image.registered_extensions()[suffix])
    path.write_bytes(data.getvalue()[: len(data.getvalue()) // 2])
    with pytest.raises(ReadError, match=r"damaged|no picture"):
        list(pictures.frames(path.read_bytes(), "a"))


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16", "CMYK"])
def test_every_kind_of_dots_becomes_dark_on_light(mode: str) -> None:
    page = blank()
    page.paste(0, (100, 100, 300, 130))
    made = Image.fromarray(np.asarray(page, dtype=np.uint16) * 257) if mode == "I;16" else page.convert(mode)
    data = io.BytesIO()
    made.save(data, format="TIFF" if mode == "CMYK" else "PNG")
    [frame] = pictures.frames(data.getvalue(), "a")
    assert frame.mode == "L"
    assert frame.getpixel((10, 10)) == pytest.approx(255, abs=3)
    assert frame.getpixel((200, 115)) == pytest.approx(0, abs=3)


def test_a_negative_is_turned_into_a_positive() -> None:
    data = io.BytesIO()
    Image.new("L", (600, 800), 10).save(data, format="PNG")
    [frame] = pictures.frames(data.getvalue(), "a")
    assert frame.getpixel((5, 5)) == 245


def test_every_page_of_a_tiff_is_a_frame() -> None:
    data = io.BytesIO()
    blank().save(data, format="TIFF", save_all=True, append_images=[blank(), blank()])
    assert len(list(pictures.frames(data.getvalue(), "a"))) == 3


@pytest.mark.parametrize("module", ["rapidocr", "onnxruntime"])
@pytest.mark.parametrize("name", ["scans/two_columns.tif", "chromium_scan.pdf"])
def test_the_extra_that_is_missing(name: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = builtins.__import__

    def refuse(wanted: str, *args: Any, **kwargs: Any) -> Any:
        if wanted.split(".")[0] == module:
            raise ImportError(f"No module named '{module}'")
        return found(wanted, *args, **kwargs)

    for loaded in [each for each in sys.modules if each.split(".")[0] == module]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(ReadError, match="is a scan, a picture of text") as caught:
        read_file(SCANS.parent / name)
    assert str(caught.value).endswith('run: pip install "wenbao[ocr]"')


def test_pictures_of_a_saved_web_page_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "news.html").write_text("<h1>河水清了</h1><p>鱼多了。</p>", encoding="utf-8")
    (tmp_path / "news_files").mkdir()
    saved(blank(), tmp_path / "news_files" / "photo.png")
    found, skipped = find_sources([tmp_path])
    assert [path.name for path in found] == ["news.html"]
    assert [item.reason for item in skipped] == ["is a picture of a saved web page; give it by itself if it is a scan"]


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.timeout(600)
@pytest.mark.skipif(printed.chromium() is None or not printed.has_chinese_font(), reason="needs Chromium and a Chinese font")
@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("columns", [2, 4])
def test_a_page_printed_now(tmp_path: Path, columns: int) -> None:
    """A headline whose last line is one lone character is left out: the detector of the library misses that line."""
    layout = printed.Layout(columns)
    pages = (Writer("zh").stories(random.Random(seed), 3) for seed in itertools.count(columns))
    told = next(stories for stories in pages if not printed.leaves_one_alone(stories, layout))
    page = printed.read_printed(told, layout, printed.Scan(), tmp_path, columns)
    assert printed.coverage(printed.printed_text(told), page.text) >= 0.97
    assert printed.articles_found(told, parse_page(page)) == 1.0
