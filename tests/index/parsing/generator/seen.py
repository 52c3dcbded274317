"""Styles that rules may be fitted to."""

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


def _plain(rng: random.Random, story: Story) -> Heading:
    return Heading((story.headline,), story.headline)


# A daily of today: masthead on two lines, kicker or subtitle on lines of their own, page line with section.
def _daily_masthead(rng: random.Random, facts: Facts) -> tuple[list[str], Facts]:
    return [str(facts.newspaper), f"{_day(facts)} {facts.weekday} 第{facts.number}期", f"第{facts.page}版：要闻"], facts


def _two_decks(rng: random.Random, story: Story) -> Heading:
    return Heading((story.headline, story.subtitle), story.headline, subtitle=story.subtitle)


def _daily_signing(rng: random.Random, story: Story, facts: Facts) -> Signing:
    return Signing(opening=f"本报讯（记者 {' '.join(story.authors)}）")


def _daily_under(rng: random.Random, story: Story, facts: Facts) -> Signing:
    return Signing(over=(f"本报记者 {' '.join(story.authors)}",))


def _daily_furniture(rng: random.Random, facts: Facts, writer: Writer) -> list[str]:
    return [f"责任编辑：{writer.person(rng)}　校对：{writer.person(rng)}　电话：0635-8{rng.randint(100000, 999999)}"]


def _daily_photo(rng: random.Random, story: Story, person: str) -> list[str]:
    return [f"{story.paragraphs[0]} 本报记者 {person} 摄"]


_DAILY_ADS = (
    ("招聘启事", "因业务发展需要，本公司招聘会计两名、司机一名，待遇面议。", "联系人：王女士　电话：8123456"),
    ("拍卖公告", "受委托，定于本月28日上午10时对一批旧设备公开拍卖。", "报名地点：市公共资源交易中心"),
)


# A county paper like the second seed: name before the dateline, credits in brackets, masthead in the middle.
def _district_masthead(rng: random.Random, facts: Facts) -> tuple[list[str], Facts]:
    lines = [str(facts.newspaper), _day(facts), str(facts.weekday), f"总第{facts.number}期", "今日4版"]
    return lines, replace(facts, page=None)


def _district_signing(rng: random.Random, story: Story, facts: Facts) -> Signing:
    assert facts.day is not None
    opening = f"{facts.newspaper} {facts.day.month}月{facts.day.day}日，"
    return Signing(opening=opening, after=(f"(融媒体 {' '.join(story.authors)})",))


def _district_caption(rng: random.Random, caption: str, person: str) -> str:
    return f"△{caption}"


# Markdown from recognition, like the first seed.
def _marked_masthead(rng: random.Random, facts: Facts) -> tuple[list[str], Facts]:
    return [], Facts(None, None, None, None, None)


def _marked(rng: random.Random, story: Story) -> Heading:
    if rng.random() < 0.4:
        return Heading((f"## {story.kicker}", f"# {story.headline}"), story.headline, story.kicker)
    return Heading((f"# {story.headline}",), story.headline)


def _square(rng: random.Random, story: Story, facts: Facts) -> Signing:
    return Signing(over=(f"□{' '.join(story.authors)}",))


def _bracketed(rng: random.Random, story: Story, facts: Facts) -> Signing:
    return Signing(after=(f"({' '.join(story.authors)})",))


# A paper of the Republic.
def _republic_masthead(rng: random.Random, facts: Facts) -> tuple[list[str], Facts]:
    assert facts.day is not None
    name = _ZHT.printed(str(facts.newspaper))
    return [name, f"中華{days.republic(facts.day)} {facts.weekday}　第{facts.number}號"], replace(
        facts, newspaper=name, page=None
    )


def _republic_signing(rng: random.Random, story: Story, facts: Facts) -> Signing:
    return Signing(opening=rng.choice(("【本報訊】", "")), names=False)


def _corner(rng: random.Random, story: Story) -> Heading:
    line = f"{story.headline}　{story.subtitle}"
    return Heading((line,), line)


# A paper broken at a fixed width, indented, no empty lines inside an article.
def _broken_masthead(rng: random.Random, facts: Facts) -> tuple[list[str], Facts]:
    return [f"{facts.newspaper} {_day(facts)} {facts.weekday} 第{facts.page}版"], replace(facts, number=None)


def _broken_signing(rng: random.Random, story: Story, facts: Facts) -> Signing:
    assert facts.day is not None
    return Signing(opening=f"本报{facts.day.month}月{facts.day.day}日讯（记者 {' '.join(story.authors)}）")


def _closing(rng: random.Random, story: Story, facts: Facts) -> Signing:
    return Signing(ending=f"（{' '.join(story.authors)}）")


# A web page of a paper: bold heads, names by label.
def _web_masthead(rng: random.Random, facts: Facts) -> tuple[list[str], Facts]:
    assert facts.day is not None
    return [f"{facts.newspaper} {facts.day.isoformat()} 第{facts.page}版"], replace(facts, number=None, weekday=None)


def _bold_head(rng: random.Random, story: Story) -> Heading:
    return Heading((f"**{story.headline}**",), story.headline)


def _labelled(rng: random.Random, story: Story, facts: Facts) -> Signing:
    return Signing(over=(f"记者：{' '.join(story.authors)}",))


# American papers, old and new.
def _old_masthead(rng: random.Random, facts: Facts) -> tuple[list[str], Facts]:
    assert facts.day is not None
    line = f"{facts.weekday}, {days.american(facts.day)}.   Vol. XII No. {facts.number}   PRICE TWO CENTS"
    return [str(facts.newspaper).upper(), line], replace(facts, page=None)


def _old_heading(rng: random.Random, story: Story) -> Heading:
    return Heading((story.headline.upper(),), story.headline.upper())


def _old_two_lines(rng: random.Random, story: Story) -> Heading:
    words = story.headline.upper().split()
    half = len(words) // 2
    return Heading((" ".join(words[:half]), " ".join(words[half:])), story.headline.upper())


def _old_signing(rng: random.Random, story: Story, facts: Facts) -> Signing:
    assert facts.day is not None
    return Signing(
        over=(f"By {' and '.join(story.authors).upper()}",),
        opening=f"{story.city.upper()}, {days.MONTHS[facts.day.month - 1]} {facts.day.day}.--",
    )


def _unsigned(rng: random.Random, story: Story, facts: Facts) -> Signing:
    return Signing(names=False)


def _new_masthead(rng: random.Random, facts: Facts) -> tuple[list[str], Facts]:
    assert facts.day is not None
    return [str(facts.newspaper), f"{facts.weekday}, {days.american(facts.day)}", f"Page {facts.page}"], replace(
        facts, number=None
    )


def _new_deck(rng: random.Random, story: Story) -> Heading:
    return Heading((story.headline, story.subtitle), story.headline, subtitle=story.subtitle)


def _new_signing(rng: random.Random, story: Story, facts: Facts) -> Signing:
    return Signing(over=(f"By {' and '.join(story.authors)}",))


_NEW_ADS = (("AUCTION SALE", "Household goods, stoves and one piano, at the Grange Hall on Saturday.", "Tel. 555-0118"),)

STYLES = (
    Style(
        "daily", _ZH, _daily_masthead, (_plain, _two_decks), (_daily_signing, _daily_under), chinese.NEWSPAPERS,
        furniture=_daily_furniture, photo_news=_daily_photo, ads=_DAILY_ADS, jumps=("（下转2版）",), breaks=0.25,
    ),
    Style(
        "district", _ZH, _district_masthead, (_plain,), (_district_signing,), ("东湖区讯", "青杨讯"),
        caption=_district_caption, jumps=("(下转二版)",), masthead_place="middle", breaks=0.3,
    ),
    Style(
        "marked", _ZH, _marked_masthead, (_marked,), (_square, _bracketed), chinese.NEWSPAPERS,
        subhead=lambda text, at: f"## {text}", caption=_district_caption, breaks=0.3,
    ),
    Style(
        "republic", _ZHT, _republic_masthead, (_plain, _corner), (_republic_signing,), chinese.NEWSPAPERS,
        year=(1912, 1948), gap_article=2, breaks=0.2,
    ),
    Style(
        "broken", _ZH, _broken_masthead, (_plain,), (_broken_signing, _closing), chinese.NEWSPAPERS,
        indent="　　", gap_paragraph=0, gap_heading=0, gap_article=1, wrap=(40, 64),
    ),
    Style(
        "web", _ZH, _web_masthead, (_bold_head,), (_labelled, _closing), chinese.NEWSPAPERS, breaks=0.2,
        subhead=lambda text, at: f"（{'一二三'[at]}）{text}",
    ),
    Style(
        "old", _EN, _old_masthead, (_old_heading, _old_two_lines), (_old_signing, _unsigned), english.NEWSPAPERS,
        wrap=(52, 76), gap_article=1, gap_heading=0, year=(1905, 1939),
    ),
    Style(
        "new", _EN, _new_masthead, (_plain, _new_deck), (_new_signing,), english.NEWSPAPERS,
        ads=_NEW_ADS, gap_article=2, breaks=0.2, jumps=("Continued on page 4",),
    ),
)  # fmt: skip
