"""The network in NumPy is the network in torch, and it learns."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from index.encoder import EMBEDDED, EmbeddedEncoder
from qa.reader.layout import Layouts
from qa.reader.network import LENGTHS, LONGEST, Network
from qa.reader.rarity import Rarity
from qa.reader.reader import Reader
from qa.reader.table import Rows
from qa.reader.units import Cutter
from training.reader.batches import Laid, collate, compact, grouped, lay
from training.reader.examples import Answer, Example
from training.reader.export import weights_of
from training.reader.learn import Plan, learn, loss_of, span_scores
from training.reader.network import Net
from training.reader.tables import Tables, count

TEXTS = ("县图书馆上月购入新书三千册。馆长王志刚说，读者很多。", "市环卫处管护一百二十座公厕；2021年新增12座。\n人员达八十人。")
EXAMPLES = (
    Example("谁是县图书馆馆长？", TEXTS[:1], (Answer(0, 16, 19),)),
    Example("How many toilets?", TEXTS, (Answer(1, 6, 11), Answer(1, 6, 10))),
    Example("哪年新增？", TEXTS[::-1], (Answer(0, 14, 19),)),
)


@pytest.fixture(scope="module")
def encoder() -> EmbeddedEncoder:
    return EmbeddedEncoder(EMBEDDED)


@pytest.fixture(scope="module")
def tables(encoder: EmbeddedEncoder) -> Tables:
    return count(TEXTS, Cutter(encoder.tokenizer))


@pytest.fixture(scope="module")
def layouts(encoder: EmbeddedEncoder, tables: Tables) -> Layouts:
    return Layouts(Rows(encoder), Rarity(tables.rarity), tables.signs)


@pytest.fixture(scope="module")
def laid(encoder: EmbeddedEncoder, layouts: Layouts) -> list[Laid]:
    rows = [lay(example, Cutter(encoder.tokenizer), layouts) for example in EXAMPLES]
    return [row for row in rows if row is not None]


def _net(tables: Tables, *, width: int = 24) -> Net:
    torch.manual_seed(3)
    return Net(width=width, dimensions=512, signs=len(tables.signs), dropout=0.0)


def test_both_networks_agree(encoder: EmbeddedEncoder, tables: Tables, layouts: Layouts, laid: list[Laid]) -> None:
    net = _net(tables).eval()
    weights = {name: value.detach().numpy() for name, value in net.state_dict().items()}
    network = Network(weights, layouts.rows)
    with torch.no_grad():
        starts, ends, lengths = net(collate(laid, layouts))
    for row, one in enumerate(laid):
        scores = network(one.layout)
        inside = one.layout.real > 0
        size = len(inside)
        np.testing.assert_allclose(scores.starts[inside], starts[row, :size].numpy()[inside], atol=1e-4)
        np.testing.assert_allclose(scores.ends[inside], ends[row, :size].numpy()[inside], atol=1e-4)
        np.testing.assert_allclose(scores.lengths, lengths[row].numpy(), atol=1e-4)


def test_reading_scores_the_spans_that_learning_does(
    encoder: EmbeddedEncoder, tables: Tables, layouts: Layouts, laid: list[Laid]
) -> None:
    net = _net(tables).eval()
    weights = weights_of(net, tables, encoder.tokenizer.get_vocab_size())
    net.load_state_dict({name: torch.from_numpy(weights[name]).float() for name in net.state_dict()})
    batch = collate(laid, layouts)
    with torch.no_grad():
        starts, ends, lengths = net(batch)
        scores = span_scores(starts, ends, lengths, batch)
        totals = torch.logsumexp(scores.flatten(1), dim=1)
    reader = Reader(weights, encoder)
    for example, total in zip(EXAMPLES, totals.tolist(), strict=True):
        readings = reader.read(example.question, example.texts)
        parts = [reading.score(0, len(text)) for reading, text in zip(readings, example.texts, strict=True)]
        assert np.logaddexp.reduce(parts) == pytest.approx(total, abs=1e-3)


def test_answers_lie_where_they_are_said_to(laid: list[Laid]) -> None:
    assert [row.spans.tolist() for row in laid[:1]] == [[[16, 3]]]
    second = laid[1]
    first = second.layout.places[1][0]
    assert second.spans.tolist() == [[first + 6, 4], [first + 6, 5]]
    assert second.gold.nonzero()[0].tolist() == list(range(first, first + int(second.gold.sum())))


def test_an_answer_over_two_sentences_is_one_in_each(encoder: EmbeddedEncoder, layouts: Layouts) -> None:
    row = lay(Example("谁？", ("甲乙。丙丁。",), (Answer(0, 1, 5),)), Cutter(encoder.tokenizer), layouts)
    assert row is not None and row.spans.tolist() == [[1, 2], [3, 2]]


def test_small_numbers_keep_what_matters(laid: list[Laid]) -> None:
    small = compact(laid[1])
    np.testing.assert_array_equal(small.layout.words, laid[1].layout.words)
    np.testing.assert_allclose(small.layout.features, laid[1].layout.features, atol=1e-3)
    assert small.layout.places == laid[1].layout.places


def test_no_span_leaves_its_sentence(tables: Tables, layouts: Layouts, laid: list[Laid]) -> None:
    batch = collate(laid, layouts)
    with torch.no_grad():
        starts, ends, lengths = _net(tables).eval()(batch)
        scores = span_scores(starts, ends, lengths, batch)
    row, start, length = (scores > -1e8).nonzero(as_tuple=True)
    assert len(row)
    assert bool((batch.sentences[row, start] == batch.sentences[row, start + length]).all())
    assert bool((batch.text.real[row, start + length] > 0).all())


def test_learning_finds_the_answers(tables: Tables, layouts: Layouts, laid: list[Laid]) -> None:
    batch = collate(laid, layouts)
    net = _net(tables)
    losses: list[float] = []
    learn(net, [batch] * 40, Plan(steps=40, rate=1e-2, warmup=5), report=lambda _, loss, __: losses.append(loss), every=10)
    assert losses[-1] < 0.2 < 0.3 < losses[0]
    with torch.no_grad():
        starts, ends, lengths = net.eval()(batch)
        assert float(loss_of(span_scores(starts, ends, lengths, batch), batch, sentence_share=0.5, absent=False)) < losses[0]


def test_batches_hold_every_row_once_and_stay_small(laid: list[Laid]) -> None:
    rows = laid * 7
    batches = list(grouped(iter(rows), units=200, generator=np.random.default_rng(1), pool=8))
    assert sum(map(len, batches)) == len(rows)
    for batch in batches:
        assert len(batch) == 1 or len(batch) * max(len(row.layout.real) for row in batch) <= 200


def test_every_length_has_a_kind() -> None:
    assert len(LENGTHS) == LONGEST + 1
    assert (np.diff(LENGTHS) >= 0).all()
