"""What the page prints of its issue: paper, day, weekday, issue number, page and the rest of the masthead.

Unknown stays None. What stands beside the text ranks above print (sidecar) or below it (file name); a disagreement is kept
in the metadata. Knows nothing of articles.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from index.parsing.dates import estimate_year, weekday_agrees
from index.parsing.furniture import is_section, recognise
from index.parsing.lines import TypedLine, reads_as_heading
from index.parsing.papers import HAN, bare_name, is_daily, is_english, is_weak, leading_name
from index.schema import Page
from index.text import fold

_DATELINE_NAME = re.compile(rf"^([{HAN}]{{2,8}}(?:讯|报))[\s　](?:\d{{1,2}}月|[{HAN}])")
_ORGANISATION = re.compile(r"(?:局|委|政府|公司|办公室|委员会|编辑部|厅|院|中心|学校|大学|协会|部|处|银行|集团|法院)$")
_ALONE = frozenset({"date", "weekday", "page", "contact", "section", "price", "issue_number", "web", "author", "edition"})
_FOLIO = re.compile(
    r"[\W_]*第\s?(?:[a-d]?\d{1,3}|[一二三四五六七八九十]{1,3})\s?版(?:\W.{0,8})?|"
    r"[\W_]*[=—-]{2,}.{1,24}[=—-]{2,}[\W_]*|[\W_]*page \w{1,6}[\W_]*"
)
_FACTS = ("newspaper", "date", "issue_number", "page", "weekday")


@dataclass(frozen=True, slots=True)
class Masthead:
    """The facts of the issue, and in ``metadata`` what has no field of its own."""

    newspaper: str | None
    date: str | None
    issue_number: int | None
    page: str | None
    weekday: str | None
    metadata: Mapping[str, Any]


def paper_names(page: Page) -> frozenset[str]:
    """Collect the folded names the paper of this page may have, from print and from beside the text."""
    named = page.metadata.get("file_name", {})
    known = {fold(str(name)) for name in (page.metadata.get("newspaper"), named.get("newspaper")) if name}
    return _printed_names(page.text) | known


@functools.lru_cache(maxsize=2)
def _printed_names(text: str) -> frozenset[str]:
    """The names in print. A text is asked once to find its pages and once when it is the only one."""
    keys = [fold(line.strip()) for line in text.split("\n") if line.strip()]
    datelines = {match[1] for key in keys if (match := _DATELINE_NAME.match(key[:24]))}
    return frozenset(name for at, key in enumerate(keys) if (name := _name_at(keys, at, datelines)))


def _name_at(keys: Sequence[str], at: int, datelines: set[str]) -> str | None:
    key = keys[at]
    if len(key) > 100:
        return None
    if is_section(key):
        return None
    leading = leading_name(key)
    if leading and recognise(key, frozenset({leading})):
        return leading
    if len(key) > 60:
        return None
    name = bare_name(key)
    if is_daily(name) and (at < 2 or name in datelines or _near_facts(keys, at)):
        return name
    if is_weak(name) and (name in datelines or _near_facts(keys, at)):
        return name
    return name if at < 4 and is_english(name) and _near_facts(keys, at) else None


def _near_facts(keys: Sequence[str], at: int) -> bool:
    near = (*keys[max(0, at - 2) : at], *keys[at + 1 : at + 3])
    return any(recognise(key) for key in near if len(key) <= 100)


def settle(lines: Sequence[TypedLine]) -> list[TypedLine]:
    """Keep as furniture what stands at an end of the page or beside other furniture; give the rest back to the text."""
    sure = [line.kind == "furniture" and not _doubtful(line) for line in lines]
    for at, line in enumerate(lines):
        if line.kind == "furniture" and not sure[at]:
            sure[at] = (_at_head(lines, at) or _at_foot(lines, at) or sure[at - 1]) and not _signed_off(lines, at)
    for at in range(len(lines) - 2, -1, -1):
        if lines[at].kind == "furniture" and not sure[at]:
            sure[at] = sure[at + 1] and not _signed_off(lines, at)
    return [line if kept or line.kind != "furniture" else _text(line) for line, kept in zip(lines, sure, strict=True)]


def _doubtful(line: TypedLine) -> bool:
    facts = line.furnishing.facts if line.furnishing else {}
    kind = line.furnishing.kind if line.furnishing else ""
    if kind == "page" and _FOLIO.fullmatch(line.key):
        return False
    telling = {"website", "email", "lunar_date", "pages_today"} & facts.keys()
    return kind in _ALONE and len(facts) < 2 and not telling


def _at_head(lines: Sequence[TypedLine], at: int) -> bool:
    return at < 5 and all(line.kind != "body" for line in lines[:at])


def _at_foot(lines: Sequence[TypedLine], at: int) -> bool:
    """Whether a line closes the page. A lone day there may sign the last article, so it is not enough."""
    furnishing = lines[at].furnishing
    if at < len(lines) - 3 or furnishing is None or furnishing.kind == "date":
        return False
    return all(line.kind == "furniture" for line in lines[at:])


def _signed_off(lines: Sequence[TypedLine], at: int) -> bool:
    """Whether a bare day closes a notice: it follows the name of the office that signs."""
    furnishing = lines[at].furnishing
    if at == 0 or furnishing is None or furnishing.kind != "date":
        return False
    return len(lines[at - 1].key) <= 30 and _ORGANISATION.search(lines[at - 1].key) is not None


def _text(line: TypedLine) -> TypedLine:
    heading = line.marked or (line.furnishing is not None and line.furnishing.kind == "section")
    return replace(line, kind="heading" if heading and reads_as_heading(line.text, line.key) else "body")


def read_masthead(page: Page, lines: Sequence[TypedLine], *, jumps: bool) -> Masthead:
    """Gather the facts. ``jumps`` tells whether an article of the page continues on another page."""
    printed: dict[str, Any] = {}
    editors: dict[str, str] = {}
    differing: dict[str, set[str]] = {}
    for line in lines:
        if line.kind != "furniture" or line.furnishing is None:
            continue
        for name, value in line.furnishing.facts.items():
            if name == "editors":
                editors.update(value)
            elif printed.setdefault(name, value) != value and name in ("date", "page", "newspaper"):
                differing.setdefault(f"{name}_conflict", {str(printed[name])}).add(str(value))
    conflicts: dict[str, Any] = {name: sorted(values) for name, values in differing.items()}
    facts = _rank(page, printed, conflicts)
    metadata = {name: value for name, value in printed.items() if name not in (*_FACTS, "author")}
    if editors:
        metadata["editors"] = editors
    if facts["page"] is None and _is_front(printed, jumps=jumps):
        facts["page"], metadata["page_inferred"] = "1", True
    if facts["date"] is None and (year := estimate_year(fold(page.text))):
        metadata["year_estimate"] = year
    if facts["date"] and facts["weekday"] and not weekday_agrees(facts["date"], fold(facts["weekday"])):
        conflicts["weekday_conflict"] = [facts["date"], facts["weekday"]]
    beside = {
        name: value
        for name, value in page.metadata.items()
        if name not in (*_FACTS, "file_name", "articles", "corrections", "quality")
    }
    return Masthead(**facts, metadata={**metadata, **conflicts, **beside})


def _rank(page: Page, printed: Mapping[str, Any], conflicts: dict[str, Any]) -> dict[str, Any]:
    """Choose each fact: beside the text, then print, then file name. Disagreements go into ``conflicts``."""
    named = page.metadata.get("file_name", {})
    facts: dict[str, Any] = {}
    for name in _FACTS:
        sources = (page.metadata.get(name), printed.get(name), named.get(name))
        values = [value for value in sources if value is not None]
        facts[name] = values[0] if values else None
        if len({fold(str(value)) for value in values}) > 1:
            conflicts[f"{name}_conflict"] = [str(value) for value in values]
    return facts


def _is_front(printed: Mapping[str, Any], *, jumps: bool) -> bool:
    """Whether the page must be the first: only a front page prints how many pages there are today, or the
    whole masthead over articles that continue further on."""
    whole = "newspaper" in printed and "date" in printed and "issue_number" in printed
    return "pages_today" in printed or (whole and jumps)
