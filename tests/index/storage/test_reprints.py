"""Reprints: sketches estimate likeness, groups are found whatever the order, dissolved with what they were made of, verified."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import apsw
import numpy as np
import pytest

from index.archive import Archive
from index.storage.database import FILE
from index.storage.reprints.links import Wanted, components
from index.storage.reprints.sketch import SIZE, Sketches, sketch, sketches_of
from tests.index.storage.sample import draft, opened

REPORT = (
    "本报讯 昨日上午，位于城区东部的市图书馆新馆正式建成并对市民开放，新馆总投资三千二百万元，藏书一百二十万册，"
    "每天可接待读者五千人次。馆长王建国介绍，新馆设有少儿阅览室、古籍阅览室和地方文献中心，全年三百六十五天不闭馆。"
)
OTHER = "农技人员连日来深入田间地头，指导农户抓住晴好天气抢收小麦，全区七十万亩小麦预计五天之内收割完毕，机收率达到九成九。"


def misread(text: str, share: float, seed: int) -> str:
    """Return a text with a share of its characters replaced."""
    chance = random.Random(seed)
    return "".join(chr(0x4E00 + chance.randrange(3000)) if chance.random() < share else char for char in text)


def jaccard(one: str, other: str) -> float:
    first, second = ({text[i : i + 5] for i in range(len(text) - 4)} for text in (one, other))
    return len(first & second) / len(first | second)


def groups(archive: Archive, ids: list[str]) -> set[frozenset[str]]:
    with archive.view() as view:
        return {frozenset((id, *others)) for id, others in view.printings(ids).items()}


def test_equal_numbers_estimate_the_likeness_of_texts() -> None:
    chance = random.Random(5)
    errors = []
    for seed in range(200):
        text = "".join(chr(0x4E00 + chance.randrange(3000)) for _ in range(200))
        changed = misread(text, chance.random() * 0.3, seed)
        errors.append(float(np.mean(sketch(text) == sketch(changed))) - jaccard(text, changed))
    assert abs(np.mean(errors)) < 0.01  # no bias
    assert np.std(errors) < 0.08  # sqrt(0.25 / 48) at most


def test_marks_width_and_traditional_characters_make_no_difference_and_short_texts_have_no_sketch() -> None:
    assert np.array_equal(
        sketch("新馆每天可接待读者5000人次，藏书一百二十万册，是全市规模最大的图书馆之一"),
        sketch("新館每天可接待讀者５０００人次、藏書一百二十萬冊 是全市規模最大的圖書館之一"),
    )
    assert not sketch("图片说明：新馆外景").any()
    assert sketches_of([]).shape == (0, SIZE)


def shares_band(one: Sketches, other: Sketches) -> bool:
    return bool((one == other).reshape(-1, 3).all(axis=1).any())


def brute_force(sketches: Sketches) -> set[frozenset[int]]:
    """Compare all with all."""
    parent = list(range(len(sketches)))
    for i, j in itertools.combinations(range(len(sketches)), 2):
        if shares_band(sketches[i], sketches[j]) and (sketches[i] == sketches[j]).sum() >= SIZE // 2:
            parent = [parent[i] if root == parent[j] else root for root in parent]
    return {frozenset(k for k, root in enumerate(parent) if root == each) for each in set(parent)}


def partition(labels: np.ndarray) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(labels == label).tolist()) for label in set(labels.tolist())}


@pytest.mark.parametrize("seed", range(6))
def test_links_are_those_of_comparing_all_with_all_also_in_two_steps(seed: int) -> None:
    chance = np.random.default_rng(seed)
    families = chance.integers(1, 1 << 16, size=(12, SIZE)).repeat(6, axis=0)
    noise = chance.random(families.shape) < chance.random((len(families), 1)) * 0.45
    sketches = np.where(noise, chance.integers(1, 1 << 16, size=families.shape), families).astype("<u2")
    sketches = chance.permutation(np.concatenate([sketches, sketches[:9]]))
    none = np.full(len(sketches), -1)
    expected = brute_force(sketches)
    at_once = components(sketches, np.ones(len(sketches), dtype=bool), none)
    assert partition(at_once) == expected
    assert 1 < len(expected) < len(sketches)
    half = len(sketches) // 2
    first = components(sketches[:half], np.ones(half, dtype=bool), none[:half])
    known = np.where(np.bincount(first, minlength=half)[first] > 1, first, -1)
    is_new = np.arange(len(sketches)) >= half
    assert partition(components(sketches, is_new, np.concatenate([known, none[half:]]))) == expected
    maybe = Wanted(sketches[is_new]).among(sketches)
    for one, other in itertools.product(range(half), range(half, len(sketches))):
        if shares_band(sketches[one], sketches[other]):
            assert maybe[one]


def test_reprints_are_grouped_at_the_update_and_the_order_makes_no_difference(tmp_path: Path) -> None:
    texts = {"a": REPORT, "b": misread(REPORT, 0.02, 1), "c": OTHER, "d": misread(REPORT, 0.02, 2), "e": misread(OTHER, 0.03, 3)}
    days = {"a": "2021-03-05", "b": "2021-03-01", "d": None, "c": "2021-03-02", "e": "2021-03-09"}
    ids = [f"{name}-p1-a01-s01" for name in texts]
    expected = {frozenset(f"{name}-p1-a01-s01" for name in group) for group in ("abd", "ce")}
    for number, order in enumerate(itertools.permutations(texts)):
        if number % 40:
            continue
        with opened(tmp_path / str(number)) as archive:
            for name in order:
                archive.take([draft(name, [texts[name]], date=days[name])])
            assert groups(archive, ids) == expected
            with archive.view() as view:
                assert view.printings(["a-p1-a01-s01"]) == {"a-p1-a01-s01": ("b-p1-a01-s01", "d-p1-a01-s01")}
                assert view.printings(["nothing"]) == {}
            archive.remove(["b"])
            assert groups(archive, ids) == {frozenset(ids) & group - {"b-p1-a01-s01"} for group in expected}
            archive.remove(["d"])
            assert groups(archive, ids) == {frozenset(ids) & group for group in expected if ids[2] in group}
            archive.take([draft("b", [texts["b"]], date=days["b"]), draft("d", [texts["d"]])])
            assert groups(archive, ids) == expected
            assert archive.check().problems == ()


def test_a_group_that_hung_together_by_one_that_went_falls_apart(tmp_path: Path) -> None:
    chance = random.Random(3)
    text = "".join(chr(0x4E00 + chance.randrange(3000)) for _ in range(300))
    chain = {"one": text[:200], "link": text[50:250], "two": text[100:]}  # alike by 0.6, and by 0.3 without the one between
    ids = [f"{name}-p1-a01-s01" for name in chain]
    with opened(tmp_path / "archive") as archive:
        archive.take([draft(name, [printed]) for name, printed in chain.items()])
        assert groups(archive, ids) == {frozenset(ids)}
        archive.remove(["link"])
        assert groups(archive, ids) == set()


@pytest.mark.parametrize("statement", ["UPDATE printings SET report = report + 1 WHERE row = 2", "DELETE FROM printings"])
def test_damage_to_groups_is_found_and_mended(statement: str, tmp_path: Path) -> None:
    with opened(tmp_path / "archive") as archive:
        archive.take([draft("a", [REPORT, OTHER]), draft("b", [REPORT, OTHER])])
        ids = [f"{name}-p1-a01-s0{number}" for name in "ab" for number in (1, 2)]
        whole = groups(archive, ids)
        assert len(whole) == 2
        connection = apsw.Connection(str(archive.folder / FILE))
        connection.execute(statement)
        connection.close()
        assert [problem for problem in archive.check().problems if "reprints" in problem]
        assert archive.repair().ok
        assert groups(archive, ids) == whole


def test_a_damaged_sketch_is_found(tmp_path: Path) -> None:
    with opened(tmp_path / "archive") as archive:
        archive.take([draft("a", [REPORT])])
        connection = apsw.Connection(str(archive.folder / FILE))
        connection.execute("UPDATE sketches SET numbers = zeroblob(96)")
        connection.close()
        assert "what was taken from a is altered" in archive.check().problems[0]
