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

from index.encoder.embedded import EDGE
from index.text import fold, segment
from training import charsmap

UNKNOWN = "[UNK]"
HAN_WORDS = 46_000
HAN_SINGLES = 7_500
ENGLISH_WORDS = 25_000
SUFFIXES = ("s", "es", "d", "ed", "ing", "ly", "er", "ers")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_ENGLISH = re.compile(r"[a-z]{2,}")
_DOUBLING = re.compile(r"[a-z]{0,3}[b-df-hj-np-tv-z][aeiou][bdgklmnprtvz]")
_LONGEST_WORD = 8  # Han characters; longer headwords are sayings and names of laws, better in parts
_SHORTEST_STEM = 4
_SINGLE_PENALTY = 2.0  # in log-probability: a lone character must not tear a word apart
_PART_SCORE = -11.0  # spells an unseen word by as few parts as possible
_LETTER_SCORE = -14.0
_SUFFIX_SCORE = -4.0
_ALIAS_PENALTY = 3.0  # a stem is for suffixes, not for the beginnings of other words
_TEACHER_SHARE = 2e-2  # occurrences a corpus token that the teacher's list is worth, spread by Zipf's law
_JIEBA_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces with their scores and the table row of each; several pieces may share a row.

    Piece ``i < len(probabilities)`` owns row ``i``; the pieces after them are other spellings. Row 0, always zero, is the
    unknown piece's.
    """

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    rows: tuple[int, ...]
    probabilities: tuple[float, ...]

    def save(self, path: Path) -> None:
        value = [self.pieces, self.scores, self.rows, self.probabilities]
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        pieces, scores, rows, probabilities = json.loads(path.read_text(encoding="utf-8"))
        return cls(tuple(pieces), tuple(scores), tuple(rows), tuple(probabilities))


def is_han(piece: str) -> bool:
    """Tell whether a piece is written in Han characters throughout."""
    return _HAN.fullmatch(piece) is not None


def is_english(piece: str) -> bool:
    """Tell whether a text is one run of at least two Latin letters."""
    return _ENGLISH.fullmatch(piece) is not None


def whole(word: str) -> str:
    """Return the piece that stands for a whole Latin word."""
    return f"{EDGE}{word}{EDGE}"


def word_of(piece: str) -> str:
    """Return the word that a piece stands for: a Han word, or a whole Latin word without its edges; else the empty string."""
    if is_han(piece):
        return piece
    inner = piece[1:-1]
    return inner if piece == whole(inner) and is_english(inner) else ""


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
    han: Mapping[str, int],
    english: Mapping[str, int],
    *,
    headwords: Mapping[str, object],
    ranked: Sequence[str],
    parts: Iterable[str],
    readings: Mapping[str, str],
) -> Vocabulary:
    """Choose the pieces.

    ``han`` and ``english`` are counts, ``headwords`` the words of the dictionary, ``ranked`` English words by falling frequency
    from another source, ``parts`` letter groups that spell unseen words, ``readings`` the pinyin of Chinese names.
    """
    counts = _han_counts(han, headwords)
    words = sorted((word for word in counts if len(word) > 1), key=lambda word: (-counts[word], word))[:HAN_WORDS]
    latin = _english_counts(english, ranked)
    latin_words = sorted(latin, key=lambda word: (-latin[word], word))[:ENGLISH_WORDS]
    total, latin_total = float(sum(counts.values())), float(sum(latin.values()))
    rows: dict[str, tuple[float, float]] = {UNKNOWN: (-30.0, 1.0)}
    for word in words:
        rows[word] = (math.log(counts[word] / total), counts[word] / total)
    singles = sorted((word for word in counts if len(word) == 1), key=lambda word: (-counts[word], word))[:HAN_SINGLES]
    for char in singles:
        share = (counts[char] + 0.5) / total
        rows[char] = (math.log(share) - _SINGLE_PENALTY, share)
    for word in latin_words:
        rows[whole(word)] = (math.log(latin[word] / latin_total), latin[word] / latin_total)
    for letter in "abcdefghijklmnopqrstuvwxyz":
        rows[letter] = (_LETTER_SCORE, 1e-3)
        rows[whole(letter)] = (_LETTER_SCORE, 1e-3)
    for part in sorted(parts):
        rows.setdefault(part, (_PART_SCORE, 1e-5))
    for number in sorted(_numbers(han)):
        share = (han.get(number, 0) + 1) / total
        rows[number] = (math.log(share), share)
    probabilities = tuple(share for _, share in rows.values())
    number_of = {piece: row for row, piece in enumerate(rows)}
    aliases = _aliases(number_of, {piece: score for piece, (score, _) in rows.items()}, counts, readings)
    return Vocabulary(
        (*rows, *aliases),
        tuple(round(score, 2) for score in (*(score for score, _ in rows.values()), *(score for score, _ in aliases.values()))),
        (*range(len(rows)), *(row for _, row in aliases.values())),
        probabilities,
    )


def _aliases(
    rows: Mapping[str, int], scores: Mapping[str, float], counts: Mapping[str, float], readings: Mapping[str, str]
) -> dict[str, tuple[float, int]]:
    """Return other spellings with score and row: the edge alone, suffixes, stems that take them, names in pinyin."""
    aliases: dict[str, tuple[float, int]] = {EDGE: (0.0, 0)}
    aliases.update({f"{suffix}{EDGE}": (_SUFFIX_SCORE, 0) for suffix in SUFFIXES})
    for piece, row in rows.items():
        word = word_of(piece)
        if is_english(word) and len(word) >= _SHORTEST_STEM:
            for stem in stems(word):
                aliases.setdefault(f"{EDGE}{stem}", (scores[piece] - _ALIAS_PENALTY, row))
    for word in sorted(readings, key=lambda word: (-counts.get(word, 0.0), word)):
        reading = whole(readings[word])
        if word in rows and is_english(readings[word]) and reading not in rows:
            aliases.setdefault(reading, (scores[word] - _ALIAS_PENALTY, rows[word]))
    for part in [piece for piece in rows if is_english(piece)]:
        if whole(part) not in rows:
            aliases.setdefault(whole(part), (_PART_SCORE, rows[part]))
    return aliases


def stems(word: str) -> list[str]:
    """Return the beginnings that suffixes are put to: govern-, make- and mak-, county- and counti-, stop- and stopp-."""
    if word.endswith("e"):
        return [word, word[:-1]]
    if word.endswith("y"):
        return [word, f"{word[:-1]}i"]
    return [word, word + word[-1]] if _DOUBLING.fullmatch(word) else [word]


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
    """Return the tokenizer: NFKC, the character map, edges of Latin words, runs of letters and digits, likeliest pieces."""
    pieces = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Precompiled(charsmap.build(charsmap.folding())),
            normalizers.Replace(Regex("(?<![a-z])(?=[a-z])|(?<=[a-z])(?![a-z])"), EDGE),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(rf"[^\p{{L}}\p{{N}}{EDGE}]+"), "removed")
    return tokenizer
