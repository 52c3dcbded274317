"""A real Chromium before a real server. Where there is no Chromium the tests are skipped, but never in CI."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from qa.api.app import Limits, create_app
from qa.api.uploads import Uploads
from qa.chat.answering import Answering
from qa.chat.feedback import Feedback

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"wide": (1280, 800), "phone": (390, 844)}
# Both windows, where the second one would take the fast suite too long.
BOTH = [pytest.param("wide"), pytest.param("phone", marks=pytest.mark.slow)]


@dataclass
class Seen:
    """What a page did: console errors, and requests that left this machine."""

    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


@dataclass
class Visit:
    """A page that is open in the browser, and what it did so far."""

    page: Any
    seen: Seen
    address: str

    def ask(self, question: str) -> None:
        """Type a question, send it by Enter and wait for its answer."""
        before = self.page.locator(".wb-answer").count()
        self.field().fill(question)
        self.field().press("Enter")
        self.page.locator(".wb-answer").nth(before).wait_for()

    def field(self) -> Any:
        """Return the box for the question."""
        return self.page.locator("#wb-question input, #wb-question textarea")

    def from_menu(self, name: str) -> Any:
        """Open a drawer by the menu; returns it."""
        self.page.locator("#wb-menu-button").click()
        self.page.locator(f"#wb-menu [data-entry={name}]").click()
        self.page.locator("#wb-drawer[open]").wait_for()
        return self.page.locator("#wb-drawer")

    def reload(self) -> None:
        """Load the page anew."""
        self.page.wait_for_timeout(300)  # a drawer that closes on a phone goes back in the history, which would undo the reload
        self.page.reload()
        self.page.locator(".wb-masthead").wait_for()

    def answer(self) -> Any:
        """Return the newest answer."""
        return self.page.locator(".wb-answer").last


Visitor = Callable[..., Visit]


# What Gradio's own scripts log where a page is left or its server ends while they still listen to it.
_PARTINGS = ("ERR_CONNECTION_REFUSED", "AbortError: signal is aborted", "Connection errored out")


def _counts(message: Any) -> bool:
    """Tell whether a line of the console is an error of the page."""
    return message.type == "error" and not any(parting in message.text for parting in _PARTINGS)


def chromium_path() -> str | None:
    """Return the browser to use: ``WENBAO_CHROMIUM``, or one of the usual names."""
    named = os.environ.get("WENBAO_CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = chromium_path()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium found, and in CI there must be one: install chromium or set WENBAO_CHROMIUM")
        pytest.skip("no Chromium found: install chromium or set WENBAO_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Any) -> Iterator[Visitor]:
    """Open pages; at the end, none may have logged an error or asked another machine for anything."""
    contexts: list[Any] = []
    visits: list[Visit] = []

    def make(
        address: str,
        *,
        at: str = "",
        size: str = "wide",
        language: str = "zh-CN",
        theme: str = "light",
        wait_for: str = ".wb-welcome",
    ) -> Visit:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            color_scheme=theme,
            has_touch=size == "phone",
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        page = context.new_page()
        seen = Seen()
        page.on("console", lambda message: seen.errors.append(message.text) if _counts(message) else None)
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.on(
            "request",
            lambda request: None if request.url.startswith((address, "data:", "blob:")) else seen.outside.append(request.url),
        )
        page.goto(address + at)
        page.locator(wait_for).first.wait_for()
        visits.append(Visit(page, seen, address))
        return visits[-1]

    yield make
    for context in contexts:
        context.close()
    assert [error for each in visits for error in each.seen.errors] == []
    assert [url for each in visits for url in each.seen.outside] == []


@contextmanager
def serving(
    assistant: Answering | Exception | Callable[[], Answering],
    *,
    limits: Limits | None = None,
    uploads: Uploads | None = None,
    feedback: Feedback | None = None,
) -> Iterator[str]:
    """Serve a stand-in, or what a function opens, from a thread; yields the address."""

    def opener() -> Answering:
        if isinstance(assistant, Exception):
            raise assistant
        return assistant() if callable(assistant) else assistant

    app = create_app(opener, limits=limits, uploads=uploads, feedback=feedback)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none", timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
    try:
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}/"
    finally:
        app.state.gradio.stop_event.set()
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run ``app.py`` as a person would, on an archive that it builds from the seeds; yields the address."""
    archive = tmp_path_factory.mktemp("seeds") / "archive"
    command = [sys.executable, str(ROOT / "app.py"), "--archive", str(archive), "--port", "0", "--no-browser"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = next((match for line in process.stdout if (match := re.search(r"http://\S+", line))), None)
            assert found is not None, "app.py ended without an address"
            yield found.group()
        finally:
            process.terminate()
            process.wait(30)
