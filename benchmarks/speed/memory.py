"""How much memory this process holds that is no part of a mapped file. Knows Linux; elsewhere the peak stands in."""

from __future__ import annotations

import re
import resource
from pathlib import Path

_STATUS = Path("/proc/self/status")


def own_megabytes() -> float:
    """Return the anonymous resident memory in MB."""
    anonymous = re.search(r"RssAnon:\s+(\d+) kB", _STATUS.read_text()) if _STATUS.exists() else None
    return int(anonymous.group(1)) / 1024 if anonymous else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
