"""A grey picture -> its lines of text: where each stands, what it says, how sure that is.

RapidOCR finds and reads them with the models inside its own package, whose paths are given to it, so that it never looks for
any elsewhere. A large page is searched in strips, which keeps memory small and small type legible. Knows nothing of pages.
"""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ReadError
from index.readers.packages import missing

if TYPE_CHECKING:
    from PIL.Image import Image

Quad = NDArray[np.float64]  # shape (4, 2): corners from the upper left, clockwise, in dots

_MODELS = {
    "Det.model_path": "PP-OCRv6_det_small.onnx",
    "Cls.model_path": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
    "Rec.model_path": "PP-OCRv6_rec_small.onnx",
}
_STRIP = 3_500_000  # dots searched at once
_OVERLAP = 200  # of two strips; taller type, which every strip may cut, is found on the reduced page
_LEFT_OUT = 0.3
_REDUCED = 1600  # longer side of the reduced page
_TALL = 1.5
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line says and how sure that is, from 0 to 1."""

    text: str
    confidence: float


def sides(quad: Quad) -> tuple[float, float]:
    """Return width and height of a line."""
    return float(np.linalg.norm(quad[1] - quad[0])), float(np.linalg.norm(quad[3] - quad[0]))


def is_tall(quad: Quad) -> bool:
    """Tell whether a line runs down rather than across."""
    width, height = sides(quad)
    return height >= _TALL * width


class Engine:
    """Finds and reads lines. One for the whole process; calls from several threads wait for each other."""

    def __init__(self, library: Any) -> None:
        self._library = library

    def find(self, picture: Image, rough: Sequence[Quad]) -> list[Quad]:
        """Find all lines of a picture, whatever its size, knowing those of ``find_reduced``."""
        strips = list(_strips(picture.size, vertical=mostly_tall(rough)))
        if not rough or max(picture.size) <= _REDUCED:
            return list(rough)
        if len(strips) == 1:
            return self._find(picture)
        found = _once([quad for box in strips for quad in self._of_strip(picture, box)])
        large = [quad for quad in rough if min(sides(quad)) > _OVERLAP / 2 and _share(quad, found) < _LEFT_OUT]
        return [*found, *large]

    def find_reduced(self, picture: Image) -> list[Quad]:
        """Find the lines of a picture made small: sure only of large type and of how the page lies."""
        longer = max(picture.size)
        if longer <= _REDUCED:
            return self._find(picture)
        scale = longer / _REDUCED
        small = picture.resize((max(1, round(picture.width / scale)), max(1, round(picture.height / scale))))
        return [quad * scale for quad in self._find(small)]

    def read_line(self, line: Image) -> Reading:
        """Read a picture of one line."""
        with _lock:
            result = self._library(_dots(line), use_det=False, use_cls=False, use_rec=True)
        if not result.txts:
            return Reading("", 0.0)
        return Reading(str(result.txts[0]).strip(), float(result.scores[0]))

    def _of_strip(self, picture: Image, box: tuple[int, int, int, int]) -> Iterator[Quad]:
        """The lines of one strip that its edges do not cut."""
        for quad in self._find(picture.crop(box)):
            low, high = quad.min(axis=0), quad.max(axis=0)
            cut = (
                (box[0] > 0 and low[0] < 3)
                or (box[1] > 0 and low[1] < 3)
                or (box[2] < picture.width and high[0] > box[2] - box[0] - 4)
                or (box[3] < picture.height and high[1] > box[3] - box[1] - 4)
            )
            if not cut:
                yield quad + np.array(box[:2], dtype=np.float64)

    def _find(self, picture: Image) -> list[Quad]:
        with _lock:
            result = self._library(_dots(picture), use_det=True, use_cls=False, use_rec=False)
        return [] if result.boxes is None else [np.asarray(quad, dtype=np.float64) for quad in result.boxes]


def _dots(picture: Image) -> NDArray[np.uint8]:
    return np.asarray(picture.convert("RGB"))


def mostly_tall(quads: Sequence[Quad]) -> bool:
    """Tell whether most of the text runs down."""
    along = [(max(sides(quad)), is_tall(quad)) for quad in quads]
    return 2 * sum(length for length, tall in along if tall) > sum(length for length, _ in along)


def _strips(size: tuple[int, int], *, vertical: bool) -> Iterator[tuple[int, int, int, int]]:
    """Overlapping parts of a page across the direction of its lines, as (left, upper, right, lower)."""
    along, across = size if not vertical else (size[1], size[0])
    depth = max(4 * _OVERLAP, _STRIP // along)
    count = 1 if across <= 1.25 * depth else -(-(across - _OVERLAP) // (depth - _OVERLAP))
    step = -(-(across - _OVERLAP) // count)
    for number in range(count):
        low, high = number * step, min(across, (number + 1) * step + _OVERLAP)
        yield (low, 0, high, along) if vertical else (0, low, along, high)


def _once(quads: Sequence[Quad]) -> list[Quad]:
    """Leave out lines found twice: those that longer ones cover for the most part."""
    kept: list[Quad] = []
    for quad in sorted(quads, key=lambda quad: -max(sides(quad))):
        if _share(quad, kept) < 1 - _LEFT_OUT:
            kept.append(quad)
    return kept


def _share(quad: Quad, others: Sequence[Quad]) -> float:
    """How much of the upright box around a line those around others cover, counted one by one."""
    if not others:
        return 0.0
    corners = np.asarray(others)
    low, high = quad.min(axis=0), quad.max(axis=0)
    shared = np.clip(np.minimum(corners.max(axis=1), high) - np.maximum(corners.min(axis=1), low), 0.0, None)
    return float(np.prod(shared, axis=1).sum() / max(1.0, float(np.prod(high - low))))


def open_engine(source: str) -> Engine:
    """Return the engine. Raises ReadError, in the name of ``source``, where the extra is missing or not whole."""
    try:
        import onnxruntime  # noqa: F401  # the library finds out only when it first reads
        import rapidocr
    except ImportError as error:
        package = "onnxruntime" if "onnxruntime" in str(error) else "rapidocr"
        raise missing(source, package, "ocr", what="is a scan, a picture of text; recognising it ") from None
    models = Path(rapidocr.__file__).parent / "models"
    absent = [name for name in _MODELS.values() if not (models / name).is_file()]
    if absent:
        reason = f'the package rapidocr lacks its model {absent[0]}; run: pip install --force-reinstall "wenbao[ocr]"'
        raise ReadError(source, f"cannot be recognised: {reason}")
    return _engine(models)


@functools.lru_cache(maxsize=1)
def _engine(models: Path) -> Engine:
    import rapidocr

    paths = {key: str(models / name) for key, name in _MODELS.items()}
    sizes = {"Global.max_side_len": 100_000, "Global.text_score": 0.0, "Det.max_candidates": 5000}
    # Threads of the library spin while they wait: with one for every core, two programs at work slow each other down tenfold.
    threads = {"EngineConfig.onnxruntime.intra_op_num_threads": min(4, max(1, (os.cpu_count() or 2) // 2))}
    return Engine(rapidocr.RapidOCR(params={**paths, **sizes, **threads, "Global.log_level": "error"}))
