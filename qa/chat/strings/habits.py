"""Words of a reader's own things: conversations kept, exports, feedback, adding issues. (Chinese, English)."""

from __future__ import annotations

HABITS: dict[str, tuple[str, str]] = {}

# Of these too, but said by the scripts of the page.
HABITS_SCRIPT: dict[str, tuple[str, str]] = {}
