"""Errors that a caller can act on. Every message is one line that names the place and the mend.

WenbaoError
├── ReadError         a source cannot be read (binary, truncated, unknown encoding, missing)
├── ParseError        a page cannot be taken apart
├── ArchiveError      the archive cannot be used
│   ├── ArchiveMissing    there is none at that place
│   ├── ArchiveLocked     another update is running
│   ├── ArchiveDamaged    the truth itself is damaged; derived data mends itself
│   └── ModelMismatch     the archive was made by another model
├── ModelError        a model cannot be loaded
├── ClusterError      the machines of a cluster cannot be used
├── EndpointError     a language model cannot be asked, or did not answer as it should
└── QuestionError     the question cannot be asked (empty, too long)
"""

from __future__ import annotations


class WenbaoError(Exception):
    """Base of all errors; ``str(error)`` is one line for a person."""


class ReadError(WenbaoError):
    """A source cannot be read. Carries ``source`` (path or name) and, where known, ``line`` (from 1)."""

    def __init__(self, source: str, reason: str, *, line: int | None = None) -> None:
        self.source = source
        self.reason = reason
        self.line = line
        place = source if line is None else f"{source}:{line}"
        super().__init__(f"{place}: {reason}")


class ParseError(WenbaoError):
    """A page cannot be taken apart. Carries ``source`` and ``reason``."""

    def __init__(self, source: str, reason: str) -> None:
        self.source = source
        self.reason = reason
        super().__init__(f"{source}: {reason}")


class ArchiveError(WenbaoError):
    """The archive cannot be used."""


class ArchiveMissing(ArchiveError):
    """There is no archive at that place."""


class ArchiveLocked(ArchiveError):
    """Another update is running."""


class ArchiveDamaged(ArchiveError):
    """The database that holds the truth is damaged."""


class ModelMismatch(ArchiveError):
    """The archive was made by another model."""


class ModelError(WenbaoError):
    """A model cannot be loaded."""


class ClusterError(WenbaoError):
    """The machines of a cluster cannot be used."""


class EndpointError(WenbaoError):
    """A language model cannot be asked, or did not answer as it should."""


class QuestionError(WenbaoError):
    """The question cannot be asked."""
