"""The day before a quote, other printings, the course of a story and the contents of an issue, as the page shows them."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

from index.schema import Stats
from qa.chat import render
from qa.chat.news import course, printings
from qa.schema import Answer, Citation, Contents, Interpretation, PageContents, Period, Printing, Timeline

STATS = Stats(1, 1, 1, 1, 1, "none", ("临江日报",), "2018-03-12", "2018-03-12", 0)
HOSTILE = "<img src=x onerror=alert(1)>"


def cited(number: int, date: str | None = "2018-03-12", headline: str | None = "大桥开工") -> Citation:
    text = "大桥正式开工。"
    return Citation(
        number,
        f"p{number}",
        f"a{number}",
        "i",
        "临江日报",
        date,
        1,
        "1",
        headline,
        (),
        1,
        text,
        0,
        len(text),
        text,
        (),
        "标签",
        "引文",
    )


def answered(*citations: Citation, **more: object) -> Answer:
    text = "\n".join(citation.quote for citation in citations)
    plain = Answer("问？", "zh", True, 0.9, text, citations, (), Interpretation("问？"), {})
    return replace(plain, **more)  # type: ignore[arg-type] # the tests name the fields


def test_a_dated_answer_shows_the_day_before_each_quote() -> None:
    shown = render.answer(answered(cited(1), cited(2, None), dated=True), STATS)
    assert shown.count("wb-when") == 2
    assert shown.index("2018年3月12日") < shown.index("大桥正式开工")
    assert "日期未印" in shown
    assert "wb-when" not in render.answer(answered(cited(1)), STATS)


def test_other_printings_open_their_article_and_show_what_differs() -> None:
    other = Printing("p9", "a/9", "i9", "江城晚报", "2018-03-13", "1", HOSTILE, f"《江城晚报》{HOSTILE}", (("32户", HOSTILE),))
    shown = printings(replace(cited(1), also_printed_in=(other,)))
    assert shown is not None
    assert "<img" not in shown
    assert 'value="/page/articles/a%2F9?passage=p9"' in unescape(shown)
    assert "此处作“32户”" in unescape(shown)
    assert printings(cited(1)) is None
    assert "又见" in render.answer(answered(replace(cited(1), also_printed_in=(other,))), STATS)


def test_the_course_of_a_story_is_a_row_of_bars() -> None:
    counts = tuple(Period(f"2018-{month:02}", articles) for month, articles in ((3, 2), (4, 0), (5, 8)))
    shown = unescape(course(Timeline("问？", "month", counts, ())))
    assert "▃·█" in shown
    assert shown.index("2018年3月") < shown.index("2018年5月")
    assert "10 篇文章" in shown


def test_the_contents_of_an_issue_are_headlines_that_open_their_articles() -> None:
    citations = (cited(1, headline=HOSTILE), cited(2, headline=None))
    page = PageContents("i", "临江日报", "2018-03-12", 1, "2", citations)
    shown = render.answer(answered(*citations, contents=Contents(None, (page,))), STATS)
    assert shown.count("<li>") == 2
    assert unescape(shown).count("/page/articles/") == 2
    assert "第2版" in shown
    assert "（无标题）" in shown
    assert "<img" not in shown
    assert "wb-card" not in shown
