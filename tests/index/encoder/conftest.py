"""A small transformer with prompts, built by the tests: random weights, a letter or character a token."""

from __future__ import annotations

from pathlib import Path

import pytest

_CHARS = "市长讲话农田暴雨淹没问查询：文查询县里的学生医院新闻社会治理网格化把握四个环节是哪"


@pytest.fixture(scope="session")
def transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in sentence-transformers format: two layers, 32 dimensions, prompts for questions and passages."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast  # type: ignore[attr-defined]

    body, folder = tmp_path_factory.mktemp("bert"), tmp_path_factory.mktemp("transformer")
    letters = [chr(code) for code in range(0x21, 0x7F)]
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(_CHARS), *letters, *(f"##{char}" for char in letters)]
    (body / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(vocab={word: number for number, word in enumerate(words)}).save_pretrained(body)
    torch.manual_seed(0)
    config = BertConfig(vocab_size=len(words), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64)
    BertModel(config).save_pretrained(body)
    model = SentenceTransformer(modules=[Transformer(str(body), max_seq_length=128), Pooling(32)], device="cpu")
    model.prompts = {"query": "查询：", "document": "文："}
    model.save(str(folder), create_model_card=False)
    return folder
