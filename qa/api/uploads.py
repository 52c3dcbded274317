"""Taking newspapers in over HTTP: uploaded files are checked, kept beside the archive, and handed to its own update.

One upload at a time. A file of the same name replaces the one before; one that cannot be read is not kept. Knows nothing of
formats: which files can be read is the archive's business.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Protocol

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from index.errors import ArchiveLocked, ReadError
from index.schema import Skipped, UpdateReport
from qa.api.keys import is_key, shown_key
from qa.api.replies import encoded, problems, reply
from qa.api.shapes import shape

MAX_UPLOAD = 64 * 1024 * 1024
MAX_FILES = 100
FOLDER = "uploads"
_MOST_BYTES_OF_NAME = 200
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")

Progress = Callable[[int, int, str], None]
Plan = Callable[[Sequence[Path]], Mapping[str, bool]]
"""Which of the files would be taken in, by their real paths; those left out are already held."""


class Take(Protocol):
    """Takes files into the archive and tells how far it is: (done, total, path)."""

    def __call__(self, paths: Sequence[Path], *, progress: Progress) -> UpdateReport: ...


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in: the name it was sent under, and its bytes, already held on this machine."""

    name: str
    content: BinaryIO


def _unheard(done: int, total: int, path: str) -> None:
    """Progress that nobody waits for."""


class Uploads:
    """Keeps uploaded files in ``folder`` and lets ``take`` read them into the archive; ``plan`` says what that would do."""

    def __init__(self, folder: Path, take: Take, plan: Plan | None = None) -> None:
        self.folder = folder
        self.plan = plan
        self._take = take
        self._busy = threading.Lock()

    def store(self, uploads: Sequence[Upload], *, progress: Progress = _unheard) -> UpdateReport:
        """Check, keep and take in the files. Raises ArchiveLocked while another upload is being taken in."""
        if not self._busy.acquire(blocking=False):
            raise ArchiveLocked("another update is running; send the files again when it is done")
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.TemporaryDirectory(dir=self.folder, prefix=".incoming-") as incoming:
                return self._store(uploads, Path(incoming), progress)
        finally:
            self._busy.release()

    def _store(self, uploads: Sequence[Upload], incoming: Path, progress: Progress) -> UpdateReport:
        replaced = incoming / "replaced"
        replaced.mkdir()
        unfit: list[Skipped] = []
        with ExitStack() as undo:
            fit = [name for name in (_kept(upload, incoming, unfit) for upload in uploads) if name is not None]
            for name in fit:
                undo.callback(self._restore, name, replaced)
                self._replace(name, incoming, replaced)
            report = self._take([self.folder / name for name in fit], progress=progress)
            undo.pop_all()
        return replace(report, skipped=(*unfit, *report.skipped))

    def _replace(self, name: str, incoming: Path, replaced: Path) -> None:
        """Put the new file in the place of the old one, which is kept until the new one is known to be good."""
        if (self.folder / name).exists():
            (self.folder / name).replace(replaced / name)
        (incoming / name).replace(self.folder / name)

    def _restore(self, name: str, replaced: Path) -> None:
        """Put back what was there before, or nothing."""
        if (replaced / name).exists():
            (replaced / name).replace(self.folder / name)
        else:
            (self.folder / name).unlink(missing_ok=True)


def _kept(upload: Upload, incoming: Path, unfit: list[Skipped]) -> str | None:
    """Write the file down and return its name; None, with the reason in ``unfit``, when the archive could not read it."""
    from index.readers import read_file

    path = incoming / upload.name
    with path.open("xb") as file:
        shutil.copyfileobj(upload.content, file)
    try:
        read_file(path)
    except ReadError as error:
        unfit.append(Skipped(upload.name, error.reason, error.line))
        return None
    return upload.name


def safe_name(name: str | None) -> str:
    """Return the name that a file is kept under: its last part, if that is fit for a file. Raises HTTPException."""
    last = re.split(r"[/\\]", name or "")[-1].strip()
    if not last or last.startswith(".") or _UNFIT.search(last) or _RESERVED.fullmatch(last) or last == "replaced":
        raise HTTPException(422, "name: every file needs a plain name with a suffix, for example 2021-06-08-1.txt")
    try:
        size = len(last.encode())
    except UnicodeEncodeError:
        raise HTTPException(422, "name: the name of a file is not UTF-8") from None
    if size > _MOST_BYTES_OF_NAME:
        raise HTTPException(422, f"name: the name of a file may have {_MOST_BYTES_OF_NAME} bytes at most")
    return last


_SKIPPED = {"source": "scan.jpg", "line": None, "reason": "is a picture, not text"}
_REPORT: dict[str, Any] = {"added": 1, "replaced": 0, "unchanged": 0, "removed": 0, "skipped": [_SKIPPED], "sequence": 3}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {"type": "array", "maxItems": MAX_FILES, "items": {"type": "string", "format": "binary"}}
                    },
                }
            },
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


def update_route(uploads: Uploads | None, *, key: str | None) -> APIRouter:
    """Return ``POST /api/update``; it refuses everyone when there is no ``key`` or nothing to update."""
    router = APIRouter()
    responses: dict[int | str, dict[str, Any]] = {
        200: shape(UpdateReport, "What was done", _REPORT),
        **problems(403, 409, 413, 422),
    }

    @router.post("/api/update", summary="Take in newspapers", responses=responses, response_class=Response, openapi_extra=_BODY)
    async def update(
        request: Request,
        name: Annotated[str | None, Query(max_length=400, description="File name of a body that is not multipart")] = None,
    ) -> Response:
        """Take in files sent as multipart/form-data, or one file as the body itself with ``?name=page.txt``.

        Needs the key in a header, also where the page is open to all. A file of the same name replaces the one sent before.
        """
        _require(request, key)
        if uploads is None:
            raise HTTPException(403, "this server takes no newspapers in")
        with tempfile.TemporaryFile() as spool:
            async with request.form(max_files=MAX_FILES, max_fields=10) if _is_form(request) else _Nothing() as form:
                if form is None:
                    sent = [Upload(safe_name(name), await _spooled(request, spool))]
                else:
                    files = [each for _, each in form.multi_items() if isinstance(each, UploadFile)]
                    sent = [Upload(safe_name(each.filename), each.file) for each in files]
                check(sent)
                report = await run_in_threadpool(uploads.store, sent)
        return reply(encoded(_shown(report)))

    return router


class _Nothing:
    """Stands where a form would be opened and closed."""

    async def __aenter__(self) -> None:
        return None

    async def __aexit__(self, *_: object) -> None:
        return None


def _is_form(request: Request) -> bool:
    return request.headers.get("content-type", "").startswith("multipart/form-data")


async def _spooled(request: Request, spool: BinaryIO) -> BinaryIO:
    async for part in request.stream():
        await run_in_threadpool(spool.write, part)
    spool.seek(0)
    return spool


def check(sent: Sequence[Upload]) -> None:
    names = [upload.name for upload in sent]
    if not names:
        raise HTTPException(422, "files: there is no file in the request; send one as -F files=@page.txt")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise HTTPException(422, f"files: {twice} was sent twice; give each file its own name, or pack folders as .zip")


def _require(request: Request, key: str | None) -> None:
    """Let in only who shows the key in a header: what a browser sends by itself must not change the archive."""
    if key is None:
        raise HTTPException(403, "this server takes nothing in over HTTP: set WENBAO_UPDATE_KEY (or WENBAO_KEY) where it runs")
    if not is_key(shown_key(request.headers), key):
        raise HTTPException(401, "a key is needed to change the archive: send it as 'Authorization: Bearer KEY'")


def _shown(report: UpdateReport) -> dict[str, Any]:
    """Return the report with the names that were sent, not the places where the files are kept."""
    fields = report.to_dict()
    for item in fields["skipped"]:
        item["source"] = _below(item["source"])
    return fields


def _below(source: str) -> str:
    _, marker, rest = source.rpartition(f"{os.sep}{FOLDER}{os.sep}")
    return rest if marker else Path(source).name
