"""What to say where a package that a format needs is not installed."""

from __future__ import annotations

from index.errors import ReadError


def missing(source: str, package: str, extra: str, *, what: str = "") -> ReadError:
    """Make the error: one line with the command that mends it. ``what`` is put before it to say what the file is."""
    return ReadError(source, f'{what}needs the package {package}, which is not installed; run: pip install "wenbao[{extra}]"')
