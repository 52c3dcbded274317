"""What can be the name of a newspaper, from its words alone. Works on folded text; knows nothing of lines or places."""

from __future__ import annotations

import re

HAN = "\u4e00-\u9fff"
_KINDS = "日报|晚报|晨报|早报|时报|商报|都市报|青年报|周报|报|讯|新闻|周刊"
_WEAK_KINDS = "讯|时讯|新闻|周刊|通讯|报道|时代|观察"
_DAILY = re.compile(rf"[{HAN}]{{1,9}}报")
_WEAK = re.compile(rf"[{HAN}]{{2,9}}(?:{_WEAK_KINDS})")
_LEADING = re.compile(rf"^[#*\s《「]*([{HAN}]{{1,10}}?(?:{_KINDS}))[》」*]*(?=[\s　/|丨│·,:(\d])")
_BILINGUAL = re.compile(rf"^([{HAN}]{{1,9}}报)[\s·|]+[a-z][a-z .&'’-]{{3,40}}$")
_NOT_PAPERS = re.compile(r"(?:喜|捷|海|情|预|汇|通|警|简|战|举|填|回|播|上|呈|年|月|季|电|墙|板|谎|密|回|酬|急|快)报$|通讯$")
_ENGLISH = re.compile(
    r"(?:the )?(?:[a-z.'’&-]+ ){0,4}(?:times|herald|post|tribune|gazette|news|journal|daily|chronicle|press|observer|star|mail|"
    r"telegraph|guardian|independent|courier|globe|examiner|bulletin|record|sun|mirror|register|advertiser|dispatch|sentinel|leader|reporter|"
    r"argus|echo|standard|express|weekly|inquirer|enquirer|monitor|mercury|citizen|messenger)(?: of [a-z ]{2,30})?"
)
_MARKS = "#*《》「」〈〉 \t\u3000"


def bare_name(key: str) -> str:
    """Take the marks off a printed name: 《临河报》 -> 临河报; of a name in two languages the Chinese one is left."""
    bare = key.strip(_MARKS)
    bilingual = _BILINGUAL.match(bare)
    return bilingual[1] if bilingual else bare


def is_daily(name: str) -> bool:
    """Tell whether Han characters name a newspaper beyond doubt of kind: …报, but not 喜报 or 海报."""
    return _DAILY.fullmatch(name) is not None and not _NOT_PAPERS.search(name)


def is_weak(name: str) -> bool:
    """Tell whether Han characters may name a newspaper: …讯, …周刊, …新闻."""
    return _WEAK.fullmatch(name) is not None and not _NOT_PAPERS.search(name)


def is_english(name: str) -> bool:
    """Tell whether words may name an English newspaper: The Harbor Gazette."""
    return _ENGLISH.fullmatch(name) is not None


def leading_name(key: str) -> str | None:
    """The name that opens a line, before a separator or a number."""
    match = _LEADING.match(key)
    return match[1] if match and not _NOT_PAPERS.search(match[1]) else None
