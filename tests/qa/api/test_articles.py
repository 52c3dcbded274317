"""Articles and passages in the panel by permanent address, and their citations for other programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from tests.qa.chat.fake_assistant import MEETING, VALLEY, FakeAssistant
from tests.qa.chat.page_reader import elements

REST = replace(
    MEETING,
    id="dongchangfuxun-2021-06-08-p2-a01",
    issue_id="dongchangfuxun-2021-06-08-p2",
    page="02",
    headline="推进社会治理网格化服务管理工作（续）",
    jump=None,
    flags=(),
)
HEAD = replace(MEETING, continues_on="2", flags=())
NEWS = replace(MEETING, id="dongchangfuxun-2021-06-08-p1-a02", ordinal=2, headline=None, continues_on=None, jump=None)


@pytest.fixture(scope="module")
def paper(client_for: Callable[..., TestClient]) -> TestClient:
    return client_for(FakeAssistant([HEAD, NEWS, REST]))


def ways(shown: str, cls: str) -> list[str]:
    return [str(a["value"]) for _, a in elements(shown).elements if cls in str(a.get("class")).split()]


def test_a_passage_is_opened_by_its_permanent_id(client: TestClient) -> None:
    response = client.get(f"/page/passages/{VALLEY.id}-s02")
    assert response.status_code == 200
    assert response.text.count("wb-in-view") == 1
    assert f'<span class="wb-passage">{VALLEY.paragraphs[1].text[:5]}' in response.text


def test_a_passage_that_is_gone_leads_to_its_article_and_says_so(client: TestClient) -> None:
    response = client.get(f"/page/passages/{VALLEY.id}-s99")
    assert response.status_code == 200
    assert "链接所指的那一段已有更动" in response.text
    assert VALLEY.headline is not None
    assert VALLEY.headline in response.text


@pytest.mark.parametrize("passage_id", ["gone-a01-s01", "gone", "-", "%00", "a" * 3000])
def test_a_passage_whose_article_is_gone_is_said_to_be_missing(client: TestClient, passage_id: str) -> None:
    response = client.get(f"/page/passages/{passage_id}")
    assert response.status_code == 404
    assert "不在档案里了" in response.text


def test_an_article_leads_on_to_its_neighbours_and_its_rest(paper: TestClient) -> None:
    first = paper.get(f"/page/articles/{HEAD.id}").text
    assert set(ways(first, "wb-next")) == {f"/page/articles/{NEWS.id}"}
    assert ways(first, "wb-previous") == []
    assert f"/page/articles/{REST.id}" in ways(first, "wb-link")
    assert "续文见第2版" in elements(first).text
    last = paper.get(f"/page/articles/{REST.id}").text
    assert ways(last, "wb-previous") == [f"/page/articles/{NEWS.id}"]  # over the end of the page
    assert f"/page/articles/{HEAD.id}" in ways(last, "wb-link")
    assert "上文见第1版" in elements(last).text


def test_the_other_articles_of_the_page_are_listed_by_headline_or_first_words(paper: TestClient) -> None:
    listed = elements(paper.get(f"/page/articles/{HEAD.id}").text.split("wb-page-articles")[1]).text
    assert "（无标题）" in listed
    assert "为进一步提升全区基层治理能力" in listed
    assert HEAD.headline is not None
    assert HEAD.headline not in listed


@pytest.mark.parametrize(("form", "mark"), [("bibtex", "@article{"), ("ris", "TY  - NEWS")])
def test_citations_for_other_programs(client: TestClient, form: str, mark: str) -> None:
    response = client.get(f"/page/citations/{MEETING.id}-s02?form={form}")
    assert response.headers["content-type"].startswith("text/plain")
    assert response.text.startswith(mark)
    assert "东昌府讯" in response.text


def test_citations_of_nothing_or_in_no_known_form_are_refused(client: TestClient) -> None:
    assert client.get("/page/citations/gone?form=bibtex").status_code == 404
    assert client.get(f"/page/citations/{MEETING.id}?form=exe").status_code == 422


def test_a_citation_with_half_a_character_is_written_all_the_same(client_for: Callable[..., TestClient]) -> None:
    odd = client_for(FakeAssistant([replace(MEETING, headline="半\ud800个")]))
    response = odd.get(f"/page/citations/{MEETING.id}?form=ris")
    assert response.status_code == 200
    assert "半?个" in response.text
