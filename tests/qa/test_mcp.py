"""The tools as the official client meets them, over the transport inside the process; the others run in ``tests/doors``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from mcp import Client

from qa.assistant import Assistant
from qa.chat.answering import Answering
from qa.mcp import make_server
from tests.asynchronous import run


def call(assistant: Assistant, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """Return the results of calls, made by a client of a server over the assistant."""

    async def work(task: Callable[[Answering], Any]) -> Any:
        return task(assistant)

    async def session() -> list[Any]:
        async with Client(make_server(work)) as client:
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return run(session)


def test_ask_and_search_give_what_python_gives(assistant: Assistant) -> None:
    question = "智汇谷产业基地计划新增多少个就业岗位？"
    asked, searched = call(assistant, ("ask", {"question": question}), ("search", {"question": "网格员", "limit": 3}))
    expected = assistant.ask(question).to_dict()
    assert asked.structured_content["citations"] == expected["citations"]
    assert len(searched.structured_content["hits"]) == 3


def test_words_issues_and_articles(assistant: Assistant) -> None:
    lines, counts, issues = call(
        assistant, ("snippets", {"words": "就业岗位"}), ("facets", {"words": "网格"}), ("list_issues", {"limit": 1})
    )
    assert lines.structured_content["total"] == 2
    assert counts.structured_content["newspapers"][0]["value"] == "东昌府讯"
    assert issues.structured_content["total"] == 2
    assert "/" not in issues.structured_content["issues"][0]["source"]
    article_id = lines.structured_content["lines"][0]["article_id"]
    article, none = call(assistant, ("get_article", {"article_id": article_id}), ("get_article", {"article_id": "../none"}))
    assert article.structured_content["article"]["id"] == article_id
    assert none.structured_content == {"article": None}


def test_contents_and_timeline(assistant: Assistant) -> None:
    contents, timeline = call(assistant, ("contents", {"date": "2021-06-08"}), ("timeline", {"question": "网格员培训"}))
    assert contents.structured_content["pages"][0]["newspaper"] == "东昌府讯"
    assert timeline.structured_content["timeline"]["moments"][0]["date"] == "2021-06-08"


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {"question": " "}, "the question is empty"),
        ("snippets", {"words": "。"}, "is only marks"),
        ("ask", {"question": "谁？", "first": "2021-02-30"}, "first"),
        ("ask", {"question": "谁" * 1001}, "question"),
        ("search", {"question": "谁？", "limit": 0}, "limit"),
    ],
)
def test_what_cannot_be_asked_is_told_to_the_agent(assistant: Assistant, tool: str, arguments: dict[str, Any], said: str) -> None:
    (refused,) = call(assistant, (tool, arguments))
    assert refused.is_error
    assert said in refused.content[0].text


def test_every_tool_says_that_it_only_reads(assistant: Assistant) -> None:
    async def work(task: Callable[[Answering], Any]) -> Any:
        return task(assistant)

    async def listed() -> Any:
        async with Client(make_server(work)) as client:
            return (await client.list_tools()).tools

    tools = run(listed)
    assert {tool.name for tool in tools} >= {"search", "ask", "snippets", "facets", "timeline", "get_article", "list_issues"}
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)
