"""Choose the pieces of the vocabulary from word counts and build the tokenizer around them.

A piece's score is its log-probability, so the tokenizer's best path is the likeliest segmentation; nothing is trained here.
Knows corpora and glosses; knows no vectors.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import jieba
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from index.text import fold, segment
from training import charsmap

UNKNOWN = "[UNK]"
HAN_WORDS = 62_000
ENGLISH_WORDS = 34_000
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_ENGLISH = re.compile(r"[a-z]{2,}")
_LONGEST_WORD = 8  # Han characters; longer headwords are sayings and names of laws, better in parts
_SINGLE_PENALTY = 2.0  # in log-probability: a lone character must not tear a word apart
_PART_SCORE = -13.0  # pieces that exist to spell unseen English words
_TEACHER_SHARE = 2e-2  # occurrences a corpus token that the teacher's list is worth, spread by Zipf's law
_JIEBA_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces with their scores and probabilities; row numbers are positions, row 0 is the unknown piece."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    probabilities: tuple[float, ...]

    def save(self, path: Path) -> None:
        path.write_text(json.dumps([self.pieces, self.scores, self.probabilities], ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        pieces, scores, probabilities = json.loads(path.read_text(encoding="utf-8"))
        return cls(tuple(pieces), tuple(scores), tuple(probabilities))


def is_han(piece: str) -> bool:
    """Tell whether a piece is written in Han characters throughout."""
    return _HAN.fullmatch(piece) is not None


def is_english(piece: str) -> bool:
    """Tell whether a piece is a run of at least two Latin letters."""
    return _ENGLISH.fullmatch(piece) is not None


def count_words(texts: Sequence[str], *, processes: int = 2) -> Counter[str]:
    """Count the words of Chinese texts as jieba cuts them, folded."""
    parts = [texts[i::processes] for i in range(processes)]
    counts: Counter[str] = Counter()
    with ProcessPoolExecutor(processes) as pool:
        for part in pool.map(_count_part, parts):
            counts.update(part)
    return counts


def _count_part(texts: Sequence[str]) -> Counter[str]:
    return Counter(word for text in texts for word in segment(text))


def count_english(texts: Iterable[str]) -> Counter[str]:
    """Count lower-cased English words."""
    return Counter(word for text in texts for word in _ENGLISH.findall(fold(text)))


def choose(
    han: Mapping[str, int], english: Mapping[str, int], *, headwords: Mapping[str, object], ranked: Sequence[str]
) -> Vocabulary:
    """Choose the pieces.

    ``han`` and ``english`` are counts, ``headwords`` the words of the dictionary, ``ranked`` English words by falling
    frequency from another source.
    """
    counts = _han_counts(han, headwords)
    words = sorted((word for word in counts if len(word) > 1), key=lambda word: (-counts[word], word))[:HAN_WORDS]
    singles = sorted(word for word in counts if len(word) == 1)
    latin = _english_counts(english, ranked)
    latin_words = sorted(latin, key=lambda word: (-latin[word], word))[:ENGLISH_WORDS]
    total = float(sum(counts.values()))
    latin_total = float(sum(latin.values()))
    rows: dict[str, tuple[float, float]] = {UNKNOWN: (-30.0, 1.0)}
    for word in words:
        rows[word] = (math.log(counts[word] / total), counts[word] / total)
    for char in singles:
        rows[char] = (math.log((counts[char] + 0.5) / total) - _SINGLE_PENALTY, (counts[char] + 0.5) / total)
    for word in latin_words:
        rows[word] = (math.log(latin[word] / latin_total), latin[word] / latin_total)
    for letter in "abcdefghijklmnopqrstuvwxyz":
        rows.setdefault(letter, (_PART_SCORE, 1e-3))
    for number in sorted(_numbers(han)):
        share = (han.get(number, 0) + 1) / total
        rows[number] = (math.log(share), share)
    return Vocabulary(
        tuple(rows), tuple(round(score, 2) for score, _ in rows.values()), tuple(share for _, share in rows.values())
    )


def _han_counts(seen: Mapping[str, int], headwords: Mapping[str, object]) -> dict[str, float]:
    """Blend corpus counts with jieba's general frequencies; a word needs two sightings or a dictionary entry."""
    general = jieba.Tokenizer()
    frequencies, general_total = general.gen_pfdict(general.get_dict_file())
    scale = _JIEBA_SHARE * sum(seen.values()) / general_total
    counts: dict[str, float] = {}
    for word in {*seen, *headwords}:
        if not is_han(word) or len(word) > _LONGEST_WORD:
            continue
        if word in headwords or seen.get(word, 0) >= 2 or len(word) == 1:
            counts[word] = seen.get(word, 0) + scale * frequencies.get(word, 0) + 2.0 * (word in headwords)
    for char in {char for word in counts for char in word}:
        counts.setdefault(char, 0.5)
    return counts


def _english_counts(seen: Mapping[str, int], ranked: Sequence[str]) -> dict[str, float]:
    spread = _TEACHER_SHARE * sum(seen.values()) * len(ranked) / sum(1 / (rank + 10) for rank in range(len(ranked))) / 100
    counts = {word: float(count) for word, count in seen.items() if is_english(word) and count >= 2}
    for rank, word in enumerate(ranked):
        counts[word] = counts.get(word, 0.0) + spread / (rank + 10) + 1.0
    return counts


def _numbers(seen: Mapping[str, int]) -> set[str]:
    """Plain numbers that get a row of their own: small ones, years, and those that the corpus repeats."""
    usual = {str(number) for number in (*range(1000), *range(1800, 2101))}
    return usual | {word for word, count in seen.items() if count >= 5 and re.fullmatch(r"[0-9]{4,5}", word)}


def build_tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """Return the tokenizer: NFKC, the character map, runs of letters and digits, likeliest pieces."""
    pieces = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Precompiled(charsmap.build(charsmap.folding()))])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed")
    return tokenizer
