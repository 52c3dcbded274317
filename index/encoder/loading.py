"""Load a sentence-transformers model: from a folder, from what was fetched before, or from the hub.

Reads safetensors weights only and runs no code that comes with a model. Says in one line why a model cannot be had.
Imports torch.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from index.encoder.options import DEVICE, EncoderOptions
from index.errors import ModelError

_UNSAFE = (".py", ".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".joblib", ".npy")
# Pickled weights that are never opened where the same weights lie beside them in a safe form, as in many published folders.
_TWINS = {"pytorch_model.bin": "model.safetensors", "openvino_model.bin": "openvino_model.xml"}
_WAY_OUT = "use the embedded model (leave --model out) or name a local folder with safetensors weights"
_HUB = "https://huggingface.co"
_PATIENCE = 10.0  # seconds


def folder_of(model: str) -> Path | None:
    """Return the folder that ``model`` names, existing or clearly meant as one; None for a name on the hub."""
    folder = Path(model).expanduser()
    meant = model.startswith((".", "~")) or folder.is_absolute() or "\\" in model or model.count("/") > 1
    return folder if meant or folder.exists() else None


def load(model: str, options: EncoderOptions) -> Any:
    """Load a model by folder or name: a folder, or one that was fetched before, without any network. Raises ModelError."""
    folder = folder_of(model)
    if folder is not None:
        _check(folder)
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ModelError(f"{model}: sentence-transformers cannot be imported ({first_line(error)}); {_WAY_OUT}") from error
    _check_device(options.device)
    if not sys.stderr.isatty():
        _hide_progress()
    arguments: dict[str, Any] = {"trust_remote_code": False, "device": options.device, "backend": options.backend}
    if options.backend == "torch":
        arguments["model_kwargs"] = {"use_safetensors": True}
    try:
        return SentenceTransformer(str(folder or model), local_files_only=True, **arguments)
    except Exception as error:
        if folder is not None:
            raise ModelError(f"model {model} cannot be loaded ({first_line(error)}); {_WAY_OUT}") from error
    _reach_hub(model)
    try:
        return SentenceTransformer(model, **arguments)
    except Exception as error:
        raise ModelError(f"model {model} cannot be loaded ({first_line(error)}); {_WAY_OUT}") from error


def revision_of(model: str) -> str | None:
    """Return the commit at which a hub model lies on this machine, None when that cannot be told."""
    from huggingface_hub import try_to_load_from_cache

    cache = os.environ.get("SENTENCE_TRANSFORMERS_HOME")
    for repository in (model, f"sentence-transformers/{model}") if "/" not in model else (model,):
        for name in ("modules.json", "config.json"):
            path = try_to_load_from_cache(repository, name, cache_dir=cache)
            if isinstance(path, str):
                return Path(path).parent.name
    return None


def _check(folder: Path) -> None:
    """Refuse a folder that is none, or that would run code or unpickle."""
    if not folder.is_dir():
        raise ModelError(f"{folder}: no such model folder; {_WAY_OUT}")
    for path in sorted(folder.rglob("*")):
        twin = _TWINS.get(path.name)
        if path.suffix.lower() in _UNSAFE and not (twin and (path.parent / twin).is_file()):
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


def _check_device(device: str | None) -> None:
    """Try the device by itself, so that its failure is not told as one of the model."""
    if device is None:
        return
    import torch

    try:
        torch.zeros(1, device=device)
    except Exception as error:
        raise ModelError(
            f"the device {device} cannot be used here ({first_line(error)}); set {DEVICE} to cpu, or leave it out"
        ) from error


def _hide_progress() -> None:
    """Keep progress bars of downloads and of reading weights out of logs and pipes."""
    from huggingface_hub.utils.tqdm import disable_progress_bars
    from transformers.utils import logging

    disable_progress_bars()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]


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
            f"model {model} is not on this machine and {endpoint} cannot be reached ({first_line(error)}); "
            f"name a mirror with HF_ENDPOINT, or {_WAY_OUT}"
        ) from error


def first_line(error: Exception) -> str:
    """Return the first line of an error, short enough for a message."""
    text = str(error).strip() or type(error).__name__
    line = text.split("\n", 1)[0].strip()
    return line if len(line) <= 160 else line[:159] + "…"
