"""The controls that copy: the citation as printed, its forms for other programs, the permanent link of a passage.

The script of the page puts what a control holds on the clipboard; where it may not, the words are shown and selected.
"""

from __future__ import annotations

from urllib.parse import quote as percent

from qa.chat.markup import Html, tag
from qa.chat.strings import say

FORMS = ("bibtex", "ris")


def copies(id: str, gbt7714: str, *, kind: str = "passage") -> Html:
    """Return the controls for a passage (or an ``article``) of this permanent id, and the box that shows what they copy."""
    path = percent(id, safe="")
    forms = (_form(f"/page/citations/{path}?form={form}", form) for form in FORMS)
    return tag(
        "div",
        tag("button", say("copy"), cls="wb-copy wb-link", type="button", value=gbt7714),
        tag("button", say("copy_link"), cls="wb-copy wb-copy-link wb-link", type="button", value=f"#/{kind}/{path}"),
        tag("details", tag("summary", say("other_forms")), tag("span", *forms, cls="wb-form-list"), cls="wb-forms"),
        cls="wb-copies",
    )


def box(gbt7714: str) -> Html:
    """Return the place that shows what was copied."""
    return tag("div", gbt7714, cls="wb-gbt")


def _form(address: str, form: str) -> Html:
    return tag("button", say(form), cls="wb-copy wb-copy-form wb-link", type="button", value=address)
