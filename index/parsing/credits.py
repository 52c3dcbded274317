"""Who wrote it: bylines, credits and roles, on lines of their own or inside a paragraph.

A name is 2-4 Han characters that open with a Chinese surname, or anything printed beside a role (记者, 通讯员 ...).
Names are given without inner spaces, roles as printed. Knows nothing of where a line stands on the page.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.parsing.jumps import inline_jump_from
from index.text import fold

_HAN = "\u4e00-\u9fff"
COLUMN_ROLE = "专栏署名"

_ROLES = (
    "融媒体中心|全媒体|融媒体|融媒|本报|本刊|本网|本台|本社|新华社|中新社|人民网|央视网|首席|资深|见习|实习生|实习|特约|特派|驻京|"
    "记者|通讯员|评论员|读者|特约撰稿人|撰稿人?|撰文|执笔|口述|编辑|摄影|摄制|图文|文图|作者|供稿|供图|来稿|采写|整理|翻译|报道|文|图|摄"
)
_ANY_ROLE = re.compile(rf"{_ROLES}|市民|村民|居民|网友|学生|教师")
_ROLE = re.compile(rf"(?:{_ROLES})+")
_PLACED_ROLE = re.compile(rf"^[{_HAN}]{{2,9}}(?:读者|市民|村民|居民|网友|学生|教师|通讯员|记者站|特约记者)$")  # 石桥镇读者 张三
_AFTER = re.compile(r"^(?:/?\s?(?:文图|图文|摄影报[道导]|摄影|文|图|摄|供图|报[道导]|整理|编译))$")
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓"
    "郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封储靳段焦巴牧山谷车侯全班秋仲伊宫宁仇栾甘厉祖武符刘景詹龙叶幸司黎"
    "薄印白蒲邰从鄂索籍赖卓蔺屠蒙池乔胥闻党翟谭劳姬申冉宰雍桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎连茹习艾鱼容向古易慎戈廖终"
    "衡步都耿满弘匡国文寇广东欧沃利蔚越师巩聂晁敖冷辛阚那简饶曾沙养丰关查荆红游竺权盖益桓公肖代付涂丘仝苟岳帅亓逄苑矫初由旷"
    "习禚隋闫尉粟佟兰涛迟黑展"
)
_COMPOUND = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "端木", "夏侯", "呼延")
_NOT_NAMES = frozenset(
    (
        "安全",
        "高度",
        "图片",
        "资料",
        "时间",
        "平安",
        "文明",
        "和谐",
        "常态",
        "方法",
        "文化",
        "关注",
        "明天",
        "白天",
        "方向",
        "高原",
    )
)
_DESK_ALONE = re.compile(r"^(?:本报|本刊|本网|新华社|人民日报)?(?:特约|首席)?(?:评论员|编辑部|社论|短评)$")
_ENGLISH_DESK_ALONE = re.compile(
    r"^(?:[a-z.&'’-]+ ){0,3}(?:staff|senior|special|chief|associated|city) "
    r"(?:writers?|reporters?|correspondents?|press|editors?)$|^(?:[a-z.&'’-]+ ){1,4}correspondents?$|"
    r"^of the [a-z .&'’-]{3,30} staff$|^(?:by |from )?(?:a |our )?(?:own |special |staff )+"
    r"(?:correspondents?|reporters?|writers?)$|"
    r"^special (?:dispatch |cable |telegram )?to the [a-z .&'’-]{3,30}$|"
    r"^(?:by )?(?:the )?(?:associated press|united press(?: international)?)$|"
    r"^(?:by )?reuters$",
    re.IGNORECASE,
)
_MARK = re.compile(r"^[□■◇◆○●☐◎]\s*")
_OUTER = re.compile(r"^[（(【\[]\s*([^（()）]{2,80})\s*[)）】\]]$")
_ENGLISH_OUTER = re.compile(r"^[(\[]\s*([A-Za-z][^()\[\]]{3,60})[)\]]$")
_SENTENCE_END = re.compile(r"[A-Za-z]{4,}\.$|^[a-z].*\.$")
_ADDRESS = re.compile(r"[\s|,]*\S+@\S+$")
_NAME_AND_DESK = re.compile(
    r"^([A-Z][\w'’-]+(?: [A-Z][\w.'’-]*){1,3}),? (?:Staff|Senior|Special|Chief) (?:Writer|Reporter|Correspondent)s?$",
    re.IGNORECASE,
)
_SOURCES = re.compile(r"^(?:据|来源|综合|转自|摘自|原载|选自|本报综合|新华社|中新社)[^。，]{0,24}$")
_AUTHOR_IS = re.compile(rf"^作者(?:系|为|是|单位[:：]?)[^。]{{2,40}}?(?:[\s　]([{_HAN}]{{2,4}}))?$")
_PREFIX = re.compile(rf"(?<![{_HAN}])((?:{_ROLES})+)\s*[/:：|｜丨]\s*(?=[{_HAN}])")
_PLACE = re.compile(rf"[/／][{_HAN}]{{2,6}}?(?:综合|綜合|連線)?(?:报道|報道|报导|報導|电|電)$")  # 記者張偉／台北報導
_BEFORE = "\x01"  # set behind a role that print ties to the name after it
_BY = re.compile(r"^(?:by|story by|words by|from)\s+(?=[A-Z])", re.IGNORECASE)
_ENGLISH_NAME = re.compile(r"^[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|de|la|van|von|der|bin|al)){0,4}$")
_DESK = re.compile(
    r"^(?:.*\b(?:writer|reporter|correspondent|editor|staff|press|bureau|times|news|service|contributor)\b.*)$", re.IGNORECASE
)
_DAY = r"(?:[\d一二三四五六七八九十]{1,3}月)?[\d一二三四五六七八九十]{1,3}日"
_BRACKET = re.compile(r"^[【〔\[(「]\s?")
_HEAD = re.compile(
    rf"^[【〔\[「]?(?:据)?(?:[{_HAN}]{{0,16}}?(?:{_DAY})?(?:讯|电|消息))?[】〕\]」]?[\s　]*"
    r"[（(【〔]([^（()）】〕]{2,60})[)）】〕]"
)
_HEAD_BARE = re.compile(
    rf"^[【〔\[「]?(?:本报|[{_HAN}]{{2,10}})?(?:{_DAY})?[讯电][】〕\]」]?[\s　]*[（(]?"
    rf"((?:{_ROLES})+[\s　]*[{_HAN}]{{2,4}}(?:[\s　、]+[{_HAN}]{{2,4}}){{0,5}})[\s　]*[)）]?[\s　]*(?:报道|摄影)"
)
_TAIL = re.compile(r"[。！？!?…”’」』.][\s　]*[（(【]([^（()）】]{2,60})[)）】]?[\s　]*$")
_DATELINE = re.compile(
    rf"^(?:据)?(?:本报|本刊|本网|[{_HAN}]{{2,6}})[{_HAN}]{{0,8}}?(?:{_DAY})?[{_HAN}]{{0,4}}?[讯电]"
    r"(?=[\s　(（,，:：【】〕\])」]|\d)"
)
_DATELINE_ALONE = re.compile(rf"^(?:本报|本刊|[{_HAN}]{{2,6}})[{_HAN}]{{0,8}}?{_DAY}[{_HAN}]{{0,4}}?[讯电]$")
_REPORTED = re.compile(rf"^(?:本报|本刊)?(?:[{_HAN}]{{2}})?记者[{_HAN}\s、/]{{2,28}}报[道导](?:[】〕\])]|[\s:]|$)")
_ENGLISH_DATELINE = re.compile(
    r"^[A-Z][A-Z.'’ ]{2,30}(?:, [A-Z][A-Za-z.]{1,15})?(?:, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|[A-Z][a-z]{2,5}day))?\.?"
    r"(?: ?\([A-Z][A-Za-z .]{1,20}\))? ?(?:—|–|--|-) ?(?=[A-Z“\"])"
)


@dataclass(frozen=True, slots=True)
class Credit:
    """Names in printed order and the role of each, where one is printed."""

    names: tuple[str, ...] = ()
    roles: dict[str, str] = field(default_factory=dict)


def is_name(word: str) -> bool:
    """Tell whether folded Han characters can be a Chinese personal name."""
    if not re.fullmatch(rf"[{_HAN}]{{2,4}}", word) or word in _NOT_NAMES:
        return False
    return word.startswith(_COMPOUND) or (word[0] in _SURNAMES and len(word) <= 3)


@functools.lru_cache(maxsize=1 << 14)
def starts_article(text: str) -> bool:
    """Tell whether a paragraph opens with a dateline: 本报讯, 东昌府讯 6月4日, 新华社北京6月4日电, BEIJING, June 4 —."""
    opening = _BRACKET.sub("", fold(text[:60]))
    if _REPORTED.match(opening) or (len(text) < 60 and _DATELINE_ALONE.match(opening)) or inline_jump_from(text):
        return True
    return _DATELINE.match(opening) is not None or _ENGLISH_DATELINE.match(text[:90]) is not None


def byline_of(text: str) -> Credit | None:
    """Read a line that is nothing but names with a mark or a role (□张三, 本报记者 张三, 文/张三, By JOHN SMITH).

    A desk that signs without a name (本报评论员) counts as one; so does the line under an English byline that names the desk.
    """
    if _DESK_ALONE.match(fold(text)):
        return Credit((text,), {text: COLUMN_ROLE})
    inner = _ENGLISH_OUTER.match(text)
    if _ENGLISH_DESK_ALONE.match(inner[1] if inner else text):
        return Credit()
    if _MARK.match(text):
        return _names(_MARK.sub("", text), need_role=False)
    if english := _english_byline(inner[1] if inner else text):
        return english
    return _names(text, need_role=True) if len(text) <= 60 and _ANY_ROLE.search(fold(text)) else None


def credit_of(text: str) -> Credit | None:
    """Read a line that is nothing but names in brackets: (融媒体 张三 李四), （记者 张三）, (张三)."""
    match = _OUTER.match(text)
    return _bracketed(match[1]) if match else None


def bare_names_of(text: str) -> Credit | None:
    """Read a line that is nothing but one to four names, without mark or role. Only fit right under a headline."""
    return _names(text, need_role=False) if len(text) <= 24 else None


def inline_credit_of(text: str) -> Credit | None:
    """Read the credit inside a paragraph: 本报讯（记者 张三）… at its head, or …。（张三） at its end."""
    start = fold(text[:140])
    head = _HEAD.match(start) or _HEAD_BARE.match(start)
    opening = _names(text[head.start(1) : head.end(1)], need_role=True) if head else None
    return opening or closing_credit_of(text)


def closing_credit_of(text: str) -> Credit | None:
    """Read the credit that ends a paragraph after its last stop: …。（记者 张三）."""
    match = _TAIL.search(text, max(0, len(text) - 70))
    return _bracketed(match[1]) if match else None


def _bracketed(printed: str) -> Credit | None:
    """Read what stands in brackets: names, what the author is, or the source of a text that nobody signs."""
    if match := _AUTHOR_IS.match(printed):
        return Credit((match[1],), {match[1]: "作者"}) if match[1] and is_name(fold(match[1])) else Credit()
    named = _names(printed, need_role=False)
    return Credit() if named is None and _SOURCES.match(printed) else named


def _english_byline(text: str) -> Credit | None:
    text = _ADDRESS.sub("", text)
    match = _BY.match(text)
    if match is None and (signed := _NAME_AND_DESK.match(text)):
        return Credit((signed[1],), {signed[1]: text[signed.end(1) :].strip(" ,")})
    if match is None or len(text) > 80 or _SENTENCE_END.search(text):
        return None
    parts = [part.strip() for part in re.split(r",|\b(?i:and)\b|&|\||/", text[match.end() :]) if part.strip()]
    names = [part.title() if part.isupper() else part for part in parts if not _DESK.match(part)]
    if not names or not all(_ENGLISH_NAME.match(name) for name in names):
        return None
    desk = next((part for part in parts if _DESK.match(part)), None)
    return Credit(tuple(names), dict.fromkeys(names, desk) if desk else {})


def _names(printed: str, *, need_role: bool) -> Credit | None:
    """Read roles and names; None when anything else stands among them."""
    names: list[str] = []
    roles: dict[str, str] = {}
    role = ""
    fresh = False  # whether the role was printed just before this word, so that two role words make one
    single = ""
    for word in _without_report(_words(printed)):
        key = fold(word)
        if key.endswith(_BEFORE):
            role, fresh = word[:-1], True
            continue
        if names and _AFTER.match(key):
            roles.setdefault(names[-1], key.strip("/ "))
            continue
        prefix = _ROLE.match(key)
        if prefix and prefix.end() == len(key):
            role, fresh = (role + word if fresh else word), True
            continue
        if _PLACED_ROLE.match(key) and not is_name(key):
            role, fresh = word, False
            continue
        if prefix and prefix.end() > 1 and not is_name(key) and is_name(key[prefix.end() :]):
            rest = word[prefix.end() :]
            role, word, key = (role + word[: prefix.end()] if fresh else word[: prefix.end()]), rest, key[prefix.end() :]
        fresh = False
        if len(key) == 1 and "\u4e00" <= key <= "\u9fff":
            single += word
            if len(single) < 2:
                continue
            word, key, single = single, fold(single), ""
        if single or not _may_be_name(key, beside_role=bool(role)):
            return None
        names.append(word)
        if role:
            roles[word] = role
    if single or not names or (need_role and not roles):
        return None
    return Credit(tuple(dict.fromkeys(names)), roles)


def _without_report(words: Sequence[str]) -> Iterator[str]:
    """The words without 报道 at the end of one: a name stays, the place that is reported from does not."""
    for at, word in enumerate(words):
        if not fold(word).endswith(("报道", "报导")) or _AFTER.match(fold(word)):
            yield word
        elif at == 0 or is_name(fold(word[:-2])) or _ROLE.match(fold(word)):
            yield word[:-2]


def _words(printed: str) -> list[str]:
    spaced = re.sub(rf"(?<=[文图影摄])/(?=[文图摄](?![{_HAN}]))", "", printed)
    spaced = _PLACE.sub("", spaced)
    spaced = _PREFIX.sub(rf" \1{_BEFORE} ", spaced)
    spaced = re.sub(rf"(?<=[{_HAN}])/(?=[文图摄])", " /", spaced)
    words = [word for word in re.split(r"[\s　、,，:：;；|｜丨]+|(?<=[文图影摄])/", spaced) if word and word != "/"]
    return [word for word in words if word]


def _may_be_name(key: str, *, beside_role: bool) -> bool:
    if beside_role and re.fullmatch(rf"[{_HAN}]{{2,4}}|(?=.{{4,20}}$)[{_HAN}]+(?:[·•][{_HAN}]+)+|[a-z][a-z .'-]{{2,30}}", key):
        return not key.endswith(("会", "部", "局", "处", "室")) or is_name(key)
    return is_name(key)
