"""HTML text -> a tree of elements. Knows nothing of what is in it; the guards against hostile markup stand with the readers."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from index.errors import ReadError
from index.readers.packages import missing

if TYPE_CHECKING:
    from bs4 import BeautifulSoup


def parse(text: str, source: str, *, only: str = "") -> BeautifulSoup:
    """Parse HTML; ``only``: nothing but elements of this class. Raises ReadError."""
    try:
        import bs4
        from bs4.filter import SoupStrainer
    except ImportError:
        raise missing(source, "beautifulsoup4", "html") from None
    wanted = SoupStrainer(class_=only) if only else None
    with warnings.catch_warnings():
        # XHTML is read as the HTML it almost always is, and a short text is no address: nothing to trouble a person with.
        warnings.simplefilter("ignore", bs4.XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", bs4.MarkupResemblesLocatorWarning)
        try:
            return bs4.BeautifulSoup(text, "html.parser", parse_only=wanted, on_duplicate_attribute="ignore")
        except (bs4.ParserRejectedMarkup, AssertionError, ValueError, RecursionError):
            raise ReadError(source, "is no HTML that can be read; open it in a browser and save it again") from None
