"""Wenbao over HTTP: the page at ``/``, the API at ``/api/*``, its description at ``/docs``, health at ``/health``.

``gates`` decides which requests may enter, ``routes`` answers them, ``app`` puts both around the Gradio page,
``server`` runs it. Knows nothing of how an answer is found.
"""

from __future__ import annotations

from qa.api.app import create_app
from qa.api.server import serve

__all__ = ["create_app", "serve"]
