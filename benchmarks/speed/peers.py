"""Other systems under one protocol: given passages and their words, asked for the ten best. Each is used as its manual says.

Lexical ones get Wenbao's own words (jieba's, folded), dense ones Wenbao's own model, so that what differs is the system.
Knows nothing of measuring.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from benchmarks.speed.texts import Text
from index.encoder import load_encoder
from index.text import words

_TEN = 10


class Peer(Protocol):
    """A system that holds passages by their place in the order given."""

    def find(self, question: str) -> list[int]:
        """Return the places of the ten best passages, best first."""
        ...


def _tokens(text: Text) -> list[str]:
    # The same word is one object wherever it stands: a million lists of words would not fit into memory otherwise.
    return [sys.intern(word) for word in text.words.split(" ")]


class RankBm25:
    """rank-bm25: BM25Okapi as its manual has it."""

    def __init__(self, texts: Sequence[Text], folder: Path) -> None:
        from rank_bm25 import BM25Okapi

        self._index = BM25Okapi([_tokens(text) for text in texts])

    def find(self, question: str) -> list[int]:
        scores = self._index.get_scores(words(question))
        return [int(place) for place in np.argsort(scores)[::-1][:_TEN]]


class Bm25s:
    """bm25s with its scores computed beforehand, as it does by default."""

    def __init__(self, texts: Sequence[Text], folder: Path) -> None:
        import bm25s

        self._index = bm25s.BM25()
        self._index.index([_tokens(text) for text in texts], show_progress=False)

    def find(self, question: str) -> list[int]:
        found, _ = self._index.retrieve([words(question)], k=_TEN, show_progress=False)
        return [int(place) for place in found[0]]


class Fts5:
    """SQLite FTS5 over the words, in a file."""

    def __init__(self, texts: Sequence[Text], folder: Path) -> None:
        path = folder / "fts5.db"
        path.unlink(missing_ok=True)
        self._connection = sqlite3.connect(path)
        self._connection.execute("CREATE VIRTUAL TABLE passages USING fts5(words, content='', tokenize='unicode61')")
        rows = ((place, text.words) for place, text in enumerate(texts))
        self._connection.executemany("INSERT INTO passages(rowid, words) VALUES(?, ?)", rows)
        self._connection.execute("INSERT INTO passages(passages) VALUES('optimize')")
        self._connection.commit()

    def find(self, question: str) -> list[int]:
        query = " OR ".join('"' + word.replace('"', '""') + '"' for word in dict.fromkeys(words(question)))
        if not query:
            return []
        statement = "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?"
        return [int(place) for (place,) in self._connection.execute(statement, (query, _TEN))]


class LangChain:
    """BM25Retriever and FAISS as an ensemble of equal weights, as Langchain-Chatchat's ensemble retriever builds it."""

    def __init__(self, texts: Sequence[Text], folder: Path) -> None:
        import warnings

        warnings.simplefilter("ignore", DeprecationWarning)  # langchain-community is looked after no more
        from langchain_classic.retrievers import EnsembleRetriever
        from langchain_community.retrievers import BM25Retriever
        from langchain_community.vectorstores import FAISS
        from langchain_community.vectorstores.utils import DistanceStrategy
        from langchain_core.documents import Document

        documents = [Document(page_content=text.text, metadata={"place": place}) for place, text in enumerate(texts)]
        cut = {text.text: text.words for text in texts}
        lexical = BM25Retriever.from_documents(
            documents, preprocess_func=lambda text: [sys.intern(word) for word in cut[text].split(" ")]
        )
        cut.clear()
        lexical.preprocess_func = words
        lexical.k = _TEN
        store = FAISS.from_documents(documents, _embeddings(), distance_strategy=DistanceStrategy.MAX_INNER_PRODUCT)
        dense = store.as_retriever(search_kwargs={"k": _TEN})
        self._retriever = EnsembleRetriever(retrievers=[lexical, dense], weights=[0.5, 0.5])

    def find(self, question: str) -> list[int]:
        return [int(document.metadata["place"]) for document in self._retriever.invoke(question)][:_TEN]


def _embeddings() -> Any:
    from langchain_core.embeddings import Embeddings

    encoder = load_encoder()

    class Model(Embeddings):
        """The embedded model; rows of an array instead of lists, which a million of them would not survive."""

        def embed_documents(self, texts: list[str]) -> Any:
            return encoder.encode_passages(texts)

        def embed_query(self, text: str) -> Any:
            return encoder.encode_questions([text])[0]

    return Model()


class Txtai:
    """txtai, hybrid: its BM25 over the words, its choice of FAISS index over vectors of the same model."""

    def __init__(self, texts: Sequence[Text], folder: Path) -> None:
        from txtai import Embeddings

        encoder = load_encoder()
        printed = {text.words: text.text for text in texts}
        self._index = Embeddings(
            {
                "method": "external",
                "transform": lambda batch: encoder.encode_passages([printed.get(each, each) for each in batch]),
                "backend": "faiss",
                "hybrid": True,
                "scoring": {"method": "bm25", "terms": True, "normalize": True, "tokenizer": {"whitespace": True}},
            }
        )
        self._index.index((place, text.words) for place, text in enumerate(texts))
        printed.clear()
        self._printed = printed

    def find(self, question: str) -> list[int]:
        cut = " ".join(words(question))
        self._printed[cut] = question  # both halves are given one string: the words, which the model is not to see
        return [int(place) for place, _ in self._index.search(cut, _TEN)]


PEERS: dict[str, Callable[[Sequence[Text], Path], Peer]] = {
    "bm25s": Bm25s,
    "SQLite FTS5": Fts5,
    "rank-bm25": RankBm25,
    "LangChain ensemble": LangChain,
    "txtai hybrid": Txtai,
}
