"""Two drawings as inline SVG: bars and histograms. Knows numbers and names, nothing of questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

_COLOURS = ("#b33a3a", "#4a6fa5", "#8a8a5c")
_WIDTH, _ROW, _NAME = 720, 26, 220
_BINS, _HEIGHT = 20, 160


def bars(values: Mapping[str, float], *, most: float | None = None, label: str = "") -> str:
    """Return horizontal bars, one a name, scaled to ``most`` or the longest."""
    top = most or max(values.values(), default=0.0) or 1.0
    room = _WIDTH - _NAME - 70
    long = {name: max(0.0, min(1.0, value / top)) * room for name, value in values.items()}
    parts = [
        f'<text x="{_NAME - 8}" y="{row * _ROW + 18}" text-anchor="end">{escape(name)}</text>'
        f'<rect x="{_NAME}" y="{row * _ROW + 5}" width="{long[name]:.1f}" height="16" fill="{_COLOURS[0]}"/>'
        f'<text x="{_NAME + long[name] + 6:.1f}" y="{row * _ROW + 18}">{value:g}</text>'
        for row, (name, value) in enumerate(values.items())
    ]
    return _svg(parts, _ROW * len(values) + 6, label)


def histogram(series: Mapping[str, Sequence[float]], *, low: float, high: float) -> str:
    """Return counts in twenty bins from ``low`` to ``high``, series beside each other; values outside count in the last bins."""
    counts = {name: _counts(values, low, high) for name, values in series.items()}
    top = max((max(row) for row in counts.values()), default=0) or 1
    wide = _WIDTH / _BINS
    parts: list[str] = []
    for number, (name, row) in enumerate(counts.items()):
        colour, thin = _COLOURS[number % len(_COLOURS)], (wide - 4) / max(1, len(counts))
        for place, count in enumerate(row):
            tall = count / top * (_HEIGHT - 30)
            left = place * wide + 2 + number * thin
            parts.append(
                f'<rect x="{left:.1f}" y="{_HEIGHT - tall:.1f}" width="{thin:.1f}" height="{tall:.1f}" fill="{colour}">'
                f"<title>{count}</title></rect>"
            )
        if name:
            parts.append(f'<text x="8" y="{16 + 18 * number}" style="fill:{colour}">{escape(name)} ({len(series[name])})</text>')
    parts.append(f'<text x="2" y="{_HEIGHT + 18}">{low:g}</text>')
    parts.append(f'<text x="{_WIDTH - 2}" y="{_HEIGHT + 18}" text-anchor="end">{high:.3g}</text>')
    return _svg(parts, _HEIGHT + 26, ", ".join(name for name in series if name))


def _counts(values: Sequence[float], low: float, high: float) -> list[int]:
    row = [0] * _BINS
    for value in values:
        row[max(0, min(_BINS - 1, int((value - low) / (high - low) * _BINS)))] += 1
    return row


def _svg(parts: Sequence[str], height: float, label: str) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" role="img" aria-label="{escape(label)}" '
        f'font-size="13">{"".join(parts)}</svg>'
    )
