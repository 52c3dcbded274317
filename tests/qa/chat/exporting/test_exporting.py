from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import get_args

import docx as library

from qa.chat.exporting import FORMATS, Format, Span, Talk, Wanted, gathered, written
from qa.chat.exporting.markdown import literal
from tests.qa.chat.fake_assistant import MEETING, FakeAssistant
from tests.qa.chat.hostile import PAYLOADS, hostile_article

QUESTION = "要把握哪“四个环节”？"


def talk(assistant: FakeAssistant | None = None, *, language: str = "zh", spans: tuple[Span, ...] | None = None) -> Talk:
    held = assistant or FakeAssistant()
    passage = held.passages(MEETING.id)[1] if MEETING.id in held.articles else held.passages(next(iter(held.articles)))[0]
    at = passage.text.find("要打造")
    wanted = spans or (Span(1, passage.id, max(0, at), max(0, at) + 10, ((max(0, at) + 3, max(0, at) + 7),)),)
    references = {span.passage_id: held.reference(span.passage_id) for span in wanted if held.passage(span.passage_id)}
    asked = [Wanted(QUESTION, wanted), Wanted("电灯是谁发明的？", ())]
    return gathered("网格员", "zh" if language == "zh" else "en", "2026-11-22", asked, references)


def test_quotes_come_from_the_archive() -> None:
    (cited,) = talk().exchanges[0].cited
    assert cited.quote == "要打造“一张网格”，"[:10]
    assert [cited.quote[low:high] for low, high in cited.marks] == [cited.quote[3:7]]


def test_what_the_archive_holds_no_more_is_said_and_not_made_up() -> None:
    passage = FakeAssistant().passages(MEETING.id)[0].id
    gone = talk(spans=(Span(1, "gone-a01-s01", 0, 5), Span(2, passage, 5, 99_999), Span(3, passage, 0, 4)))
    assert [cited.reference is None for cited in gone.exchanges[0].cited] == [True, True, False]
    text = written(gone, "markdown").content.decode()
    assert text.count("这段原文已不在档案中。") == 2
    assert "为进一步" in text


def test_markdown_has_question_quote_and_source() -> None:
    made = written(talk(), "markdown")
    lines = made.content.decode().splitlines()
    assert made.name == "网格员.md"
    assert lines[0] == "# 网格员"
    assert f"## {QUESTION}" in lines
    assert "> 要打造“一张网格”， \\[1\\]" in lines
    assert any("东昌府讯" in line and "2021-06-08" in line and "第2段" in line for line in lines)
    assert "档案里没有找到答案。" in lines
    english = written(talk(language="en"), "markdown").content.decode()
    assert "**Sources**" in english
    assert "(paragraph 2)" in english
    assert "No answer was found" in english


def test_no_printed_sign_is_obeyed_by_markdown() -> None:
    signs = re.compile(r"(?<!\\)[`*_{}\[\]<>#|~$]")
    for payload in PAYLOADS:
        assert signs.findall(literal(payload).replace("\\\\", "")) == []
        assert "\n" not in literal(payload)
    assert literal("- 一") == "\\- 一"
    assert literal("1. 一") == "1\\. 一"
    assert literal("1345期 2021-06-08") == "1345期 2021-06-08"
    assert literal("http://a.cn www.b.cn") == "http\\://a.cn www\\.b.cn"
    assert literal("正\u202e文\x07") == "正文"


def test_word_opens_and_holds_the_same_words() -> None:
    made = written(talk(), "docx")
    document = library.Document(io.BytesIO(made.content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert made.name == "网格员.docx"
    assert QUESTION in texts
    quote = next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith("要打造"))
    assert [run.text for run in quote.runs if run.underline] == [quote.text[3:7]]
    assert any("东昌府讯" in text and "2021-06-08" in text for text in texts)


def test_a_hostile_newspaper_makes_files_that_open() -> None:
    article = hostile_article()
    assistant = FakeAssistant([replace(article, headline=f"{article.headline}\x00\x0b\ud800")])
    made = replace(talk(assistant), title="\x00\x1f<a href=x>../..\\con\ud800")
    for format in FORMATS:
        file = written(made, format)
        assert not re.search(r'[/\\<>:"|?*\x00-\x1f]', file.name)
        assert file.content
    library.Document(io.BytesIO(written(made, "docx").content))


def test_bibtex_and_ris_name_each_article_once() -> None:
    passages = FakeAssistant().passages(MEETING.id)
    made = talk(spans=tuple(Span(number, passage.id, 0, 5) for number, passage in enumerate(passages[:2], 1)))
    assert written(made, "bibtex").content.decode().count("@article{") == 1
    assert written(made, "ris").content.decode().count("TY  - NEWS") == 1
    assert get_args(Format) == FORMATS
