"""What kind of answer a question asks for, what it counts, how many parts it expects, whether it compares.

Works on folded text by the shape of questions in Chinese and English. Knows nothing of names, dates or archives.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.text import segment
from qa.dates import DateMention
from qa.question.schema import Kind
from qa.schema import Language

MEASURE = (
    "[座个家条处户人名位次届年天月元亩吨台辆所间幅件份篇本部项场期版支种类级层岁回只头棵株门双对套批起宗艘架枚张"
    "块片颗段句章集首步轮代]"
)
# A measure word that does not open another word: 多少人, not 多少人口; 几家, not 几家庭.
COUNTER = (
    r"(?:[万亿]?(?:平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|公斤|千克|公顷|英里|海里|小时|分钟|千瓦时?|人次|摄氏度|[克升米吨斤秒])|人(?![口员才数民们物士])|年(?![轻级度龄])|天(?!然)|家(?![庭长属具电禽])|名(?![额单字])|部(?![门队])|条(?![件款])|项(?!目)|"
    rf"场(?![所地馆])|处(?!罚)|位(?!置)|期(?!限)|(?![人年天家名部条项场处位期]){MEASURE})"
)
# What 多长, 多高 ... are counted in.
_LENGTHS = ("公里", "千米", "米", "厘米", "毫米")
_TIMES = ("年", "月", "天", "日", "小时", "分钟", "秒", "周")
_DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    "长": _LENGTHS,
    "久": _TIMES,
    "远": (*_LENGTHS, *_TIMES),
    "高": (*_LENGTHS, "层", "%", "度", "元"),
    "深": _LENGTHS,
    "宽": _LENGTHS,
    "重": ("吨", "公斤", "千克", "克", "斤"),
}
NUM = r"[\d一二三四五六七八九十两兩百]"
# Words for asking that are also parts of other words: 首都是, 成都有; 任何人, 如何处理; 很多大学, 许多高校; 多重困难.
ALL = r"(?<![首成古故旧国帝京丰于花港酒瓷陪])都[是有]"
ANY = r"(?<![任如为几])何"
HOW_MUCH = r"(?<![很许最更诸众太好大])多(?:[大长高久远深宽]|重(?=[的了呢？?。]|$))"

# 为什么 is why; 称为什么, 被册封为什么官职 and, at the end of a question, 俗名为什么 ask for a thing.
WHY = r"(?<!(?<!名)称)(?<!被.)(?<!被..)(?<!被...)为[什甚]么(?![？?]?$)|(?:^|[因是\W])为[什甚]么"

# What stands after 多少 without being counted one by one.
_UNCOUNTED = "用 在 是 钱 的 被 才 能 算 比例 百分比 时间 面积 距离 长度 资金 融资 股份 金额 产值 收入 以上 以下 左右"
_NO_COUNTER = frozenset(_UNCOUNTED.split())
_WHOLE = "人年月天岁元亩吨次倍分"  # units that name what they count

_REACHED = "(?:邮箱|电子邮件|邮件|网址|网站|电话|热线|联系方式|传真|邮编)(?:地址|号码|号)?"
_ZH_KINDS: tuple[tuple[Kind, str], ...] = (
    ("who", rf"谁|哪位|哪一位|{ANY}人|哪些人|哪几位|哪几人|什么人|哪个人|叫什么|叫啥|姓什么|姓名|名字"),
    (
        "when",
        rf"什么时候|啥时候|多会儿|{ANY}时|哪天|哪一天|哪日|哪年|哪一年|哪个?月|几月|几号|几点|几时|什么时间|{ANY}年|日期|哪个年份|哪个世纪",
    ),
    (
        "where",
        rf"哪里|哪儿|啥地方|{ANY}[地处]|什么地方|哪些地方|哪个地方|哪些地区|什么地点|地点|(?:在|位于|从|到|去|"
        r"往)哪(?![些里儿年天月日一两二三四五几\d次场个份家])|哪一?[座个]?(?:城市|省|市|县|区|镇|乡|村|国家?|州|"
        r"岛|地|街|路)",
    ),
    (
        "number",
        rf"多少|(?<!哪)(?<!十)几(?={MEASURE}|百|千|万|成|分|倍|[^\W\d]{{0,2}}(?:米|平方|公里|小时|分钟))|"
        rf"{HOW_MUCH}|占比|比例|百分之几|几成",
    ),
    ("why", rf"{WHY}|为何|为啥|咋回事|何以|什么原因|什么缘故|原因是|的原因|凭什么"),
    ("how", r"怎么|咋(?!回事)|怎样|如何|怎么样|什么办法|什么方式|什么方法|何种方式|哪些措施|什么措施"),
    ("list", rf"哪些|哪几|哪[二三四五六七八九十两\d]|{ALL}|分别|列举|包括什么|包含什么|有什么|有啥"),
    ("compare", r"相比|比起|跟.{1,12}比|与.{1,12}比|和.{1,12}比|区别|不同|变化|差异|前后"),
    ("definition", r"^什么是|^何谓|是什么意思|指的是什么|指什么|是什么(?=[？?]?$)|是啥(?=[？?]?$)"),
    (
        "contact",
        rf"{_REACHED}(?=[是为有]?(?:什么|多少|哪|啥|几)|是[？?]?$)|^(?:(?![谁什哪何怎几多]).)*{_REACHED}(?=[呢？?。]?$)",
    ),
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

_COUNTED = re.compile(
    r"(?<![第年月\d])(?P<n>[\d一二三四五六七八九十两]+)(?:个|大|项|条|种|方面|座|家|位|名|类|点|次|份|场|届|所|支)"
)
_ZH_NUMBERS = {"两": 2, **{char: value for value, char in enumerate("一二三四五六七八九十", start=1)}}
_EN_NUMBER_WORDS = "one two three four five six seven eight nine ten eleven twelve"
_EN_NUMBERS = {name: value for value, name in enumerate(_EN_NUMBER_WORDS.split(), start=1)}


def kinds_of(text: str, language: Language) -> tuple[Kind, ...]:
    """Return the kinds of answer a question asks for, in order of place; ``("what",)`` when none is plain."""
    table = _ZH_KINDS if language == "zh" else _EN_KINDS
    places: list[tuple[int, Kind]] = []
    for kind, pattern in table:
        match = re.search(pattern, text, re.IGNORECASE)
        if match:
            places.append((match.start(), kind))
    return tuple(kind for _, kind in sorted(places)) or ("what",)


def measures(folded: str) -> tuple[str, ...]:
    """Return the measure word and the counted noun after 多少 or 几; for 多长, 多高 what they are counted in."""
    asked = re.search(HOW_MUCH, folded)
    found = list(_DIMENSIONS.get(asked.group()[1], ())) if asked else []
    if asked and folded.startswith("时间", asked.end()):
        found = list(_TIMES)
    for match in re.finditer(rf"(?:多少|(?<!哪)几)({COUNTER})?([\u4e00-\u9fff]{{0,4}})", folded):
        unit = match.group(1) or ""
        noun = "" if unit and unit in _WHOLE else next(iter(segment(match.group(2))), "")
        found += [word for word in (unit, noun) if word and word not in _NO_COUNTER]
    return tuple(dict.fromkeys(found))


def count_of(folded: str, kinds: Sequence[Kind]) -> int | None:
    """Return how many parts the answer should have (“四个环节”是哪四个), None when not said."""
    if "list" not in kinds and "compare" not in kinds:
        return None
    match = re.search(rf"哪({NUM}+)", folded) or _COUNTED.search(folded)
    word = match.group(1) if match else ""
    if not word:
        english = re.search(r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", folded)
        return _EN_NUMBERS[english.group(1)] if english else None
    value = int(word) if word.isdigit() and len(word) < 4 else _ZH_NUMBERS.get(word)
    return value if value and 2 <= value <= 20 else None


def contrasts(folded: str, dates: Sequence[DateMention], kinds: Sequence[Kind]) -> bool:
    """Tell whether one quote of each period or source is asked for."""
    years = {mention.range for mention in dates if mention.range}
    each = re.search(r"分别|各自|两[次份场个期届版]|哪几[次份场期]|\brespectively\b|\beach\b|\bboth\b", folded)
    return len(years) > 1 or ("compare" in kinds and bool(each)) or bool(re.search(r"[哪这][两二三几]\s*[次份场期篇]", folded))
