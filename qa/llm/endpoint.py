"""Which language model is asked, and under which limits. Reads the settings and opens no connection.

The key comes from the environment alone: on a command line other users of the machine could read it.
"""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from index.errors import EndpointError

URL, MODEL, KEY, PRICE, TIMEOUT = (f"WENBAO_LLM_{name}" for name in ("URL", "MODEL", "KEY", "PRICE", "TIMEOUT"))
_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible server: ``url`` up to and without ``/chat/completions``.

    ``prices`` are (input, output) for a million tokens, in whatever currency; ``seconds`` bounds a whole answer,
    ``reply_bytes`` what is read of it, ``retries`` how often a refused or failed request is sent again.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    prices: tuple[float, float] | None = None
    seconds: float = _SECONDS
    reply_bytes: int = 1_000_000
    retries: int = 2

    @property
    def is_local(self) -> bool:
        """Whether the server is this machine."""
        host = urlsplit(self.url).hostname or ""
        try:
            return host == "localhost" or ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False


def endpoint_from(
    environment: Mapping[str, str], *, url: str | None = None, model: str | None = None, price: str | None = None
) -> Endpoint:
    """Return the endpoint named by options or, where these are None, by the environment.

    Raises EndpointError in one line when no address or model is named or a setting cannot be read.
    """
    url, model = url or environment.get(URL, ""), model or environment.get(MODEL, "")
    if not url:
        raise EndpointError(f"no language model is named; set {URL} (for example http://127.0.0.1:11434/v1) and {MODEL}")
    if not model:
        raise EndpointError(f"no model is named for {_place(url)}; set {MODEL}")
    key = environment.get(KEY, "").strip()
    if not key.isascii() or any(char.isspace() for char in key):
        raise EndpointError(f"{KEY} is no key: it holds white space or characters that no header can carry")
    prices = _prices(price or environment.get(PRICE, ""))
    return Endpoint(_checked(url), model, key, prices, _seconds(environment.get(TIMEOUT, "")))


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        port_fits = False
    if not port_fits or parts.scheme not in ("http", "https") or not parts.hostname:
        raise EndpointError(f"{url[:80]}: not a web address; give one such as http://127.0.0.1:11434/v1")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise EndpointError(f"{_place(url)}: give the address without name, password or query; the key belongs in {KEY}")
    return url.strip().rstrip("/").removesuffix("/chat/completions")


def _place(url: str) -> str:
    """The address as it may be printed: without name and password."""
    return url.rsplit("@", 1)[-1].split("?", 1)[0][:80]


def _prices(text: str) -> tuple[float, float] | None:
    if not text:
        return None
    try:
        paid_in, paid_out = (float(part) for part in text.split(","))
    except ValueError:
        paid_in = paid_out = math.nan
    if not (0 <= paid_in < math.inf and 0 <= paid_out < math.inf):
        raise EndpointError(f"{text[:40]}: not a price; give two numbers for a million tokens in and out, such as 0.15,0.6")
    return paid_in, paid_out


def _seconds(text: str) -> float:
    try:
        seconds = float(text or _SECONDS)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= 3600:
        raise EndpointError(f"{TIMEOUT}={text[:40]}: not a number of seconds from 1 to 3600")
    return seconds
