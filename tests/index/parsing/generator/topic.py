"""What a topic is made of: templates with slots.

x is the matter, p and q are places, c a city, o an office, m, n and k persons, a, b and d numbers.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    subjects: tuple[str, ...]
    offices: tuple[str, ...]
    headlines: tuple[str, ...]
    kickers: tuple[str, ...]
    subtitles: tuple[str, ...]
    subheads: tuple[str, ...]
    captions: tuple[str, ...]
    sentences: tuple[str, ...]
