"""Joining a Ray cluster: one that runs, or one of this machine alone.

Ray is told before it is imported to report nothing, and a cluster started here has no dashboard. What a cluster that others
started reports is theirs to say.
"""

from __future__ import annotations

import logging
import os
import socket
import urllib.parse
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from index.cluster.pipeline import Cluster
from index.cluster.remembered import Remembered
from index.errors import ClusterError
from index.schema import Encoder

_INSTALL = 'pip install "wenbao[ray]"'
_PATIENCE = 5.0  # seconds; Ray itself tries for two minutes and then ends the process
_QUIET = {"RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0", "RAY_BACKEND_LOG_LEVEL": "fatal"}
_START = "start one by `ray start --head`, give its HOST:PORT, or say `local`"
# What a client of HTTP/2 says first: the preface and an empty SETTINGS frame. A server answers with a frame of its own settings.
_HELLO = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0"
_SETTINGS = 4


@contextmanager
def join(
    address: str,
    encoder: Encoder,
    load: Callable[[], Encoder],
    *,
    remembered: Path | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Iterator[Cluster]:
    """Join the cluster at ``address`` and leave it when done.

    ``address`` is ``HOST:PORT``, ``auto`` for the one this machine belongs to, or ``local`` for one that is started here when
    there is work, and stopped again. ``encoder`` is the model of the archive; ``load`` is called on each machine to get the
    same one there. ``remembered`` is the file that remembers scans, in the user's cache by default; ``progress`` is called with
    (done, total, source) while slow files are looked at. Raises ClusterError.
    """
    _check(address)
    ray = _import()
    connect = partial(_connect, ray, address)
    if address != "local":
        connect()
    try:
        with Remembered(remembered) as memory:
            yield Cluster(encoder, load, memory, connect=connect, progress=progress)
    finally:
        ray.shutdown()
        _show_notes(ray, True)


def _connect(ray: Any, address: str) -> None:
    """Connect this process once. Raises ClusterError."""
    if ray.is_initialized():
        return
    ours = {"include_dashboard": False} if address == "local" else {}
    try:
        with warnings.catch_warnings(), _hushed():
            warnings.simplefilter("ignore", FutureWarning)
            ray.init(address=address, log_to_driver=False, logging_level=logging.CRITICAL, **ours)
            _show_notes(ray, False)
    except (ConnectionError, RuntimeError, ValueError, OSError) as error:
        if address == "auto":
            raise ClusterError(f"this machine belongs to no Ray cluster; {_START}") from error
        raise ClusterError(f"no Ray cluster at {address} ({_first_line(error)}); {_START}") from error
    except SystemExit:
        raise ClusterError(f"what answers at {address} is no Ray cluster of this version ({ray.__version__}); {_START}") from None


def _show_notes(ray: Any, shown: bool) -> None:
    """Let Ray print its notes on machines it lost, or not: twenty lines each, to standard output, where JSON may go."""
    ray._private.worker._worker_logs_enabled = shown


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep what Ray's own library writes past Python to the terminal away from it."""
    kept = os.dup(2)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _check(address: str) -> None:
    """Say within seconds that nothing listens at an address."""
    if address in ("auto", "local"):
        return
    if address.startswith("ray://"):
        raise ClusterError(
            f"{address}: files are sent from a machine of the cluster; "
            "run `ray start --address=HOST:6379` here and give HOST:6379, or auto"
        )
    parts = urllib.parse.urlsplit(f"//{address}")
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port or parts.netloc != address:
        raise ClusterError(f"{address}: is no address of a Ray cluster; give HOST:PORT, auto or local")
    try:
        with socket.create_connection((host, port), timeout=_PATIENCE) as talk:
            talk.sendall(_HELLO)
            answer = talk.recv(4)
    except OSError as error:
        raise ClusterError(f"no Ray cluster at {address} ({_first_line(error)}); {_START}") from None
    if len(answer) < 4 or answer[3] != _SETTINGS:
        raise ClusterError(f"what answers at {address} is no Ray cluster; {_START}")


def _import() -> Any:
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    try:
        import ray
        import ray.data
    except ImportError:
        raise ClusterError(f"Ray is not installed; run: {_INSTALL}") from None
    return ray


def _first_line(error: BaseException) -> str:
    text = (getattr(error, "strerror", None) or str(error)).strip() or type(error).__name__
    return text.split("\n", 1)[0][:160].rstrip(".")
