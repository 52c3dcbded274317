"""What the page sends along with a question: which passages may answer, and the turns before it. Read strictly from JSON.

The browser keeps a reader's conversations and filters; the server keeps neither. Knows nothing of how either is shown.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from index.errors import QuestionError
from index.schema import DateRange, Filter
from qa.chat.render import MAX_QUESTION
from qa.schema import Turn

ISO_DAY = r"^\d{4}-\d{2}-\d{2}$"
MAX_TURNS = 20
MAX_TURN = 10_000
_LONGEST = 60_000


def _real_day(text: str) -> str:
    datetime.date.fromisoformat(text)  # a ValueError, such as "day is out of range for month", is told as it is
    return text


Day = Annotated[str, Field(pattern=ISO_DAY, json_schema_extra={"format": "date"}), AfterValidator(_real_day)]
Name = Annotated[str, Field(max_length=200)]


class Strict(BaseModel):
    """A body that holds nothing but its fields."""

    model_config = ConfigDict(extra="forbid")


class TurnBody(Strict):
    """An earlier question and what was answered."""

    question: str = Field(max_length=MAX_QUESTION)
    answer: str = Field(default="", max_length=MAX_TURN)


class DatesBody(Strict):
    """Days from first to last, both included."""

    first: Day = Field(examples=["2021-06-01"])
    last: Day = Field(examples=["2021-06-30"])


class FilterBody(Strict):
    """Which passages may be found; within a field any value suffices, between fields all must hold."""

    dates: list[DatesBody] = Field(default=[], max_length=20)
    newspapers: list[Name] = Field(default=[], max_length=50, examples=[["东昌府讯"]])
    pages: list[Name] = Field(default=[], max_length=50, examples=[["1"]])
    authors: list[Name] = Field(default=[], max_length=50)
    undated: bool = Field(default=True, description="Whether pages without a known date pass a filter by date")

    def to_filter(self) -> Filter:
        dates = tuple(DateRange(each.first, each.last) for each in self.dates)
        return Filter(dates, tuple(self.newspapers), tuple(self.pages), tuple(self.authors), self.undated)


class _Body(Strict):
    filter: FilterBody | None = None
    keep: FilterBody | None = None
    turns: list[TurnBody] | None = Field(default=None, max_length=MAX_TURNS)


@dataclass(frozen=True, slots=True)
class Carried:
    """A filter for this question alone (None: read it out of the question), and turns (None: those of this visit).

    ``keep`` is the filter that the reader set for all questions; it holds beside what a question says.
    """

    filter: Filter | None = None
    turns: tuple[Turn, ...] | None = None
    keep: Filter | None = None


def carried(text: str) -> Carried:
    """Read what came along with a question. Raises QuestionError when the page did not write it."""
    if not text:
        return Carried()
    try:
        body = _Body.model_validate_json(text[: _LONGEST + 1]) if len(text) <= _LONGEST else None
    except ValidationError:
        body = None
    if body is None:
        raise QuestionError("what the page sent along with this question cannot be read; reload the page and ask again")
    turns = None if body.turns is None else tuple(Turn(each.question, each.answer) for each in body.turns)
    only, keep = (each.to_filter() if each else None for each in (body.filter, body.keep))
    return Carried(only, turns, keep)
