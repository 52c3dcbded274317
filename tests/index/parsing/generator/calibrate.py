"""Count how often inferences of each kind are right on made pages: ``python -m tests.index.parsing.generator.calibrate``."""

from __future__ import annotations

import itertools
import sys
from collections import Counter
from collections.abc import Iterator

from index.parsing.articles import group
from index.parsing.certainty import BOUNDARY, JOIN, MOVE, join_evidence
from index.parsing.context import reconsider
from index.parsing.displaced import find_moves
from index.parsing.joins import join
from index.parsing.lines import read_lines
from index.parsing.masthead import paper_names, settle
from index.parsing.wraps import link
from index.schema import Page
from tests.index.parsing.generator import second, seen, third
from tests.index.parsing.generator.press import Made, make

STYLES = (*seen.STYLES, *second.STYLES, *third.STYLES)


def judged(made: Made) -> Iterator[tuple[str, bool]]:
    """Every inference of a page by its kind, and whether it is right."""
    page = Page(made.style, made.text)
    lines, links = link(settle(read_lines(page.text, paper_names(page))))
    units = join(reconsider(lines, links), links)
    for unit in units:
        for evidence, (left, right) in zip(join_evidence(unit), itertools.pairwise(unit.numbers), strict=True):
            if made.lines[left].role != "ad":
                yield f"join {evidence}", bool(made.lines[right].cut) and made.lines[left].article == made.lines[right].article
    grouping = group(units)
    for draft in grouping.drafts:
        own = made.lines[draft.numbers[0]]
        before = made.lines.get(max((number for number in made.lines if number < draft.numbers[0]), default=0))
        if own.role != "ad":
            yield f"boundary {draft.opening}", before is None or before.article != own.article
    for each in find_moves(grouping.drafts):
        numbers = grouping.drafts[each.source].body[each.paragraph][0].numbers
        paragraph = made.lines[numbers[0]].paragraph
        right = paragraph is not None and made.articles[paragraph[0]].displaced == paragraph[1]
        yield f"move {next(least for least, _ in MOVE if each.ratio >= least)}", right


def main() -> None:
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 440
    counts: Counter[tuple[str, bool]] = Counter()
    for at in range(pages):
        counts.update(judged(make(STYLES[at % len(STYLES)], at)))
    given = {f"join {kind}": score for kind, score in JOIN.items()} | {
        f"boundary {kind}": score for kind, score in BOUNDARY.items()
    }
    given |= {f"move {least}": score for least, score in MOVE}
    for kind, score in given.items():
        right, wrong = counts[kind, True], counts[kind, False]
        share = f"{right / (right + wrong):.3f}" if right + wrong else "-"
        print(f"{kind:20} scored {score:.2f}  counted {share:>5}  of {right + wrong}")


if __name__ == "__main__":
    main()
