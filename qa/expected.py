"""Which words of a sentence are of the kind that a question asks for: persons, dates, places, numbers, lists.

Patterns of newspaper Chinese and English; offsets into the text given. It does not know whether the words are
the right ones, only that they are of the right kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from index.text import fold
from qa.gazetteer import SURNAMES, Span, level, persons, places
from qa.question import Kind, Question

_OFFICE = (
    r"(?:副?(?:总裁|董事长|总经理|经理|书记|主席|总统|总理|首相|部长|省长|市长|区长|县长|镇长|乡长|局长|厅长|"
    r"处长|科长|所长|院长|校长|园长|厂长|站长|队长|组长|会长|理事长|秘书长|主任|行长|馆长|村长|班长|司令员?|"
    r"政委|院士|教授|研究员|专家|"
    r"工程师|医生|护士|老师|教师|律师|法官|检察官|导演|编剧|主编|编辑|记者|通讯员|作家|作者|诗人|画家|演员|"
    r"教练|队员|选手|代表|委员|发言人|负责人|创始人|贫困户|村民|居民|市民|农民|工人|学生|志愿者|网格员|党员|"
    r"干部|技术员|大臣|将军|元帅|国王|皇帝|先生|女士|同志))"
)
_SAYS = (
    r"(?:说|表示|介绍|指出|强调|要求|认为|告诉|坦言|回忆|称|出席|主持|参加|致辞|讲话|带领|率|任|担任|当选|获|宣布|"
    r"透露|补充|呼吁|提出|代表|接受|为|被|等|在|就|从|对|向|与|和|的|是|[、。,;:)》”])"
)
_FAMILY = "".join(sorted(SURNAMES))
_PERSONS = (
    re.compile(rf"{_OFFICE}(?:、{_OFFICE})*(?P<x>[{_FAMILY}][\u4e00-\u9fff]{{1,2}})(?={_SAYS}|$)"),
    re.compile(r"(?P<x>[\u4e00-\u9fff]{1,8}(?:[·‧•][\u4e00-\u9fff]{1,8})+)"),
    re.compile(r"(?:由|为|是|叫|名叫)(?P<x>[\u4e00-\u9fff]{2,12}?)(?:担任|主持|负责|出任|领衔|率领|当)"),
    re.compile(r"由(?P<x>[\u4e00-\u9fff、]{2,24}?)(?=主办|承办|创办|创作|设计|发明|建造|编写|执导|演唱|组成)"),
    re.compile(r"(?P<x>\b[A-Z][a-z]+(?: [A-Z]\.)?(?: [A-Z][a-z'-]+)+)"),
)
_DIGIT = r"[\d〇零一二三四五六七八九十百]"
_ERAS = "光绪|宣统|同治|咸丰|道光|嘉庆|乾隆|雍正|康熙|顺治|崇祯|万历|嘉靖|永乐|洪武|昭和|明治|大正|平成|令和"
_DATES = (
    re.compile(
        rf"(?P<x>(?:{_DIGIT}{{2,4}}年)?(?:{_DIGIT}{{1,2}}月)(?:{_DIGIT}{{1,3}}[日号])?(?:(?:凌晨|早上|上午|中午|"
        rf"下午|傍晚|晚上|晚)?(?:{_DIGIT}{{1,2}}[时点](?:{_DIGIT}{{1,3}}分)?)?)?)"
    ),
    re.compile(
        rf"(?P<x>(?:{_DIGIT}{{2,4}}年|公元前?{_DIGIT}+年?|民国{_DIGIT}+年|"
        rf"(?:{_ERAS})[元{_DIGIT[1:-1]}]{{1,3}}年|{_DIGIT}{{2}}世纪)(?:代|初|末|底|春|夏|秋|冬|"
        rf"[上下]半年)?)"
    ),
    re.compile(rf"(?P<x>{_DIGIT}{{1,2}}[日号](?:上午|下午|晚|凌晨)?)"),
    re.compile(r"(?P<x>(?:凌晨|早上|上午|中午|下午|傍晚|晚上|晚)[\d一二三四五六七八九十]{1,2}[时点]半?)"),
    re.compile(
        r"(?P<x>(?:去年|今年|明年|前年|目前|日前|近日|昨天|昨日|今天|今日|明天|上午|下午|春节|国庆|元旦)(?:上半年|"
        r"下半年|底|初|末)?)"
    ),
    re.compile(
        r"(?P<x>\b(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|"
        r"December)\b(?: \d{1,2}(?!\d))?(?:,? \d{4})?|\b(?:1[5-9]|20)\d\d\b)"
    ),
)
_PLACES = (
    re.compile(
        r"(?:在|于|到|赴|往|位于|落户|地处|坐落于?|前往)(?P<x>[\u4e00-\u9fff]{2,16}?)(?=举行|举办|召开|开幕|"
        r"成立|签约|签署|签订|揭牌|启动|开工|开班|成功举|正式|隆重|出生|去世)"
    ),
    re.compile(r"\b(?:in|at|near|from)\s+(?P<x>(?:the\s+)?[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)*)"),
)
_MEASURES = (
    r"(?:万|亿|千|百)*(?:余|多|来)?(?:万|亿|千|百)*(?:余|多)?(?:个百分点|平方公里|平方千米|平方米|立方米|公里|"
    r"千米|厘米|毫米|公斤|千克|公顷|英里|英尺|海里|小时|分钟|秒|摄氏度|人次|"
    r"[座个個家条條处處户戶人名位次届屆年天月日元亩畝吨噸台辆"
    r"輛所间間幅件份篇本部项項场場期版支队隊種种类類级級层層岁歲回只頭头棵株门門双雙对對套批起宗艘架枚张張块塊"
    r"片颗顆段句章集首步轮輪代米克升度分倍成余字卷里尺寸])"
)
_NUMBER = re.compile(
    rf"(?P<x>(?<!第)(?:约|近|超过|超|逾|达|共|至少|不足|不到)?(?:\d[\d,]*(?:\.\d+)?(?:[%‰]|{_MEASURES})?|"
    rf"[一二三四五六七八九十百千万\d]+分之[\d一二三四五六七八九十百点\.]+|(?:一(?=[名座家所条位届项百千万亿十])|"
    rf"(?<![第一二三四五六七八九十百千])[二两三四五六七八九十百千万亿半数])[一二三四五六七八九十百千万亿零〇]*{_MEASURES}))"
)
_RANK = re.compile("第[几多]")
_ORDINAL = re.compile(rf"第(?:\d+|[一二三四五六七八九十百]+)(?:{_MEASURES})?|前[一二三四五六七八九十\d]+|首[届次位个座]")
_ITEMS = re.compile(r"[^,。;:!?、“”\s]{1,20}?(?:、[^,。;!?、]{1,24}){2,}")
_BOOK = re.compile(r"(?:《[^《》]{1,40}》、?){2,}|(?:“[^“”]{1,30}”、?){3,}")
_PARTS = re.compile(
    r"(?:^|[,。;:])(?P<x>(?:一是|二是|三是|四是|五是|首先|其次|再次|最后|第一|第二|第三|"
    r"要[\u4e00-\u9fff]{1,6}“[^“”]{2,16}”)[^。;]*)"
)
_REASON = re.compile(
    r"(?P<x>(?:因为|因|由于|为了|为(?=[\u4e00-\u9fff]{4,})|旨在|考虑到|之所以|看中|鉴于|源于|出于|得益于|"
    r"原因是|以便|从而|使得|导致)[^。!?;]{3,80})|[^。!?;,]{3,60}(?=(?:,?(?:因此|所以|因而|故)))"
)
_MEANS = re.compile(
    r"(?P<x>(?:通过|采取|采用|利用|运用|借助|以|建议|要|将|实施|开展|组织|推行|坚持|探索|围绕|依托)[^。!?;]{4,80})"
)
_IS = re.compile(r"(?:是|为|即|指|称为|称作|叫做|意为|意思是|主题[是为:])(?P<x>[^,。;!?]{2,60})")
_QUOTES = re.compile(r"[“「《](?P<x>[^“”「」《》]{2,60})[”」》]")

_CONTACTS = (
    re.compile(r"(?P<x>[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"),
    re.compile(r"(?P<x>(?:https?://|www\.)[A-Za-z0-9./?=&_%:#~-]+)"),
    re.compile(r"(?<![\d.])(?P<x>(?:\(?0\d{2,3}\)?[- ]?)?\d{7,8}|1[3-9]\d{9}|[48]00[- ]?\d{3,4}[- ]?\d{3,4}|1\d{4})(?![\d.])"),
)

_OFFICE_WORDS = re.compile(r"[\u4e00-\u9fff、]+")
_CLAUSE_END = re.compile(r"[,，。；;、！？!?]")
_DIGITS = frozenset("0123456789〇零一二三四五六七八九十")
# What counts the same things: people are counted by 人, 名 and 位.
_UNITS = {
    unit: units
    for units in (("人", "名", "位"), ("家", "个"), ("座", "个"), ("所", "个"), ("处", "座", "个"))
    for unit in units[:1]
}
_UNITS |= {"名": ("名", "人", "位"), "位": ("位", "名", "人")}

FIGURES: frozenset[Kind] = frozenset({"number", "when", "contact"})
"""Kinds whose patterns reach as far as the thing does, and which hardly any such thing escapes: digits tell them."""

_TABLE: dict[Kind, Sequence[re.Pattern[str]]] = {
    "who": _PERSONS,
    "when": _DATES,
    "where": _PLACES,
    "number": (_NUMBER,),
    "list": (_ITEMS, _BOOK, _PARTS),
    "why": (_REASON,),
    "how": (_MEANS,),
    "definition": (_QUOTES, _IS),
    "contact": _CONTACTS,
}


def spans(kind: Kind, text: str) -> list[Span]:
    """Return where ``text`` shows something of this kind, in order, without overlaps; the earlier rule wins."""
    text = level(text)
    found: list[Span] = []
    for pattern in _TABLE.get(kind, ()):
        _add(found, (match.span("x" if match.groupdict().get("x") else 0) for match in pattern.finditer(text)))
        if pattern is _PERSONS[0]:
            _add(found, persons(text))
    if kind == "where":
        _add(found, places(text))
    return sorted(found)


def _add(found: list[Span], more: Iterable[Span]) -> None:
    """Take over the spans that overlap none found before."""
    for start, end in more:
        if end > start and all(end <= other[0] or start >= other[1] for other in found):
            found.append((start, end))


def enumerated(text: str) -> bool:
    """Tell whether a sentence itself names three things or more."""
    return any(pattern.search(level(text)) for pattern in (_ITEMS, _BOOK))


def marks(question: Question, text: str) -> list[Span]:
    """Return the words of ``text`` that are of a kind asked for and that the question did not itself say."""
    found: list[Span] = []
    for kind in question.kinds:
        _add(found, _fresh(question, kind, text))
    return sorted(found)


def _fresh(question: Question, kind: Kind, text: str) -> list[Span]:
    """Words of one kind that the question did not say; of several readings the sharpest (counted, dated, longest list)."""
    asked, text = fold(question.text), level(text)
    if kind == "number" and _RANK.search(asked):
        return [match.span() for match in _ORDINAL.finditer(text) if match.group() not in asked]
    named = ((span, fold(text[slice(*span)]).strip("“”《》、，的 ")) for span in spans(kind, text))
    found = [span for span, words in named if words and words not in asked]
    if kind == "number":
        found = [span for span in found if not _is_date(question, text[slice(*span)])]
        return list(_counted(question.measures, text, found)) or found
    if kind == "who":
        return _titled(asked, fold(text), found)
    if kind == "when":
        return [span for span in found if any(char in _DIGITS for char in text[slice(*span)])] or found
    if kind == "list":
        most = max((text[slice(*span)].count("、") for span in found), default=0)
        return [span for span in found if text[slice(*span)].count("、") in (0, most)]
    return found


def _is_date(question: Question, words: str) -> bool:
    return words[-1] in "年月日号" and words[-1] not in "".join(question.measures)


def _counted(measures: Iterable[str], text: str, numbers: Sequence[Span]) -> Iterator[Span]:
    """Numbers that count one of the measures: 150余家企业 for 家 or 企业."""
    wanted = {unit for measure in measures for unit in _UNITS.get(measure, (measure,))}
    for start, end in numbers:
        # A measure word stands in or right after the number, a noun may have a word before it (3000余个就业岗位).
        stop = _CLAUSE_END.search(text, end)
        clause = stop.start() if stop else len(text)
        if any(unit in text[start : min(clause, end + (1 if len(unit) == 1 else len(unit) + 3))] for unit in wanted):
            yield start, end


def _titled(asked: str, text: str, names: Sequence[Span]) -> list[Span]:
    """Names right after the office that was asked for (市委书记孙爱军), where there are such; else all."""
    lengths = [
        next(
            (
                n
                for n in range(min(start, 12), 1, -1)
                if _OFFICE_WORDS.fullmatch(text, start - n, start) and text[start - n : start] in asked
            ),
            0,
        )
        for start, _ in names
    ]
    longest = max(lengths, default=0)
    return [span for span, length in zip(names, lengths, strict=True) if length == longest]


def satisfied(question: Question, text: str) -> float:
    """Return how far ``text`` shows what is asked for, 0 to 1; 0.5 when the question asks for nothing typed."""
    typed = [kind for kind in question.kinds if kind in _TABLE and kind not in ("why", "how", "definition")]
    if not typed:
        return 0.5
    return sum(_typed(question, kind, text) for kind in typed) / len(typed)


def _typed(question: Question, kind: Kind, text: str) -> float:
    found = _fresh(question, kind, text)
    if not found:
        return 0.0
    if kind == "number" and question.measures:
        return 1.0 if _RANK.search(fold(question.text)) or any(_counted(question.measures, level(text), found)) else 0.4
    return 1.0
