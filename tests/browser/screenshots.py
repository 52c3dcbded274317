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


def shoot(browser: Any, address: str, *, size: str, language: str, theme: str, suffix: str) -> None:
    """Take first visit, answer, article and not found in one window."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, locale=language, color_scheme=theme)
    page = context.new_page()
    page.goto(address)
    page.locator(".wb-example:visible").first.wait_for()
    page.screenshot(path=IMAGES / f"first-visit{suffix}.png")
    field = page.locator("#wb-question input, #wb-question textarea")
    field.fill(QUESTION)
    field.press("Enter")
    page.locator(".wb-card-open").first.wait_for()
    page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / f"answer{suffix}.png")
    page.locator(".wb-card-open").first.click()
    page.locator("#wb-panel .wb-quoted").wait_for()
    page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / f"chat{suffix}.png")
    page.keyboard.press("Escape")
    field.fill(UNANSWERED)
    field.press("Enter")
    page.locator(".wb-not-found").wait_for()
    page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / f"not-found{suffix}.png")
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
