"""Write the finished table as a model folder: sentence-transformers format, int8 rows, and the dictionary of neighbours.

Knows the files' layout, which ``index/encoder`` reads; knows nothing of how the table was learned.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from index.encoder.dictionary import NEIGHBOURS
from index.encoder.embedded import DICTIONARY, TOKENIZER, WEIGHTS
from index.schema import Vectors
from training.vocabulary import Vocabulary, is_english, is_han, word_of

_LEAST = 0.3  # cosine under which a neighbour is not worth its bytes
_CROWD = 10  # nearest neighbours whose mean similarity says how crowded a word's surroundings are
_BATCH = 2048
_MODULES = [
    {
        "idx": 0,
        "name": "0",
        "path": "",
        "type": "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding",
    },
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.base.modules.normalize.Normalize"},
]
_CONFIG: dict[str, object] = {
    "model_type": "SentenceTransformer",
    "prompts": {},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}


def export(vocabulary: Vocabulary, tokenizer: Tokenizer, table: Vectors, folder: Path) -> None:
    """Write the model folder (all but the model card)."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "1_Normalize").mkdir(exist_ok=True)
    _write_json(folder / "modules.json", _MODULES)
    _write_json(folder / "config_sentence_transformers.json", _CONFIG)
    _write_json(folder / "1_Normalize" / "config.json", {})
    (folder / TOKENIZER).write_text(tokenizer.to_str(pretty=False), encoding="utf-8")
    rows, scales = quantise(table)
    mapping = np.asarray(vocabulary.rows, dtype=np.int32)
    save_file({"embeddings": rows, "mapping": mapping, "weights": scales[mapping]}, folder / WEIGHTS)
    save_file(neighbours(vocabulary, rows.astype(np.float32) * scales[:, None]), folder / DICTIONARY)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def quantise(table: Vectors) -> tuple[NDArray[np.int8], Vectors]:
    """Return int8 rows and the factor of each, so that ``rows * factors[:, None]`` is close to ``table``; zero rows stay zero."""
    scales = np.abs(table).max(axis=1) / 127.0
    safe = np.where(scales > 0, scales, 1.0)
    rows = np.rint(table / safe[:, None]).astype(np.int8)
    return rows, scales.astype(np.float32)


def neighbours(vocabulary: Vocabulary, table: Vectors) -> dict[str, NDArray[np.generic]]:
    """Return each word's nearest words of the other language, as ``index.encoder.dictionary`` reads them.

    They are chosen by cosine corrected for crowding (CSLS: Conneau and others, 2018, arXiv 1710.04087), or words that lie near
    everything would stand under every head; they are stored and ordered by plain cosine.
    """
    lengths = np.linalg.norm(table, axis=1)
    owned = [word_of(piece) for piece in vocabulary.pieces[: len(vocabulary.probabilities)]]
    han = _words([is_han(word) and len(word) > 1 for word in owned], lengths)
    english = _words([is_english(word) for word in owned], lengths)
    unit = table / np.maximum(lengths, 1e-12)[:, None]
    crowd_han = _crowd(unit[han], unit[english])
    crowd_english = _crowd(unit[english], unit[han])
    near_english, close_english = _nearest(unit, english, han, crowd_han)
    near_han, close_han = _nearest(unit, han, english, crowd_english)
    pieces = np.concatenate([english, han])
    order = np.argsort(pieces)
    weights = np.concatenate([lengths[english] / np.median(lengths[english]), lengths[han] / np.median(lengths[han])])
    return {
        "pieces": pieces[order].astype(np.int32),
        "neighbours": np.concatenate([near_english, near_han])[order].astype(np.int32),
        "similarities": np.concatenate([close_english, close_han])[order].astype(np.float16),
        "weights": weights[order].astype(np.float16),
    }


def _words(chosen: list[bool], lengths: NDArray[np.float32]) -> NDArray[np.int64]:
    return np.flatnonzero(np.asarray(chosen) & (lengths > 0))


def _crowd(unit: Vectors, others: Vectors) -> Vectors:
    """Return the mean cosine of each row with its nearest ``others``."""
    crowds = [
        np.partition(unit[start : start + _BATCH] @ others.T, -_CROWD, axis=1)[:, -_CROWD:].mean(axis=1)
        for start in range(0, len(unit), _BATCH)
    ]
    return np.concatenate(crowds).astype(np.float32)


def _nearest(
    unit: Vectors, words: NDArray[np.int64], others: NDArray[np.int64], crowd: Vectors
) -> tuple[NDArray[np.int64], Vectors]:
    """Return for each word the numbers of its neighbours among ``others`` and their cosines; -1 and 0 fill up a row."""
    near = np.full((len(words), NEIGHBOURS), -1, dtype=np.int64)
    close = np.zeros((len(words), NEIGHBOURS), dtype=np.float32)
    for start in range(0, len(words), _BATCH):
        cosines = unit[words[start : start + _BATCH]] @ unit[others].T
        best = np.argpartition(crowd - 2.0 * cosines, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
        values = np.take_along_axis(cosines, best, axis=1)
        order = np.argsort(-values, axis=1, kind="stable")
        values = np.take_along_axis(values, order, axis=1)
        numbers = others[np.take_along_axis(best, order, axis=1)]
        near[start : start + _BATCH] = np.where(values >= _LEAST, numbers, -1)
        close[start : start + _BATCH] = np.where(values >= _LEAST, values, 0.0)
    return near, close
