"""Any sentence-transformers model, by name or by folder, with its own prompts. Imports torch."""

from __future__ import annotations

import functools
import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.encoder.loading import first_line, folder_of, load, revision_of
from index.encoder.options import BATCH, DEVICE, EncoderOptions
from index.errors import ModelError
from index.schema import Vectors

_SHOWN = 8  # batches from which on a progress bar is worth its line
# Models that were trained with a prefix but do not say so in their configuration: name part -> (question, passage).
_PREFIXES = (
    ("multilingual-e5", ("query: ", "passage: ")),
    ("/e5-", ("query: ", "passage: ")),
    ("bge-small-zh", ("为这个句子生成表示以用于检索相关文章：", "")),
    ("bge-base-zh", ("为这个句子生成表示以用于检索相关文章：", "")),
    ("bge-large-zh", ("为这个句子生成表示以用于检索相关文章：", "")),
)


class OtherEncoder:
    """A sentence-transformers model with its own prompts: those of its configuration, or known prefixes of its family."""

    def __init__(self, model: str, options: EncoderOptions | None = None) -> None:
        self._name = model
        self._options = options or EncoderOptions()
        self._folder = folder_of(model)
        self._model = load(model, self._options)
        self._dimensions = int(self._model.get_embedding_dimension())
        prompts = {key: text for key, text in (self._model.prompts or {}).items() if text}
        question, passage = next((pair for part, pair in _PREFIXES if part in f"/{model}".lower()), ("", ""))
        self._question = prompts.get("query", question)
        self._passage = next((prompts[key] for key in ("document", "passage", "corpus") if key in prompts), passage)

    @property
    def name(self) -> str:
        return self._name

    @functools.cached_property
    def fingerprint(self) -> str:
        """Sixteen hex digits: over the files of a folder, over name and commit of a hub model; prompts included.

        Device, batch and backend do not count: an archive made on one machine is asked on another.
        """
        digest = hashlib.sha256(json.dumps([self._question, self._passage, self._dimensions]).encode())
        if self._folder is None:
            digest.update(f"{self._name}@{revision_of(self._name)}".encode())
        else:
            for path in sorted(path for path in self._folder.rglob("*") if _matters(path)):
                digest.update(path.relative_to(self._folder).as_posix().encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()[:16]

    @property
    def dimensions(self) -> int:
        return self._dimensions

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one L2-normalised row a text, shape (len(texts), dimensions)."""
        return self._encode(self._model.encode_document, texts, self._passage)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one L2-normalised row a text, shape (len(texts), dimensions)."""
        return self._encode(self._model.encode_query, texts, self._question)

    def _encode(self, encode: Callable[..., Any], texts: Sequence[str], prompt: str) -> Vectors:
        if not texts:
            return np.zeros((0, self._dimensions), dtype=np.float32)
        try:
            vectors = encode(
                [text.encode("utf-8", "replace").decode("utf-8") for text in texts],  # tokenizers refuse lone surrogates
                prompt=prompt or None,
                batch_size=self._options.batch,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=sys.stderr.isatty() and len(texts) > _SHOWN * self._options.batch,
            )
        except RuntimeError as error:  # torch says so when the device's memory is full
            advice = f"try a {BATCH} below {self._options.batch}, or {DEVICE}=cpu"
            raise ModelError(f"model {self._name} failed while encoding ({first_line(error)}); {advice}") from error
        return np.ascontiguousarray(vectors, dtype=np.float32)


def _matters(path: Path) -> bool:
    return path.is_file() and path.suffix in (".json", ".safetensors", ".txt", ".model")
