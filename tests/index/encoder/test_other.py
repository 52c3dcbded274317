"""Models other than the embedded one, on a small transformer: prompts, batches, devices, the hub, the whole way."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from index.encoder import EncoderOptions, load_encoder
from index.errors import ModelError

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

ROOT = Path(__file__).resolve().parents[3]
COMMIT = "0123456789abcdef0123456789abcdef01234567"
TEXTS = ["暴雨淹没农田", "市长讲话", "学生", "", "县里的医院 new"]


def test_questions_and_passages_have_prompts_of_their_own(transformer: Path) -> None:
    from sentence_transformers import SentenceTransformer

    encoder = load_encoder(str(transformer))
    plain = SentenceTransformer(str(transformer), device="cpu")
    for rows, prompt in ((encoder.encode_questions(TEXTS), "查询："), (encoder.encode_passages(TEXTS), "文：")):
        wanted = plain.encode([prompt + text for text in TEXTS], prompt="", normalize_embeddings=True)
        np.testing.assert_allclose(rows, wanted, atol=1e-5)
        assert rows.dtype == np.float32
        assert rows.shape == (len(TEXTS), encoder.dimensions) == (len(TEXTS), 32)
    assert np.abs(encoder.encode_questions(TEXTS) - encoder.encode_passages(TEXTS)).max() > 1e-2


def test_batch_and_device_change_no_vector(transformer: Path) -> None:
    whole = load_encoder(str(transformer))
    single = load_encoder(str(transformer), EncoderOptions(device="cpu", batch=1))
    np.testing.assert_allclose(single.encode_passages(TEXTS), whole.encode_passages(TEXTS), atol=1e-5)
    assert single.fingerprint == whole.fingerprint


def test_no_texts_and_lone_surrogates(transformer: Path) -> None:
    encoder = load_encoder(str(transformer))
    assert encoder.encode_questions([]).shape == (0, 32)
    assert np.isfinite(encoder.encode_questions(["市长\ud800"])).all()


def test_the_fingerprint_follows_prompts_and_weights(transformer: Path, tmp_path: Path) -> None:
    shutil.copytree(transformer, tmp_path / "other")
    path = tmp_path / "other" / "config_sentence_transformers.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    config["prompts"]["query"] = "问："
    path.write_text(json.dumps(config), encoding="utf-8")
    assert load_encoder(str(tmp_path / "other")).fingerprint != load_encoder(str(transformer)).fingerprint


def test_a_device_that_is_not_there_is_told_apart_from_the_model(transformer: Path) -> None:
    with pytest.raises(ModelError, match=r"device warp9 cannot be used here.*WENBAO_DEVICE") as caught:
        load_encoder(str(transformer), EncoderOptions(device="warp9"))
    assert "\n" not in str(caught.value)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("backend", "package"), [("onnx", "optimum.onnxruntime"), ("openvino", "optimum.intel")])
def test_another_backend_gives_the_same_vectors_where_it_is_installed(transformer: Path, backend: str, package: str) -> None:
    pytest.importorskip(package)
    other = load_encoder(str(transformer), EncoderOptions(device="cpu", backend=backend))
    wanted = load_encoder(str(transformer), EncoderOptions(device="cpu"))
    np.testing.assert_allclose(other.encode_questions(TEXTS), wanted.encode_questions(TEXTS), atol=1e-3)
    assert other.fingerprint == wanted.fingerprint


def test_pickled_weights_beside_safe_ones_are_left_unread(transformer: Path, tmp_path: Path) -> None:
    shutil.copytree(transformer, tmp_path / "both")
    (tmp_path / "both" / "pytorch_model.bin").write_bytes(b"no pickle")
    np.testing.assert_allclose(
        load_encoder(str(tmp_path / "both")).encode_passages(TEXTS),
        load_encoder(str(transformer)).encode_passages(TEXTS),
        atol=1e-6,
    )
    (tmp_path / "both" / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="could run code"):
        load_encoder(str(tmp_path / "both"))


def test_a_model_comes_from_a_mirror_once(transformer: Path, tmp_path: Path) -> None:
    code = (
        "from index.encoder import load_encoder; encoder = load_encoder('someone/tiny');"
        "print(encoder.dimensions, encoder.fingerprint)"
    )

    def load(endpoint: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "HF_HOME": str(tmp_path), "HF_ENDPOINT": endpoint, "HF_HUB_DISABLE_XET": "1"}
        command = [sys.executable, "-c", code]
        return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)

    with serving(transformer) as mirror:
        fetched = load(mirror)
    assert fetched.stdout.startswith("32 "), fetched.stderr
    again = load("http://127.0.0.1:9")
    assert again.stdout == fetched.stdout
    assert again.stderr == ""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a model folder as the hub does, under the name someone/tiny; yields the address."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())

    class Hub(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, body = self.path.partition("?")[0], b""
            status, name = 404, path.partition("/resolve/")[2].partition("/")[2]
            if path.startswith("/api/models/someone/tiny"):
                status = 200
                about = {"id": "someone/tiny", "sha": COMMIT, "siblings": [{"rfilename": file} for file in files]}
                body = json.dumps(about if "/tree/" not in path else []).encode()
            elif path == "/" or name in files:
                status, body = 200, (folder / name).read_bytes() if name else b"hub"
            self.send_response(status)
            self.send_header("X-Repo-Commit", COMMIT)
            if status == 404:
                self.send_header("X-Error-Code", "EntryNotFound")
            else:
                self.send_header("ETag", f'"{hashlib.sha256(body).hexdigest()}"')
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_the_whole_way_with_another_model(transformer: Path, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from qa.main import app

    archive = ["--archive", str(tmp_path / "archive")]
    runner = CliRunner()
    page = sorted((ROOT / "seeds").glob("*.txt"))[0]
    updated = runner.invoke(app, ["update", str(page), "--model", str(transformer), *archive, "--json"])
    assert updated.exit_code == 0, updated.output
    assert json.loads(updated.stdout)["added"] == 1
    asked = ["ask", "社会治理网格化要把握的“四个环节”是哪四个？", *archive, "--json"]
    answered = runner.invoke(app, [*asked, "--model", str(transformer)])
    assert answered.exit_code == 0, answered.output
    answer = json.loads(answered.stdout)
    for citation in (*answer["citations"], *answer["nearest"]):
        assert citation["passage_text"][citation["start"] : citation["end"]] == citation["quote"]
    assert answer["citations"] or answer["nearest"]
    without = runner.invoke(app, asked)
    assert without.exit_code == 0
    assert "by words alone" in without.stderr
    assert "--model" in without.stderr
