"""Build the archive from ``seeds/`` if there is none, then open the chat. Nothing else."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from index.archive import Archive
from index.errors import ArchiveMissing, WenbaoError
from qa.api import serve

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Read the arguments, build, serve. Returns the exit status."""
    options = _arguments()
    try:
        _build_first(options.archive)
        serve(options.archive, host=options.host, port=options.port, open_browser=not options.no_browser, public=options.public)
    except WenbaoError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\n")
    return 0


def _arguments() -> argparse.Namespace:
    default = os.environ.get("WENBAO_ARCHIVE") or str(HERE / "data" / "archive")
    parser = argparse.ArgumentParser(prog="app.py", description=__doc__)
    parser.add_argument("--archive", default=default, metavar="DIR", help="folder or address of the archive (or WENBAO_ARCHIVE)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on; other computers need WENBAO_KEY or --public")
    parser.add_argument("--port", type=int, default=int(os.environ.get("WENBAO_PORT") or 7860), help="port, or the next free one")
    parser.add_argument("--public", action="store_true", help="let everyone in who can reach the host")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    return parser.parse_args()


def _build_first(archive_at: str) -> None:
    """Build the archive from the seeds, but only where none was ever made."""
    seeds = HERE / "seeds"
    with Archive.open(archive_at) as archive:
        try:
            made = archive.stats().sequence > 0
        except ArchiveMissing:
            made = False
        if not made and seeds.is_dir():
            sys.stderr.write("building the archive from seeds/ (first run only)\n")
            archive.update([seeds], progress=_progress)


def _progress(done: int, total: int, source: str) -> None:
    sys.stderr.write(f"  {done}/{total} {source}\n")


if __name__ == "__main__":
    sys.exit(main())
