from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.chat.markup import Html, esc, join, tag, visible
from tests.qa.chat.hostile import PAYLOADS
from tests.qa.chat.page_reader import elements


@given(st.text())
def test_escaped_text_is_shown_as_it_is_and_makes_no_element(text: str) -> None:
    parsed = elements(f"<p>{esc(text)}</p>")
    assert [name for name, _ in parsed.elements] == ["p"]
    assert parsed.text == visible(text)


@given(st.text())
def test_escaped_text_cannot_leave_an_attribute(text: str) -> None:
    parsed = elements(tag("button", "x", value=text))
    assert parsed.elements == [("button", {"value": visible(text)})]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_character_that_means_something_survives(payload: str) -> None:
    shown = esc(payload)
    for char in "<>\"'`*_[]()$\\{}#!|~\n":
        assert char not in shown.replace("&#", "")
    assert html.unescape(shown) == visible(payload)


def test_control_characters_and_direction_marks_are_not_shown() -> None:
    assert visible("a\u202eb\u2066c\x00d\x1be\u200bf") == "abcdef"
    assert visible("x\ud800y") == "x\ufffdy"
    assert visible("一\n二\t三") == "一\n二\t三"


def test_own_markup_passes_and_all_else_is_escaped() -> None:
    assert tag("b", "<i>", Html("<u></u>")) == "<b>&#60;i&#62;<u></u></b>"
    assert join("a&b", None, 3) == "a&#38;b3"


def test_an_element_stays_on_one_line() -> None:
    # A blank line would end the HTML block in Markdown, and what follows would be read as Markdown.
    assert "\n" not in tag("p", "一\n\n# 二", title="x\n\ny")
