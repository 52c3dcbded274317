"""Adding newspapers from the page: files are staged and looked at, and only what a reader then confirms is taken in.

A staged batch is kept beside the uploads until it is taken in, dropped, an hour old, or pushed out by newer ones. What is
staged is no part of the archive. Who may add is decided here; formats and the archive itself are others' business.
"""

from __future__ import annotations

import logging
import os
import re
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from index.errors import WenbaoError
from index.preview import Preview, preview
from index.schema import Skipped
from qa.api.uploads import Upload, Uploads
from qa.chat.intake import Batch, Item

_PREFIX = ".staged-"
_MOST_BATCHES = 4
_KEPT_SECONDS = 3600.0
_TOKEN = re.compile(r"[0-9a-f]{32}")
_log = logging.getLogger(__name__)


class Adding:
    """Stages files, tells what taking them in would do, and does it in the background. Safe to use from several threads."""

    def __init__(self, uploads: Uploads, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._uploads = uploads
        self._clock = clock
        self._lock = threading.Lock()
        self._batches: dict[str, tuple[float, Batch]] = {}
        self._swept = False

    def possible(self) -> bool:
        """Tell whether files can be written where they are to lie; the folder itself need not be there yet."""
        place = next((each for each in (self._uploads.folder, *self._uploads.folder.parents) if each.exists()), None)
        return place is not None and os.access(place, os.W_OK)

    def stage(self, sent: Sequence[Upload]) -> Batch:
        """Write the files down, look at each, and return what taking them in would do."""
        self._sweep()
        token = secrets.token_hex(16)
        folder = self._folder(token)
        folder.mkdir(parents=True, mode=0o700)
        try:
            batch = Batch(token, self._looked_at(sent, folder))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        with self._lock:
            self._batches[token] = (self._clock(), batch)
        return batch

    def batch(self, token: str) -> Batch | None:
        """Return a batch as it is now, None when there is none of this token."""
        with self._lock:
            return self._batches[token][1] if _TOKEN.fullmatch(token) and token in self._batches else None

    def start(self, token: str) -> Batch | None:
        """Begin to take a planned batch in, once; return it, None when there is none of this token."""
        with self._lock:
            kept = self._batches.get(token)
            if kept is None:
                return None
            batch = kept[1]
            if batch.state != "planned" or not batch.wanted:
                return batch
            batch.state, batch.total = "running", len(batch.wanted)
        threading.Thread(target=self._take, args=(batch,), name="wenbao-add", daemon=True).start()
        return batch

    def drop(self, token: str) -> None:
        """Forget a batch that is not being taken in."""
        with self._lock:
            kept = self._batches.get(token)
            if kept is None or kept[1].state == "running":
                return
            del self._batches[token]
        shutil.rmtree(self._folder(token), ignore_errors=True)

    def _folder(self, token: str) -> Path:
        return self._uploads.folder / f"{_PREFIX}{token}"

    def _looked_at(self, sent: Sequence[Upload], folder: Path) -> tuple[Item, ...]:
        for upload in sent:
            with (folder / upload.name).open("xb") as file:
                shutil.copyfileobj(upload.content, file)
        previews = {upload.name: preview(folder / upload.name) for upload in sent}
        readable = [folder / name for name, seen in previews.items() if seen.pages]
        wanted = None if self._uploads.plan is None else set(self._uploads.plan(readable)) if readable else set()
        return tuple(self._item(name, seen, wanted, folder) for name, seen in previews.items())

    def _item(self, name: str, seen: Preview, wanted: set[str] | None, folder: Path) -> Item:
        skipped = tuple(Skipped(_inside(each.source, folder), each.reason, each.line) for each in seen.skipped)
        if not seen.pages:
            return Item(name, "refused", (), skipped)
        if wanted is not None and os.path.realpath(folder / name) not in wanted:
            return Item(name, "held", seen.pages, skipped)
        return Item(name, "replaces" if (self._uploads.folder / name).exists() else "new", seen.pages, skipped)

    def _take(self, batch: Batch) -> None:
        def progress(done: int, total: int, path: str) -> None:
            batch.done, batch.total = done, max(total, 1)

        folder = self._folder(batch.token)
        try:
            with ExitStack() as opened:
                files = [Upload(item.name, opened.enter_context((folder / item.name).open("rb"))) for item in batch.wanted]
                batch.report = self._uploads.store(files, progress=progress)
            batch.state = "done"
        except (WenbaoError, OSError) as error:
            batch.problem = " ".join(str(error).split())
            batch.state = "failed"
        except Exception:  # noqa: BLE001 - the reader must be told that it ended, whatever it was; the log says what
            _log.exception("files sent to the page could not be taken in")
            batch.state = "failed"
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _sweep(self) -> None:
        """Drop batches that are too old or too many; the first time, also what an earlier run left behind."""
        if not self._swept:
            self._swept = True
            for left in self._uploads.folder.glob(f"{_PREFIX}*"):
                shutil.rmtree(left, ignore_errors=True)
        with self._lock:
            resting = [(since, token) for token, (since, batch) in self._batches.items() if batch.state != "running"]
        resting.sort(key=lambda each: each[0])  # of the same moment, the first to come is the first to go
        now = self._clock()
        surplus = len(resting) - _MOST_BATCHES + 1
        for at, (since, token) in enumerate(resting):
            if at < surplus or now - since > _KEPT_SECONDS:
                self.drop(token)


def _inside(source: str, folder: Path) -> str:
    """Return the name of a file, or of one inside a package, without the place where it is staged."""
    rest = source.removeprefix(f"{folder}{os.sep}")
    return rest if rest != source else Path(source).name
