"""A folder of everything: what can be read is taken in, each fault is told once, in one line."""

from __future__ import annotations

import builtins
import io
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from index.errors import ReadError
from index.preparing import look
from index.readers import find_sources, read_file
from index.readers.docx import read as read_docx
from index.readers.reading import File
from index.update import Files

SAMPLES = Path(__file__).parent / "samples"
TEXT = "河水清了\n\n本报讯（记者 方同）河水清了，人在河里能看到小田螺。\n"


def test_the_rest_of_a_folder_is_read(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(TEXT, encoding="utf-8")
    other = tmp_path / "other.txt"
    other.write_text(TEXT + "又一段。", encoding="utf-8")
    (tmp_path / "issue.yaml").write_text("date: someday\n", encoding="utf-8")
    (tmp_path / "libreoffice_encrypted.pdf").write_bytes((SAMPLES / "libreoffice_encrypted.pdf").read_bytes())
    (tmp_path / "cut.docx").write_bytes((SAMPLES / "libreoffice.docx").read_bytes()[:3000])
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "lines.jsonl").write_text('{"text": "One."}\n{"text":\n', encoding="utf-8")
    files = Files([tmp_path])
    for path in files.paths.values():
        files.note(look(path))
    assert sorted(path.name for path in files.paths.values()) == ["good.txt", "lines.jsonl", "other.txt"]
    reasons = sorted(f"{Path(item.source).name}: {item.reason.split(';')[0]}" for item in files.skipped)
    assert reasons == [
        "cut.docx: is no whole .docx",
        "empty.html: is empty",
        "issue.yaml: date is not understood: someday",
        "libreoffice_encrypted.pdf: is encrypted",
        "lines.jsonl: is no JSON (expecting value)",
        "old.doc: is an office file of another kind",
    ]


@pytest.mark.parametrize(
    ("name", "module", "command"),
    [
        ("founder.html", "bs4", "beautifulsoup4.*wenbao.html."),
        ("page.xml", "defusedxml", "defusedxml.*wenbao.xml."),
        ("libreoffice.docx", "defusedxml", "defusedxml.*wenbao.(docx|xml)."),
        ("chromium_scan.pdf", "pypdfium2", "pypdfium2.*wenbao.pdf."),
    ],
)
def test_a_package_that_is_missing(name: str, module: str, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = builtins.__import__

    def refuse(wanted: str, *args: Any, **kwargs: Any) -> Any:
        if wanted.split(".")[0] == module:
            raise ImportError(wanted)
        return found(wanted, *args, **kwargs)

    for loaded in [each for each in sys.modules if each.split(".")[0] == module]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(ReadError, match=rf"needs the package {command}.*") as caught:
        read_file(SAMPLES / name)
    assert 'run: pip install "wenbao[' in str(caught.value)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("a.doc", r"save it as \.docx"),
        ("a.gif", "save it as .png"),
        ("a.rar", "pack it as .zip"),
        ("a.csv", "jsonl"),
        ("a", "without a suffix"),
    ],
)
def test_other_kinds_are_told_what_to_do(tmp_path: Path, name: str, hint: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    [item] = find_sources([tmp_path])[1]
    assert item.source.endswith(name)
    with pytest.raises(ReadError, match=hint):
        read_file(tmp_path / name)


def test_docx_with_text_box_tracked_changes_and_localised_styles() -> None:
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    box = "<w:txbxContent><w:p><w:r><w:t>框里的话。</w:t></w:r></w:p></w:txbxContent>"
    body = (
        '<w:p><w:pPr><w:pStyle w:val="a3"/></w:pPr><w:r><w:t>河水清了</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>鱼</w:t></w:r><w:del><w:r><w:delText>不</w:delText></w:r></w:del><w:ins><w:r><w:t>多了。</w:t></w:r></w:ins>"
        f'<w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
        "</mc:AlternateContent></w:r></w:p>"
    )
    styles = (
        '<w:style w:styleId="a3"><w:basedOn w:val="1"/></w:style><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {word}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/styles.xml", f"<w:styles {word}>{styles}</w:styles>")
    file = File("a.docx", Path("a.docx"), packed.getvalue(), folder=None)  # type: ignore[arg-type]
    assert read_docx(file).pages[0].text == "# 河水清了\n\n鱼多了。\n\n框里的话。"


def test_xml_with_entities_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text('<!DOCTYPE a [<!ENTITY b "cc">]><alto>&b;</alto>', encoding="utf-8")
    with pytest.raises(ReadError, match="declares entities"):
        read_file(path)


def test_xml_of_great_depth_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<alto>" + "<ComposedBlock>" * 100_000 + "</ComposedBlock>" * 100_000 + "</alto>", encoding="utf-8")
    with pytest.raises(ReadError, match="nested more than"):
        read_file(path)
