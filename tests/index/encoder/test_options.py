"""Device, batch and backend: defaults, environment, clear errors."""

from __future__ import annotations

import importlib.util
from importlib.machinery import ModuleSpec

import pytest

from index.encoder import EncoderOptions, load_encoder
from index.errors import ModelError


def test_an_empty_environment_keeps_the_defaults() -> None:
    assert EncoderOptions.from_environment({}) == EncoderOptions(device=None, batch=32, backend="torch")
    assert EncoderOptions.from_environment({"WENBAO_DEVICE": "", "WENBAO_BATCH": "", "WENBAO_BACKEND": ""}) == EncoderOptions()


def test_the_environment_is_read() -> None:
    given = {"WENBAO_DEVICE": "cuda:1", "WENBAO_BATCH": "8", "WENBAO_BACKEND": "TORCH"}
    assert EncoderOptions.from_environment(given) == EncoderOptions("cuda:1", 8, "torch")


@pytest.mark.parametrize("batch", ["0", "-1", "many", "1.5", "٣"])
def test_a_batch_that_is_none_is_refused(batch: str) -> None:
    with pytest.raises(ModelError, match="WENBAO_BATCH"):
        EncoderOptions.from_environment({"WENBAO_BATCH": batch})


def test_an_unknown_backend_names_the_known_ones() -> None:
    with pytest.raises(ModelError, match="torch, onnx, openvino"):
        EncoderOptions(backend="tensorflow")


@pytest.mark.parametrize(("backend", "package"), [("onnx", "onnxruntime"), ("openvino", "openvino")])
def test_a_backend_that_is_not_installed_names_the_command(backend: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec

    def find(name: str, parent: str | None = None) -> ModuleSpec | None:
        return None if name == package else found(name, parent)

    monkeypatch.setattr(importlib.util, "find_spec", find)
    with pytest.raises(ModelError, match=rf'{package}.*pip install "sentence-transformers\[{backend}\]"') as caught:
        EncoderOptions(backend=backend)
    assert "\n" not in str(caught.value)


def test_the_embedded_model_needs_no_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENBAO_BACKEND", "none of them")
    assert load_encoder().name == "embedded"
