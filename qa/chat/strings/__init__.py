"""Every word of the page, in Chinese and English, and the two spans that show one of them.

Both languages stand in the page; the stylesheet shows the one that ``<html data-lang>`` names, so the switch
is immediate and covers answers already given. Archive text is never translated and never stands here.
"""

from __future__ import annotations

from qa.chat.markup import Html, esc, join, tag
from qa.chat.strings.archive import ARCHIVE, ARCHIVE_SCRIPT
from qa.chat.strings.flags import FLAGS
from qa.chat.strings.habits import HABITS, HABITS_SCRIPT
from qa.chat.strings.reading import READING
from qa.chat.strings.script import SCRIPT

STRINGS: dict[str, tuple[str, str]] = {**READING, **ARCHIVE, **HABITS}
SCRIPT_WORDS: dict[str, tuple[str, str]] = {**SCRIPT, **ARCHIVE_SCRIPT, **HABITS_SCRIPT}

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def pair(chinese: object, english: object) -> Html:
    """Return both versions; the stylesheet shows one. Parts that are not ``Html`` are escaped."""
    return join(tag("span", chinese, cls="wb-zh", lang="zh"), tag("span", english, cls="wb-en", lang="en"))


def say(key: str, **values: object) -> Html:
    """Return the words of ``key`` in both languages; values are escaped."""
    chinese, english = (filled(template, values) for template in STRINGS[key])
    return pair(chinese, english)


def filled(template: str, values: dict[str, object]) -> Html:
    """Return the template with ``{name}`` replaced by escaped values; the template itself is ours and trusted."""
    return Html(template.format(**{key: esc(value) for key, value in values.items()}))


def count(key: str, n: int) -> Html:
    """Return e.g. ``2 newspapers``; English has its own form for one."""
    return say(f"{key}_one") if n == 1 else say(key, n=f"{n:,}")


def day(iso: str) -> Html:
    """Return a day as each language writes it; anything that is not an ISO day is shown as it stands."""
    parts = iso.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return esc(iso)
    year, month, number = parts[0], int(parts[1]), int(parts[2])
    return pair(f"{year}年{month}月{number}日", f"{number} {MONTHS[month - 1]} {year}")


def flag(name: str) -> Html:
    """Return a flag with its meaning; an unknown one is shown by its name alone."""
    if name not in FLAGS:
        return tag("span", name, cls="wb-flag")
    _, meaning = FLAGS[name]
    explained = pair(join("：", meaning[0]), join(": ", meaning[1]))
    return tag("span", tag("b", flag_name(name)), explained, cls="wb-flag")


def flag_name(name: str) -> Html:
    """Return the name of a flag in both languages."""
    return pair(*FLAGS[name][0]) if name in FLAGS else esc(name)
