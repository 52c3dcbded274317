"""Figures of all sizes as a Markdown table and as plots. Measures nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Figures = Mapping[str, Any]
_SHOWN = (
    ("passages", "passages"),
    ("text MB", "text, MB"),
    ("build s", "build from files, s"),
    ("build peak MB", "memory of the build, MB"),
    ("disk MB", "on disk, MB"),
    ("open s", "opened after, s"),
    ("first answer s", "first answer after, s"),
    ("one more issue s", "one more issue, s"),
    ("one more issue, until a reader has it s", "… until an open reader has it, s"),
    ("taking it out s", "… taking it out, s"),
    ("articles of the issue", "… its articles"),
    ("memory MB of its own", "memory while asked, MB"),
    ("peak MB with mapped files", "… with mapped files, MB"),
)
_LEGS = ("lexical", "dense", "query", "answer", "lexical, half of the days", "dense, half of the days")
_LEGS_NARROW = ("lexical, one month", "dense, one month")


def share(found: Sequence[bool]) -> float:
    """Return the share of questions whose passage was found."""
    return sum(found) / max(1, len(found))


def markdown(results: Mapping[str, Mapping[str, Figures]]) -> str:
    """Return the tables of all sizes; ``results`` holds for each size the figures by system, Wenbao first."""
    sizes = list(results)
    own = [results[size]["Wenbao"] for size in sizes]
    lines = ["| | " + " | ".join(f"{int(size):,}" for size in sizes) + " |", "|---|" + "---:|" * len(sizes)]
    lines += [f"| {label} | " + " | ".join(_number(figures.get(key)) for figures in own) + " |" for key, label in _SHOWN]
    for leg in (*_LEGS, *_LEGS_NARROW):
        cells = (" / ".join(_number(figures.get(f"{leg} p{part} ms")) for part in (50, 95, 99)) for figures in own)
        lines.append(f"| {leg}: p50 / p95 / p99, ms | " + " | ".join(cells) + " |")
    for size in sizes:
        if len(results[size]) > 1:
            lines += ["", *_compared(results[size])]
    return "\n".join(lines) + "\n"


def _compared(systems: Mapping[str, Figures]) -> list[str]:
    mine = systems["Wenbao"]
    own: dict[str, Figures] = {"Wenbao": mine}
    if "found by words" in mine:
        alone = {f"query {part} ms": mine[f"words alone {part} ms"] for part in ("p50", "p95")}
        own["Wenbao, words alone"] = {**mine, **alone, "found": mine["found by words"]}
    if "same words" in mine:
        own["Wenbao, the same words"] = {**mine, **mine["same words"]}
    systems = {**own, **systems}
    lines = [
        f"Of {mine['passages']:,} passages, the ten best for a question:",
        "",
        "| | p50, ms | p95, ms | times Wenbao's p50 | found in ten | questions | Wenbao on the same | build, s | memory, MB |",
        "|---|" + "---:|" * 8,
    ]
    for name, figures in systems.items():
        if "failed" in figures:
            lines.append(f"| {name} | {figures['failed']} |" + " |" * 7)
            continue
        asked = len(figures["found"])
        cells = (
            _number(figures["query p50 ms"]),
            _number(figures["query p95 ms"]),
            f"{figures['query p50 ms'] / mine['query p50 ms']:.1f}",
            f"{share(figures['found']):.3f}",
            str(asked),
            f"{share(mine['found'][:asked]):.3f}",
            _number(figures["build s"]),
            _number(figures.get("peak MB", figures.get("peak MB with mapped files"))),
        )
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def _number(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def plots(results: Mapping[str, Mapping[str, Figures]], folder: Path) -> list[Path]:
    """Draw question time and time to build by size; return the files. Raises ImportError without matplotlib."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for key, label, name in (("query p50 ms", "ms a question, median", "query.png"), ("build s", "s to build", "build.png")):
        figure, axes = pyplot.subplots(figsize=(6, 4), layout="constrained")
        for system in dict.fromkeys(name for systems in results.values() for name in systems):
            points = [
                (systems[system]["passages"], systems[system][key])
                for systems in results.values()
                if key in systems.get(system, {})
            ]
            axes.plot(*zip(*points, strict=True), marker="o", label=system, linewidth=3 if system == "Wenbao" else 1.2)
        axes.set(xscale="log", yscale="log", xlabel="passages", ylabel=label)
        axes.grid(alpha=0.3)
        axes.legend(fontsize=8)
        written.append(folder / name)
        figure.savefig(written[-1], dpi=150)
        pyplot.close(figure)
    return written
