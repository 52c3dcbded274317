"""The embedded bilingual model by the fast path: a tokenizer, a table of rows, a sum.

The folder is in sentence-transformers format and gives the same vectors there (a test compares both to 1e-5). Rows are stored as
int8; a piece's vector is ``weights[piece] * embeddings[mapping[piece]]``, a text's vector the normalised sum over its pieces.
"""

from __future__ import annotations

import functools
import hashlib
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from index.encoder.dictionary import Dictionary, Related
from index.errors import ModelError
from index.schema import Vectors

EMBEDDED = Path(__file__).resolve().parent.parent / "model"
TOKENIZER = "tokenizer.json"
WEIGHTS = "model.safetensors"
DICTIONARY = "dictionary.safetensors"
EDGE = "▁"  # stands at both ends of a Latin word's piece
_loading = threading.Lock()
_BATCH = 256  # texts whose pieces are in memory at once
_FEW = 16  # so few are cut one by one: a batch wakes all threads of the tokenizer, which may take longer than the work


class EmbeddedEncoder:
    """The model of a folder. Questions and passages are encoded alike; a text without any known piece gives a zero row."""

    def __init__(self, folder: Path) -> None:
        missing = [name for name in (TOKENIZER, WEIGHTS, DICTIONARY) if not (folder / name).is_file()]
        if missing:
            raise ModelError(f"{folder}: {', '.join(missing)} missing; reinstall wenbao or name another model with --model")
        self._folder = folder
        try:
            self.tokenizer: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            with safe_open(folder / WEIGHTS, framework="numpy") as file:
                self._rows: NDArray[np.int8] = file.get_tensor("embeddings")
                self._mapping: NDArray[np.int32] = file.get_tensor("mapping")
                self._weights: NDArray[np.float32] = file.get_tensor("weights")
        except (OSError, ValueError, SafetensorError) as error:
            raise _damaged(folder, error) from error
        except Exception as error:
            raise _damaged(folder, error) from error
        if len(self._mapping) != self.tokenizer.get_vocab_size() or len(self._mapping) != len(self._weights):
            raise ModelError(f"{folder}: tokenizer and weights do not belong together; reinstall wenbao")

    @property
    def name(self) -> str:
        return "embedded"

    @functools.cached_property
    def fingerprint(self) -> str:
        """Sixteen hex digits of the SHA-256 over tokenizer and weights."""
        digest = hashlib.sha256()
        for name in (TOKENIZER, WEIGHTS):
            digest.update(hashlib.sha256((self._folder / name).read_bytes()).digest())
        return digest.hexdigest()[:16]

    @property
    def dimensions(self) -> int:
        return int(self._rows.shape[1])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one L2-normalised row a text, shape (len(texts), dimensions)."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            for place, vector in enumerate(self._sum(texts[start : start + _BATCH]), start=start):
                vectors[place] = vector
        lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
        vectors /= np.maximum(lengths, np.float32(1e-12))[:, None]
        return vectors

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one L2-normalised row a text, shape (len(texts), dimensions)."""
        return self.encode_passages(texts)

    def piece_vectors(self, pieces: NDArray[np.int64]) -> Vectors:
        """Return what each piece (a number of ``tokenizer``) adds to the sum of a text, shape (len(pieces), dimensions)."""
        vectors = self._rows[self._mapping[pieces]].astype(np.float32)
        vectors *= self._weights[pieces][:, None]
        return vectors

    def related(self, word: str, *, limit: int = 5, floor: float = 0.35) -> list[Related]:
        """Return the nearest words of the other language, nearest first: Chinese ones for an English word, and the reverse.

        Empty for a word the model does not hold. ``weight`` is how much a word says, 1.0 for the median word.
        At most ``dictionary.NEIGHBOURS`` words are known for each.
        """
        pieces = self.tokenizer.encode(_without_surrogates(word), add_special_tokens=False).ids
        meant = [piece for piece in pieces if self._mapping[piece] != 0]
        if len(meant) != 1:
            return []
        return self._dictionary.related(meant[0], int(self._mapping[meant[0]]), limit=limit, floor=floor)

    @functools.cached_property
    def _dictionary(self) -> Dictionary:
        words = self.tokenizer.get_vocab(with_added_tokens=False)
        try:
            # The first pieces own the rows, in order; those after them are other spellings.
            return Dictionary.read(self._folder / DICTIONARY, {number: word.strip(EDGE) for word, number in words.items()})
        except (OSError, ValueError, SafetensorError) as error:
            raise _damaged(self._folder, error) from error

    def _sum(self, texts: Sequence[str]) -> Iterator[Vectors]:
        """Yield for each text the sum of its pieces' vectors.

        Text by text, so that a vector does not depend on what is encoded beside it, and without the algebra library, whose
        threads get into each other's way where several processes work.
        """
        plain = [_without_surrogates(text) for text in texts]
        if len(plain) <= _FEW:
            encodings = [self.tokenizer.encode(text, add_special_tokens=False) for text in plain]
        else:
            encodings = self.tokenizer.encode_batch_fast(plain, add_special_tokens=False)
        for encoding in encodings:
            pieces = np.array(encoding.ids, dtype=np.int64)
            yield np.einsum("i,ij->j", self._weights[pieces], self._rows[self._mapping[pieces]].astype(np.float32))


def embedded() -> EmbeddedEncoder:
    """Return the model that comes with Wenbao, loaded once for the whole process: it takes 160 MB. Raises ModelError."""
    with _loading:
        return _loaded()


@functools.lru_cache(maxsize=1)
def _loaded() -> EmbeddedEncoder:
    return EmbeddedEncoder(EMBEDDED)


def _without_surrogates(text: str) -> str:
    """Return the text with lone surrogates (JSON can carry them) as question marks: the tokenizer refuses them."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _damaged(folder: Path, error: Exception) -> ModelError:
    reason = str(error).split("\n", 1)[0]
    return ModelError(f"{folder}: cannot be loaded ({reason}); reinstall wenbao or name another model with --model")
