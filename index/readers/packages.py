"""What to say where a package that a format needs is not installed."""

from __future__ import annotations

from index.errors import ReadError


def missing(source: str, package: str, extra: str) -> ReadError:
    """Make the error: one line with the command that mends it."""
    return ReadError(source, f'needs the package {package}, which is not installed; run: pip install "wenbao[{extra}]"')
