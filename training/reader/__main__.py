"""From a folder of corpora to the reader's weights: ``python -m training.reader --data DIR --out FILE``.

First on questions made from texts that have none, then on those of the question sets (the half of the articles that may be
trained on). With ``--teachers``, weights of readers learned before, the second stage also learns what they believe together.
About an hour on one core and a second one that makes the questions. The same seed gives the same weights on the same machine
with the same libraries.
"""

from __future__ import annotations

import argparse
import multiprocessing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import Empty

import numpy as np
import torch

from index.encoder import EMBEDDED, EmbeddedEncoder
from qa.reader.layout import Layouts
from qa.reader.rarity import Rarity
from qa.reader.reader import WEIGHTS
from qa.reader.table import Rows
from qa.reader.units import Cutter
from training.reader.batches import Laid, collate, compact, grouped, lay
from training.reader.export import restore, width_of, write
from training.reader.learn import Plan, learn, level
from training.reader.network import Batch, Net
from training.reader.supply import Corpora, Supply
from training.reader.tables import Tables, count

_SEED = 11
_UNITS = 12_000  # a batch
_GROUP = 64  # examples handed over at once
_AHEAD = 40  # groups made ahead
_PATIENCE = 10.0  # seconds without a group, after which the other process is looked at
MADE = Plan(steps=4_500, rate=2.5e-3, warmup=150)
REAL = Plan(steps=1_000, rate=1.2e-3, warmup=50, average=0.995, absent=True)
TAUGHT = Plan(steps=1_200, rate=1.2e-3, warmup=50, average=0.995, absent=True)
_LEVELLING = 10  # batches


def main() -> None:
    """Learn in two stages, the first only if its weights do not lie beside ``--out``, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m training.reader", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora (training/README.md)")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="the weights file")
    parser.add_argument("--width", type=int, default=128, help="of the network")
    parser.add_argument("--threads", type=int, default=1, help="for learning; questions are made beside it")
    parser.add_argument("--seed", type=int, default=_SEED, help="another one gives another reader")
    parser.add_argument("--teachers", type=Path, nargs="+", default=[], metavar="FILE", help="weights of readers to learn from")
    parser.add_argument("--share", type=float, default=1.0, help="of the steps, for a try")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    work = Work.begin(arguments.data, width=arguments.width, share=arguments.share, seed=arguments.seed)
    made = arguments.out.with_suffix(".made.safetensors")
    work.learn_made(made)
    work.learn_real(made, arguments.out, arguments.teachers)


@dataclass(frozen=True, slots=True)
class Work:
    """What both stages need."""

    found: Corpora
    encoder: EmbeddedEncoder
    cutter: Cutter
    tables: Tables
    layouts: Layouts
    width: int
    share: float
    seed: int

    @classmethod
    def begin(cls, data: Path, *, width: int, share: float, seed: int) -> Work:
        """Read the corpora and count them."""
        encoder, found = EmbeddedEncoder(EMBEDDED), Corpora.read(data)
        cutter = Cutter(encoder.tokenizer)
        print(f"{len(found.questions)} questions, {len(found.news) + len(found.wiki)} texts to make more of", flush=True)
        tables = count(found.texts[::3], cutter)
        layouts = Layouts(Rows(encoder), Rarity(tables.rarity), tables.signs)
        return cls(found, encoder, cutter, tables, layouts, width, share, seed)

    def learn_made(self, path: Path) -> None:
        """Learn from made questions, unless the weights lie at ``path`` already."""
        if path.exists():
            return
        plan = MADE.scaled(self.share)
        print(f"made questions: {plan.steps} steps", flush=True)
        net = self._net(self.width)
        self._write(learn(net, self._batches(made=True), plan, report=_report, every=50), path)

    def learn_real(self, made: Path, path: Path, teachers: Sequence[Path]) -> None:
        """Learn from real questions on top of the made ones, and from readers learned before if there are any."""
        plan = (TAUGHT if teachers else REAL).scaled(self.share)
        print(f"real questions: {plan.steps} steps", flush=True)
        net = self._net(self.width)
        restore(net, made)
        taught_by = [self._saved(teacher) for teacher in teachers]
        batches = self._batches(made=False)
        level(net, islice(batches, _LEVELLING))
        self._write(learn(net, batches, plan, report=_report, every=50, teachers=taught_by), path)

    def _net(self, width: int) -> Net:
        torch.manual_seed(self.seed)
        return Net(width=width, dimensions=self.encoder.dimensions, signs=len(self.tables.signs), dropout=0.15)

    def _saved(self, path: Path) -> Net:
        """Return the network of a weights file, of whatever width."""
        net = self._net(width_of(path))
        restore(net, path)
        net.eval()
        return net

    def _write(self, net: Net, path: Path) -> None:
        write(net, self.tables, self.encoder.tokenizer.get_vocab_size(), path)

    def _batches(self, *, made: bool) -> Iterator[Batch]:
        examples = Supply(self.found, self.encoder, self.seed).examples(made=made)
        rows = ahead(row for example in examples if (row := lay(example, self.cutter, self.layouts)))
        for batch in grouped(rows, units=_UNITS, generator=np.random.default_rng(self.seed)):
            yield collate(batch, self.layouts)


def ahead(rows: Iterator[Laid]) -> Iterator[Laid]:
    """Yield rows that another process makes ahead of their use; it ends with the one that takes them."""
    context = multiprocessing.get_context("fork")
    queue = context.Queue(_AHEAD)

    def work() -> None:
        group: list[Laid] = []
        for row in rows:
            group.append(compact(row))
            if len(group) == _GROUP:
                queue.put(group)
                group = []

    process = context.Process(target=work, daemon=True)
    process.start()
    try:
        while True:
            try:
                group = queue.get(timeout=_PATIENCE)
            except Empty:
                if process.is_alive():
                    continue
                raise RuntimeError("the process that makes the examples ended; its own message stands above") from None
            yield from group
    finally:
        process.terminate()


def _report(step: int, loss: float, seconds: float) -> None:
    print(f"        step {step}, loss {loss:.3f}, {seconds:.2f} s a step", flush=True)


if __name__ == "__main__":
    main()
