"""English pages, written for these tests."""

from __future__ import annotations

from textwrap import dedent

from index.parsing import parse_page
from index.schema import CONTINUATION_MISSING, Issue, Page


def parse(text: str) -> Issue:
    return parse_page(Page("test", dedent(text).strip("\n")))


HERALD = """
    THE RIVERTON HERALD
    Tuesday, June 8, 2021                                   Page A1

    Council Approves New Bridge After Long Debate
    By JOHN SMITH

    The Riverton City Council voted 7-2 on Monday night to build a new
    bridge across the Mill River, ending a debate that has divided the
    town for more than a decade. Work is to begin in the spring, and the
    council expects the span to open by 2024 after a long period of assess-
    ment.

    "This is a good day for everyone who has ever sat in traffic on Main
    Street," Mayor Helen Ortiz said after the vote. The bridge is a long-
    term project and will cost $42 million, most of it paid by the state.

    School Garden Feeds Forty Families
    By Mary O'Neil and Peter Hall
    Staff Writers

    Students at Lincoln Elementary School have harvested more than 900
    pounds of vegetables this season. The produce went to forty families
    in the neighborhood.

    Continued on Page A4
    """


def test_masthead_and_bylines() -> None:
    issue = parse(HERALD)
    assert (issue.newspaper, issue.date, issue.weekday, issue.page) == ("THE RIVERTON HERALD", "2021-06-08", "Tuesday", "A1")
    assert [article.headline for article in issue.articles] == [
        "Council Approves New Bridge After Long Debate",
        "School Garden Feeds Forty Families",
    ]
    assert [article.authors for article in issue.articles] == [("John Smith",), ("Mary O'Neil", "Peter Hall")]
    assert issue.articles[1].jump == "Continued on Page A4"
    assert CONTINUATION_MISSING in issue.articles[1].flags


def test_wrapped_lines_are_joined_with_a_space_and_hyphens_are_judged() -> None:
    first, second = parse(HERALD).articles[0].paragraphs
    assert "build a new bridge across the Mill River, ending a debate that has divided the town" in first.text
    assert first.text.endswith("a long period of assessment.")
    assert "a long-term project" in second.text
    assert [first.text[at:].split()[0] for at in first.joins] == ["bridge", "town", "council", "ment."]


def test_capital_headlines_on_two_lines_and_old_mastheads() -> None:
    issue = parse("""
        DAILY COURIER
        Friday, March 12, 1954     Vol. LXI No. 60     Ten Cents

        FLOOD WATERS RECEDE
        AS CREWS WORK ALL NIGHT

        SPRINGFIELD, March 11 (AP) - Flood waters that drove 2,000 per-
        sons from their homes began to fall late yesterday. Red Cross
        workers served more than five thousand meals.

        MAYOR CALLS SPECIAL MEETING

        Mayor Frank Doyle called a special meeting of the city council
        for tonight to consider the repair of Water Street.
        """)
    assert (issue.newspaper, issue.date, issue.issue_number) == ("DAILY COURIER", "1954-03-12", 60)
    assert [article.headline for article in issue.articles] == [
        "FLOOD WATERS RECEDE AS CREWS WORK ALL NIGHT",
        "MAYOR CALLS SPECIAL MEETING",
    ]


def test_plain_text_file() -> None:
    issue = parse("""
        Why cities plant trees

        Cities around the world are planting trees to fight heat. A study found that streets with trees are cooler.

        Experts say the choice of species matters. "A tree is a fifty-year decision," said Ana Ruiz, an urban forester.
        """)
    [article] = issue.articles
    assert article.headline == "Why cities plant trees"
    assert len(article.paragraphs) == 2
    assert issue.newspaper is None


def test_short_paragraphs_wrapped_once_without_empty_lines() -> None:
    issue = parse("""
        The Mill Town Weekly
        June 14, 1987

        Library to Reopen After Two-Year Repair
        The Carnegie Library on Elm Street will open its doors again on Saturday after a
        repair that took two years and cost $1.2 million.
        Workers replaced the roof, restored the oak reading room and added a lift. "It looks
        the way it did in 1911," said librarian Joan Weber.
        Farm Prices Fall for Third Month
        Prices paid to county farmers for corn fell 4 percent in May, the third monthly
        decline in a row, the state reported.
        """)
    assert [article.headline for article in issue.articles] == [
        "Library to Reopen After Two-Year Repair",
        "Farm Prices Fall for Third Month",
    ]
    assert [paragraph.lines for paragraph in issue.articles[0].paragraphs] == [(5, 6), (7, 8)]
