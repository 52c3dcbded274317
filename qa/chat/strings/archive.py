"""Words of the archive's own views: overview, calendar, filters, browsing, concordance. (Chinese, English)."""

from __future__ import annotations

ARCHIVE: dict[str, tuple[str, str]] = {}

# Of these views too, but said by the scripts of the page.
ARCHIVE_SCRIPT: dict[str, tuple[str, str]] = {}
