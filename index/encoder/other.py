"""Any sentence-transformers model, by name or by folder.

Imports torch. Loads safetensors weights only, runs no code that comes with a model, says in one line why a model cannot be had.
"""

from __future__ import annotations

import hashlib
import json
import os
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import ModelError
from index.schema import Vectors

_UNSAFE = (".py", ".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".joblib", ".npy")
_WAY_OUT = "use the embedded model (leave --model out) or name a local folder with safetensors weights"
_HUB = "https://huggingface.co"
_PATIENCE = 10.0  # seconds
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

    def __init__(self, model: str) -> None:
        self._name = model
        self._folder = _folder(model)
        if self._folder is not None:
            _check(self._folder)
        self._model = _load(str(self._folder or model), on_hub=self._folder is None)
        dimensions = self._model.get_embedding_dimension() if hasattr(self._model, "get_embedding_dimension") else None
        self._dimensions = int(dimensions or self._model.get_sentence_embedding_dimension())
        prompts = {key: text for key, text in (self._model.prompts or {}).items() if text}
        question, passage = next((pair for part, pair in _PREFIXES if part in f"/{model}".lower()), ("", ""))
        self._question = prompts.get("query", question)
        self._passage = prompts.get("document", prompts.get("passage", passage))

    @property
    def name(self) -> str:
        return self._name

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits: over the files of a folder, over name and revision of a hub model; prompts included."""
        digest = hashlib.sha256(json.dumps([self._question, self._passage, self._dimensions]).encode())
        if self._folder is None:
            card = getattr(self._model, "model_card_data", None)
            digest.update(f"{self._name}@{getattr(card, 'base_model_revision', None)}".encode())
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
        return self._encode(texts, self._passage)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one L2-normalised row a text, shape (len(texts), dimensions)."""
        return self._encode(texts, self._question)

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        if not texts:
            return np.zeros((0, self._dimensions), dtype=np.float32)
        vectors = self._model.encode(
            list(texts), prompt=prompt or None, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)


def _folder(model: str) -> Path | None:
    """Return the folder that ``model`` names, existing or clearly meant as one; None for a name on the hub."""
    folder = Path(model).expanduser()
    meant = model.startswith((".", "~")) or folder.is_absolute() or "\\" in model or model.count("/") > 1
    return folder if meant or folder.exists() else None


def _matters(path: Path) -> bool:
    return path.is_file() and path.suffix in (".json", ".safetensors", ".txt", ".model")


def _check(folder: Path) -> None:
    """Refuse a folder that is none, or that would run code or unpickle."""
    if not folder.is_dir():
        raise ModelError(f"{folder}: no such model folder; {_WAY_OUT}")
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _UNSAFE:
            raise ModelError(f"{folder}: {path.relative_to(folder)} could run code when loaded, it is refused; {_WAY_OUT}")
    modules = folder / "modules.json"
    if not modules.is_file() and not (folder / "config.json").is_file():
        raise ModelError(f"{folder}: no modules.json, so this is no sentence-transformers model; {_WAY_OUT}")
    for module in _read_modules(modules) if modules.is_file() else ():
        if not str(module).startswith("sentence_transformers."):
            raise ModelError(f"{folder}: modules.json names code outside sentence-transformers ({module}); {_WAY_OUT}")


def _read_modules(path: Path) -> list[Any]:
    try:
        return [module["type"] for module in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ModelError(f"{path}: cannot be read; {_WAY_OUT}") from error


def _load(model: str, *, on_hub: bool) -> Any:
    """Load a model: a folder or one that was fetched before without any network, another one from the hub."""
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ModelError(f"{model}: sentence-transformers cannot be imported ({_line(error)}); {_WAY_OUT}") from error
    options: dict[str, Any] = {"trust_remote_code": False, "model_kwargs": {"use_safetensors": True}}
    try:
        return SentenceTransformer(model, local_files_only=True, **options)
    except Exception as error:
        if not on_hub:
            raise ModelError(f"model {model} cannot be loaded ({_line(error)}); {_WAY_OUT}") from error
    _reach_hub(model)
    try:
        return SentenceTransformer(model, **options)
    except Exception as error:
        raise ModelError(f"model {model} cannot be loaded ({_line(error)}); {_WAY_OUT}") from error


def _reach_hub(model: str) -> None:
    """Ask once whether the hub answers: its own client would try for a minute and a half before it gave up."""
    endpoint = os.environ.get("HF_ENDPOINT", _HUB)
    if not endpoint.startswith(("http://", "https://")):
        raise ModelError(f"HF_ENDPOINT={endpoint} is no web address; {_WAY_OUT}")
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in ("1", "TRUE", "YES", "ON"):
        raise ModelError(f"model {model} is not on this machine and HF_HUB_OFFLINE forbids fetching it; {_WAY_OUT}")
    try:
        urllib.request.urlopen(urllib.request.Request(endpoint, method="HEAD"), timeout=_PATIENCE).close()
    except urllib.error.HTTPError:
        return  # it answers, if not kindly
    except OSError as error:
        raise ModelError(
            f"model {model} is not on this machine and {endpoint} cannot be reached ({_line(error)}); "
            f"name a mirror with HF_ENDPOINT, or {_WAY_OUT}"
        ) from error


def _line(error: Exception) -> str:
    """Return the first line of an error, short enough for a message."""
    text = str(error).strip() or type(error).__name__
    line = text.split("\n", 1)[0].strip()
    return line if len(line) <= 160 else line[:159] + "…"
