"""How a model other than the embedded one is run: device, batch size, backend.

The embedded model needs none of it. Which backends exist here is asked of the installed packages, without importing them.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Mapping
from dataclasses import dataclass

from index.errors import ModelError

DEVICE = "WENBAO_DEVICE"
BATCH = "WENBAO_BATCH"
BACKEND = "WENBAO_BACKEND"

# Backend -> the modules that it needs.
_NEEDS = {"torch": (), "onnx": ("optimum", "onnxruntime"), "openvino": ("optimum", "openvino")}


@dataclass(frozen=True, slots=True)
class EncoderOptions:
    """``device`` as torch names it (None: the fastest there is), ``batch`` texts at a time, ``backend`` torch, onnx or openvino.

    Raises ModelError for a backend that is unknown or not installed, and for a batch below 1.
    """

    device: str | None = None
    batch: int = 32
    backend: str = "torch"

    def __post_init__(self) -> None:
        if self.batch < 1:
            raise ModelError(f"a batch of {self.batch} texts is none; set {BATCH} to 1 or more")
        if self.backend not in _NEEDS:
            raise ModelError(f"no such backend: {self.backend}; set {BACKEND} to {', '.join(_NEEDS)}")
        missing = [name for name in _NEEDS[self.backend] if importlib.util.find_spec(name) is None]
        if missing:
            raise ModelError(
                f"the backend {self.backend} is not installed ({', '.join(missing)} missing); "
                f'run: pip install "sentence-transformers[{self.backend}]", or set {BACKEND} to torch'
            )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> EncoderOptions:
        """Read WENBAO_DEVICE, WENBAO_BATCH and WENBAO_BACKEND; what is not set, or empty, keeps its default."""
        given = os.environ if environment is None else environment
        batch = given.get(BATCH) or str(cls().batch)
        if not (batch.isascii() and batch.isdigit()):
            raise ModelError(f"{BATCH}={batch} is no whole number; set it to 1 or more")
        return cls(given.get(DEVICE) or None, int(batch), (given.get(BACKEND) or "torch").lower())
