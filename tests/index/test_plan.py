from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.plan import Plan, make_plan
from index.storage.records import SourceRow

Names = dict[str, str]


def plan(
    known: Names,
    files: Names,
    *,
    elsewhere: frozenset[str] = frozenset(),
    prune: bool = False,
    old: frozenset[str] = frozenset(),
) -> Plan:
    """Plan with ``known`` in the archive and ``files`` found; files in ``elsewhere`` exist but were not looked at."""
    rows = [SourceRow(name, content, 1 if name in old else 2) for name, content in known.items()]
    return make_plan(
        rows,
        files,
        is_gone=lambda name: name not in files and name not in elsewhere,
        may_go=lambda name: prune,
        reading=2,
    )


def carried_out(known: Names, files: Names, plan: Plan) -> Names:
    """Do to a dict what an update does to the archive."""
    held = dict(known)
    for name in plan.removed:
        del held[name]
    moved = {plan.renamed[name]: held.pop(name) for name in plan.renamed}
    assert not moved.keys() & held.keys()
    held.update(moved)
    for name, replaces in plan.take.items():
        assert replaces == (name in held)
        held[name] = files[name]
    return held


def test_new_changed_and_unchanged() -> None:
    made = plan({"a": "1", "b": "2"}, {"a": "1", "b": "3", "c": "4"})
    assert (made.unchanged, made.removed, made.renamed, made.take) == (1, (), {}, {"b": True, "c": False})


def test_a_moved_file_is_the_same_source() -> None:
    made = plan({"old/a": "1"}, {"new/a": "1"})
    assert (made.unchanged, made.renamed, made.take) == (1, {"old/a": "new/a"}, {})


def test_a_copy_is_the_same_source_and_renames_nothing() -> None:
    made = plan({"a": "1"}, {"a": "1", "copy": "1"})
    assert (made.unchanged, made.renamed, made.take) == (2, {}, {})
    made = plan({"a": "1"}, {"copy": "1"}, elsewhere=frozenset({"a"}))
    assert (made.unchanged, made.renamed, made.take) == (1, {}, {})


def test_two_files_that_change_places_are_unchanged() -> None:
    made = plan({"a": "1", "b": "2"}, {"a": "2", "b": "1"})
    assert (made.unchanged, made.renamed, made.take, made.removed) == (2, {"a": "b", "b": "a"}, {}, ())


def test_the_same_text_under_a_name_that_says_other_facts_replaces() -> None:
    made = plan({"page.txt": "text/none"}, {"2021-06-08.txt": "text/dated"})
    assert (made.renamed, made.take) == ({"page.txt": "2021-06-08.txt"}, {"2021-06-08.txt": True})


def test_the_same_text_on_two_days_stays_two_sources() -> None:
    made = plan({"1.txt": "text/monday"}, {"1.txt": "text/monday", "2.txt": "text/tuesday"})
    assert (made.unchanged, made.take) == (1, {"2.txt": False})


def test_only_pruning_removes_what_is_gone() -> None:
    assert plan({"a": "1", "b": "2"}, {"a": "1"}).removed == ()
    assert plan({"a": "1", "b": "2"}, {"a": "1"}, prune=True).removed == ("b",)
    assert plan({"a": "1", "b": "2"}, {"a": "1"}, prune=True, elsewhere=frozenset({"b"})).removed == ()


def test_a_file_that_became_a_copy_of_another_gives_up_its_old_content() -> None:
    made = plan({"a": "1", "b": "2"}, {"a": "2", "b": "2"})
    assert (made.removed, made.take) == (("a",), {})


def test_sources_of_an_older_reading_are_taken_again() -> None:
    assert plan({"a": "1", "b": "2"}, {"a": "1", "b": "2"}, old=frozenset({"a"})).take == {"a": True}


def test_a_source_marked_for_reading_again_is_replaced() -> None:
    assert plan({"a": ""}, {"a": "1"}).take == {"a": True}


_HELD = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("uvwxyz"), max_size=6).map(
    lambda names: {name: content for content, name in {content: name for name, content in names.items()}.items()}
)
_FILES = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("uvwxyz"), max_size=6)


@given(known=_HELD, files=_FILES, elsewhere=st.frozensets(st.sampled_from("abcdef")), prune=st.booleans())
def test_any_update_ends_where_a_fresh_archive_would(known: Names, files: Names, elsewhere: frozenset[str], prune: bool) -> None:
    made = plan(known, files, elsewhere=elsewhere, prune=prune)
    held = carried_out(known, files, made)
    assert set(files.values()) <= set(held.values())
    assert len(set(held.values())) == len(held)
    for name, content in held.items():
        assert files.get(name, content) == content or name in elsewhere
    lost = set(known.values()) - set(held.values())
    for name in (name for name, content in known.items() if content in lost):
        assert name in files or (prune and name not in elsewhere)
    again = plan(held, files, elsewhere=elsewhere, prune=prune)
    assert (again.take, again.renamed, again.removed, again.unchanged) == ({}, {}, (), len(files))
