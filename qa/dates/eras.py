"""Chinese numerals, reigns, the Republic and the cycle of sixty years, as years of the Gregorian calendar.

A reign year is given as the Gregorian year that most of it lies in (光绪二十一年 -> 1895); the months of reigns that
kept the lunar calendar are not converted. Knows nothing of sentences.
"""

from __future__ import annotations

import re

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2, "元": 1}
NUMERAL = "[〇○零一二三四五六七八九十廿卅]"
_TENS = re.compile(r"(?P<tens>[一二三四五六七八九\d]?)十(?P<ones>[一二三四五六七八九\d]?)")
_NAMES = "〇一二三四五六七八九"

# Reign -> (Gregorian year of its first year, years it lasted, months are those of the Gregorian calendar).
_REIGNS: dict[str, tuple[int, int, bool]] = {
    "洪武": (1368, 31, False), "永乐": (1403, 22, False), "嘉靖": (1522, 45, False), "万历": (1573, 48, False),
    "崇祯": (1628, 17, False), "顺治": (1644, 18, False), "康熙": (1662, 61, False), "雍正": (1723, 13, False),
    "乾隆": (1736, 60, False), "嘉庆": (1796, 25, False), "道光": (1821, 30, False), "咸丰": (1851, 11, False),
    "同治": (1862, 13, False), "光绪": (1875, 34, False), "宣统": (1909, 3, False), "洪宪": (1916, 1, True),
    "康德": (1934, 12, True), "明治": (1868, 45, True), "大正": (1912, 15, True), "昭和": (1926, 64, True),
    "平成": (1989, 31, True), "令和": (2019, 80, True), "民国": (1912, 188, True),
}  # fmt: skip
ROMANISED = {
    "hongwu": "洪武", "yongle": "永乐", "jiajing": "嘉靖", "wanli": "万历", "chongzhen": "崇祯", "shunzhi": "顺治",
    "kangxi": "康熙", "yongzheng": "雍正", "qianlong": "乾隆", "jiaqing": "嘉庆", "daoguang": "道光", "xianfeng": "咸丰",
    "tongzhi": "同治", "guangxu": "光绪", "xuantong": "宣统", "kangde": "康德", "meiji": "明治", "taisho": "大正",
    "showa": "昭和", "heisei": "平成", "reiwa": "令和", "republic": "民国", "minguo": "民国",
}  # fmt: skip
REIGN = "|".join(_REIGNS)
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_LASTED = {"民国": (1912, 1949)}


def number(word: str) -> int:
    """Read digits or Chinese numerals: 12, 十二, 廿八, 二〇二一, 元, 一百一十; 0 for what is no number (十十)."""
    if word.isascii():
        return int(word)
    spread = word.replace("廿", "二十").replace("卅", "三十")
    if "百" in spread:
        hundreds, _, rest = spread.partition("百")
        return number(hundreds or "一") * 100 + (number(rest.removeprefix("零")) if rest.strip("零") else 0)
    if "十" not in spread:
        return int("".join(str(_digit(char)) for char in spread))
    match = _TENS.fullmatch(spread)
    return (_digit(match["tens"]) if match["tens"] else 1) * 10 + (_digit(match["ones"]) if match["ones"] else 0) if match else 0


def _digit(char: str) -> int:
    return int(char) if char.isascii() and char.isdigit() else _DIGITS.get(char, 0)


def reign_year(reign: str, year: int) -> int | None:
    """Return the Gregorian year of a year of a reign, None when the reign had no such year."""
    first, lasted, _ = _REIGNS[reign]
    return first + year - 1 if 1 <= year <= lasted else None


def reign_years(reign: str) -> tuple[int, int]:
    """Return the first and last Gregorian year of a reign; the Republic to 1949."""
    first, lasted, _ = _REIGNS[reign]
    return _LASTED.get(reign, (first, first + lasted - 1))


def solar_months(reign: str) -> bool:
    """Tell whether months under a reign are those of the Gregorian calendar."""
    return _REIGNS[reign][2]


def cycle_years(name: str, first: int, last: int) -> tuple[int, ...]:
    """Return the years from ``first`` to ``last`` of that name in the cycle of sixty (辛亥); none when there is no such name."""
    stem, branch = STEMS.find(name[:1]), BRANCHES.find(name[1:])
    if stem < 0 or branch < 0 or stem % 2 != branch % 2:
        return ()
    return tuple(year for year in range(first, last + 1) if (year - 4) % 10 == stem and (year - 4) % 12 == branch)


def forms_of(year: int, reign: str | None = None) -> tuple[str, ...]:
    """Return how a year may be printed: 1924, 一九二四, and under a reign 民国十三年 and 民国13年."""
    plain = str(year)
    written = "".join(_NAMES[int(char)] for char in plain)
    if reign is None:
        return plain, written
    count = year - _REIGNS[reign][0] + 1
    return plain, written, f"{reign}{_chinese(count)}年", f"{reign}{count}年"


def _chinese(count: int) -> str:
    if count == 1:
        return "元"
    if count < 10:
        return _NAMES[count]
    if count >= 100:
        return str(count)
    tens, ones = divmod(count, 10)
    return ("" if tens == 1 else _NAMES[tens]) + "十" + (_NAMES[ones] if ones else "")
