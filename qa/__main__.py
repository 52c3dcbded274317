"""``python -m qa``."""

from qa.cli import app

app(prog_name="python -m qa")
