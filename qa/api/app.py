"""The web application: our gates around our routes around the Gradio page. Starts nothing and opens no archive."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Mount

from qa.api.adding import Adding
from qa.api.admission import Admission, processors
from qa.api.agents import agents_door
from qa.api.archive_pages import archive_pages
from qa.api.articles import article_pages
from qa.api.completions import completion_routes
from qa.api.desk import Desk
from qa.api.forgetting import Forgetting
from qa.api.gates import LOCAL_HOSTS, BodyCap, Failsafe, RouteGate, SameSite
from qa.api.habits import MAX_EXPORT, Habits, Who, habit_routes
from qa.api.headers import SecurityHeaders
from qa.api.helpers import Helpers
from qa.api.keys import KeyCheck
from qa.api.metrics import Meter, Metrics, metrics_route
from qa.api.pages import our_pages
from qa.api.plain_pages import door
from qa.api.rates import RateLimit
from qa.api.replies import answer_errors
from qa.api.routes import api_routes
from qa.api.uploads import MAX_UPLOAD, Uploads, update_route
from qa.chat import page as chat_page
from qa.chat.answering import Answering
from qa.chat.feedback import Feedback


@dataclass(frozen=True, slots=True)
class Limits:
    """Who may ask, how often, and how many at once. ``hosts`` None serves any host name; ``key`` None asks for none.

    ``update_key`` may change the archive; without it nobody may. ``at_once`` None means one question a processor; of those
    who wait, ``waiting`` may stand in the queue for ``patience`` seconds each.
    """

    hosts: frozenset[str] | None = LOCAL_HOSTS
    key: str | None = None
    update_key: str | None = None
    per_second: float = 200.0
    burst: int = 1000
    at_once: int | None = None
    waiting: int = 64
    patience: float = 1.0


def create_app(
    opener: Callable[[], Answering],
    *,
    limits: Limits | None = None,
    warm: bool = True,
    uploads: Uploads | None = None,
    feedback: Feedback | None = None,
    helpers: Helpers | None = None,
) -> FastAPI:
    """Return the application; ``opener`` is called once, in the background after the start (``warm``) or on first use.

    ``uploads`` takes newspapers in at ``/api/update`` and from the page; without it both refuse. ``feedback`` keeps what readers
    say of sources; nothing is kept where everyone is let in without a key. ``helpers`` answer the questions of programs.
    """
    limits = limits or Limits()
    at_once = limits.at_once or (max(helpers.size, processors()) if helpers else None)
    desk = Desk(opener, Admission(at_once=at_once, waiting=limits.waiting, patience=limits.patience), helpers)
    metrics = Metrics(desk)
    agents = agents_door(desk)

    @contextlib.asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        if warm:
            desk.warm()
        async with agents.open():
            yield
        desk.close()

    app = FastAPI(
        title="Wenbao 问报",
        version=_version(),
        description="Ask a newspaper archive; every answer is verbatim words with their source.",
        docs_url=None,
        redoc_url=None,
        lifespan=life,
    )
    answer_errors(app)
    app.include_router(api_routes(desk))
    app.include_router(update_route(uploads, key=limits.update_key))
    app.include_router(completion_routes(desk))
    app.include_router(metrics_route(metrics, hidden=limits.hosts is None and limits.key is None))
    app.include_router(habit_routes(desk, _habits(limits, uploads, feedback)))
    app.include_router(archive_pages(desk))
    app.include_router(our_pages(desk, key=limits.key))
    app.include_router(article_pages(desk))
    app.router.routes.extend(agents.routes)
    _add_gates(app, limits, metrics)
    app.state.desk = desk
    app.state.gradio = _inside_a_loop(lambda: _mount_page(app, chat_page.build(desk.assistant)))
    return app


def _habits(limits: Limits, uploads: Uploads | None, feedback: Feedback | None) -> Habits:
    """Return who may add from the page: who shows the key; where there is none, whoever sits at this very machine."""
    adding = Adding(uploads) if uploads is not None else None
    everyone = limits.hosts is None and limits.key is None
    who: Who = "closed" if adding is None else "key" if limits.update_key else "closed" if limits.hosts is None else "open"
    return Habits(adding, who, limits.update_key, None if everyone else feedback)


def _inside_a_loop(make: Callable[[], Any]) -> Any:
    """Call ``make`` while an event loop runs: without one, Gradio opens a loop for each of its locks and never closes it."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:

        async def made() -> Any:
            return make()

        return asyncio.run(made())
    return make()


def _add_gates(app: FastAPI, limits: Limits, metrics: Metrics) -> None:
    """Add the gates from the innermost outwards; a request meets the last one first."""
    app.add_middleware(Forgetting, gradio=lambda: app.state.gradio)
    # A parent with its own CORS rule keeps Gradio from adding one, which would let any origin in.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(BodyCap, larger={"/api/update": MAX_UPLOAD, "/page/adding": MAX_UPLOAD, "/page/export": MAX_EXPORT})
    app.add_middleware(RouteGate)
    app.add_middleware(RateLimit, per_second=limits.per_second, burst=limits.burst)
    app.add_middleware(KeyCheck, key=limits.key, update_key=limits.update_key, door=lambda: door().encode())
    app.add_middleware(SameSite, hosts=limits.hosts)
    app.add_middleware(Failsafe)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Meter, metrics=metrics)


def _mount_page(app: FastAPI, blocks: Any) -> Any:
    """Mount the Gradio page below everything else and return its own application."""
    import gradio as gr

    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        server_name="127.0.0.1",
        footer_links=[],
        run_history=False,
        allowed_paths=[],
        show_error=False,
        max_file_size="1kb",
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=chat_page.theme(),
    )
    return next(route.app for route in reversed(app.routes) if isinstance(route, Mount))


def _version() -> str:
    try:
        return version("wenbao")
    except PackageNotFoundError:
        return "0"
