"""Chinese follow-ups: pronouns, a new date, place or person for the old one (那莘县呢？), bare question words, comparisons.

Each rule looks at what was typed and at the full question before it; the first that applies gives the full question. An
earlier answer is read only for the person, place or day that a pronoun can mean. Nothing applies to a question with a
subject of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.dates import mentions
from qa.followup.completed import Completed, noted
from qa.followup.swapping import ATTRIBUTE, swap
from qa.followup.topic import TITLE, topic_of
from qa.gazetteer import is_noun, level, persons, places, tokens

_LEAD = re.compile(
    r"^(?:那么|那(?![里儿边个年天月时段条座家次场项届位些本篇份种一])|还有(?=[，,])|另外|然后|此外|再问|请问)[，,\s]*"
)
_PERSON = re.compile(r"他们|她们|(?<!其)他(?!人|乡|国|日)|她")
_THING = re.compile(r"它们|牠|它")
_THIS = re.compile(
    r"(?:这次|此次|该次|这场|这一|这个|那次|那个|那场|这些|那些|这项|该项|本次|上述|[这那该][届座条家位种项所本篇份]|该|此|这|那)"
    r"(?:会议|大会|会|活动|项目|比赛|公司|企业|单位|部门|村|镇|县|市|区|人|书记|局长|市长|园区|基地|平台|"
    r"节|展会|峰会|论坛|工程|计划|方案|政策|文件|学校|医院|中心|报|报纸|文章|行动|招聘会|培训班|机构|组织|"
    r"产业园|系统|制度|事件|事故|件?事情?|桥|大桥|路|地方|专家|作者|记者|老人|大赛|博物馆|图书馆|奖)"
)
_ITS = re.compile(
    r"(?:(?<=^)|(?<=[，,。；、\s]))其(?!他|它|实|中|余|间|次)|(?<=[对在由与和让被])其(?=[\u4e00-\u9fff])(?!他|它|实|中|余|间|次)"
)
_THERE = re.compile(r"那里|那儿|这里|这儿|当地|该地|那边")
_THEN = re.compile(r"那一?年|同年|那一?天|当天|那时候?|当时|那个?月")
_SHORT = re.compile(r"^(?P<what>.{1,24}?)呢[？?。！!]?$")
_COMPARED = re.compile(
    r"^(?:如果)?(?:和|跟|与|同|比起?|相比)(?P<what>.{1,16}?)(?:相比|比较|比|多|少|高|低|增|减|有|哪|呢|如何|怎么样|[？?])"
)
_FRAME_WORDS = (
    r"(?:是|在|于|到|从)?(?:哪里|哪儿|什么地方|何处|何地|哪个地方|哪座?城市)|"
    r"(?:是|在)?(?:什么时候|什么时间|何时|哪一?天|哪一?年|哪日|几月几[日号]|几点)|"
    r"是?由?(?:谁|哪位|哪些人|什么人)|为什么|为何|为啥|怎么样|怎么|如何|怎样|多少|"
)
_BARE = re.compile(
    rf"^(?:又|还|具体)?(?:是|在)?(?P<frame>(?:{_FRAME_WORDS[:-1]})(?:[个座家条人名])?)(?:会?这样|回事|的|呀|啊|了|呢)?[？?。]?$"
)
_FRAME = re.compile(rf"哪?几[个座家条处名次届项位所种]|{_FRAME_WORDS}(?:哪|是?什么|有?哪些)[\u4e00-\u9fff]?")
_WHERE_WHEN = re.compile(r"(?:是|在|于)?(?:哪里|哪儿|什么地方|何处|何地)|(?:是|在)?(?:什么时候|什么时间|何时|哪一?天|哪一?年)")
_OPENING = re.compile(
    r"^(?:又|还|都|也|一共|总共|总计|最后|后来|后来又|具体|主要|当时|到底|究竟|现在|目前)*"
    r"(?:是|由|在|有|为|从|到|花了?|来了?|达到?|共|会|能|要|该|包括|去了?|用了?|请了?|用)?"
    r"(?:谁|哪位|什么|何时|哪|多少|几|为什么|为何|怎么|如何|怎样)"
)
_MORE = re.compile(
    r"^(?:还有(?:吗|呢|别的吗|其他的吗|什么|哪些)?|继续|更多|再(?:多)?(?:说|讲|列)一?[点些]|其他的?呢)[？?。！!]*$"
)
_ELLIPTIC = 16  # characters; a longer question says what it is about


def resolve(asked: str, question: str, answer: str) -> Completed:
    """Return the full question that ``asked`` stands for after ``question`` and its answer."""
    text = _LEAD.sub("", asked) or asked
    for rule in (_more, _compared, _swapped, _bare, _then, _there, _pronoun, _elliptic):
        found = rule(text, question, answer)
        if found is not None:
            full, topic = found
            return noted(asked, full, topic, chinese=True)
    return Completed(asked)


Found = tuple[str, str] | None


def _more(text: str, question: str, answer: str) -> Found:
    """还有呢？ asks the same once more."""
    return (question, question) if _MORE.match(text) else None


def _compared(text: str, question: str, answer: str) -> Found:
    """和去年相比呢？ keeps the whole question and adds what it is compared with."""
    match = _COMPARED.match(text)
    if not match or len(text) > _ELLIPTIC or not _leans(match["what"], question):
        return None
    return f"{question.rstrip('？?。')}，{text}", topic_of(question)


def _leans(what: str, question: str) -> bool:
    """Whether the other side of a comparison is a date, a place, an ordinal or a pronoun: no topic of its own."""
    levelled = level(what)
    return bool(mentions(levelled) or places(levelled) or re.search(r"^第|它|他|这|那|以前|过去|之前|上一|上次|其他", what))


def _swapped(text: str, question: str, answer: str) -> Found:
    match = _SHORT.match(text)
    what = match["what"] if match else _alone(text)
    if not what or len(text) > 20 or _FRAME.search(what):
        return None
    return swap(question, what.strip("，,、 的")), topic_of(question)


def _alone(text: str) -> str:
    """A date, place or ordinal and nothing else (2021年？), without 呢."""
    bare = text.rstrip("？?。 ")
    levelled = level(bare)
    whole = (0, len(bare))
    spans = [*((mention.start, mention.end) for mention in mentions(levelled)), *places(levelled)]
    return bare if bare and (whole in spans or re.fullmatch(r"第[\d一二三四五六七八九十]+[届版期次]|头版", bare)) else ""


def _bare(text: str, question: str, answer: str) -> Found:
    """A question word alone (为什么？ 在哪里？) asks for another side of what was asked."""
    match = _BARE.match(text)
    if not match:
        return None
    frame, topic = match["frame"], topic_of(question)
    if _WHERE_WHEN.fullmatch(frame) and _WHERE_WHEN.search(question):
        return _WHERE_WHEN.sub(frame, question, count=1), topic
    place = question.find(topic) + len(topic) if topic else 0
    rest = _FRAME.sub("", question[place:].rstrip("？?。"), count=1)
    return f"{question[:place]}{frame}{rest.removeprefix('的')}？", topic or question.rstrip("？?。")


def _then(text: str, question: str, answer: str) -> Found:
    match = _THEN.search(text)
    day = _day(question, answer) if match else ""
    if not match or not day or mentions(level(text)):
        return None
    full = text[: match.start()] + day + text[match.end() :]
    rest = _pronoun(full, question, answer)
    if rest is not None:
        return rest
    own = text[match.end() :]
    topic = topic_of(question)
    if topic and _OPENING.match(own) and not _own_nouns(own, question):
        return f"{day}{topic.replace(day, '')}{own}", topic
    return full, day


def _day(question: str, answer: str) -> str:
    """The date that the answer gives when it was asked for, else the one in the question."""
    asked = re.search(r"什么时候|哪天|哪一天|哪年|哪一年|何时|几月", question)
    for text in (answer, question) if asked else (question, answer):
        dated = [mention.text for mention in mentions(level(text[:400])) if not mention.vague]
        if dated:
            return dated[0]
    return ""


def _there(text: str, question: str, answer: str) -> Found:
    match = _THERE.search(text)
    if not match or places(level(text)):
        return None
    asked = re.search(r"哪里|哪儿|什么地方|何处|哪座|哪个", question)
    for source in (answer[:400], question) if asked else (question, answer[:400]):
        levelled = level(source)
        named = [source[start:end] for start, end in places(levelled)]
        if named:
            return text[: match.start()] + named[0] + text[match.end() :], named[0]
    return None


def _pronoun(text: str, question: str, answer: str) -> Found:
    for pattern, person in ((_PERSON, True), (_THING, False), (_THIS, False), (_ITS, False)):
        match = pattern.search(text)
        if match and not _own_antecedent(text[: match.start()]):
            return _in_place(text, match, question, answer, person=person)
    return None


def _own_antecedent(before: str) -> bool:
    """A pronoun that follows a name within the same question means that name."""
    return len(before) >= 8 or bool(re.search(r"[”」》]", before))


def _in_place(text: str, match: re.Match[str], question: str, answer: str, *, person: bool) -> Found:
    topic = topic_of(question, person=person)
    who = re.match(r"(?:是|由)?(?:谁|哪位)(?P<did>.{2,24}?)[的了]?[？?。]*$", question) if person else None
    if who:
        topic = who["did"] + "的人"
    if not topic:
        return f"{question.rstrip('？?')}，{text}", question
    if person:
        topic = _person(topic, question, answer)
    full = topic + ("的" if match.group() == "其" else "")
    return text[: match.start()] + full + text[match.end() :], topic


def _person(topic: str, question: str, answer: str) -> str:
    """The person that a personal pronoun means: the one whom the answer names with the office or alone, else the topic."""
    office = re.search(TITLE + "$", topic)
    if office:
        named = re.search(
            office.group() + r"(?P<name>[\u4e00-\u9fff]{2,3})(?=介绍|说|表示|指出|强调|要求|认为|出席|主持|[：:，,。、])", answer
        )
        return office.group() + named["name"] if named and named["name"] not in topic else topic
    if re.search(r"谁|哪位|什么人|叫什么", question):
        levelled = level(answer[:400])
        named_once = list(dict.fromkeys(levelled[start:end] for start, end in persons(levelled)))
        if len(named_once) == 1 and named_once[0] not in question:
            return named_once[0]
    return topic


def _elliptic(text: str, question: str, answer: str) -> Found:
    """A question without a subject (谁主持？), or that begins with an attribute (主题是什么？), is about the same topic."""
    if len(text) > _ELLIPTIC or re.search(r"[“「《]", text):
        return None
    topic = topic_of(question)
    attribute = ATTRIBUTE.match(text)
    if not topic or not (attribute or _OPENING.match(text)) or _own_nouns(text, question):
        return None
    return topic + ("的" if attribute and not topic.endswith("的") else "") + text, topic


def _own_nouns(text: str, question: str) -> bool:
    levelled = level(text)
    if persons(levelled) or places(levelled) or re.search(r"第[\d一二三四五六七八九十]", text):
        return True
    return any(_is_topic(word, question) for word in _words(text))


def _words(text: str) -> Iterator[str]:
    yield from (word for word, _ in tokens(text))


def _is_topic(word: str, question: str) -> bool:
    if word in question or ATTRIBUTE.fullmatch(word) or word.isdigit():
        return False
    return is_noun(word) and (len(word) > 1 or word in "村镇路桥县市区省乡厂校")
