"""A conversation as Markdown (CommonMark). Printed and typed words are text in it: nothing of them is obeyed as markup."""

from __future__ import annotations

import re

from qa.chat.exporting.talk import Exchange, Talk
from qa.chat.exporting.words import source_line, word
from qa.chat.markup import visible
from qa.schema import Language

# What may begin markup anywhere in a line; "$" opens a formula in many readers, ":" after http an address that is linked.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$&^=])|(?<=[A-Za-z]):(?=//)|(?<=[Ww]{3})\.|@")
# What begins a list, a heading or a rule where it stands first in a line.
_FIRST = re.compile(r"^(\s*)(?:([-+])|(\d+)([.)]))")


def literal(text: str) -> str:
    """Return the text on one line such that Markdown shows every character of it."""
    escaped = _SIGNS.sub(lambda found: "\\" + found.group(), " ".join(visible(text).split()))
    return _FIRST.sub(lambda found: f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}", escaped)


def markdown(talk: Talk) -> str:
    """Return the conversation as one Markdown text."""
    head = [f"# {literal(talk.title)}", f"*{word('made', talk.language, day=talk.day)}*"]
    return "\n\n".join([*head, *(_exchange(each, talk.language) for each in talk.exchanges)]) + "\n"


def _exchange(exchange: Exchange, language: Language) -> str:
    parts = [f"## {literal(exchange.question)}"]
    if not exchange.cited:
        return "\n\n".join([*parts, word("nothing", language)])
    parts += [f"> {literal(each.quote)} \\[{each.number}\\]" for each in exchange.cited if each.quote]
    sources = [f"- \\[{each.number}\\] {literal(source_line(each, language))}" for each in exchange.cited]
    return "\n\n".join([*parts, f"**{word('sources', language)}**", "\n".join(sources)])
