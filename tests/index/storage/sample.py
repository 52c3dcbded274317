"""What the tests of the archive share: a small encoder that means something, drafts, newspaper pages, a dump of the truth."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw
import numpy as np

from index.archive import Archive
from index.schema import Article, Hit, Issue, Paragraph, Passage, Term, Vectors
from index.storage.database import FILE
from index.storage.draft import ArticleDraft, Features, IssueDraft, SourceDraft, indexed_text, word_tokens
from index.text import bigrams, grams, words


@dataclass(frozen=True)
class HashEncoder:
    """Texts that share pairs of characters lie close. ``salt`` makes another model of it."""

    name: str = "hash"
    salt: str = ""
    dimensions: int = 32

    @property
    def fingerprint(self) -> str:
        return f"{self.name}-{self.salt}-{self.dimensions}"

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for pair in bigrams(text):
                code = zlib.crc32((self.salt + pair).encode())
                row[code % self.dimensions] += 1 if code & 0x10000 else -1
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(norms == 0, 1, norms), dtype=np.float32)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self.encode_passages(texts)


ENCODER = HashEncoder()


def opened(folder: Path, encoder: HashEncoder = ENCODER) -> Archive:
    """Open an archive whose model is the hash encoder."""
    return Archive.open(folder, encoder=encoder)


def terms(text: str) -> list[Term]:
    """Return the terms of a question, words and grams alike."""
    return [*(Term(word, "words") for word in words(text)), *(Term(gram, "grams") for gram in grams(text))]


def draft(
    name: str,
    texts: Sequence[str],
    *,
    newspaper: str | None = None,
    date: str | None = None,
    page: str | None = None,
    authors: tuple[str, ...] = (),
    headline: str | None = None,
    encoder: HashEncoder | None = None,
) -> SourceDraft:
    """Make a source of one page with one article, a passage a text."""
    id = f"{name}-p1"
    paragraphs = tuple(Paragraph(number, text, (number,)) for number, text in enumerate(texts, start=1))
    article = Article(headline=headline, paragraphs=paragraphs, authors=authors)
    issue = Issue(newspaper, date, None, page, None, (article,))
    passages = tuple(
        Passage(f"{id}-a01-s{number:02d}", f"{id}-a01", id, "paragraph", text, headline or "", number)
        for number, text in enumerate(texts, start=1)
    )
    searched = [indexed_text(passage.context, passage.text) for passage in passages]
    vectors = (encoder or HashEncoder()).encode_passages(searched)
    features = tuple(Features(word_tokens(text), vector) for text, vector in zip(searched, vectors, strict=True))
    issue_draft = IssueDraft(id, issue, (ArticleDraft(f"{id}-a01", 1, article, passages),))
    return SourceDraft(name, f"content-{name}-{hash_of(texts)}", (issue_draft,), features)


def hash_of(texts: Sequence[str]) -> int:
    return zlib.crc32("\n".join(texts).encode())


_PLACES = ("城区", "东城", "西乡", "南湖", "北关", "开发区", "古城", "新区", "河东", "湖西")
_THINGS = ("图书馆", "小学", "医院", "公路", "桥梁", "菜市场", "污水厂", "养老院", "体育馆", "博物馆")
_DEEDS = ("建成开放", "启动改造", "完成验收", "举行揭牌", "开始招标", "通过评审", "扩建完工", "迁址重建")


def page_text(number: int, *, articles: int = 2, year: int = 2021) -> str:
    """Return a newspaper page that says something else for every number."""
    chance = random.Random(number)
    day = f"{year}年{number // 28 % 12 + 1}月{number % 28 + 1}日"
    lines = ["晨光日报", "", f"{day} 总第{1000 + number}期 第1版", ""]
    for _ in range(articles):
        place, thing, deed = chance.choice(_PLACES), chance.choice(_THINGS), chance.choice(_DEEDS)
        lines += [f"# {place}{thing}{deed}", "", "□张晓明 李红", ""]
        lines += [
            f"本报讯 昨日，{place}{thing}{deed}，总投资{chance.randint(100, 9999)}万元，惠及居民{chance.randint(100, 99999)}人。",
            "",
        ]
        lines += [f"负责人{chance.choice('王李张刘陈')}建国介绍，工程历时{chance.randint(3, 40)}个月，编号为{number}号。", ""]
    return "\n".join(lines)


def write_pages(folder: Path, numbers: Sequence[int]) -> None:
    """Write one page a file."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (folder / f"page{number:04d}.txt").write_text(page_text(number), encoding="utf-8")


def dump(folder: Path) -> dict[str, list[Any]]:
    """Return what the truth says, without row numbers, names of files and random marks."""
    connection = apsw.Connection(str(folder / FILE))
    try:
        statements = {
            "sources": "SELECT content FROM sources ORDER BY content",
            "issues": "SELECT id, day, newspaper_key, page_key, record FROM issues ORDER BY id",
            "articles": "SELECT id, ordinal, headline, record FROM articles ORDER BY id",
            "passages": "SELECT p.id, p.kind, p.text, p.context, p.paragraph, p.flags, f.words, f.vector"
            " FROM passages p JOIN features f USING(row) ORDER BY p.id",
        }
        return {name: connection.execute(statement).fetchall() for name, statement in statements.items()}
    finally:
        connection.close()


def both_legs(archive: Archive, question: str, limit: int = 10) -> list[list[Hit]]:
    vector = HashEncoder().encode_questions([question])[0]
    return [archive.search_lexical(terms(question), limit=limit), archive.search_dense(vector, limit=limit)]


def found_texts(archive: Archive, question: str) -> set[str]:
    """Return every passage text that either leg finds for a question, however far down."""
    with archive.view() as view:
        hits = [hit for hits in both_legs(archive, question, 1000) for hit in hits]
        return {passage.text for passage in view.passages([hit.passage_id for hit in hits]).values()}
