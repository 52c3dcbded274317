"""The bytes of a picture -> its frames, in grey. Refuses pictures too large to open safely. Knows nothing of text."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from index.errors import ReadError
from index.readers.packages import missing

if TYPE_CHECKING:
    from PIL.Image import Image

SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp", ".jp2")
MAX_PIXELS = 80_000_000  # a broadsheet at 400 dots an inch has 60 million
_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "JPEG2000")
_MOST_FRAMES = 100
_SMALLEST = (200, 400)  # shorter and longer side: less is a logo or a thumbnail
_DARK = 100.0
_DAMAGE = (OSError, SyntaxError, ValueError, EOFError, OverflowError, IndexError, TypeError, KeyError, MemoryError, struct.error)


def frames(data: bytes, source: str) -> Iterator[Image]:
    """Open a picture; yields each page of it upright as its camera says, in grey, dark text on light ground.

    Raises ReadError for what is no picture, is damaged, or is larger than ``MAX_PIXELS``.
    """
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError:
        raise missing(source, "Pillow", "ocr") from None
    damaged = ReadError(source, "is damaged or incomplete; copy it again")
    bombs = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    try:
        with _quiet():
            picture = Image.open(io.BytesIO(data), formats=_FORMATS)
    except UnidentifiedImageError:
        raise ReadError(source, "is no picture that can be read; save it as .png") from None
    except bombs:
        raise _too_large(source) from None
    except _DAMAGE:
        raise damaged from None
    with picture:
        for number in range(_count(picture, source)):
            try:
                with _quiet():
                    picture.seek(number)
                    if picture.width * picture.height > MAX_PIXELS:
                        raise _too_large(source)
                    grey = _grey(picture)
            except bombs:
                raise _too_large(source) from None
            except _DAMAGE:
                raise damaged from None
            if min(grey.size) < _SMALLEST[0] or max(grey.size) < _SMALLEST[1]:
                raise ReadError(source, "is too small a picture for a page; scan it at 200 dots an inch or more")
            yield grey


def _count(picture: Image, source: str) -> int:
    """The number of pages; only TIFF has more than one, in the others further pictures are an animation."""
    try:
        with _quiet():
            count = int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1
    except _DAMAGE:
        raise ReadError(source, "is damaged or incomplete; copy it again") from None
    if count > _MOST_FRAMES:
        raise ReadError(source, f"holds more than {_MOST_FRAMES} pages; split it into issues")
    return count


@contextmanager
def _quiet() -> Iterator[None]:
    """Let no warning out: those of damaged tags say nothing of the picture; the one of a bomb is raised as an error."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _too_large(source: str) -> ReadError:
    return ReadError(source, f"is larger than {MAX_PIXELS // 1_000_000} million dots; scan it at 300 dots an inch or split it")


def _grey(picture: Image) -> Image:
    from PIL import Image, ImageOps, ImageStat

    turned = ImageOps.exif_transpose(picture)
    if turned.mode in ("LA", "RGBA", "PA") or "transparency" in turned.info:
        seen = turned.convert("RGBA")
        turned = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
    elif turned.mode.startswith("I"):  # 16 bits a dot, which convert would cut off at white
        turned = Image.fromarray((np.asarray(turned, dtype=np.int64).clip(0, 65_535) >> 8).astype(np.uint8))
    grey = turned.convert("L")
    return ImageOps.invert(grey) if ImageStat.Stat(grey.reduce(8)).mean[0] < _DARK else grey
