"""Prints made stories as pictures of pages with Chromium, makes scans of them, and measures what comes back.

    python -m tests.index.readers.printed 12

Needs Chromium and a Chinese font. The text is that of the page generator, so no recognition was ever fitted to it.
"""

from __future__ import annotations

import difflib
import html
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageFilter

from index.parsing import parse_page
from index.readers import read_file
from index.schema import Issue, Page
from tests.index.parsing.generator.content import Story, Writer

STYLE = """
body { width: %(width)dpx; margin: 40px; font: %(size)dpx/1.5 %(font)s; background: #fff; color: #111 }
h1 { font-size: %(large).0fpx; line-height: 1.3; margin: 14px 0 8px }
h1.over { text-align: center; font-size: %(larger).0fpx }
p { margin: 0; text-indent: 2em; text-align: justify }
section { column-count: %(columns)d; column-gap: %(gutter).2fem; %(rule)s }
div { break-inside: avoid-column }
"""
FONTS = {
    "zh": "'Noto Serif CJK SC', 'Noto Sans CJK SC', 'Source Han Serif SC'",
    "en": "'DejaVu Serif', 'Liberation Serif', serif",
}


@dataclass(frozen=True)
class Layout:
    """How a page is set: columns, the gutter between them in sizes of type, a rule in it or not, and the language."""

    columns: int
    gutter: float = 1.6
    rule: bool = False
    script: str = "zh"
    size: int = 16


@dataclass(frozen=True)
class Scan:
    """How a page is scanned: degrees askew or turned, ``bits`` a dot (1 or 8), noise, dots a CSS dot."""

    turned: float = 0.0
    bits: int = 8
    noise: float = 0.0
    scale: float = 2.0


def chromium() -> str | None:
    """Find a Chromium; None where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def has_chinese_font() -> bool:
    """Tell whether a font of those that pages are set in is installed."""
    program = shutil.which("fc-list")
    listed = subprocess.run([program, ":lang=zh-cn"], capture_output=True, text=True, check=False).stdout if program else ""
    return "CJK" in listed or "Source Han" in listed


def page_html(stories: Sequence[Story], layout: Layout) -> str:
    """Set a page: the first headline over all columns, the others each over its own story."""
    size = layout.size
    style = STYLE % {
        "width": round(layout.columns * size * (16 if layout.script == "zh" else 18)),
        "size": size,
        "font": FONTS[layout.script],
        "large": size * 1.75,
        "larger": size * 2.5,
        "columns": layout.columns,
        "gutter": layout.gutter,
        "rule": "column-rule: 1px solid #222;" if layout.rule else "",
    }
    parts = [f"<meta charset=utf-8><style>{style}</style>"]
    for number, story in enumerate(stories):
        body = "".join(f"<p>{html.escape(text)}</p>" for text in story.paragraphs)
        over = " class=over" if number == 0 else ""
        parts.append(f"<h1{over}>{html.escape(story.headline)}</h1><section>{body}</section>")
    return "".join(parts)


def leaves_one_alone(stories: Sequence[Story], layout: Layout) -> bool:
    """Tell whether a Chinese headline of the page breaks so that one character stands alone in its last line."""
    width = layout.columns * 16 / 2.5
    fitting = [int(width)] + [int(layout.columns * 16 / 1.75)] * (len(stories) - 1)
    return any(len(story.headline) % fits == 1 for story, fits in zip(stories, fitting, strict=True))


def print_page(text: str, path: Path, scale: float) -> None:
    """Print HTML as a picture, cut off below its last line. Raises CalledProcessError."""
    program = chromium()
    assert program is not None
    source = path.with_suffix(".html")
    source.write_text(text, encoding="utf-8")
    width = int(re.search(r"width: (\d+)px", text)[1]) + 80  # type: ignore[index]
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"]
    command += [f"--force-device-scale-factor={scale}", f"--window-size={width},2600", f"--screenshot={path}", str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    with Image.open(path) as printed:
        grey = printed.convert("L")
    box = grey.point(lambda value: 255 if value < 200 else 0).getbbox()
    assert box is not None
    grey.crop((0, 0, grey.width, min(grey.height, box[3] + 60))).save(path)


def scanned(path: Path, scan: Scan, seed: int) -> None:
    """Make a scan of a printed page, in place: turned, blurred, noisy, in one bit where wanted."""
    with Image.open(path) as printed:
        page = printed.convert("L")
    if scan.turned:
        page = page.rotate(scan.turned, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    if scan.noise:
        page = page.filter(ImageFilter.GaussianBlur(0.7))
        random.seed(seed)
        page = Image.blend(page, Image.effect_noise(page.size, 90).convert("L"), scan.noise)
    (page.point(lambda value: 255 if value > 150 else 0).convert("1") if scan.bits == 1 else page).save(path)


def key(text: str) -> str:
    """Return a text without white space and the marks of headings, full and half width alike."""
    return re.sub(r"[\s#]|^-", "", unicodedata.normalize("NFKC", text))


def coverage(printed: str, read: str) -> float:
    """Return the share of printed characters that come back in their order."""
    wanted, got = key(printed), key(read)
    blocks = difflib.SequenceMatcher(None, wanted, got, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(wanted)


def printed_text(stories: Sequence[Story]) -> str:
    """Return all the words of a page in reading order."""
    return "\n".join("\n".join((story.headline, *story.paragraphs)) for story in stories)


def articles_found(stories: Sequence[Story], issue: Issue) -> float:
    """Return the share of stories that come back as an article: headline and number of paragraphs right."""
    wanted = [(key(story.headline), len(story.paragraphs)) for story in stories]
    found = [(key(article.headline or ""), len(article.paragraphs)) for article in issue.articles]
    return sum(each in found for each in wanted) / len(wanted)


CASES: tuple[tuple[str, Layout, Scan], ...] = (
    ("two columns", Layout(2), Scan()),
    ("four columns", Layout(4), Scan()),
    ("four columns, gutter of one character", Layout(4, gutter=1.0), Scan()),
    ("three columns, rules", Layout(3, gutter=1.4, rule=True), Scan()),
    ("two columns, 1 bit, 3 degrees askew", Layout(2), Scan(turned=3, bits=1)),
    ("four columns, noise, -1 degree", Layout(4), Scan(turned=-1, noise=0.15)),
    ("three columns, upside down", Layout(3), Scan(turned=180)),
    ("two columns, on its side", Layout(2), Scan(turned=90)),
    ("four columns, small (110 dpi)", Layout(4), Scan(scale=1.2)),
    ("two columns, large (370 dpi)", Layout(2), Scan(scale=4)),
    ("three columns, English", Layout(3, script="en"), Scan()),
    ("four columns, English, gutter of one", Layout(4, gutter=1.0, script="en"), Scan()),
)


def read_printed(stories: Sequence[Story], layout: Layout, scan: Scan, folder: Path, seed: int) -> Page:
    """Print, scan and read one page."""
    path = folder / f"page{seed}.png"
    print_page(page_html(stories, layout), path, scan.scale)
    scanned(path, scan, seed)
    [page] = read_file(path).pages
    return page


def main(count: int) -> None:
    total = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(count):
            name, layout, scan = CASES[seed % len(CASES)]
            stories = Writer(layout.script).stories(random.Random(7000 + seed), 4)
            start = time.perf_counter()
            page = read_printed(stories, layout, scan, Path(folder), seed)
            seconds = time.perf_counter() - start
            share = coverage(printed_text(stories), page.text)
            whole = articles_found(stories, parse_page(page))
            total += share
            sure = page.metadata["ocr_confidence"]
            print(f"{share:.4f} characters  {whole:.2f} articles  {sure:.3f} sure  {seconds:5.1f} s  {name}", flush=True)
    print(f"{total / count:.4f} characters on average of {count} pages")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else len(CASES))
