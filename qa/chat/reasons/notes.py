"""What is amiss in records, in notes beside a file and in corrections: in English as said, and in Chinese."""

from __future__ import annotations

NOTES: dict[str, str] = {
    # records
    "is no JSON ({}); copy or export it again": "不是完整的 JSON；请重新复制或导出",
    "is no JSON ({})": "不是完整的 JSON",
    "holds no article; a record needs a field article or text{}": "里面没有文章；每条记录要有标题和正文",
    "holds no article; a record needs a field article or text; first problem: {}": (
        "里面没有文章；每条记录要有标题和正文。第一处问题：{0:zh}"
    ),
    "has no text; a record needs a field article or text": "没有正文；每条记录要有正文",
    "is nested too deeply": "层次太深",
    "is no record: {}": "不是一条记录：{0}",
    "more than {} articles in one file; split it": "一个文件里的文章超过 {0} 篇；请拆开",
    # facts beside a file
    "{} is not understood: {}": "“{0}”一项没有读懂：{1}",
    "unknown: {}; known are {}": "不认识的项目：{0}；能认的有 {1}",
    "is no YAML ({}); write lines like  date: 2021-06-08": "说明文件的写法不对；请逐行写，例如 date: 2021-06-08",
    "is nested too deeply; write lines like  date: 2021-06-08": "说明文件层次太深；请逐行写，例如 date: 2021-06-08",
    "is no list of facts; write lines like  date: 2021-06-08": "不是逐项的说明；请逐行写，例如 date: 2021-06-08",
    "layout {} {}; fields are {}": "版式“{0}”写得不对；可以写的项目有 {2}",
    "{} is no CSS selector: {}": "{0} 一项不是有效的选择器：{1}",
    # corrections: the file
    "is no mapping of file names to lists; write  {}:  and below it the entries": (
        "更正文件的写法不对；请先写 {0}: 再在下面逐条写"
    ),
    "is no list of corrections; {}": "不是更正的清单；请一条一条地写，每条以 - 开头",
    "is no YAML ({}); {}": "更正文件的写法不对；请一条一条地写，每条以 - 开头",
    "is nested too deeply; {}": "更正文件层次太深；请一条一条地写，每条以 - 开头",
    # corrections: one of them
    "correction {}: {}": "第 {0} 条更正：{1:zh}",
    "speaks of a line that the file does not have, or that is empty": "所指的行不存在，或是空行",
    "names {} of the actions; write one of {}": "写了 {0} 个动作；请只写其中一个：{1}",
    "unknown key {}; known beside the action are words, to, before, names": (
        "不认识“{0}”；动作之外可以写 words、to、before、names"
    ),
    "{} needs line numbers, each once": "{0} 要写行号，每行只写一次",
    "join needs two or more lines, for example  join: [17, 19]": "join 要写两行以上，例如 join: [17, 19]",
    "split takes one line, the first of the new paragraph": "split 只写一行，即新段落的第一行",
    "words must quote some words of each line; {} expected, {} given": "words 要为每一行摘几个字；应有 {0} 处，写了 {1} 处",
    "move needs  to:  with the line to move behind": "move 要用 to: 写明移到哪一行之后",
    "only move has  to:": "只有 move 可以写 to:",
    "before belongs to split, names to byline": "before 只用于 split，names 只用于 byline",
    "{} needs a line number, not {}": "{0} 要写行号，写成了“{1}”",
    "line {} does not hold {} but {}; the source has changed, look up the line again": (
        "第 {0} 行不是“{1}”，而是“{2}”；原文件已有改动，请重新核对行号"
    ),
    "lines {} and {} are one paragraph already": "第 {0} 行和第 {1} 行本来就是一段",
    "line {} begins a paragraph already; give  before:  to split inside the line": (
        "第 {0} 行本来就是段首；要从行中断开，请写 before:"
    ),
    "line {} does not hold {} after its start": "第 {0} 行的开头之后没有“{1}”",
    "line {} cannot be moved behind its own paragraph": "第 {0} 行不能移到它自己那一段之后",
    "line {} is in no article": "第 {0} 行不属于任何文章",
    "no names can be read from line {}; give them with  names: [...]": "第 {0} 行读不出姓名；请用 names: 写明",
    "there is no headline near line {}; correct the headline first": "第 {0} 行附近没有标题；请先更正标题",
}  # fmt: skip
