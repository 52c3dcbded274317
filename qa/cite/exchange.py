"""References for programs: BibTeX, RIS, CSL-JSON. Unknown fields are left out and named in a note.

Chinese names are given whole: where a compound surname ends is not known.
"""

from __future__ import annotations

import re
from typing import Any

from index.text import is_chinese
from qa.cite.source import Source, authors, full_title, missing, page_number


def bibtex(source: Source, *, key: str) -> str:
    """Return a BibTeX entry (``@article`` with ``entrysubtype = {newspaper}``)."""
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in authors(source)),
        "title": f"{{{_tex(full_title(source))}}}",
        "journal": _tex(source.newspaper or ""),
        "date": source.date or "",
        "year": (source.date or "")[:4],
        "number": _issue(source),
        "pages": page_number(source.page) if source.page else "",
        "url": _tex(source.url or ""),
        "entrysubtype": "newspaper",
        "note": _tex(remark(source)),
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@article{{{re.sub(r'[^0-9A-Za-z_:.-]+', '-', key)},\n{body}\n}}"


def _tex(text: str) -> str:
    escapes = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return "".join(escapes.get(char, "\\" + char if char in "&%$#_{}" else char) for char in _line(text))


def ris(source: Source, *, key: str = "") -> str:
    """Return a RIS record of type NEWS; line ends are CRLF as the format demands."""
    pairs: list[tuple[str, str]] = [("TY", "NEWS"), ("ID", key)]
    pairs += [("AU", name) for name in authors(source)]
    pairs += [("TI", full_title(source)), ("T2", source.newspaper or ""), ("PY", (source.date or "")[:4])]
    pairs += [("DA", (source.date or "").replace("-", "/")), ("IS", _issue(source))]
    pairs += [("SP", page_number(source.page) if source.page else ""), ("UR", source.url or ""), ("N1", remark(source))]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in pairs if value) + "ER  - \r\n"


def csl(source: Source, *, key: str) -> dict[str, Any]:
    """Return an item of CSL-JSON (type ``article-newspaper``); its ``id`` is ``key``."""
    fields = {
        "title": full_title(source),
        "container-title": source.newspaper,
        "author": [{"literal": name} for name in authors(source)],
        "issued": _issued(source),
        "issue": _issue(source),
        "page": page_number(source.page) if source.page else None,
        "language": "zh" if is_chinese(full_title(source) or source.newspaper or "") else "en",
        "URL": source.url,
        "note": remark(source),
    }
    return {"id": key, "type": "article-newspaper", **{name: value for name, value in fields.items() if value}}


def _issued(source: Source) -> dict[str, Any] | None:
    if source.date:
        return {"date-parts": [[int(part) for part in source.date.split("-")]]}
    return {"date-parts": [[source.year_estimate]], "circa": True} if source.year_estimate else None


def _issue(source: Source) -> str:
    return "" if source.issue_number is None else str(source.issue_number)


def remark(source: Source) -> str:
    """Say what is unknown or inferred, empty when all is known and printed."""
    parts = [f"incomplete: {', '.join(missing(source))} unknown"] if missing(source) else []
    parts += [f"year about {source.year_estimate}"] if source.year_estimate and not source.date else []
    parts += ["page inferred"] if source.page_inferred else []
    return "; ".join(parts)


def _line(text: str) -> str:
    return " ".join(text.split())
