"""Days as mastheads and datelines print them."""

from __future__ import annotations

import datetime

_DIGITS = "〇一二三四五六七八九"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def numeral(value: int) -> str:
    """1 to 99 in Chinese numerals: 十二, 二十八."""
    tens, ones = divmod(value, 10)
    return (("" if tens == 1 else _DIGITS[tens]) + "十" if tens else "") + (_DIGITS[ones] if ones else "")


def chinese(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def spelled(day: datetime.date) -> str:
    year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{numeral(day.month)}月{numeral(day.day)}日"


def republic(day: datetime.date) -> str:
    year = "元" if day.year == 1912 else numeral(day.year - 1911)
    return f"民國{year}年{numeral(day.month)}月{numeral(day.day)}日"


def american(day: datetime.date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
