"""One writer at a time, from whatever machine: a row that says who writes and until when.

Milvus cannot compare and set, so whoever wants to write puts a name there, waits until every other wish would be seen, and
looks again: the last name standing writes. A writer that dies is forgotten when its time runs out.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import time
from typing import Any

from index.errors import ArchiveLocked
from index.storage.milvus.client import Client
from index.storage.milvus.schema import STATE

_KEY = "writer"
_HELD_S = 60.0
_RENEW_S = 15.0
_SETTLE_S = 1.0


class Lease:
    """The right to write, held for a minute at a time. Take it before anything is written, give it back at the end."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._owner = secrets.token_hex(8)
        self._renewed = 0.0

    def take(self) -> None:
        """Become the writer. Raises ArchiveLocked, naming the one there is."""
        holder = self._holder()
        if holder is not None:
            raise self._locked(holder)
        self._write(time.time() + _HELD_S)
        if not self._client.address.lite:
            time.sleep(_SETTLE_S)
        holder = self._holder()
        if holder is None or holder["owner"] != self._owner:
            raise self._locked(holder or {})

    def hold(self) -> None:
        """Go on being the writer. Raises ArchiveLocked when another has taken over meanwhile."""
        if time.monotonic() - self._renewed < _RENEW_S:
            return
        holder = self._holder()
        if holder is not None and holder["owner"] != self._owner:
            raise self._locked(holder)
        self._write(time.time() + _HELD_S)

    def give_back(self) -> None:
        """Let others write."""
        holder = self._holder()
        if holder is not None and holder["owner"] == self._owner:
            self._write(0.0)

    def _write(self, until: float) -> None:
        value = {
            "owner": self._owner,
            "until": until,
            "host": socket.gethostname(),
            "process": os.getpid(),
            "since": time.strftime("%Y-%m-%d %H:%M:%S"),
        }
        self._client.upsert(STATE, [{"key": _KEY, "value": json.dumps(value), "none": [0.0, 0.0]}])
        self._renewed = time.monotonic()

    def _holder(self) -> dict[str, Any] | None:
        rows = self._client.get(STATE, [_KEY], ["value"], level="Strong")
        holder: dict[str, Any] = json.loads(rows[0]["value"]) if rows else {"until": 0.0}
        # Of Milvus Lite only one process has the file: what another has left there is over.
        over = self._client.address.lite and holder.get("process") != os.getpid()
        return holder if holder["until"] > time.time() and not over else None

    def _locked(self, holder: dict[str, Any]) -> ArchiveLocked:
        who = f"process {holder['process']} on {holder['host']}, since {holder['since']}" if holder else "another process"
        return ArchiveLocked(
            f"{self._client.address.place}: another update is running ({who}); try again when it is done, "
            f"or {_HELD_S:.0f} seconds after it was killed"
        )
