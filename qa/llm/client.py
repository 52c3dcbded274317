"""Speak the OpenAI chat protocol: messages out, pieces of text in. Knows nothing of questions or quotes.

A server is not trusted: redirects are not followed, a reply is bounded in bytes and time, and compressed replies are
refused because a small one may unfold without end.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.errors import EndpointError
from qa.llm.endpoint import Endpoint

if TYPE_CHECKING:
    import httpx

Message = dict[str, str]

_CONNECT_SECONDS = 5.0
_LONGEST_WAIT = 5.0
_AGAIN = frozenset({408, 429, 500, 502, 503, 504})
_MOST_TOKENS = 800


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a reply: text, or the tokens counted by the server (None where it does not tell)."""

    text: str = ""
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


def complete(endpoint: Endpoint, messages: Sequence[Message]) -> Iterator[Piece]:
    """Yield the reply piece by piece as it arrives; raises EndpointError in one line, perhaps after some pieces."""
    import httpx

    deadline = time.monotonic() + endpoint.seconds
    timeout = httpx.Timeout(endpoint.seconds, connect=min(_CONNECT_SECONDS, endpoint.seconds))
    # A proxy named in the environment must not see what is meant for this machine.
    with httpx.Client(timeout=timeout, follow_redirects=False, trust_env=not endpoint.is_local) as client:
        try:
            with _answered(client, endpoint, messages, deadline) as response:
                yield from _pieces(response, endpoint, deadline)
        except httpx.TimeoutException as error:
            raise _failed(endpoint, f"no answer within {endpoint.seconds:g} seconds") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _failed(endpoint, str(error) or type(error).__name__) from error


@contextmanager
def _answered(client: httpx.Client, endpoint: Endpoint, messages: Sequence[Message], deadline: float) -> Iterator[httpx.Response]:
    """Send the request until it is answered with 200, waiting in between as long as the server asks for."""
    import httpx

    left, plain = endpoint.retries, False
    while True:
        content = _body(endpoint, messages, plain=plain)
        request = client.build_request("POST", f"{endpoint.url}/chat/completions", content=content, headers=_headers(endpoint))
        try:
            response = client.send(request, stream=True)
        except (httpx.ConnectError, httpx.RemoteProtocolError):
            left -= 1
            if left < 0 or not _wait("", deadline):
                raise
            continue
        try:
            if response.status_code == 200:
                yield response
                return
            if response.status_code == 400 and not plain:
                plain = True
                continue
            left -= 1
            again = response.status_code in _AGAIN and left >= 0 and _wait(response.headers.get("retry-after", ""), deadline)
            if not again:
                raise _failed(endpoint, f"status {response.status_code}{_reason(response, endpoint, deadline)}")
        finally:
            response.close()


def _body(endpoint: Endpoint, messages: Sequence[Message], *, plain: bool) -> bytes:
    """The request; ``plain`` without the settings that some servers and models refuse with status 400."""
    body = {"model": endpoint.model, "messages": list(messages), "stream": True}
    settings = {"temperature": 0, "max_tokens": _MOST_TOKENS, "stream_options": {"include_usage": True}}
    return json.dumps(body if plain else {**body, **settings}).encode()


def _headers(endpoint: Endpoint) -> dict[str, str]:
    headers = {
        "Content-Type": "application/json",
        "Accept": "text/event-stream, application/json",
        "Accept-Encoding": "identity",
        "User-Agent": "wenbao",
    }
    return {**headers, "Authorization": f"Bearer {endpoint.key}"} if endpoint.key else headers


def _wait(asked: str, deadline: float) -> bool:
    """Wait before another try; False when the time does not allow for it."""
    seconds = float(asked) if asked.isascii() and asked.isdigit() else 0.5
    if seconds > _LONGEST_WAIT or time.monotonic() + seconds >= deadline:
        return False
    time.sleep(seconds)
    return True


def _pieces(response: httpx.Response, endpoint: Endpoint, deadline: float) -> Iterator[Piece]:
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise _failed(endpoint, "the reply is compressed although none was asked for")
    if "text/event-stream" not in response.headers.get("content-type", ""):
        yield from _whole(b"".join(_bounded(response, endpoint, deadline)), endpoint)
        return
    for line in _lines(_bounded(response, endpoint, deadline)):
        if not line.startswith(b"data:"):
            continue
        data = line[5:].strip()
        if data == b"[DONE]":
            return
        if data:
            yield from _read(_parsed(data, endpoint), "delta", endpoint)


def _bounded(response: httpx.Response, endpoint: Endpoint, deadline: float) -> Iterator[bytes]:
    held = 0
    for part in response.iter_raw():
        held += len(part)
        if held > endpoint.reply_bytes:
            raise _failed(endpoint, f"the reply is longer than {endpoint.reply_bytes:,} bytes")
        if time.monotonic() > deadline:
            raise _failed(endpoint, f"the reply did not end within {endpoint.seconds:g} seconds")
        yield part


def _lines(parts: Iterator[bytes]) -> Iterator[bytes]:
    held = b""
    for part in parts:
        held += part
        if held.endswith(b"\r"):  # perhaps half of a line end
            continue
        *whole, held = held.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        yield from whole
    yield held.strip()


def _whole(body: bytes, endpoint: Endpoint) -> Iterator[Piece]:
    """A server that does not stream sends one object with the message."""
    yield from _read(_parsed(body, endpoint), "message", endpoint)


def _parsed(data: bytes, endpoint: Endpoint) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _failed(endpoint, "the reply is not JSON") from error
    if not isinstance(value, dict):
        raise _failed(endpoint, "the reply is not of the chat protocol")
    if value.get("error"):
        raise _failed(endpoint, _message(value, endpoint) or "it reports an error")
    return value


def _read(value: dict[str, Any], part: str, endpoint: Endpoint) -> Iterator[Piece]:
    usage = value.get("usage")
    if isinstance(usage, dict):
        yield Piece("", _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens")))
    choices = value.get("choices")
    if not isinstance(choices, list):
        if isinstance(usage, dict):
            return
        raise _failed(endpoint, "the reply is not of the chat protocol")
    for choice in choices[:1]:
        said = choice.get(part) if isinstance(choice, dict) else None
        content = said.get("content") if isinstance(said, dict) else None
        if isinstance(content, str) and content:
            yield Piece(content)


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _reason(response: httpx.Response, endpoint: Endpoint, deadline: float) -> str:
    """What the server says of its refusal, one short line, empty when that cannot be read."""
    if response.is_redirect:
        return " (a redirect, which is not followed)"
    held = b""
    for part in response.iter_raw():
        held += part
        if len(held) > 65_536 or time.monotonic() > deadline:
            return ""
    try:
        value = json.loads(held)
    except (ValueError, RecursionError):
        return ""
    said = _message(value, endpoint) if isinstance(value, dict) else ""
    return f": {said}" if said else ""


def _message(value: dict[str, Any], endpoint: Endpoint) -> str:
    error = value.get("error")
    said = error.get("message") if isinstance(error, dict) else error
    text = " ".join(said.split()) if isinstance(said, str) else ""
    text = "".join(char for char in text if char.isprintable())
    return (text.replace(endpoint.key, "***") if endpoint.key else text)[:200]


def _failed(endpoint: Endpoint, reason: str) -> EndpointError:
    return EndpointError(f"{endpoint.url}: {reason}")
