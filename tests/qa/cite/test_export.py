"""References as programs take them: CSL-JSON fields, one entry an article, CSV that no spreadsheet evaluates, permanent ids."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from index.errors import ArchiveError
from qa.assistant import Assistant
from qa.cite import Reference, Source, csl, export, gbt7714, is_complete, look_up, missing, source_of
from qa.cite.table import COLUMNS, defused

SOURCE = Source(
    newspaper="滨海日报",
    date="1987-03-05",
    issue_number=12,
    page="02",
    page_inferred=False,
    weekday=None,
    year_estimate=None,
    headline="=HYPERLINK(1) 桥成",
    subtitle="——两年工期",
    authors=("李 明", "A Lee"),
    first_words="",
)
# Fields of a newspaper article in the CSL data schema (csl-data.json); the schema allows no others.
CSL_FIELDS = {"id", "type", "title", "container-title", "author", "issued", "issue", "page", "language", "URL", "note"}


def _reference(paragraph: int, article: str = "a1", **changes: object) -> Reference:
    source = replace(SOURCE, **changes)  # type: ignore[arg-type]
    return Reference(f"{article}-s{paragraph:02}", article, source, paragraph, f"引文{paragraph}")


def test_csl_has_only_fields_of_the_schema_and_typed_values() -> None:
    item = csl(SOURCE, key="a1")
    assert set(item) <= CSL_FIELDS
    assert (item["id"], item["type"], item["container-title"]) == ("a1", "article-newspaper", "滨海日报")
    assert item["issued"] == {"date-parts": [[1987, 3, 5]]}
    assert item["author"] == [{"literal": "李明"}, {"literal": "A Lee"}]
    assert (item["title"], item["page"], item["language"]) == ("=HYPERLINK(1) 桥成：两年工期", "2", "zh")


def test_csl_of_an_unknown_page_says_what_is_unknown() -> None:
    item = csl(replace(SOURCE, newspaper=None, date=None, year_estimate=1987, page=None), key="x")
    assert item["issued"] == {"date-parts": [[1987]], "circa": True}
    assert item["note"] == "incomplete: newspaper, date, page unknown; year about 1987"
    assert "container-title" not in item
    assert "page" not in item


def test_missing_facts_are_named() -> None:
    assert missing(SOURCE) == ()
    assert missing(replace(SOURCE, date=None, headline=None)) == ("date", "headline")
    assert is_complete(replace(SOURCE, page=None))


def test_each_article_is_named_once_in_the_order_of_its_first_quote() -> None:
    references = [_reference(3, "b"), _reference(1), _reference(2, "b")]
    assert [item["id"] for item in json.loads(export(references, "csl"))] == ["b", "a1"]
    assert export(references, "bibtex").count("@article{") == 2
    assert export(references, "ris").count("TY  - NEWS\r\n") == 2
    assert export(references, "ris").count("ID  - ") == 2
    assert len(export(references, "gbt7714").splitlines()) == 2


def test_csv_has_a_row_a_quote_and_no_formula() -> None:
    text = export([_reference(1), _reference(2, headline="\t=1+1", newspaper="@SUM(A1)")], "csv", edition="2015")
    assert text.endswith("\r\n")
    header, first, second = csv.reader(io.StringIO(text))
    assert tuple(header) == COLUMNS
    row = dict(zip(header, first, strict=True))
    assert (row["id"], row["quote"], row["paragraph"], row["date"]) == ("a1-s01", "引文1", "1", "1987-03-05")
    assert row["reference"].endswith("滨海日报, 1987-03-05(2).")
    assert row["headline"] == "'=HYPERLINK(1) 桥成"
    assert dict(zip(header, second, strict=True))["newspaper"] == "'@SUM(A1)"
    assert not any(cell.strip().startswith(("=", "+", "-", "@", "＝")) for cell in (*first, *second))


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@A", " =1", "\n=1", "\u3000＝1", "＋1", "\r", "\tx"])
def test_cells_are_defused(cell: str) -> None:
    assert defused(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "桥", "1-2", "a=b", "——桥成"])
def test_other_cells_stay(cell: str) -> None:
    assert defused(cell) == cell


def test_an_article_with_an_address_is_online() -> None:
    online = replace(SOURCE, url="https://paper.example/1987-03/05/nw.htm", headline="桥成", subtitle=None, authors=())
    assert gbt7714(online) == "桥成[N/OL]. 滨海日报，1987-03-05（2）. https://paper.example/1987-03/05/nw.htm."
    assert csl(online, key="x")["URL"] == online.url


def test_only_web_addresses_are_taken_over(assistant: Assistant) -> None:
    issue = assistant.issues()[0]
    for address in ("javascript:alert(1)", "https://a b", 7, "file:///etc/passwd"):
        assert source_of(None, replace(issue, metadata={"source_url": address})).url is None


def test_permanent_ids_are_looked_up(assistant: Assistant) -> None:
    answer = assistant.ask("第六届中国智能建筑节的主题是什么？")
    citation = answer.citations[0]
    with assistant._archive.view() as view:
        passage, article = look_up(view, citation.passage_id), look_up(view, citation.article_id)
        assert passage.quote == citation.passage_text
        assert passage.source == article.source
        assert (article.paragraph, article.quote) == (None, "")
        assert passage.to_dict()["gbt7714"] == citation.gbt7714
        with pytest.raises(ArchiveError, match="no passage or article"):
            look_up(view, "nonsense\nid")
    assert [reference.quote for reference in assistant.references(answer.citations)] == [c.quote for c in answer.citations]
