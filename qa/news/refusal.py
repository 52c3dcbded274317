"""What is said where nothing was found: what the evidence lacks, where an article goes on, which days the archive holds.

Speaks of the archive alone. Whether something was found is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.judgement import Judgement
from qa.news import coverage, jumps
from qa.news.coverage import Coverage
from qa.news.jumps import Jump
from qa.question import Question


def refusal(question: Question, judgement: Judgement, jump: Jump | None, held: Coverage) -> str:
    """Say that nothing was found and why, so far as that is known."""
    chinese = question.language == "zh"
    lines = ["档案中没有找到答案。" if chinese else "The archive does not hold an answer."]
    lines += missing(judgement.missing, question)
    lines += instead(judgement.conflicts, question)
    if judgement.cut_off and jump is not None:
        lines.append(jumps.say(jump, question.language))
    spans = [mention.range for mention in question.dates if mention.range]
    lacking = coverage.lacking([*question.filter.dates, *spans], held, question.language)
    lines += [lacking] if lacking else []
    lines.append(coverage.held(held, question.language))
    return ("" if chinese else " ").join(line for line in lines if line)


def missing(names: Sequence[str], question: Question) -> list[str]:
    """Say what the question names and the nearest articles do not."""
    if not names:
        return []
    if question.language == "zh":
        return [f"最接近的文章没有提到{'、'.join(f'“{name}”' for name in names)}。"]
    return [f"The nearest articles do not mention {', '.join(f'“{name}”' for name in names)}."]


def instead(conflicts: Sequence[tuple[str, str]], question: Question) -> list[str]:
    """Say which other one of the kind the nearest article prints: asked 第七届, printed 第六届."""
    if question.language == "zh":
        return [f"那里写的是“{printed}”，不是“{asked}”。" for asked, printed in conflicts]
    return [f"It speaks of “{printed}”, not of “{asked}”." for asked, printed in conflicts]
