"""Answers and hits as text for people. Page text is data: it never becomes markup."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from index.schema import ArticleRecord
from qa.compose import SearchHit
from qa.recognition import doubtful
from qa.schema import Answer, Citation, Written


def show_answer(console: Console, answer: Answer) -> None:
    """Print notes, quotes with the answering words marked, then their sources."""
    chinese = answer.language == "zh"
    for note in answer.interpretation.notes:
        console.print(Text(f"· {note}", style="dim"))
    if not answer.found:
        console.print(Text(answer.text, style="bold"))
        if answer.nearest:
            console.print(Text("最接近的段落（不是答案）：" if chinese else "Nearest passages (not an answer):", style="dim"))
    if answer.contents is not None and answer.found:
        console.print(Text(answer.text))
    else:
        for citation in answer.citations or answer.nearest:
            when = f"{citation.date or '—'}  " if answer.dated else ""
            console.print(Text.assemble(f"[{citation.number}] ", (when, "bold"), quote(citation)))
    console.print()
    if answer.written is not None:
        show_written(console, answer.written, chinese=chinese)
    show_sources(console, answer)


def show_written(console: Console, written: Written, *, chinese: bool) -> None:
    """Print what a language model wrote, apart from the quotes, and what it took."""
    console.print(Text(f"由 {written.model} 根据引文写成：" if chinese else f"In the words of {written.model}:", style="dim"))
    console.print(Text(written.text))
    usage = written.usage
    facts = [f"tokens {usage.prompt_tokens} + {usage.completion_tokens}"] if usage.prompt_tokens is not None else []
    facts += [f"cost {usage.cost:.6f}"] if usage.cost is not None else []
    facts += [f"sentences dropped {written.dropped}"] if written.dropped else []
    facts += [] if written.complete else ["the reply broke off"]
    console.print(Text(" · ".join(facts), style="dim"))
    console.print()


def show_sources(console: Console, answer: Answer) -> None:
    """Print where the quotes stand."""
    for citation in answer.citations or answer.nearest:
        sure = doubtful(citation)
        said = [*citation.flags, *([f"识别可信度 {sure}"] if sure else [])]
        flags = f"（{'、'.join(said)}）" if said else ""
        console.print(Text(f"[{citation.number}] {citation.label}{flags}", style="dim"))
        if answer.found:
            console.print(Text(f"    {citation.gbt7714}", style="dim"))
        show_printings(console, citation)


def show_printings(console: Console, citation: Citation) -> None:
    """Print where else a passage was printed."""
    for printing in citation.also_printed_in:
        console.print(Text(f"    又见 also in {printing.label}", style="dim"))


def show_article(console: Console, article: ArticleRecord, citation: Citation) -> None:
    """Print a whole article, the quote marked where it stands."""
    console.print()
    for line, style in (
        (article.kicker, "dim"),
        (article.headline, "bold"),
        (article.subtitle, ""),
        (" ".join(article.authors), "dim"),
    ):
        if line:
            console.print(Text(line, style=style))
    for text in (*(paragraph.text for paragraph in article.paragraphs), *article.captions):
        shown, place = Text(text), text.find(citation.quote)
        if place >= 0:
            shown.stylize("bold reverse", place, place + len(citation.quote))
        console.print(shown)
    console.print(Text(citation.label, style="dim"))
    console.print()


def show_hits(console: Console, hits: Sequence[SearchHit]) -> None:
    """Print the passages found, nearest first."""
    if not hits:
        console.print(Text("没有找到任何段落。 No passage was found."))
    for hit in hits:
        console.print(Text.assemble((f"{hit.rank}. ", "bold"), quote(hit.citation)))
        console.print(Text(f"   {hit.citation.label}", style="dim"))
        show_printings(console, hit.citation)


def quote(citation: Citation) -> Text:
    """Return the quote with its answering words marked."""
    text = Text(citation.quote)
    for start, end in citation.marks:
        text.stylize("bold reverse", start - citation.start, end - citation.start)
    return text
