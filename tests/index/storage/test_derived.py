from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from index.errors import ArchiveLocked
from index.schema import DateRange, Filter
from index.storage import derived, manifest
from index.storage.dense import Compact, Exact, leg
from index.storage.derived import Legs, load, publish
from index.storage.lexical import LegDamaged
from index.storage.lock import writing
from index.storage.manifest import Manifest, read_manifest
from index.storage.pin import Pin
from index.storage.reader import Reader
from index.storage.store import Store
from index.view import View
from tests.index.storage.sample import HashEncoder, draft, terms

ENCODER = HashEncoder()
QUESTIONS = ("图书馆开馆藏书", "公路养护投资", "第3号消息", "共同的句子")


def put(folder: Path, sources: dict[str, Sequence[str]], removing: Sequence[str] = ()) -> None:
    store = Store(folder)
    if store.meta("fingerprint") is None:
        store.set_model(ENCODER)
    for name, texts in sources.items():
        store.put(draft(name, texts))
    store.rename({}, removing=removing)
    store.close()


def answers(pin: Pin) -> list[list[tuple[str, float]]]:
    """Return what both legs say to some questions, and let go of the pin."""
    found = []
    with View(pin) as view:
        for question in QUESTIONS:
            vector = ENCODER.encode_questions([question])[0]
            for hits in (view.search_lexical(terms(question), limit=7), view.search_dense(vector, limit=7)):
                found += [[(hit.passage_id, round(hit.score, 4)) for hit in hits]]
    return found


def texts(number: int) -> list[str]:
    return [
        f"第{number}号消息：图书馆开馆，藏书{number}万册。",
        "共同的句子，每一页都有。",
        f"公路养护{number}公里，投资{number * 7}万元。",
    ]


def fresh(folder: Path, numbers: Sequence[int]) -> list[list[tuple[str, float]]]:
    put(folder, {f"s{number}": texts(number) for number in numbers})
    return answers(Reader(folder).pin())


def test_catching_up_equals_building_anew(tmp_path: Path) -> None:
    reader = Reader(tmp_path / "grown")
    for numbers in (range(5), range(5, 9), range(9, 20)):
        put(tmp_path / "grown", {f"s{number}": texts(number) for number in numbers})
        reader.pin().release()
    assert answers(reader.pin()) == fresh(tmp_path / "fresh", range(20))
    assert answers(Reader(tmp_path / "grown").pin()) == answers(reader.pin())


def test_replacing_and_removing_equals_building_anew(tmp_path: Path) -> None:
    folder = tmp_path / "grown"
    reader = Reader(folder)
    put(folder, {f"s{number}": texts(number + 100) for number in range(12)})
    reader.pin().release()
    put(folder, {f"s{number}": texts(number) for number in range(12)})
    reader.pin().release()
    put(folder, {}, removing=["s3", "s7"])
    assert answers(reader.pin()) == fresh(tmp_path / "fresh", [number for number in range(12) if number not in (3, 7)])


def test_a_large_archive_extends_its_lexical_leg_and_still_forgets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derived, "_EXACT_UP_TO", 10)
    reader = Reader(tmp_path)
    put(tmp_path, {f"s{number}": texts(number) for number in range(20)})
    reader.pin().release()
    put(tmp_path, {"s20": texts(20)}, removing=["s3"])
    with View(reader.pin()) as view:
        assert read_manifest(tmp_path).gone == 3
        assert view.search_lexical(terms("第20号消息"), limit=1)[0].passage_id == "s20-p1-a01-s01"
        assert not [hit for hit in view.search_lexical(terms("消息"), limit=50) if hit.passage_id.startswith("s3-")]
    put(tmp_path, {}, removing=[f"s{number}" for number in range(10, 15)])
    reader.pin().release()
    assert read_manifest(tmp_path).gone == 0


def test_generations_share_files_and_old_ones_are_swept(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    for number in range(4):
        put(tmp_path, {f"s{number}": texts(number)})
        reader.pin().release()
    folders = sorted(path.name for path in (tmp_path / "derived").iterdir() if path.is_dir())
    assert [name[:9] for name in folders] == ["000000003", "000000004"]
    old, new = ({path.name for path in (tmp_path / "derived" / name / "lexical").glob("*.term")} for name in folders)
    assert old < new


def damaged_bit(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.unlink()
    path.write_bytes(data)


def torn(path: Path) -> None:
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[: len(data) // 2])


@pytest.mark.parametrize("harm", [damaged_bit, torn, Path.unlink], ids=["bit", "torn", "missing"])
@pytest.mark.parametrize(
    "pattern", ["manifest.json", "*/dense.faiss", "*/lexical/*.idx", "*/lexical/*.term", "*/lexical/meta.json"]
)
def test_damage_is_noticed_and_mended_from_the_truth(tmp_path: Path, pattern: str, harm: Callable[[Path], None]) -> None:
    expected = fresh(tmp_path, range(6))
    path = next((tmp_path / "derived").glob(pattern))
    harm(path)
    with pytest.raises(LegDamaged):
        load(tmp_path)
    assert answers(Reader(tmp_path).pin()) == expected
    assert load(tmp_path).dense.size == 18


def test_files_shared_with_a_verified_generation_are_read_again_only_when_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2):
        put(tmp_path, {f"s{number}": texts(number)})
        Reader(tmp_path).pin().release()
    base = load(tmp_path)
    put(tmp_path, {"s2": texts(2)})
    Reader(tmp_path).pin().release()
    hashed: list[str] = []
    original = manifest.sha256

    def noting(path: Path) -> str:
        hashed.append(path.name)
        return original(path)

    monkeypatch.setattr(manifest, "sha256", noting)
    legs = load(tmp_path, base)
    shared = {name for name in legs.files if base.files.get(name) == legs.files[name]}
    assert any(name.endswith(".term") for name in shared)
    assert not {Path(name).name for name in shared} & set(hashed)
    assert legs.dense.size == 9

    victim = tmp_path / "derived" / str(legs.generation) / next(name for name in sorted(shared) if name.endswith(".term"))
    damaged_bit(victim)
    with pytest.raises(LegDamaged, match=victim.name):
        load(tmp_path, legs)


def test_derived_data_of_another_archive_is_not_used(tmp_path: Path) -> None:
    expected = fresh(tmp_path / "one", range(6))
    fresh(tmp_path / "two", range(50, 56))
    shutil.rmtree(tmp_path / "one" / "derived")
    shutil.copytree(tmp_path / "two" / "derived", tmp_path / "one" / "derived")
    assert answers(Reader(tmp_path / "one").pin()) == expected


def test_a_truth_put_back_from_a_copy_gets_legs_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    expected = fresh(folder, range(6))
    shutil.copytree(folder, tmp_path / "copy")
    reader = Reader(folder)
    put(folder, {"s0": texts(77)})
    assert answers(reader.pin()) != expected
    shutil.copyfile(tmp_path / "copy" / "archive.db", folder / "restored")
    (folder / "restored").replace(folder / "archive.db")
    for name in ("archive.db-wal", "archive.db-shm"):
        (folder / name).unlink(missing_ok=True)
    assert answers(reader.pin()) == expected
    assert answers(Reader(folder).pin()) == expected
    put(folder, {"s1": texts(88)})  # counts the same sequence again with other content
    assert answers(reader.pin()) == answers(Reader(folder).pin()) != expected


def test_files_of_other_library_versions_are_made_anew(tmp_path: Path) -> None:
    expected = fresh(tmp_path, range(3))
    path = tmp_path / "derived" / "manifest.json"
    fields = json.loads(path.read_text())
    del fields["checksum"]
    path.write_text(Manifest(**{**fields, "libraries": "tantivy 0.1, FAISS 1.2"}).to_json())
    assert answers(Reader(tmp_path).pin()) == expected
    assert read_manifest(tmp_path).libraries != "tantivy 0.1, FAISS 1.2"


def test_another_model_makes_only_the_dense_leg_anew(tmp_path: Path) -> None:
    fresh(tmp_path, range(6))
    other = HashEncoder(name="other", salt="x", dimensions=16)
    store = Store(tmp_path)
    store.reencode(other)
    store.close()
    pin = Reader(tmp_path).pin()
    assert (pin.legs.fingerprint, pin.legs.dense.dimensions, pin.legs.lexical.size) == (other.fingerprint, 16, 18)
    assert np.array_equal(pin.legs.dense.rows(), pin.snapshot.rows())
    pin.release()


def test_where_nothing_can_be_written_the_legs_are_made_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = fresh(tmp_path, range(6))
    shutil.rmtree(tmp_path / "derived")

    def refuse(folder: Path, snapshot: object, base: Legs | None) -> Legs:
        raise PermissionError(13, "Read-only file system", str(folder))

    monkeypatch.setattr(derived, "publish", refuse)
    reader = Reader(tmp_path)
    assert answers(reader.pin()) == expected
    made = reader.pin()
    again = reader.pin()
    assert made.legs is again.legs
    assert made.legs.generation is None
    made.release()
    again.release()


def test_while_another_writes_the_last_legs_are_served(tmp_path: Path) -> None:
    fresh(tmp_path, range(6))
    reader = Reader(tmp_path)
    reader.pin().release()
    with writing(tmp_path):
        put(tmp_path, {"s6": texts(6)}, removing=["s0"])
        with View(reader.pin()) as view:
            assert (view.sequence, view.size) == (8, 18)
            found = {hit.passage_id[:2] for hit in view.search_lexical(terms("消息"), limit=50)}
            assert found == {"s1", "s2", "s3", "s4", "s5"}  # s0 is gone at once, s6 is not yet searchable
            first_ever = View(Reader(tmp_path).pin())
            assert "s0" not in {hit.passage_id[:2] for hit in first_ever.search_lexical(terms("消息"), limit=50)}
            first_ever.close()
    with View(reader.pin()) as view:
        assert {hit.passage_id[:2] for hit in view.search_lexical(terms("消息"), limit=50)} == {f"s{n}" for n in range(1, 7)}


def test_a_failed_publication_leaves_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh(tmp_path, range(6))
    before = read_manifest(tmp_path)
    put(tmp_path, {"s6": texts(6)})

    def full(folder: Path, manifest: Manifest) -> None:
        raise OSError(28, "No space left on device", str(folder))

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space"):
        patch.setattr(derived, "put_in_place", full)
        pin = Reader(tmp_path)
        snapshot, release = pin.snapshot()
        try:
            publish(tmp_path, snapshot, load(tmp_path))
        finally:
            release()
    assert read_manifest(tmp_path) == before
    assert [path.name for path in (tmp_path / "derived").iterdir() if path.is_dir()] == [before.generation]
    with View(Reader(tmp_path).pin()) as view:
        assert view.size == 21


def test_ties_rank_by_id_wherever_the_rows_lie(tmp_path: Path) -> None:
    same = ["一模一样的句子。"] * 60
    put(tmp_path, {"b": same, "a": same})
    vector = ENCODER.encode_questions(same[:1])[0]
    with View(Reader(tmp_path).pin()) as view:
        for hits in (view.search_lexical(terms(same[0]), limit=5), view.search_dense(vector, limit=5)):
            assert [hit.passage_id for hit in hits] == [f"a-p1-a01-s0{number}" for number in range(1, 6)]
            assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]


def test_an_empty_archive_answers_nothing(tmp_path: Path) -> None:
    put(tmp_path, {})
    with View(Reader(tmp_path).pin()) as view:
        assert (view.size, view.issues(), view.sample(3)) == (0, [], [])
        assert view.search_lexical(terms("公路"), limit=5) == []
        assert view.search_dense(np.ones(32, dtype=np.float32), limit=5) == []


def test_a_manifest_with_a_flipped_number_is_refused(tmp_path: Path) -> None:
    fresh(tmp_path, range(3))
    path = tmp_path / "derived" / "manifest.json"
    path.write_text(path.read_text().replace('"sequence": 3', '"sequence": 2'))
    with pytest.raises(LegDamaged, match="checksum"):
        read_manifest(tmp_path)


def test_the_lock_names_its_holder(tmp_path: Path) -> None:
    refusal = pytest.raises(ArchiveLocked, match=r"another update is running \(process \d+, since \d{4}-")
    with writing(tmp_path), refusal, writing(tmp_path, wait=0):
        raise AssertionError


def test_crossing_the_size_of_exact_search_equals_building_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leg, "EXACT_UP_TO", 10)
    grown, reader = tmp_path / "grown", Reader(tmp_path / "grown")
    kinds = []
    for number in range(1, 8):
        put(grown, {f"s{number}": texts(number)})
        pin = reader.pin()
        kinds.append(type(pin.legs.dense))
        found = answers(pin)
    assert kinds == [Exact] * 3 + [Compact] * 4
    assert found == fresh(tmp_path / "fresh", range(1, 8))
    put(grown, {}, removing=[f"s{number}" for number in range(2, 8)])
    pin = reader.pin()
    assert type(pin.legs.dense) is Exact
    assert answers(pin) == fresh(tmp_path / "small", [1])


def test_what_was_foreseen_is_found_as_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leg, "EXACT_UP_TO", 10)
    put(tmp_path, {f"s{number}": texts(number) for number in range(1, 8)})
    pin = Reader(tmp_path).pin()
    [vector] = ENCODER.encode_questions(["第3号"])
    found = pin.search_dense(vector, limit=5, filter=Filter())
    narrow = Filter(dates=(DateRange("2021-01-02", "2021-01-04"),))
    few = pin.search_dense(vector, limit=5, filter=narrow)
    for limit, filter in ((5, Filter()), (5, narrow), (3, Filter())):
        pin.foresee_dense(vector, limit=limit, filter=filter)
        assert pin.search_dense(vector, limit=5, filter=Filter()) == found
        assert pin.search_dense(vector, limit=5, filter=narrow) == few
