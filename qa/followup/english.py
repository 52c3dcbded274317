"""English follow-ups: pronouns, a new date or name for the old one (And in Shandong?), bare question words, comparisons.

Each rule looks at what was typed and at the full question before it; the first that applies gives the full question.
Nothing applies to a question with a name of its own.
"""

from __future__ import annotations

import re

from qa.dates import mentions
from qa.followup.completed import Completed, noted
from qa.followup.topic import topic_of

_LEAD = re.compile(r"^(?:and|also|so|then|ok|okay|but)\b[\s,]*", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:it|its|they|their|them|he|his|him|she|her|hers)\b", re.IGNORECASE)
_THINGS = (
    "(?:meeting|event|festival|conference|competition|project|company|office|city|town|county|village|district|person|man|woman|park|base|"
    "plan|paper|newspaper|article|issue|programme|program|summit|fair|campaign|contest|building|bridge|school|hospital|group|award|"
    "ceremony|exhibition)"
)
_THIS = re.compile(
    rf"\b(?:(?:this|that|these|those|the same)\s+{_THINGS}\b|the\s+{_THINGS}\b"
    r"(?=\s*(?:\?|$|held|start|end|begin|open|take|last|cost|about|called|organi|host)))",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"^(?:(?:and )?(?:what|how) about|same for|and for|and)\s+(?P<what>.{1,60}?)\s*[?.!]*$",
    re.IGNORECASE,
)
_WH = r"(?:who|whom|whose|what|when|where|why|how|which)"
_ASKS = re.compile(rf"\b{_WH}\b|\b(?:is|are|was|were|did|does|do|has|have|can|will)\b", re.IGNORECASE)
_COMPARED = re.compile(
    r"^(?:and\s+)?(?:compared? (?:with|to)|versus|vs\.?|than|how does (?:that|this|it) compare (?:with|to))\s+"
    r"(?P<what>.{1,40}?)\s*\??$",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(?:and\s+|but\s+)?(?:by |at |in |on )?"
    r"(?P<wh>who|whom|when|where|why|how|how many|how much|what year|which year|which city)"
    r"(?: (?:exactly|is that|was that|so|then))?\s*\?*$",
    re.IGNORECASE,
)
_WHERE_WHEN = re.compile(r"^\W*(?:where|when)\b", re.IGNORECASE)
_SUBJECTLESS = re.compile(
    r"^(?:who(?: else)?|how many (?:people|visitors|guests|participants|companies|teams|others)|"
    r"which (?:companies|teams|people|leaders)|how)\s+(?:also\s+)?(?:attended|took part|came|participated|spoke|won|hosted|"
    r"organi[sz]ed|presided|joined|signed|were there|applied|died|were injured|was there|chaired|led|founded|built|designed|"
    r"paid|sponsored|opened)\s*\?*$",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"^(?:and\s+)?(?:what (?:is|was|were|are)\s+)?the (?P<noun>(?:exact |main |total )?(?:theme|topic|date|time|place|venue|"
    r"location|cost|price|size|area|length|result|outcome|reason|purpose|aim|goal|organi[sz]er|host|winner|budget|slogan|name|"
    r"number|duration|prize))s?\s*\?*$",
    re.IGNORECASE,
)
_PREPOSITIONS = frozenset(["in", "on", "at", "for", "from", "during", "by", "of"])
_PREPOSITION = re.compile(r"^(?P<prep>in|at|on|for|from|by|during|of)\s+(?P<noun>.+)$", re.IGNORECASE)
_NAME = r"(?:the\s+)?[A-Z][\w'’-]*(?:\s+(?:of\s+)?[A-Z][\w'’-]*)*"
_COUNTED = re.compile(
    r"\b(?P<how>how (?:many|much))\s+(?P<noun>(?:[a-z'’-]+\s+){0,2}?[a-z'’-]+)"
    r"(?=\s+(?:is|are|was|were|did|does|do|will|can|has|have|came|attended|took)\b)",
    re.IGNORECASE,
)
_THERE = re.compile(r"\b(?P<there>there)\b(?!\s+(?:is|are|was|were)\b)", re.IGNORECASE)
_EXISTS = re.compile(r"\b(?:is|are|was|were|be)\s+there\b", re.IGNORECASE)
_THEN = re.compile(r"\b(?:that (?:year|month|day|week)|the same (?:year|month|day)|at that time|back then)\b", re.IGNORECASE)
_MORE = re.compile(r"^(?:what else|anything else|any others?|more|go on|and others?)\s*[?.!]*$", re.IGNORECASE)
_PLACE = re.compile(rf"\b(?:in|at|near|from)\s+(?P<place>{_NAME})")


def resolve(asked: str, question: str, answer: str) -> Completed:
    """Return the full question that ``asked`` stands for after ``question``; the answer is not read."""
    del answer
    topic = topic_of(question)
    if _MORE.match(asked):
        return noted(asked, question, question, chinese=False)
    for rule in (_compared, _bare, _attribute, _swapped, _then, _there, _pronoun, _subjectless):
        full = rule(asked, question, topic)
        if full:
            return noted(asked, full, topic or question, chinese=False)
    return Completed(asked)


def _compared(asked: str, question: str, topic: str) -> str:
    match = _COMPARED.match(asked)
    return f"{question.rstrip('? ')}, compared with {match['what']}?" if match else ""


def _bare(asked: str, question: str, topic: str) -> str:
    """A question word alone asks for another side of what was asked."""
    match = _BARE.match(asked)
    if not match:
        return ""
    word = match["wh"].capitalize()
    if word in ("Where", "When") and _WHERE_WHEN.match(question):
        return _WHERE_WHEN.sub(word, question, count=1)
    if word in ("Why", "How", "How many", "How much") or not topic:
        rest = re.sub(rf"^\W*{_WH}(?:\s+(?:many|much))?\s+", "", question, flags=re.IGNORECASE)
        return f"{word} {rest}"
    return f"{word} was {topic}?" if word in ("Where", "When") else f"{word}: {topic}?"


def _attribute(asked: str, question: str, topic: str) -> str:
    match = _ATTRIBUTE.match(asked)
    return f"What was the {match['noun'].lower()} of {topic}?" if match and topic else ""


def _swapped(asked: str, question: str, topic: str) -> str:
    match = _SHORT.match(asked)
    what = match["what"] if match else _alone(asked)
    if not what or _ASKS.search(what) or _PRONOUN.search(what):
        return ""
    first, _, rest = what.partition(" ")
    what = f"{first.lower()} {rest}" if first.lower() in _PREPOSITIONS else what
    return _date(question, what) or _phrase(question, what) or _counted(question, what) or _topic(question, what, topic)


def _alone(asked: str) -> str:
    """A date, or a preposition with a name, and nothing else (In 2021? In Shandong?)."""
    bare = _LEAD.sub("", asked).rstrip("?. ")
    found = mentions(bare)
    rest = bare[: found[0].start] + bare[found[-1].end :] if found else bare
    dated = bool(found) and re.fullmatch(r"\s*(?:in|on|for|during|from|at)?\s*", rest, re.IGNORECASE)
    return bare if dated or re.fullmatch(rf"(?:in|at|for|from)\s+{_NAME}", bare) else ""


def _date(question: str, what: str) -> str:
    new = mentions(what)
    rest = what[: new[0].start] + what[new[-1].end :] if new else what
    if not new or not re.fullmatch(r"\s*(?:in|on|for|during|from|at)?\s*", rest, re.IGNORECASE):
        return ""
    old = mentions(question)
    if not old:
        lead = "" if re.match(r"(?:in|on|for|during|from|at|last|this|yesterday|since)\b", what, re.IGNORECASE) else "in "
        return f"{question.rstrip('? ')} {lead}{what}?"
    prefix = re.search(r"\b(?:in|on|for|during|from|at)\s+(?:the\s+)?$", question[: old[0].start], re.IGNORECASE)
    own = re.match(r"(?:in|on|for|during|from|at|last|this|yesterday|since)\b", what, re.IGNORECASE)
    start = prefix.start() if prefix and own else old[0].start
    return question[:start] + what + question[old[-1].end if len(old) == 1 else old[0].end :]


def _phrase(question: str, what: str) -> str:
    """In Shandong takes the place of in and a name; a bare name that of a name."""
    match = _PREPOSITION.match(what)
    noun = match["noun"] if match else what
    if match:
        old = re.search(rf"\b{match['prep']}\s+{_NAME}", question)
        if old:
            return question[: old.start()] + what + question[old.end() :]
        return f"{question.rstrip('? ')} {what}?"
    if re.fullmatch(_NAME, noun) and noun[0].isupper():
        names = [found for found in re.finditer(_NAME, question) if found.start() > 0 and not _ASKS.fullmatch(found.group())]
        if names:
            longest = max(names, key=lambda found: len(found.group()))
            return question[: longest.start()] + noun + question[longest.end() :]
    return ""


def _counted(question: str, what: str) -> str:
    old = _COUNTED.search(question)
    bare = re.sub(r"^(?:the|a|an)\s+", "", what, flags=re.IGNORECASE)
    return question[: old.start("noun")] + bare + question[old.end("noun") :] if old else ""


def _topic(question: str, what: str, topic: str) -> str:
    return question.replace(topic, what, 1) if topic else ""


def _then(asked: str, question: str, topic: str) -> str:
    match, old = _THEN.search(asked), mentions(question)
    if not match or not old:
        return ""
    lead = "" if asked[: match.start()].rstrip().lower().endswith((" in", " on")) else "in "
    return asked[: match.start()] + lead + old[0].text + asked[match.end() :]


def _there(asked: str, question: str, topic: str) -> str:
    match = None if _EXISTS.search(asked) else _THERE.search(asked)
    place = _PLACE.search(question)
    if not match or not place:
        return ""
    return asked[: match.start()] + place.group() + asked[match.end() :]


def _pronoun(asked: str, question: str, topic: str) -> str:
    match = _PRONOUN.search(asked) or _THIS.search(asked)
    if not match or not topic or _antecedent(asked[: match.start()]):
        return ""
    word = match.group().lower()
    if word in {"he", "him", "his", "she", "her", "hers"}:
        topic = topic_of(question, person=True) or topic
    owned = word in {"its", "their", "his", "hers"} or (word == "her" and re.match(r"\s+\w", asked[match.end() :]))
    return asked[: match.start()] + topic + ("'s" if owned else "") + asked[match.end() :]


def _antecedent(before: str) -> bool:
    """A pronoun that follows a name within the same question means that name."""
    return bool(re.search(r"\b[A-Z]\w+\b", re.sub(r"^\W*\w+", "", before)))


def _subjectless(asked: str, question: str, topic: str) -> str:
    return f"{asked.rstrip('? ')} {topic}?" if topic and _SUBJECTLESS.match(_LEAD.sub("", asked)) else ""
