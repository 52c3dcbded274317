"""What was inferred and what could not be, in words; each function writes them in the language that it is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.schema import DateRange, Filter
from qa.dates import DateMention
from qa.dates.saying import say_span
from qa.operators import Problem, Typed
from qa.question.schema import Kind
from qa.question.scope import Scope
from qa.schema import Language

_ZH_FIELDS = {"dates": "日期", "pages": "版", "newspapers": "报纸", "authors": "作者", "phrases": "原词", "excluded": "不含"}
_EN_FIELDS = {
    "dates": "date",
    "pages": "page",
    "newspapers": "newspaper",
    "authors": "author",
    "phrases": "exact",
    "excluded": "without",
}
_MOST = 12
_ZH_KINDS: dict[Kind, str] = {
    "who": "什么人",
    "when": "什么时候",
    "where": "什么地方",
    "number": "多少",
    "why": "为什么",
    "how": "怎么做",
    "list": "有哪些",
    "compare": "有何不同",
    "definition": "是什么",
    "contact": "联系方式",
    "yesno": "是不是",
}
_EN_KINDS: dict[Kind, str] = {
    "who": "who",
    "when": "when",
    "where": "where",
    "number": "how many or how much",
    "why": "why",
    "how": "how",
    "list": "which ones",
    "compare": "what differs",
    "definition": "what it is",
    "contact": "how to reach",
    "yesno": "yes or no",
}


def notes_of(scope: Scope, language: Language) -> tuple[str, ...]:
    """Return a note for each thing that narrows the search, and for each date that could not."""
    return (*filter_notes(scope.filter, language), *_absent(scope.absent, language), *_left(scope.open_dates, language))


def kind_notes(kinds: Sequence[Kind], language: Language) -> tuple[str, ...]:
    """Return a note that says what kind of answer is looked for; none where no kind is plain."""
    names = _ZH_KINDS if language == "zh" else _EN_KINDS
    asked = [names[kind] for kind in kinds if kind in names]
    if not asked:
        return ()
    return (f"问的是：{'、'.join(asked)}",) if language == "zh" else (f"asked for: {', '.join(asked)}",)


def typed_notes(typed: Typed, language: Language) -> tuple[str, ...]:
    """Return notes for operators: what they ask for, and those that could not be read."""
    notes = [*filter_notes(typed.filter, language)]
    if language == "zh":
        notes += [f"必须有原词：{'、'.join(f'“{phrase}”' for phrase in typed.phrases)}"] if typed.phrases else []
        notes += [f"不含：{'、'.join(typed.excluded)}"] if typed.excluded else []
    else:
        notes += ["exact words: " + ", ".join(f"“{phrase}”" for phrase in typed.phrases)] if typed.phrases else []
        notes += ["without: " + ", ".join(typed.excluded)] if typed.excluded else []
    return (*notes, *(_problem(problem, language) for problem in typed.problems))


def _problem(problem: Problem, language: Language) -> str:
    if language == "zh":
        return f"没有读懂“{problem.typed}”，未按{_ZH_FIELDS[problem.field]}筛选"
    return f"could not read “{problem.typed}”; not filtered by {_EN_FIELDS[problem.field]}"


def filter_notes(filter: Filter, language: Language) -> Iterator[str]:
    """Yield a note for each field of a filter that limits anything."""
    if filter.dates:
        spans = [say_span(span, language) for span in filter.dates[:_MOST]] + (["…"] if len(filter.dates) > _MOST else [])
        if language == "zh":
            yield f"按报纸日期筛选：{'、'.join(spans)}（未注明日期的版面保留）"
        else:
            yield f"issues dated {', '.join(spans)} (undated pages kept)"
    for values, zh, en in (
        (filter.newspapers, "只查报纸：", "only newspaper: "),
        ([f"第{page}版" if language == "zh" else page for page in filter.pages], "只查版面：", "only page: "),
        (filter.authors, "只查作者：", "only by: "),
    ):
        if values:
            yield zh + "、".join(values) if language == "zh" else en + ", ".join(values)


def _absent(spans: Sequence[DateRange], language: Language) -> Iterator[str]:
    if spans:
        said = [say_span(span, language) for span in spans[:_MOST]]
        yield f"档案里没有{'、'.join(said)}的报纸" if language == "zh" else f"the archive has no newspaper of {', '.join(said)}"


def _left(dates: Sequence[DateMention], language: Language) -> Iterator[str]:
    for mention in dates[:_MOST]:
        choice = "；".join(say_span(span, language) for span in mention.candidates[:6]) if mention.candidates else ""
        if language == "zh":
            why = f"可能指{choice}" if choice else "没有明确的年份或起止"
            yield f"“{mention.text}”{why}，未按日期筛选"
        else:
            why = f"may be {choice.replace('；', ' or ')}" if choice else "names no year, or no first and last day"
            yield f"“{mention.text}” {why}; not filtered by date"
