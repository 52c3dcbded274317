"""The embedded model by the fast path, and other models by name or folder."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from index.encoder import EMBEDDED, EmbeddedEncoder, load_encoder
from index.encoder.embedded import TOKENIZER, WEIGHTS
from index.errors import ModelError

TEXTS = [
    "聊城市人民政府召开新闻发布会，介绍脱贫攻坚成果。",
    "聯合國秘書長呼籲各國加強合作，應對氣候變化。",
    "The mayor said the county would build 1,200 new homes by 2025.",
    "ＡＩ技术２０１８年９月　投资12.5％",
    "AI技术 mixed with English 和 numbers 第1345期",
    "",
    "。！？——",
    "𠮷野家 café Straße ☃ 🙂",
    "a" * 300,
    "社会治理网格化" * 200,
]


@pytest.fixture(scope="module")
def encoder() -> EmbeddedEncoder:
    loaded = load_encoder()
    assert isinstance(loaded, EmbeddedEncoder)
    return loaded


def test_fast_path_imports_neither_torch_nor_sentence_transformers() -> None:
    code = (
        "import sys; from index.encoder import load_encoder; load_encoder().encode_questions(['谁是市长']);"
        "print([name for name in ('torch', 'sentence_transformers', 'transformers', 'jieba', 'opencc') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert run.stdout.strip() == "[]"


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_fast_path_agrees_with_sentence_transformers(encoder: EmbeddedEncoder) -> None:
    from sentence_transformers import SentenceTransformer

    reference = SentenceTransformer(str(EMBEDDED), device="cpu").encode(TEXTS, convert_to_numpy=True)
    assert reference.shape == (len(TEXTS), encoder.dimensions)
    np.testing.assert_allclose(encoder.encode_passages(TEXTS), reference, rtol=0, atol=1e-5)


def test_rows_are_unit_length_or_zero(encoder: EmbeddedEncoder) -> None:
    vectors = encoder.encode_passages(TEXTS)
    lengths = np.linalg.norm(vectors, axis=1)
    assert vectors.dtype == np.float32
    assert lengths[[5, 6]].tolist() == [0.0, 0.0]
    np.testing.assert_allclose(np.delete(lengths, [5, 6]), 1.0, atol=1e-5)


def test_lone_surrogates_do_no_harm(encoder: EmbeddedEncoder) -> None:
    vectors = encoder.encode_passages(["政府\ud800", "政府"])
    np.testing.assert_allclose(vectors[0], vectors[1], atol=1e-6)
    assert encoder.related("\ud800") == []


def test_no_texts_give_no_rows(encoder: EmbeddedEncoder) -> None:
    assert encoder.encode_passages([]).shape == (0, encoder.dimensions)


def test_a_text_has_one_vector_whatever_stands_beside_it(encoder: EmbeddedEncoder) -> None:
    many = [f"{text}{number}" for number in range(60) for text in TEXTS]
    together = encoder.encode_passages(many)
    for row in (0, 255, 256, 599):
        np.testing.assert_allclose(together[row], encoder.encode_questions([many[row]])[0], atol=1e-6)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GOVERNMENT of China", "government OF china"),
        ("２０１８年ＡＢＣ公司", "2018年abc公司"),
        ("國務院發佈關於進一步促進農業發展的意見", "国务院发布关于进一步促进农业发展的意见"),
        ("臺灣與大陸之間的貿易", "台湾与大陆之间的贸易"),
        ("Café Société", "cafe societe"),
    ],
)
def test_width_case_and_script_make_no_difference(encoder: EmbeddedEncoder, one: str, other: str) -> None:
    vectors = encoder.encode_passages([one, other])
    np.testing.assert_allclose(vectors[0], vectors[1], atol=1e-6)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Heavy rain flooded farmland in the county.", "暴雨淹没了县里的农田。"),
        ("The hospital hired twenty new doctors.", "医院新招聘了二十名医生。"),
        ("Students took part in a football match.", "学生们参加了足球比赛。"),
        ("The factory cut its carbon emissions.", "工厂减少了碳排放。"),
        ("Elderly residents get free bus rides.", "老年居民可以免费乘坐公交车。"),
    ],
)
def test_languages_meet(encoder: EmbeddedEncoder, english: str, chinese: str) -> None:
    others = [
        "暴雨淹没了县里的农田。",
        "医院新招聘了二十名医生。",
        "学生们参加了足球比赛。",
        "工厂减少了碳排放。",
        "老年居民可以免费乘坐公交车。",
    ]
    scores = encoder.encode_passages(others) @ encoder.encode_questions([english])[0]
    assert others[int(np.argmax(scores))] == chinese


@pytest.mark.parametrize(
    ("word", "wanted"),
    [("government", "政府"), ("Mayor", "市长"), ("sanitation", "卫生"), ("环境", "environment"), ("經濟", "economy")],
)
def test_related_words_of_the_other_language(encoder: EmbeddedEncoder, word: str, wanted: str) -> None:
    found = encoder.related(word, limit=8)
    assert any(wanted in related.word for related in found)
    similarities = [related.similarity for related in found]
    assert similarities == sorted(similarities, reverse=True)
    assert all(related.weight > 0 for related in found)
    assert all(related.word.isascii() != word.isascii() for related in found)


def test_a_name_in_pinyin_is_the_name_in_characters(encoder: EmbeddedEncoder) -> None:
    assert [related.word for related in encoder.related("Heilongjiang")][:1] == ["黑龙江"]
    english, chinese = encoder.encode_passages(["Heilongjiang", "黑龙江"])
    assert float(english @ chinese) > 0.6


def test_related_keeps_limit_and_floor(encoder: EmbeddedEncoder) -> None:
    assert len(encoder.related("government", limit=2)) == 2
    assert all(related.similarity >= 0.6 for related in encoder.related("government", floor=0.6))
    assert encoder.related("government", floor=1.01) == []


@pytest.mark.parametrize("word", ["", "zzqxv", "。", "two words"])
def test_related_to_nothing_known(encoder: EmbeddedEncoder, word: str) -> None:
    assert encoder.related(word) == []


def test_fingerprint_follows_the_files(encoder: EmbeddedEncoder, tmp_path: Path) -> None:
    for path in EMBEDDED.glob("*.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert EmbeddedEncoder(tmp_path).fingerprint == encoder.fingerprint
    with (tmp_path / WEIGHTS).open("r+b") as file:
        file.seek(-1, 2)
        last = file.read(1)
        file.seek(-1, 2)
        file.write(bytes([last[0] ^ 1]))
    assert EmbeddedEncoder(tmp_path).fingerprint != encoder.fingerprint


def test_model_folder_fits_the_repository() -> None:
    assert sum(path.stat().st_size for path in EMBEDDED.rglob("*") if path.is_file()) <= 50_000_000


@pytest.mark.parametrize("name", [TOKENIZER, WEIGHTS])
def test_damaged_files_give_one_clear_line(tmp_path: Path, name: str) -> None:
    for path in EMBEDDED.glob("*.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes() if path.name != name else path.read_bytes()[:1000])
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        EmbeddedEncoder(tmp_path)
    assert "\n" not in str(caught.value)


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=WEIGHTS):
        EmbeddedEncoder(tmp_path)


def test_missing_folder_names_the_ways_out(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no such model folder.*embedded model.*local folder"):
        load_encoder(str(tmp_path / "absent"))


@pytest.mark.parametrize("name", ["modeling.py", "pytorch_model.bin", "0_Dense/weights.pt"])
def test_a_folder_that_could_run_code_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "modules.json").write_text("[]")
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("print('run')")
    with pytest.raises(ModelError, match="could run code"):
        load_encoder(str(tmp_path))


def test_modules_outside_sentence_transformers_are_refused(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text(json.dumps([{"idx": 0, "name": "0", "path": "", "type": "subprocess.Popen"}]))
    with pytest.raises(ModelError, match="outside sentence-transformers"):
        load_encoder(str(tmp_path))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_an_unreachable_hub_is_told_quickly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    began = time.monotonic()
    with pytest.raises(
        ModelError, match=r"127\.0\.0\.1:9 cannot be reached.*HF_ENDPOINT.*embedded model.*local folder"
    ) as caught:
        load_encoder("nobody/no-such-model")
    assert time.monotonic() - began < 30
    assert "\n" not in str(caught.value)


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no modules\.json"):
        load_encoder(str(tmp_path))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_model_by_folder_uses_its_own_prompts(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(EMBEDDED / TOKENIZER))
    generator = np.random.default_rng(0)
    table = generator.normal(size=(tokenizer.get_vocab_size(), 8)).astype(np.float32)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=table)], device="cpu")
    model.prompts = {"query": "查询 ", "document": ""}
    model.save(str(tmp_path), create_model_card=False)

    other = load_encoder(str(tmp_path))
    assert other.dimensions == 8
    assert other.name == str(tmp_path)
    passages, questions = other.encode_passages(["市长讲话", "查询 市长讲话"]), other.encode_questions(["市长讲话"])
    np.testing.assert_allclose(np.linalg.norm(passages, axis=1), 1.0, atol=1e-5)
    np.testing.assert_allclose(passages[1], questions[0], atol=1e-6)
    assert not np.allclose(passages[0], questions[0], atol=1e-3)
    assert other.encode_passages([]).shape == (0, 8)
    assert other.fingerprint == load_encoder(str(tmp_path)).fingerprint
