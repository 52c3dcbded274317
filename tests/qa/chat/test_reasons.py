"""Every reason that can reach the page has a Chinese counterpart: the sentences are gathered from the code itself."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.readers import _HINTS
from index.readers.decoding import _MAGIC
from qa.chat.reasons import COUNTERPARTS, in_chinese
from qa.chat.reasons.files import WORDS

ROOT = Path(__file__).resolve().parents[3]
# Which argument of these calls is the sentence.
SAID = {
    "ReadError": 1, "Skipped": 1, "ParseError": 1, "ArchiveError": 0, "ArchiveMissing": 0, "ArchiveLocked": 0,
    "ArchiveDamaged": 0, "ModelMismatch": 0, "ModelError": 0,
    "QuestionError": 0, "CorrectionError": 0, "WenbaoError": 0, "_skip": 0,
}  # fmt: skip
# Functions that return a sentence, and names that hold one.
RETURN = ("unreadable", "_problem")
HOLD = ("reason", "problem", "unused", "INSTALL", "HINT")
# What a page never asks for: other machines, other programs, commands.
ELSEWHERE = (
    "index/cluster", "index/cli", "index/moving.py", "index/importing.py", "index/watching.py", "index/storage/backup.py",
    "index/storage/transfer.py", "qa/cli", "qa/evaluation", "qa/llm", "qa/integrations", "qa/mcp.py",
    "qa/api/server.py", "index/storage/inspection.py", "index/storage/manifest.py", "qa/question/wording.py",
)  # fmt: skip
# Sentences handed on that are gathered where they are made.
HANDED_ON = re.compile(
    r"(?:error|content|each|skipped\[0\])\.reason|reason|problem|unused|INSTALL|unreadable\(.*\)|str\(.*\)|"
    r"outcomes\.get\(.*\)|_HINTS.*|hint"
)


def template(node: ast.expr) -> Iterator[str]:
    """Yield the sentences that an expression may be, ``{}`` for what is filled in; one that is handed on as its code in <>."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = (str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        yield re.sub(r"^(?:\{\}[^ ]*: )+(?=.)", "", "".join(parts))
    elif isinstance(node, ast.IfExp):
        yield from template(node.body)
        yield from template(node.orelse)
    elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "replace":
        yield from template(node.func.value)  # type: ignore[attr-defined] # a method has something it belongs to
    elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get" and len(node.args) == 2:
        yield from template(node.args[1])
    else:
        yield f"<{ast.unparse(node)}>"


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and template of every sentence for a person in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in SAID and len(node.args) > SAID[name]:
                yield from ((node.lineno, each) for each in template(node.args[SAID[name]]))
            elif name == "append" and ast.unparse(node.func) == "problems.append" and "Problem(" not in ast.unparse(node):
                yield from ((node.lineno, each) for each in template(node.args[0]))
        elif isinstance(node, ast.FunctionDef) and node.name in RETURN:
            returned = [each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value is not None]
            yield from ((value.lineno, each) for value in returned for each in template(value) if each != "<None>")
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in HOLD:
            known = (each for each in template(node.value) if not each.startswith("<"))
            yield from ((node.lineno, each) for each in known if " " in each)


def gathered() -> dict[str, str]:
    """Return every sentence that can reach the page, with the place where it is said."""
    found: dict[str, str] = {}
    for path in sorted([*ROOT.glob("index/**/*.py"), *ROOT.glob("qa/**/*.py")]):
        name = path.relative_to(ROOT).as_posix()
        for line, sentence in sentences(path):
            if not any(name.startswith(each) for each in ELSEWHERE):
                found.setdefault(sentence, f"{name}:{line}")
    return found


def test_every_sentence_has_a_counterpart() -> None:
    found = gathered()
    assert len(found) > 150
    handed_on = {each[1:-1] for each in found if each.startswith("<")}
    assert [each for each in handed_on if not HANDED_ON.fullmatch(each)] == []
    found.pop("{}")  # what the system itself says of a file
    lacking = {each: place for each, place in found.items() if each[0] != "<" and each not in COUNTERPARTS}
    assert lacking == {}
    assert [hint for hint in _HINTS.values() if "没有料到" in in_chinese(hint)] == []
    assert [what for what in _MAGIC.values() if what not in WORDS] == []


def test_no_counterpart_is_left_over() -> None:
    said = {*gathered(), *(f"{each.partition('; ')[0]}; {{}}" for each in _HINTS.values()), *_HINTS.values()}
    longer = {
        "files of kind {} cannot be read; save the text as one of {}",
        "files without a suffix cannot be read; save the text as one of {}",
        "lexical index: {}; run `check --repair`",
        "dense index: {}; run `check --repair`",
        "holds nothing that can be read: {}",
        "holds no article; a record needs a field article or text; first problem: {}",
    }
    assert [each for each in COUNTERPARTS if each not in said | longer] == []


@pytest.mark.parametrize("english", COUNTERPARTS)
def test_a_counterpart_is_chinese_and_is_found(english: str) -> None:
    chinese = in_chinese(english.replace("{}", "a database"))
    assert re.search("[\u4e00-\u9fff]{2}", chinese)
    assert "没有料到" not in chinese
    assert in_chinese(f"/a folder/b.txt: {english.replace('{}', 'a database')}") == f"/a folder/b.txt：{chinese}"


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("is a PDF, not text; save it as UTF-8 text", "不是文字文件，而是 PDF；请另存为 UTF-8 编码的文字文件"),
        ("cannot be opened (Permission denied); check that it is a readable file", "打不开（没有权限）；请确认是可以读取的文件"),
        ("cannot be opened (whatever); check that it is a readable file", "打不开；请确认是可以读取的文件"),
        ("holds nothing that can be read: is encrypted; unpack it with its password and give the folder",
         "里面没有读得了的文件：加了密码；请用密码解开后再添加"),
        ("correction 2: line 7 is in no article", "第 2 条更正：第 7 行不属于任何文章"),
        ("data/archive: the disk is full; the archive is whole as it was, free some space and run the update again",
         "data/archive：磁盘满了，档案还是原来的样子；请腾出空间后再添加"),
        ("data/archive: Permission denied", "data/archive：没有权限"),
        ("the flux is off", "出了没有料到的情况，系统的英文说明是：“the flux is off”"),
        ("", "出了没有料到的情况，系统的英文说明是：“”"),
    ],
)  # fmt: skip
def test_what_is_filled_in_is_put_into_chinese_too(english: str, chinese: str) -> None:
    assert in_chinese(english) == chinese


@pytest.mark.parametrize("odd", ["a: " * 1000, "x" * 3999, ": ; (" * 700, "7" * 100_000])
def test_an_odd_reason_takes_no_time(odd: str) -> None:
    before = time.perf_counter()
    assert in_chinese(odd).endswith("”")
    assert time.perf_counter() - before < 1.0
