"""Load the reader and read texts for a question.

The weights were made by ``training/reader`` on top of the embedded model's table, which is always the one read here, whatever
model an archive uses. Knows texts and questions; knows nothing of archives.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from index.encoder import EmbeddedEncoder, embedded
from index.errors import ModelError
from index.schema import Vectors
from index.text import fold
from qa.reader.layout import Layouts
from qa.reader.network import Network
from qa.reader.rarity import Rarity
from qa.reader.reading import Reading
from qa.reader.table import Rows
from qa.reader.units import Cutter, Ids, printable
from qa.wordvectors import encode_words

WEIGHTS = Path(__file__).resolve().parent / "reader.safetensors"
_TABLES = ("rarity", "sign_keys", "table_size")

_loading = threading.Lock()


class Reader:
    """Reads texts for a question: which words of them answer it. Safe in threads."""

    def __init__(self, weights: Mapping[str, NDArray[np.generic]], encoder: EmbeddedEncoder) -> None:
        """Take weights as ``training/reader/export.py`` writes them. Raises ``ModelError`` when they are of another table."""
        size = encoder.tokenizer.get_vocab_size()
        if int(weights["table_size"][0]) != size:
            raise ModelError(f"{WEIGHTS}: made for another embedded model; reinstall wenbao")
        rows = self._rows = Rows(encoder)
        rows.learn_commonest()
        self._encoder = encoder
        self._cutter = Cutter(encoder.tokenizer)
        self._layouts = Layouts(rows, Rarity(weights["rarity"].astype(np.uint8)), weights["sign_keys"].astype(np.int64))
        plain = {name: value.astype(np.float32) for name, value in weights.items() if name not in _TABLES}
        self._network = Network(plain, rows)

    @classmethod
    def load(cls) -> Reader:
        """Return the reader that comes with Wenbao, loaded once. Raises ``ModelError`` for weights missing or damaged."""
        with _loading:
            return _load()

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        """Return one reading a text. Their scores can be compared with each other; see ``Reading.score``."""
        asked, *units = self._cutter.cut([question, *texts])
        layout = self._layouts.lay(question, asked, units)
        scores = self._network(layout)
        return [
            Reading(unit.starts, unit.ends, unit.sentences, scores.starts[a:b], scores.ends[a:b], scores.lengths, unit.words)
            for unit, (a, b) in zip(units, layout.places, strict=True)
        ]

    def pieces(self, text: str) -> Ids:
        """Return the model's pieces of a text, as a rule one a word."""
        found = self._encoder.tokenizer.encode(printable(fold(text)), add_special_tokens=False).ids
        return np.asarray(found, dtype=np.int64)

    def meanings(self, pieces: Ids) -> Vectors:
        """Return a vector of length 1 a piece (0 for unknown ones)."""
        return self._rows.vectors(pieces)

    def meanings_of(self, words: Sequence[str]) -> Vectors:
        """Return a vector of length 1 a word of any number of pieces, comparable with ``meanings``."""
        return encode_words(words, self._encoder)


@functools.lru_cache(maxsize=1)
def _load() -> Reader:
    try:
        return Reader(load_file(WEIGHTS), embedded())
    except (OSError, KeyError, ValueError, SafetensorError) as error:
        reason = str(error).split("\n", 1)[0]
        raise ModelError(f"{WEIGHTS}: cannot be loaded ({reason}); reinstall wenbao") from error
