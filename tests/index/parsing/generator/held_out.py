"""Styles that no rule was fitted to: only their totals may be looked at while rules are written."""

from __future__ import annotations

import random
from dataclasses import replace

from tests.index.parsing.generator import chinese, days, english
from tests.index.parsing.generator.content import Story, Writer
from tests.index.parsing.generator.press import Facts, Heading, Signing, Style

_ZH, _ZHT, _EN = Writer("zh"), Writer("zht"), Writer("en")


def _day(facts: Facts) -> str:
    assert facts.day is not None
    return days.chinese(facts.day)


# An evening paper: masthead on three lines, names behind the dateline, photographers, advertisements.
def _evening_masthead(rng: random.Random, facts: Facts) -> tuple[list[str], Facts]:
    assert facts.day is not None
    day = f"{facts.day.year}.{facts.day.month}.{facts.day.day}"
    section = rng.choice(("民生", "社会", "城事"))
    return [str(facts.newspaper), f"{day} {facts.weekday}", f"第{facts.page}版 · {section}"], replace(facts, number=None)


def _plain(rng: random.Random, story: Story) -> Heading:
    return Heading((story.headline,), story.headline)


def _dashed_subtitle(rng: random.Random, story: Story) -> Heading:
    return Heading((story.headline, f"——{story.subtitle}"), story.headline, subtitle=f"——{story.subtitle}")


def _evening_signing(rng: random.Random, story: Story, facts: Facts) -> Signing:
    first, *others = story.authors
    writer = " ".join(others)
    names = f"记者 {first}" + (f" 通讯员 {writer}" if writer else "")
    return Signing(opening=f"晚报讯（{names}）")


def _photographed(rng: random.Random, story: Story, facts: Facts) -> Signing:
    return Signing(over=(f"记者 {' '.join(story.authors)} 文/图",))


def _evening_caption(rng: random.Random, caption: str, person: str) -> str:
    return f"图为{caption}。 记者 {person} 摄"


def _evening_furniture(rng: random.Random, facts: Facts, writer: Writer) -> list[str]:
    return [
        f"责编：{writer.person(rng)} 美编：{writer.person(rng)} 校对：{writer.person(rng)}",
        f"新闻热线：{rng.randint(2000000, 8999999)}",
    ]


_EVENING_ADS = (
    ("旺铺出租", "位于市中心步行街一楼，面积120平方米，接手即可营业。", "联系电话：13900001234"),
    ("遗失声明", "张某某遗失身份证一张，声明作废。", "李某遗失驾驶证一本，声明作废。"),
)


# A party paper: one line of masthead, kicker and subtitle without marks, news agency datelines, jumps.
def _party_masthead(rng: random.Random, facts: Facts) -> tuple[list[str], Facts]:
    return [f"{facts.newspaper} {_day(facts)} {facts.weekday} 第{int(str(facts.page)):02d}版"], replace(facts, number=None)


def _three_decks(rng: random.Random, story: Story) -> Heading:
    return Heading(
        (f"### {story.kicker}", f"# {story.headline}", f"## {story.subtitle}"), story.headline, story.kicker, story.subtitle
    )


def _marked(rng: random.Random, story: Story) -> Heading:
    return Heading((f"# {story.headline}",), story.headline)


def _party_signing(rng: random.Random, story: Story, facts: Facts) -> Signing:
    assert facts.day is not None
    names = "、".join(story.authors)
    return Signing(opening=f"本报{story.city}{facts.day.month}月{facts.day.day}日电 （记者{names}）")


def _agency(rng: random.Random, story: Story, facts: Facts) -> Signing:
    assert facts.day is not None
    dateline = f"新华社{story.city}{facts.day.month}月{facts.day.day}日电"
    return Signing(opening=f"{dateline}（记者{' '.join(story.authors)}）")


# A weekly: spelled dates, numbered subheads, a square before the byline, the masthead at the foot.
def _weekly_masthead(rng: random.Random, facts: Facts) -> tuple[list[str], Facts]:
    assert facts.day is not None
    lines = [f"《{facts.newspaper}》", days.spelled(facts.day), f"总第{facts.number}期", f"第{facts.page}版"]
    return lines, replace(facts, weekday=None)


def _weekly_signing(rng: random.Random, story: Story, facts: Facts) -> Signing:
    return Signing(over=(f"■本报记者 {' '.join(story.authors)}",))


def _weekly_unsigned(rng: random.Random, story: Story, facts: Facts) -> Signing:
    return Signing(opening="本报讯 ", names=False)


def _numbered(text: str, at: int) -> str:
    return f"{'一二三'[at]}、{text}"


def _triangle(rng: random.Random, caption: str, person: str) -> str:
    return f"▲{caption} {person} 摄"


# A paper in traditional characters: corner brackets, pages with letters, no empty line between paragraphs.
def _island_masthead(rng: random.Random, facts: Facts) -> tuple[list[str], Facts]:
    name = _ZHT.printed(str(facts.newspaper))
    return [f"{name}　{_day(facts)}　{facts.weekday}　{facts.page}　港聞"], replace(facts, newspaper=name, number=None)


def _island_signing(rng: random.Random, story: Story, facts: Facts) -> Signing:
    return Signing(opening=f"【本報訊】（記者 {'、'.join(story.authors)}）")


def _island_tail(rng: random.Random, story: Story, facts: Facts) -> Signing:
    return Signing(opening="【本報訊】", ending=f"（{' '.join(story.authors)}）")


def _island_caption(rng: random.Random, caption: str, person: str) -> str:
    return f"▲{caption}。（{person}攝）"


# A county paper broken at a fixed width, correspondents named at the end.
def _county_masthead(rng: random.Random, facts: Facts) -> tuple[list[str], Facts]:
    day = f"{_day(facts)}　{facts.weekday}"
    return [str(facts.newspaper), f"第{facts.page}版", day, f"第{facts.number}期"], facts


def _county_signing(rng: random.Random, story: Story, facts: Facts) -> Signing:
    return Signing(opening="本报讯 ", after=(f"（本报通讯员 {' '.join(story.authors)}）",))


# Markdown from a converter: second-level heads, bold subheads, names over a bar.
def _converted_masthead(rng: random.Random, facts: Facts) -> tuple[list[str], Facts]:
    return [f"**{facts.newspaper}** | {_day(facts)} | {facts.weekday} | 第{facts.page}版"], replace(facts, number=None)


def _second_level(rng: random.Random, story: Story) -> Heading:
    return Heading((f"## {story.headline}",), story.headline)


def _barred(rng: random.Random, story: Story, facts: Facts) -> Signing:
    return Signing(over=(f"文｜{' '.join(story.authors)}",))


def _bold(text: str, at: int) -> str:
    return f"**{text}**"


def _pictured(rng: random.Random, caption: str, person: str) -> str:
    return f"![{caption}](images/{rng.randint(1, 99)}.jpg)"


# A British paper of the thirties: unsigned or by a correspondent, wrapped lines.
def _british_masthead(rng: random.Random, facts: Facts) -> tuple[list[str], Facts]:
    assert facts.day is not None
    month = days.MONTHS[facts.day.month - 1]
    day = f"{facts.weekday}, {days.ordinal(facts.day.day)} {month}, {facts.day.year}".upper()
    return [str(facts.newspaper).upper(), f"No. {facts.number:,}    {day}    PRICE TWOPENCE"], replace(facts, page=None)


def _capitals(rng: random.Random, story: Story) -> Heading:
    return Heading((story.headline.upper(),), story.headline.upper())


def _capitals_deck(rng: random.Random, story: Story) -> Heading:
    return Heading((story.headline.upper(), story.subtitle), story.headline.upper(), subtitle=story.subtitle)


def _correspondent(rng: random.Random, story: Story, facts: Facts) -> Signing:
    return Signing(over=("From our own Correspondent",), opening=f"{story.city.upper()}, {facts.weekday}.--", names=False)


def _unsigned(rng: random.Random, story: Story, facts: Facts) -> Signing:
    return Signing(names=False)


# An American paper of today: page first in the masthead, capital bylines with a desk, jumps with a word.
def _tabloid_masthead(rng: random.Random, facts: Facts) -> tuple[list[str], Facts]:
    assert facts.day is not None
    return [f"{facts.page} | {facts.weekday}, {days.american(facts.day)} | {facts.newspaper}"], replace(facts, number=None)


def _title_case(rng: random.Random, story: Story) -> Heading:
    return Heading((story.headline,), story.headline)


def _desk(rng: random.Random, story: Story, facts: Facts) -> Signing:
    names = " and ".join(story.authors)
    return Signing(over=(f"By {names}, Staff Writer",), opening=f"{story.city.upper()} — ")


def _contact(rng: random.Random, facts: Facts, writer: Writer) -> list[str]:
    return [f"News tips: {rng.randint(200, 900)}-555-0{rng.randint(100, 199)}  www.example-courier.com"]


_TABLOID_ADS = (
    ("FOR RENT", "Six room cottage near the depot, with garden. Apply to owner.", "Telephone 555-0142"),
    ("HELP WANTED", "Two experienced weavers for night work. Good wages paid weekly.", "Phone: 555-0177"),
)

STYLES = (
    Style(
        "evening", _ZH, _evening_masthead, (_plain, _dashed_subtitle), (_evening_signing, _photographed), chinese.NEWSPAPERS,
        caption=_evening_caption, furniture=_evening_furniture, ads=_EVENING_ADS, gap_article=2, pages=("A03", "A05", "B2"),
    ),
    Style(
        "party", _ZH, _party_masthead, (_three_decks, _marked), (_party_signing, _agency), chinese.NEWSPAPERS,
        jumps=("（下转第四版）", "（下转第6版）"), subhead=lambda text, at: f"### {text}", breaks=0.3,
    ),
    Style(
        "weekly", _ZH, _weekly_masthead, (_plain,), (_weekly_signing, _weekly_unsigned), chinese.NEWSPAPERS,
        subhead=_numbered, caption=_triangle, masthead_place="bottom", breaks=0.3,
    ),
    Style(
        "island", _ZHT, _island_masthead, (_plain,), (_island_signing, _island_tail), chinese.NEWSPAPERS,
        caption=_island_caption, indent="　　", gap_paragraph=0, gap_heading=0, gap_article=1,
        pages=("A3", "A12", "B5"), breaks=0.0,
    ),
    Style(
        "county", _ZH, _county_masthead, (_plain,), (_county_signing,), chinese.NEWSPAPERS,
        indent="　　", gap_paragraph=0, gap_heading=0, gap_article=1, wrap=(36, 60), masthead_place="middle",
    ),
    Style(
        "converted", _ZH, _converted_masthead, (_second_level,), (_barred,), chinese.NEWSPAPERS,
        subhead=_bold, caption=_pictured, breaks=0.25,
    ),
    Style(
        "british", _EN, _british_masthead, (_capitals, _capitals_deck), (_correspondent, _unsigned), english.NEWSPAPERS,
        wrap=(48, 72), gap_article=2, year=(1926, 1938),
    ),
    Style(
        "tabloid", _EN, _tabloid_masthead, (_title_case,), (_desk,), english.NEWSPAPERS,
        jumps=("See BRIDGE, page A6", "Continued on A7"), ads=_TABLOID_ADS, furniture=_contact, gap_article=2,
        pages=("A1", "A4", "B2"), breaks=0.2,
    ),
)  # fmt: skip
