"""Zips: members of all kinds in memory, old Chinese names, and everything a hostile zip may try."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from index.errors import ReadError
from index.parsing import parse_page
from index.readers import read_file, zipped

TEXT = "河水清了\n\n本报讯（记者 方同）河水清了，人在河里能看到小田螺。\n".encode()
SAMPLES = Path(__file__).parent / "samples"


def pack(path: Path, members: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_members_of_all_kinds_with_sidecars_and_mets(tmp_path: Path) -> None:
    members = {
        "in/issue.yaml": "paper: 清河日报\n".encode(),
        "in/2023-03-16_02版.txt": TEXT,
        "in/b.docx": (SAMPLES / "libreoffice.docx").read_bytes(),
        "g/gazette_mets.xml": (SAMPLES / "issue/gazette_mets.xml").read_bytes(),
        "g/alto/0001.xml": (SAMPLES / "issue/alto/0001.xml").read_bytes(),
        "in/photo.gif": b"GIF89a",
        "__MACOSX/in/._a.txt": b"junk",
    }
    reading = read_file(pack(tmp_path / "a.zip", members))
    by_name = {page.source.rpartition("a.zip/")[2]: parse_page(page) for page in reading.pages}
    assert list(by_name) == ["g/alto/0001.xml", "in/2023-03-16_02版.txt", "in/b.docx"]
    first = by_name["in/2023-03-16_02版.txt"]
    assert (first.newspaper, first.date, first.page) == ("清河日报", "2023-03-16", "2")
    assert len(by_name["g/alto/0001.xml"].articles) == 2
    assert {Path(item.source).name: item.reason[:14] for item in reading.skipped} == {
        "photo.gif": "is a picture o",
    }
    assert not list(tmp_path.glob("in*"))


def test_names_of_chinese_windows(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    pack(path, {"XXXXXXXX_2023-03-16.txt": TEXT})
    path.write_bytes(path.read_bytes().replace(b"XXXXXXXX", "清河日报".encode("gb18030")))
    [page] = read_file(path).pages
    assert page.metadata["file_name"] == {"newspaper": "清河日报", "date": "2023-03-16"}


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "..\\out.txt", "C:/out.txt"])
def test_paths_that_lead_out(tmp_path: Path, name: str) -> None:
    reading = read_file(pack(tmp_path / "a.zip", {name: TEXT, "good.txt": TEXT}))
    assert [page.source[-8:] for page in reading.pages] == ["good.txt"]
    assert ["leads out" in item.reason for item in reading.skipped] == [True]


def test_links_and_zips_inside(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.txt", TEXT)
    path = pack(tmp_path / "a.zip", {"good.txt": TEXT, "inner.zip": inner.getvalue()})
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    reading = read_file(path)
    assert len(reading.pages) == 1
    assert sorted(item.reason.split(";")[0] for item in reading.skipped) == ["is a link", "is a zip inside a zip"]


def test_bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = {"bomb.txt": b"0" * 20_000_000, "good.txt": TEXT}
    reading = read_file(pack(tmp_path / "ratio.zip", bomb))
    assert [item.reason.split(";")[0] for item in reading.skipped] == ["grows too large when unpacked"]
    assert len(reading.pages) == 1

    monkeypatch.setattr(zipped, "MAX_TOTAL", 3 * len(TEXT))
    reading = read_file(pack(tmp_path / "total.zip", {f"{number}.txt": TEXT for number in range(9)}))
    assert (len(reading.pages), len(reading.skipped)) == (3, 6)

    monkeypatch.setattr(zipped, "MAX_MEMBERS", 5)
    with pytest.raises(ReadError, match="holds more than 5 files"):
        read_file(tmp_path / "total.zip")


def test_a_size_that_lies(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"bomb.txt": b"0" * 5_000_000, "good.txt": TEXT})
    data = path.read_bytes().replace((5_000_000).to_bytes(4, "little"), (500).to_bytes(4, "little"))
    path.write_bytes(data)
    reading = read_file(path)
    assert [page.source[-8:] for page in reading.pages] == ["good.txt"]
    assert len(reading.skipped) == 1


def test_encrypted_truncated_empty(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"a.txt": TEXT})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    path.write_bytes(data)
    with pytest.raises(ReadError, match="is encrypted; unpack it with its password"):
        read_file(path)
    path.write_bytes(data[:60])
    with pytest.raises(ReadError, match="is no whole zip"):
        read_file(path)
    with pytest.raises(ReadError, match="holds nothing that can be read"):
        read_file(pack(path, {}))
