"""Commands that ask: ask, search, cite, chat, snippets, facets, eval, serve, mcp. The only modules of ``qa`` that print.

A new command is a function in a module of its own with an ``app``; it is registered by its line in ``PARTS``.
"""

from __future__ import annotations

import typer

from qa.cli import agents, asking, conversing, evaluating, serving, words

PARTS = (
    asking.app,
    conversing.app,
    evaluating.app,
    serving.app,
    words.app,
    agents.app,
)

app = typer.Typer(
    name="qa",
    help="Ask an archive of newspapers and get cited quotes.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for part in PARTS:
    app.registered_commands.extend(part.registered_commands)
