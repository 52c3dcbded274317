"""Print the figures: ``python -m tests.index.parsing.generator [SET] [PAGES] [--failures MEASURE]``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from tests.index.parsing.generator import held_out, second, seen, third, unseen
from tests.index.parsing.generator.press import Style, make
from tests.index.parsing.generator.score import score

_SETS: dict[str, Sequence[Style]] = {
    "held-out": held_out.STYLES,
    "second": second.STYLES,
    "third": third.STYLES,
    "unseen": unseen.STYLES,
    "seen": seen.STYLES,
}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Score the parsing of made newspaper pages.")
    parser.add_argument("styles", nargs="?", choices=tuple(_SETS), default="held-out")
    parser.add_argument("pages", nargs="?", type=int, default=200)
    parser.add_argument("--failures", metavar="MEASURE", help="show what failed (not of held-out styles)")
    parser.add_argument("--each", action="store_true", help="figures of each style")
    options = parser.parse_args(arguments)
    styles = _SETS[options.styles]
    made = [make(styles[at % len(styles)], at) for at in range(options.pages)]
    result = score(made)
    for measure, share in result.figures().items():
        print(f"{measure:32} {share}")
    if options.each:
        for style in styles:
            each = score(page for page in made if page.style == style.name).figures()
            print(style.name, " ".join(f"{measure}={share}" for measure, share in each.items()))
    if options.failures and options.styles not in ("held-out", "unseen"):
        for page, measure, what in result.failures:
            if options.failures in measure:
                print(page, "|", measure, "|", what[:400])


if __name__ == "__main__":
    main()
