"""Importing the packages is free, and the public surface is what it says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import index
import qa

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("torch", "faiss", "gradio", "sentence_transformers", "tantivy", "jieba", "fastapi")


def test_importing_the_packages_brings_nothing_heavy() -> None:
    code = f"import sys, index, qa; print([name for name in {HEAVY!r} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_public_names_are_importable() -> None:
    for package in (index, qa):
        assert all(getattr(package, name) is not None for name in package.__all__)


def test_every_module_says_what_it_does() -> None:
    files = [path for folder in ("index", "qa", "training") for path in (ROOT / folder).rglob("*.py")]
    silent = [str(path.relative_to(ROOT)) for path in files if not path.read_text(encoding="utf-8").lstrip().startswith('"""')]
    assert len(files) > 20
    assert silent == []


def test_no_file_is_longer_than_the_hard_cap() -> None:
    files = [path for folder in ("index", "qa", "training", "tests") for path in (ROOT / folder).rglob("*.py")]
    assert [str(path) for path in files if len(path.read_text(encoding="utf-8").splitlines()) > 400] == []
