"""Cleaning of dictionary definitions."""

from __future__ import annotations

import pytest

from training.corpora import Entry
from training.glosses import clean, collect


@pytest.mark.parametrize(
    ("definitions", "wanted"),
    [
        (("to develop; to grow", "development"), ("develop", "grow", "development")),
        (("county (PRC)", "CL:個|个[ge4]"), ("county",)),
        (("variant of 裡|里[li3]", "lining"), ("lining",)),
        (("surname Zhang",), ()),
        (("(old) (dialect (northern)) mayor",), ("mayor",)),
        (("see 政府[zheng4 fu3]",), ()),
        (("a dozen",), ("dozen",)),
        (("x" * 80,), ()),
        (("tax; tax",), ("tax",)),
    ],
)
def test_clean(definitions: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    assert clean(definitions) == wanted


def test_common_senses_come_before_names() -> None:
    entries = [Entry("東", "东", "Dong1", ("Dong (place)",)), Entry("東", "东", "dong1", ("east",))]
    assert collect(entries) == {"东": ("east", "Dong")}
