"""From a folder of corpora to a finished model folder: ``python -m training --data DIR --out DIR``.

Each stage leaves its result in ``training/work``; a stage whose result lies there is not run again.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.schema import Vectors
from index.text import fold
from training import corpora, glosses, glossing, names, pairs, teacher, vocabulary, warmstart
from training.evaluate import show
from training.export import export
from training.finish import finish
from training.ragged import Cutter

WORK = Path(__file__).parent / "work"
_SEED = 7
_TATOEBA_TWICE = 2  # its English is whole sentences, that of the glosses is not


def main() -> None:
    """Run the stages that are not done yet, then print the figures."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora (training/README.md)")
    parser.add_argument("--out", type=Path, required=True, help="folder of the finished model")
    parser.add_argument("--dimensions", type=int, default=512)
    parser.add_argument("--steps", type=int, default=2600)
    parser.add_argument("--batch", type=int, default=1024, help="pairs a step")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--fresh", action="store_true", help="forget the stages of earlier runs")
    arguments = parser.parse_args()
    if arguments.fresh and WORK.exists():
        shutil.rmtree(WORK)
    WORK.mkdir(exist_ok=True)
    data: Path = arguments.data
    entries = list(corpora.read_dictionary(data))
    meanings = glosses.collect(entries)
    named = names.collect(entries)
    print(f"1 of 4  words: {len(meanings)} headwords with glosses, {len(named.foreign)} foreign names")
    chosen = _vocabulary(data, entries, meanings, named)
    print(f"2 of 4  teacher: {len(chosen.pieces)} pieces, {len(chosen.probabilities)} rows")
    read = _teacher(chosen, meanings, arguments.threads)
    print(f"3 of 4  learning: {arguments.steps} steps of {arguments.batch} pairs")
    table = _learn(data, chosen, meanings, named, read, arguments)
    print("4 of 4  writing and measuring")
    export(chosen, vocabulary.build_tokenizer(chosen), table, arguments.out)
    show(data, arguments.out)


def _vocabulary(
    data: Path, entries: Sequence[corpora.Entry], meanings: dict[str, tuple[str, ...]], named: names.Names
) -> vocabulary.Vocabulary:
    path = WORK / "vocabulary.json"
    if not path.exists():
        sentences = corpora.read_sentences(data)
        han = vocabulary.count_words([*_chinese_texts(data), *(chinese for _, chinese in sentences)])
        english = [gloss for found in meanings.values() for gloss in found]
        english += _TATOEBA_TWICE * [sentence for sentence, _ in sentences]
        vocabulary.choose(
            han,
            vocabulary.count_english(english),
            headwords={fold(entry.simplified): None for entry in entries},
            ranked=teacher.words(),
            parts=names.parts(named),
            readings=named.chinese,
        ).save(path)
    return vocabulary.Vocabulary.load(path)


def _chinese_texts(data: Path) -> list[str]:
    """Return the texts whose words are counted."""
    news = [text for item in corpora.read_news(data) for text in (item.headline, *item.paragraphs)]
    paragraphs, questions = _question_texts(data)
    return [*news, *paragraphs, *questions]


def _question_texts(data: Path) -> tuple[list[str], list[str]]:
    """Return paragraphs and questions of the half that may be trained on."""
    sets = [corpora.read_questions(data, name) for name in (corpora.CMRC_TRIAL, corpora.CMRC, corpora.DRCD)]
    paragraphs = [text for one in sets for text, out in zip(one.paragraphs, one.held_out, strict=True) if not out]
    return paragraphs, [question.text for one in sets for question in one.questions if not question.held_out]


def _teacher(chosen: vocabulary.Vocabulary, meanings: dict[str, tuple[str, ...]], threads: int) -> dict[str, Vectors]:
    """Return the teacher's vector of every text that the warm start reads."""
    texts = warmstart.teacher_texts(chosen, meanings)
    listed, vectors = WORK / "teacher.json", WORK / "teacher.npy"
    known: list[str] = json.loads(listed.read_text(encoding="utf-8")) if listed.exists() and vectors.exists() else []
    if not set(texts) <= set(known):
        import torch

        torch.set_num_threads(threads)
        np.save(vectors, teacher.encode(texts).astype(np.float16))
        listed.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
        known = texts
    return dict(zip(known, np.load(vectors), strict=True))


def _learn(
    data: Path,
    chosen: vocabulary.Vocabulary,
    meanings: dict[str, tuple[str, ...]],
    named: names.Names,
    read: dict[str, Vectors],
    arguments: argparse.Namespace,
) -> Vectors:
    import torch

    from training.learn import Plan, State, learn

    torch.set_num_threads(arguments.threads)
    cutter = Cutter(vocabulary.build_tokenizer(chosen), np.asarray(chosen.rows, dtype=np.int64))
    glosser = glossing.build(chosen, cutter, meanings, named.chinese)
    scores = dict(zip(chosen.pieces, chosen.scores, strict=True))
    kinds = pairs.build(data, cutter, glosser, named, scores)
    path = WORK / "state.npz"
    first = warmstart.start(chosen, meanings, read, dimensions=arguments.dimensions, seed=_SEED)
    state = State.load(path) if path.exists() else State.begin(first)
    if state.rows.shape != first.shape:
        raise SystemExit(f"{path} belongs to another vocabulary or size; start over with --fresh")

    def draw(step: int) -> pairs.Batch:
        return pairs.draw(kinds[step % 2], arguments.batch, np.random.default_rng([_SEED, step]))

    def report(step: int, loss: float, seconds: float) -> None:
        print(f"        step {step} of {arguments.steps}, loss {loss:.3f}, {seconds:.2f} s a step", flush=True)

    table = learn(state, draw, Plan(arguments.steps), keep=path, report=report)
    return finish(table, first, cutter.cut(_sample(data)))


def _sample(data: Path) -> list[str]:
    """Return about as many paragraphs of the news as of the question sets: both show which directions texts use."""
    questions, _ = _question_texts(data)
    news = [text for item in corpora.read_news(data) for text in item.paragraphs]
    return [*questions, *news[:: max(1, len(news) // len(questions))]]


if __name__ == "__main__":
    main()
