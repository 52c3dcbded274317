"""FAISS indexes to files and back, and the settings of a search that both kinds of index share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import faiss as _faiss
import numpy as np
from numpy.typing import NDArray

from index.schema import Vectors
from index.storage.lexical import LegDamaged

Rows = NDArray[np.int64]
Stored = Callable[[Rows], tuple[Rows, Vectors]]
# FAISS ships stubs that know neither its Python wrappers nor its callbacks.
faiss: Any = _faiss


def read(path: Path) -> Any:
    """Read an index from a file whose checksum was verified: FAISS itself loads damaged files without a word.

    Raises LegDamaged when FAISS cannot.
    """
    try:
        with path.open("rb") as file:
            return faiss.read_index(faiss.PyCallbackIOReader(file.read))
    except RuntimeError as error:
        raise LegDamaged(f"dense index: {str(error).splitlines()[0]}") from error


def write(index: Any, path: Path) -> None:
    """Write an index to a file. Raises OSError when the disk is full."""
    # Through Python's file: FAISS cannot open every path on Windows, and its own writer hides the system's reason.
    with path.open("wb") as file:
        faiss.write_index(index, faiss.PyCallbackIOWriter(file.write))


def one_question(vector: Vectors) -> Vectors:
    """Return a vector of shape (dimensions,) as FAISS wants one question, and keep the search to one thread."""
    # Two threads were measured 4-5 times slower for a single question. The setting belongs to the calling thread.
    faiss.omp_set_num_threads(1)
    return np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
