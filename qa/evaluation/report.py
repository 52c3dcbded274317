"""An evaluation as one HTML file that needs nothing else: tables, drawings as SVG, every failure with its quotes.

Questions, answers and page text are data and stand escaped; the page runs no script and fetches nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from qa.evaluation.drawing import bars, histogram
from qa.evaluation.running import Evaluation

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_STYLE = """
body{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:60rem;margin:2rem auto;
padding:0 1rem;color:#222;background:#fdfcf8}h1,h2{font-family:"Songti SC","Noto Serif CJK SC",serif;font-weight:600}
table{border-collapse:collapse;margin:1rem 0}td,th{border-bottom:1px solid #ddd;padding:.25rem .8rem;text-align:right}
th:first-child,td:first-child{text-align:left}details{border-bottom:1px solid #eee;padding:.4rem 0}
blockquote{margin:.3rem 0 .3rem 1rem;padding-left:.8rem;border-left:3px solid #b33}.dim{color:#777}svg{max-width:100%}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#1c1b19}td,th{border-color:#444}svg text{fill:#ddd}}
"""
_MOST_FAILURES = 300


def report(evaluation: Evaluation, *, title: str, variants: Sequence[Mapping[str, Any]] = ()) -> str:
    """Return the page. ``variants`` are rows of an ablation: ``name`` and figures."""
    told = evaluation.to_dict()
    parts = [f"<h1>{escape(title)}</h1>", f"<p>{told['questions']} questions</p>", "<h2>Figures</h2>", _columns(told)]
    parts += [_confidence(evaluation), _ranks(evaluation), _latency(evaluation)]
    if variants:
        parts += ["<h2>Parts switched off</h2>", _rows(variants), _compared(variants)]
    parts += ["<h2>Questions that failed</h2>", _failures(told["failed"])]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>\n" + "\n".join(parts) + "\n</body></html>\n"
    )


def _columns(told: Mapping[str, Any]) -> str:
    columns = {**told["by_language"], "all": told["all"]}
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "".join(
        f"<tr><td>{escape(figure)}</td>" + "".join(f"<td>{_shown(values[figure])}</td>" for values in columns.values()) + "</tr>"
        for figure in told["all"]
    )
    return f"<table><tr><th></th>{head}</tr>{body}</table>"


def _rows(variants: Sequence[Mapping[str, Any]]) -> str:
    names = [name for name in variants[0] if name != "name"]
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    body = "".join(
        f"<tr><td>{escape(row['name'])}</td>" + "".join(f"<td>{_shown(row[name])}</td>" for name in names) + "</tr>"
        for row in variants
    )
    return f"<table><tr><th></th>{head}</tr>{body}</table>"


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def _confidence(evaluation: Evaluation) -> str:
    held = [result.answer.confidence for result in evaluation.results if result.known.answerable]
    absent = [result.answer.confidence for result in evaluation.results if not result.known.answerable]
    series = {"answerable": held, "unanswerable": absent}
    return "<h2>Confidence</h2>" + histogram({name: values for name, values in series.items() if values}, low=0.0, high=1.0)


def _ranks(evaluation: Evaluation) -> str:
    placed = [result for result in evaluation.results if result.known.places]
    counts = {str(rank): float(sum(result.rank == rank for result in placed)) for rank in range(1, 6)}
    counts["not among five"] = float(sum(result.rank is None for result in placed))
    return "<h2>Rank of the passage that answers</h2>" + bars(counts) if placed else ""


def _latency(evaluation: Evaluation) -> str:
    times = [result.milliseconds for result in evaluation.results]
    return (
        "<h2>Milliseconds an answer</h2>" + histogram({"": times}, low=0.0, high=max(times, default=1.0) or 1.0) if times else ""
    )


def _compared(variants: Sequence[Mapping[str, Any]]) -> str:
    return bars({str(row["name"]): row["hit@1"] for row in variants if row.get("hit@1") is not None}, most=1.0, label="hit@1")


def _failures(failed: Sequence[Mapping[str, Any]]) -> str:
    if not failed:
        return "<p>None.</p>"
    more = f"<p class=dim>and {len(failed) - _MOST_FAILURES} more</p>" if len(failed) > _MOST_FAILURES else ""
    return "".join(map(_failure, failed[:_MOST_FAILURES])) + more


def _failure(failure: Mapping[str, Any]) -> str:
    expected = " / ".join(map(str, failure["expected"]))
    quotes = "".join(
        f"<blockquote>{escape(quote)}<br><span class=dim>{escape(source)}</span></blockquote>"
        for quote, source in zip(failure["quotes"], failure["sources"], strict=True)
    )
    return (
        f"<details><summary>{escape(str(failure['id']))} {escape(failure['question'])} <span class=dim>{escape(failure['why'])}, "
        f"confidence {failure['confidence']}</span></summary><p>expected: {escape(expected) or '–'}</p>{quotes}</details>"
    )
