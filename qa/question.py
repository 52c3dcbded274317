"""What is asked: kind of answer, words that carry content, things that must be in the evidence, dates.

Works by the shape of questions in Chinese and English, without an archive: it does not know whether a word
occurs anywhere. Everything inferred is visible in ``notes`` or in the filter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.errors import QuestionError
from index.schema import DateRange, Filter
from index.text import fold, is_chinese, segment
from qa import followup
from qa.dates import DateMention, mentions
from qa.named import names_in
from qa.schema import Language, Turn

LONGEST = 1000

Kind = Literal["who", "when", "where", "number", "why", "how", "list", "compare", "definition", "contact", "yesno", "what"]

_MEASURE = (
    "[座个家条处户人名位次届年天月元亩吨台辆所间幅件份篇本部项场期版支种类级层岁回只头棵株门双对套批起宗艘架枚张"
    "块片颗段句章集首步轮代]"
)
_NUM = r"[\d一二三四五六七八九十两兩百]"

# What stands after 多少 without being counted one by one.
_UNCOUNTED = "用 在 是 钱 的 被 才 能 算 比例 百分比 时间 面积 距离 长度 资金 融资 股份 金额 产值 收入 以上 以下 左右"
_NO_COUNTER = frozenset(_UNCOUNTED.split())
_WHOLE = "人年月天岁元亩吨次倍分"  # units that name what they count

_ZH_KINDS: tuple[tuple[Kind, str], ...] = (
    ("who", r"谁|哪位|哪一位|何人|哪些人|哪几位|哪几人|什么人|哪个人|叫什么|姓什么|姓名|名字"),
    ("when", r"什么时候|何时|哪天|哪一天|哪日|哪年|哪一年|哪个?月|几月|几号|几点|几时|什么时间|何年|日期|哪个年份|哪个世纪"),
    (
        "where",
        r"哪里|哪儿|何地|何处|什么地方|哪些地方|哪个地方|哪些地区|什么地点|地点|(?:在|位于|从|到|去|"
        r"往)哪(?![些里儿年天月日一两二三四五几\d次场个份家])|哪一?[座个]?(?:城市|省|市|县|区|镇|乡|村|国家?|州|"
        r"岛|地|街|路)",
    ),
    (
        "number",
        rf"多少|(?<!哪)(?<!十)几(?={_MEASURE}|百|千|万|成|分|倍|[^\W\d]{{0,2}}(?:米|平方|公里|小时|分钟))|多大|"
        rf"多长|多高|多久|多远|多重|多深|多宽|占比|比例|百分之几|几成",
    ),
    ("why", r"为什么|为何|为啥|为甚么|何以|什么原因|什么缘故|原因是|的原因|凭什么"),
    ("how", r"怎么|怎样|如何|怎么样|什么办法|什么方式|什么方法|何种方式|哪些措施|什么措施"),
    ("list", r"哪些|哪几|哪[二三四五六七八九十两\d]|都是|都有|分别|列举|包括什么|包含什么|有什么"),
    ("compare", r"相比|比起|跟.{1,12}比|与.{1,12}比|和.{1,12}比|区别|不同|变化|差异|前后"),
    ("definition", r"^什么是|^何谓|是什么意思|指的是什么|指什么|是什么(?=[？?]?$)"),
    ("contact", r"邮箱|电子邮件|邮件地址|网址|网站|电话|热线|联系方式|传真|邮编"),
    ("yesno", r"吗(?=[？?]?$)|是否|是不是|有没有|能否|可否|会不会|能不能|有无"),
)
_EN_KINDS: tuple[tuple[Kind, str], ...] = (
    (
        "who",
        r"\bwho(?:m|se)?\b|\bwhich (?:person|people|official|leader)s?\b|\bname of the (?:person|president|"
        r"director|mayor|head|chief)",
    ),
    ("when", r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|time|century)\b"),
    ("where", r"\bwhere\b|\b(?:what|which) (?:city|cities|place|places|country|county|town|village|province|venue)\b"),
    (
        "number",
        r"\bhow (?:many|much|large|long|far|old|big|high|tall|wide|deep|often)\b|\bwhat (?:percentage|number|"
        r"proportion|share|area|amount)\b|\bwhat (?:is|was|were|are) the (?:\w+ )?(?:population|area|length|height|cost|price|"
        r"number|amount|salary|income|speed|age) of\b",
    ),
    ("why", r"\bwhy\b|\bwhat (?:is|was|were|are) the reasons?\b"),
    ("how", r"\bhow (?!many|much|large|long|far|old|big|high|tall|wide|deep|often)\b"),
    (
        "list",
        r"\b(?:which|what) (?:(?:are|were) the )?(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b|\b(?:"
        r"which|what) (?:\w+ )?(?!news)\w{3,}(?<!s)(?<!i)s (?:are|were|have|did|do)\b|\blist\b",
    ),
    ("compare", r"\bcompar|\bdifferen|\bversus\b|\bchanged?\b"),
    ("definition", r"^what (?:is|are) (?:a|an)\b|\bmeaning of\b|\bwhat does .* mean\b"),
    ("contact", r"\be-?mail|\bweb ?(?:site|address|page)|\b(?:tele)?phone|\bhotline|\bfax\b|\bpost ?code"),
    ("yesno", r"^(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would)\b"),
)

# Question frames: words that say how is asked and nothing of what; cut out of the lexical query, longest first.
_ZH_FRAMES = re.compile(
    r"请问|请告诉我|告诉我|我想知道|想问一下|是?哪一[天年位日]|哪一[座个家所项次场届条种]|是?在?什么时候|"
    r"什么时间|什么地方|什么地点|什么原因|什么办法|"
    r"什么方式|什么方法|什么样的?|是什么意思|指的是什么|是什么|叫什么名字|叫什么|有什么|什么是|什么|何时|何地|"
    r"何处|何人|为什么|为何|为啥|何以|如何|怎么样|怎么|怎样|"
    rf"有哪些|哪些人|哪些地方|哪些|哪个地方|哪个城市|哪座城市|哪个人|哪{_NUM}+{_MEASURE}?|哪几{_MEASURE}?|"
    rf"哪{_MEASURE}|哪里|哪儿|哪位|哪天|哪年|哪|是谁|谁|"
    rf"多少{_MEASURE}|多少|多大|多长|多高|多久|多远|多重|百分之几|(?<![十好])几{_MEASURE}|几月几日|几号|几点|"
    rf"是否|是不是|有没有|能否|可否|分别是|分别|都是|都有|"
    r"吗(?=[？?。]?\s*$)|呢(?=[？?。]?\s*$)|[？?]"
)
_EN_FRAMES = re.compile(
    r"\b(?:who|whom|whose|when|where|why|how|which|what|many|much|is|are|was|were|be|been|being|am|do|does|"
    r"did|has|have|had|can|could|"
    r"will|would|shall|should|may|might|must|the|a|an|of|in|on|at|to|for|from|by|with|into|about|and|or|as|"
    r"that|this|these|those|it|its|"
    r"they|their|them|he|his|him|she|her|there|here|please|tell|me|us|you|your|i|we|our|any|some|all|both|each|than|then|so|such|"
    r"according|said|say|says|not|no|s)\b|[?？!.,;:]",
    re.IGNORECASE,
)
_EDGES = re.compile(r"^[的是在了和、，。,.；;：:\s'’]+|[的是在了有、，。,.；;：:\s'’]+$")

_QUOTED = re.compile(r"[“\"「『]([^“”\"「」『』]{2,40})[”\"」』]|《([^《》]{2,40})》|‘([^‘’]{2,40})’")
_COUNTED = re.compile(
    r"(?<![第年月\d])(?P<n>[\d一二三四五六七八九十两]+)(?:个|大|项|条|种|方面|座|家|位|名|类|点|次|份|场|届|所|支)"
)
_THIS_PAPER = re.compile(r"(?:[这那][张份期]?|该|本)(?:报纸|报)(?:的|上|里|中)?")
# What readers call a thing in full and mastheads print in short.
_MASTHEAD_WORDS = {
    "责任编辑": "责编",
    "美术编辑": "美编",
    "电子邮箱": "邮箱",
    "电子邮件": "邮箱",
    "网站": "网址",
    "几版": "今日",
    "多少版": "今日",
}
_ISSUE_WORDS = re.compile(
    r"报纸|报刊|当天的报|那天的报|的报(?!告|道|名|价|到|送|社|酬)|出版|刊登|刊发|登载|见报|这一?期|那一?期|"
    r"各期|\bnewspapers?\b|\bpapers?\b|\bissues? of\b|\bpublished\b|\bprinted\b|\breported\b",
    re.IGNORECASE,
)
_EN_OPENING = re.compile(
    r"^\W*(?:who|whom|whose|what|when|where|why|how|which|is|are|was|were|did|does|do|has|have|can|tell|list|"
    r"in|on|at)\s",
    re.IGNORECASE,
)
_ZH_NUMBERS = {"两": 2, **{char: value for value, char in enumerate("一二三四五六七八九十", start=1)}}
_EN_NUMBER_WORDS = "one two three four five six seven eight nine ten eleven twelve"
_EN_NUMBERS = {name: value for value, name in enumerate(_EN_NUMBER_WORDS.split(), start=1)}


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart. ``text`` is the full question; ``asked`` is what was typed.

    ``content`` are the runs of ``text`` without question frames, ``carried`` is the topic that an earlier turn lent;
    ``names`` are what the evidence must mention (quoted terms, ordinals, places, Latin names); ``measures`` the words
    that a number must count; ``count`` how many parts are expected; ``contrast`` asks for one quote of each source.
    ``widens``: the filter is only inferred, so the whole archive is searched when nothing passes it.
    """

    asked: str
    text: str
    language: Language
    kinds: tuple[Kind, ...]
    content: tuple[str, ...]
    carried: str
    names: tuple[str, ...]
    quoted: tuple[str, ...]
    measures: tuple[str, ...]
    count: int | None
    contrast: bool
    dates: tuple[DateMention, ...]
    filter: Filter
    widens: bool
    notes: tuple[str, ...]


def clean(text: str) -> str:
    """Return the question on one line without control characters. Raises QuestionError when empty or too long."""
    if len(text) > LONGEST:
        raise QuestionError(f"the question has {len(text)} characters, {LONGEST} at most: ask a shorter one")
    text = "".join(" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in text if _printable(char))
    text = " ".join(text.split())
    if not any(char.isalnum() for char in text):
        raise QuestionError("the question is empty: ask something, for example who, when or how many")
    return text


def _printable(char: str) -> bool:
    return unicodedata.category(char) not in {"Cf", "Cs", "Co", "Cn"}


def understand(asked: str, history: Sequence[Turn] = (), *, filter: Filter | None = None) -> Question:
    """Take a question apart; a follow-up is completed from the turns before it. ``filter`` overrides the inferred one."""
    asked = clean(asked)
    completed = followup.complete(asked, history)
    question = _apart(asked, completed.text, completed.topic)
    notes = (*completed.notes, *question.notes)
    if filter:
        return replace(question, filter=_merge(question.filter, filter), widens=False, notes=notes)
    return replace(question, notes=notes)


def _apart(asked: str, text: str, carried: str) -> Question:
    language: Language = "en" if _EN_OPENING.match(text) or not is_chinese(text) else "zh"
    folded = fold(text)
    dates = tuple(mentions(folded))
    about_issue = bool(_ISSUE_WORDS.search(folded))
    ranges = tuple(mention.range for mention in dates if mention.range) if about_issue else ()
    quoted = tuple(dict.fromkeys(next(group for group in match.groups() if group) for match in _QUOTED.finditer(text)))
    kinds = kinds_of(folded, language)
    content = content_of(_without_paper(text, dates) if ranges else _THIS_PAPER.sub("，", text), language)
    return Question(
        asked=asked,
        text=text,
        language=language,
        kinds=kinds,
        content=content,
        carried=carried,
        names=names_in(text, quoted, content, language),
        quoted=quoted,
        measures=_measures(folded) if "number" in kinds else (),
        count=_count(folded, kinds),
        contrast=_contrast(folded, dates, kinds),
        dates=dates,
        filter=Filter(dates=_unique(ranges)),
        widens=True,
        notes=_date_notes(language, ranges),
    )


def _without_paper(text: str, dates: Sequence[DateMention]) -> str:
    """The question without the dates of the paper and the words for it: they are the filter now (offsets change)."""
    for mention in sorted(dates, key=lambda mention: -mention.start):
        if mention.range:
            text = text[: mention.start] + "，" + text[mention.end :]
    return re.sub(r"(?:的|这|那)?[两几各]?[份期张]?(?:报纸|报刊)(?:里|中|上)?", "，", text)


def _unique(ranges: Sequence[DateRange]) -> tuple[DateRange, ...]:
    return tuple(dict.fromkeys(ranges))


def _date_notes(language: Language, ranges: Sequence[DateRange]) -> tuple[str, ...]:
    if not ranges:
        return ()
    spans = "、".join(span.first if span.first == span.last else f"{span.first}–{span.last}" for span in _unique(ranges))
    if language == "zh":
        return (f"按报纸日期筛选：{spans}（未注明日期的版面保留）",)
    return (f"issues dated {spans.replace('、', ', ')} (undated pages kept)",)


def _merge(inferred: Filter, given: Filter) -> Filter:
    return Filter(
        dates=given.dates or inferred.dates,
        newspapers=given.newspapers or inferred.newspapers,
        pages=given.pages or inferred.pages,
        authors=given.authors or inferred.authors,
        undated=given.undated,
    )


def kinds_of(text: str, language: Language) -> tuple[Kind, ...]:
    """Return the kinds of answer a question asks for, in order of place; ``("what",)`` when none is plain."""
    table = _ZH_KINDS if language == "zh" else _EN_KINDS
    places: list[tuple[int, Kind]] = []
    for kind, pattern in table:
        match = re.search(pattern, text, re.IGNORECASE)
        if match:
            places.append((match.start(), kind))
    return tuple(kind for _, kind in sorted(places)) or ("what",)


def content_of(text: str, language: Language) -> tuple[str, ...]:
    """Return the runs of a question between its frames; all of it when only frames are left."""
    frames = _ZH_FRAMES if language == "zh" else _EN_FRAMES
    folded = fold(text)
    runs: list[str] = []
    place = 0
    for match in frames.finditer(folded):
        runs.append(text[place : match.start()])
        place = match.end()
    runs.append(text[place:])
    kept = (_EDGES.sub("", run) if language == "zh" else run.strip() for run in runs)
    content = tuple(run for run in kept if any(char.isalnum() for char in run)) or (text,)
    return content + tuple(short for long, short in _MASTHEAD_WORDS.items() if long in folded)


def _measures(folded: str) -> tuple[str, ...]:
    """Words that stand after 多少 or 几: the measure word and the counted noun."""
    found: list[str] = []
    for match in re.finditer(rf"(?:多少|(?<!哪)几)({_MEASURE})?([\u4e00-\u9fff]{{0,4}})", folded):
        unit = match.group(1) or ""
        noun = "" if unit and unit in _WHOLE else next(iter(segment(match.group(2))), "")
        found += [word for word in (unit, noun) if word and word not in _NO_COUNTER]
    return tuple(dict.fromkeys(found))


def _count(folded: str, kinds: Sequence[Kind]) -> int | None:
    """How many parts the answer should have (“四个环节”是哪四个), None when not said."""
    if "list" not in kinds and "compare" not in kinds:
        return None
    match = re.search(rf"哪({_NUM}+)", folded) or _COUNTED.search(folded)
    word = match.group(1) if match else ""
    if not word:
        english = re.search(r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", folded)
        return _EN_NUMBERS[english.group(1)] if english else None
    value = int(word) if word.isdigit() and len(word) < 4 else _ZH_NUMBERS.get(word)
    return value if value and 2 <= value <= 20 else None


def _contrast(folded: str, dates: Sequence[DateMention], kinds: Sequence[Kind]) -> bool:
    years = {mention.range for mention in dates if mention.range}
    each = re.search(r"分别|各自|两[次份场个期届版]|哪几[次份场期]|\brespectively\b|\beach\b|\bboth\b", folded)
    return len(years) > 1 or ("compare" in kinds and bool(each)) or bool(re.search(r"[哪这][两二三几]\s*[次份场期篇]", folded))
