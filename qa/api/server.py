"""Runs the web application: address, port, browser, and a stop that lets answers in flight end."""

from __future__ import annotations

import errno
import logging
import os
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn

from index.errors import WenbaoError
from index.schema import UpdateReport
from qa.api.app import Limits, create_app
from qa.api.gates import LOCAL_HOSTS
from qa.api.helpers import Helpers
from qa.api.uploads import FOLDER as UPLOADS
from qa.api.uploads import Plan, Progress, Take, Uploads
from qa.chat.answering import Answering
from qa.chat.feedback import FILE as FEEDBACK
from qa.chat.feedback import Feedback

_PORTS_TRIED = 20
_GRACE_SECONDS = 20
# Longer than clients keep an idle connection, so that none is closed while a request is on its way to it.
_KEPT_SECONDS = 75
_CONNECTIONS = 2000  # beyond these, even a refusal costs more than it is worth
_SHORTEST_KEY = 12
_log = logging.getLogger(__name__)


class ServeError(WenbaoError):
    """The page cannot be served at this address."""


def serve(
    archive: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = False,
    public: bool = False,
    model: str | None = None,
    processes: int = 0,
) -> None:
    """Serve page and API until stopped. Where ``port`` is taken, the next free one is used and named.

    Questions of programs are answered in ``processes`` processes of their own, in this one where it is 0. Another computer
    may reach the page only with ``WENBAO_KEY`` set or with ``public``. Raises ServeError when no address can be had.
    """
    if not 0 <= port <= 65535:
        raise ServeError(f"{port} is no port: name one from 1 to 65535 with --port")
    limits = _limits(host, public)
    listener = _listener(host, port)
    taken = listener.getsockname()[1]
    if taken != port and port != 0:
        _say(f"端口 {port} 已被占用，改用 {taken} · port {port} is taken, using {taken}")
    if model is None:
        # The embedded model needs no hub; nothing may ask one.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from index.storage.places import beside

    kept = beside(archive)
    uploads = Uploads(kept / UPLOADS, _taker(archive, model), _planner(archive))
    helpers = _helpers(archive, model, processes)
    app = create_app(_opener(archive, model), limits=limits, uploads=uploads, feedback=Feedback(kept / FEEDBACK), helpers=helpers)
    address = f"http://{_shown(host)}:{taken}/"
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="on",
        backlog=1024,
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        timeout_keep_alive=_KEPT_SECONDS,
    )
    server = _Server(config, app.state.gradio, ready=lambda: _ready(address, open_browser))
    if threading.current_thread() is threading.main_thread():
        # uvicorn stops in good order and then sends itself the signal again, which would kill us before we clean up.
        signal.signal(signal.SIGTERM, _leave)
    server.run(sockets=[listener])


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


class _Server(uvicorn.Server):
    """Tells Gradio to end its open streams before uvicorn waits for them, and says when it is up."""

    def __init__(self, config: uvicorn.Config, gradio_app: Any, *, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._gradio_app = gradio_app
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._gradio_app.stop_event.set()
        super().handle_exit(sig, frame)


def _opener(archive: str | Path, model: str | None) -> Callable[[], Answering]:
    def opened() -> Answering:
        from qa.assistant import Assistant

        assistant: Answering = Assistant.open(archive, model=model)
        return assistant

    return opened


def _helpers(archive: str | Path, model: str | None, processes: int) -> Helpers | None:
    if processes and str(archive).startswith("milvus-lite:"):
        raise ServeError("Milvus Lite can be opened by one process at a time: serve this archive without --processes")
    return Helpers(str(archive), model, processes) if processes else None


def _taker(archive: str | Path, model: str | None) -> Take:
    def take(paths: Sequence[Path], *, progress: Progress) -> UpdateReport:
        from index.archive import Archive
        from index.encoder import load_encoder

        with Archive.open(archive, encoder=load_encoder(model)) as opened:
            return opened.update(paths, progress=progress)

    return take


def _planner(archive: str | Path) -> Plan:
    def plan(paths: Sequence[Path]) -> Mapping[str, bool]:
        from index.archive import Archive

        with Archive.open(archive) as opened:
            return opened.plan(paths).take

    return plan


def _limits(host: str, public: bool) -> Limits:
    key = os.environ.get("WENBAO_KEY") or None
    update_key = os.environ.get("WENBAO_UPDATE_KEY") or key
    if host in LOCAL_HOSTS:
        return Limits(key=key, update_key=update_key)
    if key is None and not public:
        raise ServeError(
            f"{host} can be reached from other computers: set WENBAO_KEY to a secret, or say --public to let everyone in"
        )
    # A key of a few letters would be guessed in minutes.
    for name, value in (("WENBAO_KEY", key), ("WENBAO_UPDATE_KEY", update_key)):
        if value is not None and len(value) < _SHORTEST_KEY:
            raise ServeError(f"{name} is too short: use at least {_SHORTEST_KEY} characters")
    # A reading room asks through one address, so this is what a room needs and not one reader.
    return Limits(hosts=None, key=key, update_key=update_key, per_second=20.0, burst=100)


def _listener(host: str, port: int) -> socket.socket:
    """Return a bound socket on ``port`` or the next free one; 0 takes any."""
    last = port if port == 0 else min(port + _PORTS_TRIED, 65535)
    bound = (_bound(host, candidate) for candidate in range(port, last + 1))
    listener = next((each for each in bound if each is not None), None)
    if listener is None:
        raise ServeError(f"ports {port} to {last} are all taken: name another one with --port")
    return listener


def _bound(host: str, port: int) -> socket.socket | None:
    """Return a socket bound to this very port, None when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        if error.errno in (errno.EADDRINUSE, errno.EACCES) and port != 0:
            return None
        raise ServeError(f"cannot listen on {host}:{port}: {error.strerror or error}") from error
    return listener


def _shown(host: str) -> str:
    name = "127.0.0.1" if host == "0.0.0.0" else "::1" if host == "::" else host
    return f"[{name}]" if ":" in name else name


def _ready(address: str, open_browser: bool) -> None:
    _say(f"问报 Wenbao: {address}")
    if open_browser and _has_screen():
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _has_screen() -> bool:
    # Without one, Linux would start a text browser inside this terminal.
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _say(line: str) -> None:
    # The one line a person waits for; it belongs on standard output even where logging is off.
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
