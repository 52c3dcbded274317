"""The commands of the archive: parse, update, watch, remove, check, stats, backup, restore, export, import, copy.

Print and exit, and know nothing else: 0 done, 1 with one line on stderr, 2 bad usage.
"""

from index.cli import copies, looking, moving, updating
from index.cli.running import app, fail

__all__ = ["app", "copies", "fail", "looking", "moving", "updating"]
