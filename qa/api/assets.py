"""The page's own files: one stylesheet, the script modules, the icon. Read once, served by name from a fixed list.

The stylesheet is put together from the parts in ``qa/chat/style`` in the order of ``_STYLES``, since later rules win.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from qa.chat.strings import SCRIPT_WORDS

_FOLDER = Path(__file__).parent.parent / "chat"
_STYLES = ("ground", "masthead", "answer", "article", "ask", "archive", "habits", "phone", "plain", "print")
_CSS, _JS, _SVG = "text/css; charset=utf-8", "text/javascript; charset=utf-8", "image/svg+xml"
# Runs before anything is drawn; the others are modules and run when the page is there.
_EARLY = "early.js"
_MAIN = "main.js"


class Assets:
    """The page's own files with a version each that changes with the content."""

    def __init__(self) -> None:
        self._files = {"style.css": (b"\n".join((_FOLDER / "style" / f"{name}.css").read_bytes() for name in _STYLES), _CSS)}
        self._files["icon.svg"] = ((_FOLDER / "icon.svg").read_bytes(), _SVG)
        self._scripts = sorted(path.name for path in (_FOLDER / "script").glob("*.js"))
        self._files |= {name: ((_FOLDER / "script" / name).read_bytes(), _JS) for name in self._scripts}
        self._version = {name: hashlib.sha256(data).hexdigest()[:12] for name, (data, _) in self._files.items()}

    def get(self, name: str) -> tuple[bytes, str] | None:
        """Return content and media type of a file, None for any other name."""
        return self._files.get(name)

    def link(self, name: str) -> str:
        """Return the address of a file; a new version has a new address."""
        return f"/page/{name}?v={self._version[name]}"

    def head(self, title: str, nonce: str) -> str:
        """Return what the page's head needs of all this; ``nonce`` is what the policy of this one response names."""
        words = json.dumps(SCRIPT_WORDS, ensure_ascii=True).replace("<", "\\u003c")
        modules = {f"wb/{name.removesuffix('.js')}": self.link(name) for name in self._scripts if name != _EARLY}
        return (
            f'<script nonce="{nonce}" src="{self.link(_EARLY)}"></script>'
            f'<script nonce="{nonce}" type="application/json" id="wb-words">{words}</script>'
            f'<script nonce="{nonce}" type="importmap">{json.dumps({"imports": modules})}</script>'
            f'<title>{title}</title><link rel="icon" type="image/svg+xml" href="{self.link("icon.svg")}">'
            f'<link rel="stylesheet" href="{self.link("style.css")}">'
            f'<script nonce="{nonce}" type="module" src="{self.link(_MAIN)}"></script>'
        )
