"""The requests by which scanners look for Gradio's published holes, sent to a real server: nothing comes out.

What is sent follows the public descriptions of these CVEs; ``AT`` are the two places where Gradio has had its routes.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import httpx
import pytest

AT = ("", "/gradio_api")
SECRET = "root:"
ELSEWHERE = "http://elsewhere.invalid"
SESSION = "aaaaaaaaaaa"
# CVE-2024-1183, CVE-2024-4940, CVE-2024-8021: a redirect to wherever the address says
REDIRECTS = (f"file={ELSEWHERE}", f"file={ELSEWHERE}/", "file=http%3A%2F%2Felsewhere.invalid/", "file=//elsewhere.invalid/")
# CVE-2023-34239, CVE-2023-51449, CVE-2021-43831: files by their path, straight or out of a folder that is served
FILES = (
    "file=/etc/passwd",
    "file/etc/passwd",
    "file=" + "../" * 15 + "etc/passwd",
    "file=/tmp/gradio/" + "../" * 15 + "etc/passwd",
    "file=%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "file=..\\..\\..\\..\\windows\\win.ini",
    "file=c:\\windows\\win.ini",
    "File=/etc/passwd",  # CVE-2025-23042: rules that know one case of letters
)
# CVE-2024-1561 and what came before it: a method of a component of one's own choice
METHODS = ("move_resource_to_block_cache", "make_temp_copy_if_needed", "download_temp_copy_if_needed", "__init__")
WANTED = ("/etc/passwd", "c:\\windows\\win.ini", ELSEWHERE)


def refused(reply: httpx.Response) -> None:
    assert 400 <= reply.status_code < 500, reply.text
    assert SECRET not in reply.text
    assert "location" not in reply.headers
    assert "access-control-allow-origin" not in reply.headers


def sent(client: httpx.Client, method: str, path: str, **more: Any) -> httpx.Response:
    target = httpx.URL(str(client.base_url)).copy_with(raw_path=path.encode())  # httpx would tidy the dots away
    return client.request(method, target, follow_redirects=False, **more)


@pytest.mark.parametrize("at", AT)
@pytest.mark.parametrize("path", [*REDIRECTS, *FILES])
def test_no_address_leads_elsewhere_or_to_a_file(client: httpx.Client, at: str, path: str) -> None:
    for method in ("GET", "HEAD", "POST"):
        refused(sent(client, method, f"{at}/{path}"))


@pytest.mark.parametrize("at", AT)
@pytest.mark.parametrize("method", METHODS)
def test_no_method_of_a_component_is_called(client: httpx.Client, at: str, method: str) -> None:
    for component in range(30):
        for data in WANTED:
            order = {"component_id": str(component), "data": data, "fn_name": method, "session_hash": SESSION}
            refused(client.post(f"{at}/component_server", json=order))


@pytest.mark.parametrize("at", AT)
def test_nothing_is_uploaded(client: httpx.Client, at: str) -> None:
    """CVE-2023-51449, CVE-2024-1727: an upload whose place is then asked for, from another site as well."""
    for headers in ({}, {"origin": "http://evil.example"}):
        files = {"files": ("okay.txt", b"anything", "application/octet-stream")}
        refused(client.post(f"{at}/upload", files=files, headers=headers))
        refused(client.post(f"{at}/upload?upload_id=x", files=files, headers=headers))


@pytest.mark.parametrize("header", ["x-direct-url", "x-forwarded-host", "x-forwarded-server", "host"])
def test_no_header_makes_the_server_name_or_fetch_another(client: httpx.Client, header: str) -> None:
    """CVE-2024-2206 and CVE-2024-47870: another address taken in from a header, then relayed to or written into the page."""
    value = "elsewhere.invalid" if header == "host" else f"{ELSEWHERE}/"
    for path in ("/", "/config"):
        reply = client.get(path, headers={header: value})
        assert "elsewhere.invalid" not in reply.text
    refused(client.get(f"/gradio_api/proxy={ELSEWHERE}/"))
    refused(client.get(f"/proxy={ELSEWHERE}/"))


def _file(path: str, url: str) -> dict[str, Any]:
    named = {"orig_name": "a.txt", "size": 9, "mime_type": "text/plain", "meta": {"_type": "gradio.FileData"}}
    return {"path": path, "url": url, **named}


@pytest.mark.parametrize("wanted", WANTED)
def test_the_queue_takes_no_file_in(client: httpx.Client, wanted: str) -> None:
    """CVE-2024-1728, CVE-2024-47167: a path or an address as the value of an input, copied to where it can be fetched."""
    copies = Path(tempfile.gettempdir()) / "gradio"
    before = set(copies.rglob("*")) if copies.is_dir() else set()
    config = client.get("/config").json()
    reached = 0
    for number in [each["id"] for each in config["dependencies"]]:
        value = _file(wanted, f"{client.base_url}/file=/help" if wanted.startswith("/") else wanted)
        order = {"data": [value], "event_data": None, "fn_index": number, "trigger_id": 2, "session_hash": f"{SESSION}{number}"}
        refused(client.post("/queue/join", json=order))
        reply = client.post("/gradio_api/queue/join", json=order)
        assert reply.status_code < 500
        assert SECRET not in reply.text
        if reply.status_code == 200:
            reached += 1
            assert SECRET not in _told(client, f"{SESSION}{number}")
    assert reached
    assert (set(copies.rglob("*")) if copies.is_dir() else set()) == before


def _told(client: httpx.Client, session: str) -> str:
    """Return what the queue says of a session until its work is done."""
    lines = []
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}, timeout=30) as stream:
        for line in stream.iter_lines():
            lines.append(line)
            if line.startswith("data:") and json.loads(line[5:]).get("msg") in ("process_completed", "close_stream"):
                break
    return "\n".join(lines)
