"""Facts of an issue that stand beside the text: the names they go by, and one form for their values.

Shared by sidecars, front matter and records. A value that cannot be understood is reported, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from index.readers.decoding import clean
from index.readers.names import iso_date, plain_page

FACTS: Mapping[str, tuple[str, ...]] = {
    "newspaper": ("newspaper", "newspaper_name", "paper", "paper_name", "publication", "报纸", "报名", "报纸名称"),
    "date": ("date", "issue_date", "publication_date", "pub_date", "published", "日期", "出版日期"),
    "issue_number": ("issue_number", "issue_no", "issue", "number", "期号", "期数", "总期号"),
    "page": ("page", "page_number", "page_no", "版", "版次", "版面"),
    "weekday": ("weekday", "星期"),
    "edition": ("edition", "版本"),
    "region": ("region", "place", "地区"),
    "aliases": ("aliases", "alias", "别名"),
    "source_url": ("source_url", "url", "link", "网址", "链接"),
    "licence": ("licence", "license", "rights", "许可"),
}
_BY_NAME = {alias: name for name, aliases in FACTS.items() for alias in aliases}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERALS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_DATES = (
    (re.compile(r"(\d{4})\s?([-/.年])\s?(\d{1,2})\s?(?:\2|月)\s?(\d{1,2})\s?[日号]?(?=$|[t\s])"), (1, 3, 4)),
    (re.compile(r"(\d{4})(\d\d)(\d\d)$"), (1, 2, 3)),
    (re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$"), (3, 1, 2)),
    (re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3})[a-z]*\.?,? (\d{4})$"), (3, 2, 1)),
)
_LONGEST_VALUE = 2_000


def fact_name(key: str) -> str | None:
    """Return the fact that a field name stands for, whatever its case and separators; None for any other field."""
    return _BY_NAME.get(re.sub(r"[\s-]+", "_", unicodedata.normalize("NFKC", key).strip().lower()))


def facts_of(fields: Mapping[Any, Any]) -> tuple[dict[str, Any], list[str]]:
    """Take the facts out of fields; returns them with one sentence for each value that cannot be understood."""
    facts: dict[str, Any] = {}
    problems: list[str] = []
    for key, value in fields.items():
        name = fact_name(str(key))
        if name is None or value is None or value == "" or name in facts:
            continue
        understood = _value(name, value)
        if understood is None:
            problems.append(f"{shown(key)} is not understood: {shown(value)}")
        else:
            facts[name] = understood
    return facts, problems


def shown(value: Any) -> str:
    """Show a value that somebody else wrote in an error: one short line."""
    text = " ".join(clean(str(value)[:200]).split())
    return text if len(text) <= 60 else text[:60] + "…"


def _value(name: str, value: Any) -> Any:
    if name == "aliases":
        return _texts(value)
    if name == "region" and isinstance(value, Mapping):
        return {str(key)[:40]: text for key, each in list(value.items())[:20] if (text := _text(each))} or None
    text = _text(value)
    if text is None:
        return None
    if name == "date":
        return read_date(text)
    if name == "issue_number":
        digits = re.fullmatch(r"(?:总?第)?\s*(\d{1,7})\s*期?", unicodedata.normalize("NFKC", text))
        return int(digits[1]) if digits else None
    if name == "newspaper":  # library catalogues write: The evening star. [volume]
        return re.sub(r"\s*\[[^\[\]]{1,40}\]$", "", text).rstrip(" .") or None
    return read_page(text) if name == "page" else text


def _text(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = " ".join(clean(str(value)).split())
    return text if 0 < len(text) <= _LONGEST_VALUE else None


def _texts(value: Any) -> list[str] | None:
    values = value if isinstance(value, list) else [value]
    texts = [text for each in values[:50] if (text := _text(each))]
    return texts or None


def read_date(printed: str) -> str | None:
    """Read a whole day (2021-06-08, 2021/6/8, 20210608, 2021年6月8日, 二〇二一年六月八日, June 8, 2021) as ISO, or None."""
    text = unicodedata.normalize("NFKC", printed).strip().lower()
    if "年" in text:
        text = re.sub("[〇○零一二三四五六七八九十]+", lambda match: _digits(match[0]), text)
    for pattern, (year, month, day) in _DATES:
        match = pattern.match(text)
        if match is None:
            continue
        named = match[month]
        number = int(named) if named.isdecimal() else 1 + _MONTHS.index(named) if named in _MONTHS else 0
        return iso_date(int(match[year]), number, int(match[day]))
    return None


def _digits(numeral: str) -> str:
    if "十" not in numeral:
        return "".join(_NUMERALS[char] for char in numeral)
    tens, _, ones = numeral.partition("十")
    return (_NUMERALS.get(tens, "") or "1") + (_NUMERALS.get(ones, "") or "0")


def read_page(printed: str) -> str | None:
    """Read a page number without 第, 版, page, p and leading zeros; None for what is not one."""
    text = unicodedata.normalize("NFKC", printed).strip()
    text = re.sub(r"^(?:page|p\.?|第)\s*(?=[a-z]?\d)|\s*版$", "", text, flags=re.IGNORECASE)
    if re.fullmatch(r"[一二三四五六七八九十]{1,3}", text):
        text = _digits(text)
    if not re.fullmatch(r"[A-Za-z]{0,2}[-]?\d{1,4}[A-Za-z]?(?:\s?[-,、]\s?\d{1,4}){0,3}|\d{1,2}张第\d{1,3}", text):
        return None
    return plain_page(text)
