"""An answer in a language model's words, beside the quotes and held to them. Off unless an endpoint is named.

Any server that speaks the OpenAI chat protocol will do. What it writes is kept sentence by sentence, and only where the
cited quotes bear it out; ``Answer.text`` stays the quotes.
"""

from __future__ import annotations

from qa.llm.endpoint import Endpoint, endpoint_from
from qa.llm.writing import Supporting, write

__all__ = ["Endpoint", "Supporting", "endpoint_from", "write"]
