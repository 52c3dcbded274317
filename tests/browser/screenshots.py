"""Take the pictures of ``docs/images`` from the archive of the seeds. Run by hand: ``python tests/browser/screenshots.py``.

No test; the suite never writes pictures.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import ARGUMENTS, SIZES, chromium_path  # noqa: E402

IMAGES = ROOT / "docs" / "images"
QUESTION = "第六届中国智能建筑节有多少位行业精英参加？"
UNANSWERED = "1969年首次登上月球的宇航员叫什么名字？"
WORDS = "网格"


NEW_PAGE = "北河晚报\n2024年3月5日 星期二 第2版\n渡口大桥通车\n本报讯（记者 林远舟）3月4日，渡口大桥正式通车，全长1260米。\n"
SENT = [
    {"name": "beihe-2024-03-05-2.txt", "mimeType": "text/plain", "buffer": NEW_PAGE.encode()},
    {"name": "cover.gif", "mimeType": "image/gif", "buffer": b"GIF89a"},
]
PANELS = {"overview": "archive", "find-words": "words"}
PLACES = {"#/issue/2021-06-08": "issue", "#/archive/2021-06": "months"}
DRAWERS = {"talks": "conversations", "export": "export", "settings": "settings", "keys": "keys"}


def shoot(browser: Any, address: str, *, size: str, language: str, theme: str, suffix: str) -> None:
    """Take every main state in one window."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale=language, color_scheme=theme, has_touch=size == "phone"
    )
    page = context.new_page()

    def picture(name: str) -> None:
        page.wait_for_timeout(400)
        page.screenshot(path=IMAGES / f"{name}{suffix}.png")

    def ask(question: str, expected: str) -> None:
        field = page.locator("#wb-question input, #wb-question textarea")
        field.fill(question)
        field.press("Enter")
        page.locator(expected).last.wait_for()
        page.evaluate("document.activeElement.blur()")

    def choose(entry: str) -> None:
        page.locator("#wb-menu-button").click()
        page.locator(f"#wb-menu [data-entry={entry}]").click()

    page.goto(address)
    page.locator(".wb-example:visible").first.wait_for()
    picture("first-visit")
    ask(QUESTION, ".wb-answer .wb-card-open")
    picture("answer")
    page.locator(".wb-card-open").first.click()
    page.locator("#wb-panel .wb-quoted").wait_for()
    picture("chat")
    page.keyboard.press("Escape")
    ask(UNANSWERED, ".wb-not-found")
    picture("not-found")
    for entry, name in PANELS.items():
        choose(entry)
        page.locator("#wb-panel:not([hidden])").wait_for()
        if entry == "find-words":
            page.locator("#wb-panel .wb-words-form input").first.fill(WORDS)
            page.keyboard.press("Enter")
            page.wait_for_timeout(600)
        picture(name)
        page.keyboard.press("Escape")
    for place, name in PLACES.items():
        page.evaluate("(place) => { location.hash = place; }", place)
        page.locator(f"#wb-panel .wb-{name}").wait_for()
        picture(name)
        page.keyboard.press("Escape")
    for entry, name in DRAWERS.items():
        choose(entry)
        page.locator("#wb-drawer[open]").wait_for()
        picture(name)
        page.keyboard.press("Escape")
    choose("add")
    page.locator("#wb-add-files").set_input_files(SENT)
    page.locator("#wb-drawer .wb-plan").wait_for()
    picture("adding")
    context.close()


def main() -> None:
    """Serve the seeds, visit, take the pictures."""
    from playwright.sync_api import sync_playwright

    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        command = [sys.executable, str(ROOT / "app.py"), "--archive", f"{folder}/archive", "--port", "0", "--no-browser"]
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            address = next(match.group() for line in server.stdout if (match := re.search(r"http://\S+", line)))
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
            shoot(browser, address, size="wide", language="zh-CN", theme="light", suffix="")
            shoot(browser, address, size="phone", language="zh-CN", theme="light", suffix="-phone")
            shoot(browser, address, size="wide", language="en-US", theme="dark", suffix="-en-dark")
            browser.close()
        finally:
            server.terminate()
            server.wait(30)


if __name__ == "__main__":
    main()
