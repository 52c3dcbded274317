"""The ``wenbao`` command: everything ``python -m index`` and ``python -m qa`` can do, in one."""

from __future__ import annotations

import typer

from index.cli import app as index_app
from qa.cli import app as qa_app

app = typer.Typer(
    name="wenbao",
    help="Ask the newspaper: verbatim, cited answers from newspaper archives.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for part in (qa_app, index_app):
    app.registered_commands.extend(part.registered_commands)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
