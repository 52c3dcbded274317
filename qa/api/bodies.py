"""What the API takes: request bodies and query parameters, with their limits. Knows nothing of how they are answered."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from pydantic import Field

from index.schema import DateRange, Filter
from qa.chat.carried import MAX_TURNS, Day, FilterBody, Name, Strict, TurnBody
from qa.chat.render import MAX_QUESTION
from qa.schema import Turn, Unit
from qa.verbatim.holding import MOST_CHARACTERS

ARTICLE_ID = Annotated[str, Path(max_length=200, description="As in a citation's article_id")]
EXAMPLE = "社会治理网格化要把握的“四个环节”是哪四个？"


class AskBody(Strict):
    """A question, the turns before it, and which passages may answer."""

    question: str = Field(max_length=MAX_QUESTION, description="In Chinese or English", examples=[EXAMPLE])
    history: list[TurnBody] = Field(default=[], max_length=MAX_TURNS, description="Earlier turns, oldest first")
    limit: int | None = Field(
        default=None, ge=1, le=60, description="How many sources at most; as many as it takes when left out"
    )
    filter: FilterBody | None = None

    def turns(self) -> tuple[Turn, ...]:
        return tuple(Turn(turn.question, turn.answer) for turn in self.history)

    def to_filter(self) -> Filter | None:
        return self.filter.to_filter() if self.filter else None


class SearchBody(Strict):
    """Words to search for, and which passages may be found."""

    question: str = Field(max_length=MAX_QUESTION, examples=["网格员培训"])
    limit: int = Field(default=10, ge=1, le=50)
    filter: FilterBody | None = None

    def to_filter(self) -> Filter | None:
        return self.filter.to_filter() if self.filter else None


class FilterQuery(Strict):
    """A filter as query parameters; each may be given several times."""

    newspaper: list[Name] = Field(default=[], max_length=50, description="Only these newspapers")
    page: list[Name] = Field(default=[], max_length=50, description="Only these pages, as printed")
    author: list[Name] = Field(default=[], max_length=50, description="Only articles by these people")
    first: Day | None = Field(default=None, description="Nothing printed before this day")
    last: Day | None = Field(default=None, description="Nothing printed after this day")
    undated: bool = Field(default=True, description="Whether pages without a known date pass a filter by date")

    def to_filter(self) -> Filter | None:
        """Return the filter, None when no parameter gives one: then it is read out of the question."""
        if self.model_fields_set.isdisjoint(FilterQuery.model_fields):
            return None
        span = (DateRange(self.first or "0001-01-01", self.last or "9999-12-31"),) if self.first or self.last else ()
        return Filter(span, tuple(self.newspaper), tuple(self.page), tuple(self.author), self.undated)


class AskQuery(FilterQuery):
    """A question by link."""

    question: str = Field(max_length=MAX_QUESTION, description="A question in Chinese or English", examples=[EXAMPLE])
    limit: int | None = Field(
        default=None, ge=1, le=60, description="How many sources at most; as many as it takes when left out"
    )


class SearchQuery(FilterQuery):
    """A search by link."""

    question: str = Field(max_length=MAX_QUESTION, description="Words or a question", examples=["网格员培训"])
    limit: int = Field(default=10, ge=1, le=50, description="How many passages at most")


class WordsQuery(FilterQuery):
    """Words that must stand in a passage exactly as printed."""

    words: str = Field(
        max_length=MOST_CHARACTERS,
        description="Words, all of which must stand there; a phrase in quotation marks",
        examples=["网格"],
    )


class SnippetsQuery(WordsQuery):
    """Words, and how much around them to show."""

    width: int = Field(default=30, ge=0, le=200, description="Characters before and after the words")
    limit: int = Field(default=20, ge=1, le=200, description="How many lines at most")


class TimelineQuery(FilterQuery):
    """A matter that went on."""

    question: str = Field(
        max_length=MAX_QUESTION, description="How something went on, or just its name", examples=["网格员培训的经过"]
    )
    unit: Unit | None = Field(default=None, description="What counts are made by; without it the length of the story decides")
    limit: int = Field(default=50, ge=1, le=200, description="How many dates at most")


class ContentsQuery(Strict):
    """An issue of a newspaper."""

    date: str | None = Field(
        default=None,
        pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$",
        description="A day, month or year; without it the newest",
        examples=["2021-06-08"],
    )
    newspaper: str | None = Field(default=None, max_length=200, description="Only this newspaper")
    page: str | None = Field(default=None, max_length=200, description="Only this page, as printed")
    limit: int = Field(default=100, ge=1, le=500, description="How many articles at most")
