"""The rounds of faults at the size of every change; `python -m tests.faults.full` runs them at the size of a release."""

from __future__ import annotations

import os
import random
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faults import injected
from tests.faults.asked import load
from tests.faults.damage import damage
from tests.faults.moments import moments, updaters
from tests.faults.news import FOLDER, news
from tests.faults.round import Round
from tests.faults.sequences import grown_equals_built
from tests.faults.syscalls import errors, kills

SEED = 20261122

traced = pytest.mark.skipif(injected.missing() is not None, reason=str(injected.missing()))
forks = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")


def kept(done: Round) -> None:
    """Assert that every promise was kept."""
    assert done.wrong == [], done.figures()


def test_some_damage_is_found(tmp_path: Path) -> None:
    done = damage(tmp_path, 12, random.Random(SEED))
    kept(done)
    assert done.hit["found by check"] > 6


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_damage_to_any_file_is_found(tmp_path: Path) -> None:
    done = damage(tmp_path, 120, random.Random(SEED + 1))
    kept(done)
    assert done.hit["found by check"] > 60


@traced
@pytest.mark.slow
@pytest.mark.timeout(1_500)
def test_killed_at_system_calls(tmp_path: Path) -> None:
    done = kills(tmp_path, 320, random.Random(SEED))
    kept(done)
    assert done.hit["killed"] > 300, done.figures()


@traced
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_system_calls_that_fail(tmp_path: Path) -> None:
    done = errors(tmp_path, 120, random.Random(SEED))
    kept(done)
    assert done.hit["refused in one line"] > 40, done.figures()


@forks
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_at_random_moments_of_a_large_update(tmp_path: Path) -> None:
    done = moments(tmp_path, 20, random.Random(SEED), articles=1_000)
    kept(done)
    assert done.hit["killed while taking in"] > 3, done.figures()


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_any_updates_end_as_a_fresh_build(chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as home:
        assert grown_equals_built(Path(home), chance) == []


@pytest.mark.slow
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_many_more_updates_end_as_a_fresh_build(chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as home:
        assert grown_equals_built(Path(home), chance) == []


@pytest.mark.slow
@pytest.mark.timeout(3_600)
@pytest.mark.skipif(FOLDER not in os.environ, reason=f"{FOLDER} names no folder of newspaper pages")
def test_a_hundred_issues_one_by_one_make_the_archive_of_one_build(tmp_path: Path) -> None:
    kept(news(tmp_path, 100, random.Random(SEED)))


@forks
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_of_updaters_at_once_one_works(tmp_path: Path) -> None:
    kept(updaters(tmp_path, 5, random.Random(SEED)))


@forks
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_no_answer_is_torn_while_others_publish(tmp_path: Path) -> None:
    done = load(tmp_path, 20, random.Random(SEED), askers=32)
    kept(done)
    assert done.hit["quotes verified"] > 100, done.figures()
    assert done.hit["states seen"] > 2, done.figures()
