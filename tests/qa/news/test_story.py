"""Which questions ask how something went on, and about what."""

from __future__ import annotations

import pytest

from qa.news import story
from qa.question import understand

ASKED = [
    ("江口大桥的建设经过是怎样的？", "江口大桥"),
    ("江口大桥建设的来龙去脉", "江口大桥建设"),
    ("江口大桥的建设历程", "江口大桥"),
    ("请梳理一下江口大桥的时间线", "江口大桥"),
    ("老旧小区改造有什么进展？", "老旧小区改造"),
    ("江口大桥后来怎么样了？", "江口大桥"),
    ("互联网+医疗是怎么一步步发展起来的", "互联网+医疗"),
    ("Give me a timeline of the ferry terminal", "ferry terminal"),
    ("How did the ferry terminal go on?", "ferry terminal"),
    ("How has the harbour project developed since 1998?", "harbour project since 1998"),
    ("What progress on the ferry terminal?", "ferry terminal"),
    ("Trace the ferry terminal step by step", "ferry terminal"),
]
OTHER = [
    "地铁三号线经过哪些站？",
    "江口大桥全长多少米？",
    "市长怎么评价江口大桥？",
    "进展最快的项目是哪个？",
    "How did the mayor describe the pier?",
    "How much progress prize money was paid?",
    "Who developed the ferry terminal?",
    "What was the course fee of the school?",
]


@pytest.mark.parametrize(("text", "subject"), ASKED, ids=[text for text, _ in ASKED])
def test_a_course_of_events_is_asked_for(text: str, subject: str) -> None:
    question = understand(text)
    assert story.asked(question)
    assert " ".join(story.subject(question).text.split()) == subject


@pytest.mark.parametrize("text", OTHER)
def test_other_questions_are_left_alone(text: str) -> None:
    question = understand(text)
    assert not story.asked(question)
    assert story.subject(question) is question
