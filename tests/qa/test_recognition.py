"""How sure the recognition of a scan is: it breaks ties, travels with the citation and is shown where it is low."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from index import Archive
from index.schema import Passage
from qa import Assistant
from qa.chat import render
from qa.recognition import better_read, doubtful, quality_of
from qa.retrieval import Ranked, View
from tests.qa.chat.fake_assistant import FakeAssistant
from tests.qa.chat.page_reader import elements

PAGE = Path(__file__).parents[1] / "index/readers/samples/ocrd/OCR-D-PAGE/OCR-D-PAGE_PHYS_0003.xml"


def ranked(name: str, score: float) -> Ranked:
    return Ranked(Passage(name, name, "i", "paragraph", "鱼多了。", "", 1), score, 1.0, 1.0)


def view(**qualities: float | None) -> View:
    articles: dict[str, Any] = {
        name: SimpleNamespace(paragraphs=(SimpleNamespace(number=1, quality=quality),)) for name, quality in qualities.items()
    }
    return cast(View, SimpleNamespace(article=articles.get, recognised=set))


def test_of_equals_the_better_read_comes_first() -> None:
    found = [ranked("a", 0.9), ranked("b", 0.9), ranked("c", 0.9), ranked("d", 0.5)]
    order = better_read(found, view(a=0.6, b=0.95, c=None, d=1.0))
    assert [each.passage.id for each in order] == ["c", "b", "a", "d"]


def test_a_better_score_stays_before_a_better_reading() -> None:
    found = [ranked("a", 0.9), ranked("b", 0.8)]
    assert better_read(found, view(a=0.3, b=1.0)) == found


def test_nothing_is_known_of_captions_and_of_what_is_gone() -> None:
    passage = ranked("a", 1.0).passage
    assert quality_of(replace(passage, paragraph=None), view(a=0.3).article("a")) is None
    assert quality_of(passage, None) is None


def test_a_citation_of_a_scan_says_how_sure_its_words_are(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        archive.update([PAGE])
    with Assistant.open(tmp_path / "archive") as assistant:
        citation = assistant.ask("Who told about the pumpkin that weighed 4 pounds?").to_dict()
    [first, *_] = citation["citations"] or citation["nearest"]
    assert first["quality"] == pytest.approx(0.95, abs=0.03)


def test_low_certainty_is_shown_with_the_source() -> None:
    fake = FakeAssistant()
    answer, stats = fake.ask("智汇谷产业基地计划新增多少个就业岗位？"), fake.stats()
    for quality, shown in ((None, False), (0.95, False), (0.834, True)):
        citations = tuple(replace(each, quality=quality) for each in answer.citations)
        assert (doubtful(citations[0]) == "0.83") is shown
        text = elements(render.answer(replace(answer, citations=citations), stats)).text
        assert ("可信度 0.83" in text) is shown
        assert ("read from a scan, certainty 0.83" in text) is shown
