"""Let a language model write an answer from the quotes, and keep of it what they bear out.

Nothing is asked of the model when the archive does not hold an answer. Whatever goes wrong, the quotes stand and a note says
why nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from index.errors import EndpointError
from qa.llm.checking import bears_out
from qa.llm.client import Piece, complete
from qa.llm.endpoint import Endpoint
from qa.llm.prompt import Prompt, prompt_of
from qa.llm.statements import Cutter, Statement
from qa.notes import Note
from qa.schema import Answer, Usage, Written

Heard = Callable[[str], None]


class Supporting(Protocol):
    """What checking needs of an assistant."""

    def support(self, statement: str, text: str) -> float:
        """Return which share (0 to 1) of a statement's content, weighted by rarity, stands in a text."""
        ...


def write(answer: Answer, endpoint: Endpoint, assistant: Supporting, *, heard: Heard | None = None) -> Answer:
    """Return the answer with ``written``, or with a note why there is none. ``heard`` gets each sentence once it is checked."""
    if not answer.found or not answer.citations:
        return answer
    prompt, tally = prompt_of(answer), _Tally()
    citations = {citation.number: citation for citation in answer.citations}
    kept: list[Statement] = []
    failure = ""
    try:
        for statement in _statements(tally.counted(complete(endpoint, prompt.messages))):
            if _is_own(statement, prompt, endpoint) and bears_out(statement, citations, assistant.support):
                kept.append(statement)
                if heard is not None:
                    heard(_with_numbers(statement))
            else:
                tally.dropped += 1
    except EndpointError as error:
        failure = str(error)
    if not kept:
        return _noted(answer, failure, tally)
    usage = tally.usage(endpoint)
    numbers = tuple(sorted({number for statement in kept for number in statement.numbers}))
    text = (" " if answer.language == "en" else "").join(_with_numbers(statement) for statement in kept)
    written = Written(text, numbers, tally.dropped, endpoint.model, usage, complete=not failure)
    return replace(answer, written=written)


class _Tally:
    """Counts of one reply."""

    def __init__(self) -> None:
        self.dropped = 0
        self._prompt: int | None = None
        self._completion: int | None = None

    def counted(self, pieces: Iterable[Piece]) -> Iterator[str]:
        for piece in pieces:
            self._prompt = piece.prompt_tokens if piece.prompt_tokens is not None else self._prompt
            self._completion = piece.completion_tokens if piece.completion_tokens is not None else self._completion
            yield piece.text

    def usage(self, endpoint: Endpoint) -> Usage:
        cost = None
        if endpoint.prices and self._prompt is not None and self._completion is not None:
            cost = (self._prompt * endpoint.prices[0] + self._completion * endpoint.prices[1]) / 1_000_000
        return Usage(self._prompt, self._completion, cost)


def _statements(texts: Iterable[str]) -> Iterator[Statement]:
    cutter = Cutter()
    for text in texts:
        yield from cutter.add(text)
    yield from cutter.close()


def _is_own(statement: Statement, prompt: Prompt, endpoint: Endpoint) -> bool:
    """Nothing of what only this program knows may come back."""
    return prompt.marker not in statement.text and not (endpoint.key and endpoint.key in statement.text)


def _with_numbers(statement: Statement) -> str:
    return statement.text + "".join(f"[{number}]" for number in statement.numbers)


def _noted(answer: Answer, failure: str, tally: _Tally) -> Answer:
    if failure:
        said = f"语言模型没有给出答复，以下只有原文（{failure}）", f"no words of the language model: {failure}"
    elif tally.dropped:
        said = (
            f"语言模型写的 {tally.dropped} 句话没有引文支持，未采用，以下只有原文",
            f"nothing that the language model wrote ({tally.dropped} sentences) is borne out by the quotes; they stand alone",
        )
    else:
        said = "语言模型没有写任何句子，以下只有原文", "the language model wrote nothing; the quotes stand alone"
    meant = answer.interpretation
    return replace(answer, interpretation=replace(meant, notes=(*meant.notes, Note(*said, answer.language))))
