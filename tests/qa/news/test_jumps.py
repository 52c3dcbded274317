"""Where articles go on, read from jump lines that older records keep as text."""

from __future__ import annotations

import pytest

from index.text import fold
from qa.news.jumps import Jump, page_of, say, say_cut


@pytest.mark.parametrize(
    ("line", "page"),
    [
        ("（下转第二版）", "2"),
        ("(下转2版)", "2"),
        ("下转第十二版", "12"),
        ("（下转A4版）", "A4"),
        ("(紧接第三版)", "3"),
        ("Continued on page 4", "4"),
        ("（下转）", None),
        ("", None),
    ],
)
def test_the_page_of_a_jump_line(line: str, page: str | None) -> None:
    assert page_of(fold(line)) == page


def test_what_is_said_of_it() -> None:
    assert say(Jump("3", False), "zh") == "最接近的文章下转第3版，档案中没有该版。"
    assert say(Jump(None, False), "zh") == "最接近的文章下转其他版，后文未收录。"
    assert say(Jump("3", True), "en").endswith("but the rest was not recognised on it.")
    assert say_cut(1, Jump("3", False), "zh") == "[1] 所在的文章下转第3版，档案中没有该版，答案可能不完整"
    assert say_cut(2, Jump("A4", False), "en").startswith("the article of [2] continues on page A4, which the archive lacks")
