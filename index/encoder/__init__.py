"""Turn texts into vectors: the embedded model, or any sentence-transformers model by name or folder.

Knows nothing of archives. The embedded model needs ``tokenizers`` and NumPy only; torch is imported for other models alone.
"""

from __future__ import annotations

from index.encoder.dictionary import Related
from index.encoder.embedded import EMBEDDED, EmbeddedEncoder, embedded
from index.encoder.options import EncoderOptions
from index.schema import Encoder

__all__ = ["EMBEDDED", "EmbeddedEncoder", "EncoderOptions", "Related", "embedded", "load_encoder"]

_EMBEDDED_NAME = "embedded"


def load_encoder(model: str | None = None, options: EncoderOptions | None = None) -> Encoder:
    """Load an encoder: the embedded model (``None`` or ``"embedded"``), or a sentence-transformers model by name or folder.

    ``options`` count for other models only and default to the environment (WENBAO_DEVICE, WENBAO_BATCH, WENBAO_BACKEND).
    Raises ``ModelError`` in one line when the model is missing, unreachable or unsafe to load.
    """
    if model is None or model == _EMBEDDED_NAME:
        return embedded()
    from index.encoder.other import OtherEncoder

    return OtherEncoder(model, options or EncoderOptions.from_environment())
