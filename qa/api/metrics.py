"""What the server counts, in the text format of Prometheus: requests, latencies, answers, updates, the archive's sequence.

Names routes and statuses, never a question or a client.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from fastapi import APIRouter
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import WenbaoError
from qa.api.desk import Desk

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
_OURS = ("/api/", "/v1/", "/page/")
_WHOLE = frozenset({"/", "/health", "/ready", "/metrics", "/docs", "/openapi.json", "/mcp", "/unlock"})


class Metrics:
    """The counters of one server."""

    def __init__(self, desk: Desk) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self.registry.register(_DeskCollector(desk))
        labels = ("method", "route")
        self.requests = Counter("wenbao_requests", "Requests ended, by status", (*labels, "status"), registry=self.registry)
        self.seconds = Histogram(
            "wenbao_request_seconds",
            "From the first byte asked to the last byte sent",
            labels,
            registry=self.registry,
            buckets=_BUCKETS,
        )
        self.in_flight = Gauge("wenbao_requests_in_flight", "Requests under way", registry=self.registry)

    def text(self) -> bytes:
        """Return all figures."""
        return generate_latest(self.registry)


class _DeskCollector(Collector):
    """Reads the state of desk and archive at the moment it is asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def collect(self) -> Iterator[Metric]:
        admission = self._desk.admission
        is_open = self._desk.state() == "open"
        figures: list[tuple[str, str, float]] = [
            ("wenbao_questions_running", "Questions worked on at this moment", admission.running),
            ("wenbao_questions_waiting", "Questions in the queue", admission.queued),
            (
                "wenbao_questions_turned_away",
                "Questions that met a full queue or waited too long, since the start",
                admission.refused,
            ),
            ("wenbao_archive_open", "Whether the archive is open", float(is_open)),
        ]
        if is_open:
            figures += self._archive()
        for name, help_text, value in figures:
            yield GaugeMetricFamily(name, help_text, value=value)

    def _archive(self) -> list[tuple[str, str, float]]:
        try:
            stats = self._desk.assistant().stats()
        except WenbaoError:
            return []
        return [
            ("wenbao_archive_sequence", "The change sequence of the archive", stats.sequence),
            ("wenbao_archive_articles", "Articles in the archive", stats.articles),
            ("wenbao_archive_passages", "Passages in the archive", stats.passages),
        ]


def metrics_route(metrics: Metrics, *, hidden: bool) -> APIRouter:
    """Return ``/metrics``; ``hidden`` on a server that is open to everyone, whose figures are not everyone's business."""
    router = APIRouter(include_in_schema=False)

    @router.get("/metrics")
    def figures() -> Response:
        if hidden:
            raise HTTPException(403, "the figures of an open server are shown to nobody: set WENBAO_KEY where it runs")
        return Response(metrics.text(), media_type=CONTENT_TYPE)

    return router


class Meter:
    """Measures every request; the outermost gate, so that refusals count too."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 0
        began = time.perf_counter()

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self.metrics.in_flight.inc()
        try:
            await self.app(scope, receive, watched)
        finally:
            self.metrics.in_flight.dec()
            method, route = _method(scope["method"]), route_of(scope, status)
            self.metrics.requests.labels(method, route, str(status or 499)).inc()
            self.metrics.seconds.labels(method, route).observe(time.perf_counter() - began)


def _method(method: str) -> str:
    return method if method in ("GET", "HEAD", "POST") else "other"


def route_of(scope: Scope, status: int) -> str:
    """Return the template of our own routes, ``gradio`` for the page's, ``none`` for what does not exist: never a raw path."""
    path: str = scope["path"]
    if status in (404, 405):
        return "none"
    if path in _WHOLE:
        return path
    if path.startswith(_OURS):
        route = scope.get("route")
        template: str | None = getattr(route, "path", None)
        return template or "refused"
    return "gradio" if status != 400 else "none"
