"""What stands around an article, over an issue of which the archive holds pages 1, 2 and 4."""

from __future__ import annotations

from index.schema import IssueRecord
from qa.assistant import Assistant

DAY = "2021-05-07"


def pages(reporter: Assistant) -> list[IssueRecord]:
    return sorted((each for each in reporter.issues() if each.date == DAY), key=lambda each: each.page or "")


def printed(reporter: Assistant) -> list[str]:
    return [heading.article_id for page in pages(reporter) for heading in reporter.surroundings(f"{page.id}-a01").page]


def test_an_issue_is_walked_through_article_by_article_over_the_ends_of_its_pages(reporter: Assistant) -> None:
    assert [page.page for page in pages(reporter)] == ["1", "2", "4"]
    expected = printed(reporter)
    assert len(expected) >= 4
    walked, here = [expected[0]], reporter.surroundings(expected[0])
    assert here.previous is None
    while here.following is not None and len(walked) <= len(expected):
        walked.append(here.following.article_id)
        here = reporter.surroundings(walked[-1])
        assert here.previous is not None
        assert here.previous.article_id == walked[-2]
    assert walked == expected


def test_the_two_parts_of_an_article_know_each_other(reporter: Assistant) -> None:
    parts = [
        (article_id, rest.article_id)
        for article_id in printed(reporter)
        if (rest := reporter.surroundings(article_id).continuation) is not None
    ]
    assert parts
    for first, second in parts:
        beginning = reporter.surroundings(second).beginning
        assert beginning is not None
        assert beginning.article_id == first


def test_nothing_stands_around_what_is_not_there(reporter: Assistant) -> None:
    around = reporter.surroundings("none-a01")
    assert (around.page, around.previous, around.following, around.continuation, around.beginning) == ((), None, None, None, None)


def test_a_passage_and_its_reference_are_found_by_permanent_id(reporter: Assistant) -> None:
    article_id = printed(reporter)[0]
    passage = next(each for each in reporter.passages(article_id) if each.kind == "paragraph")
    assert reporter.passage(passage.id) == passage
    assert reporter.passage("none-a01-s01") is None
    assert reporter.reference(passage.id).source.date == DAY
