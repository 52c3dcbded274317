"""Vectors of single words, remembered: the words of a newspaper come again with every question.

Bounded by a number of words, after which it forgets all and starts anew. Knows nothing of sentences.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from weakref import WeakKeyDictionary

import numpy as np

from index.schema import Encoder, Vectors

MOST_WORDS = 8_000  # 12 MB at 384 dimensions

_lock = threading.Lock()
_remembered: WeakKeyDictionary[Encoder, dict[str, Vectors]] = WeakKeyDictionary()


def encode_words(words: Sequence[str], encoder: Encoder) -> Vectors:
    """Return one row a word, shape (len(words), dimensions)."""
    with _lock:
        known = _remembered.setdefault(encoder, {})
        if len(known) > MOST_WORDS:
            known = _remembered[encoder] = {}
    unknown = [word for word in words if word not in known]
    if unknown:
        known.update(zip(unknown, np.asarray(encoder.encode_passages(unknown), dtype=np.float32), strict=True))
    return np.stack([known[word] for word in words]) if words else np.zeros((0, encoder.dimensions), dtype=np.float32)
