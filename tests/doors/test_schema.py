"""Schemathesis asks everything that the OpenAPI allows, and much that it does not: no 5xx, replies of the shapes promised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from tests.browser.conftest import serving
from tests.qa.chat.fake_assistant import FakeAssistant

pytestmark = pytest.mark.timeout(300)  # on a machine that is busy with something else

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EVERY = list(HealthCheck)
PHASES = (Phase.explicit, Phase.generate)


@pytest.fixture(scope="module")
def described() -> Iterator[Any]:
    """The description of a running server. A stand-in answers: what is tested here is the door, not the archive behind it."""
    with serving(FakeAssistant()) as address:
        yield schemathesis.openapi.from_url(f"{address}openapi.json")


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: str(mode.value))
def test_every_route_keeps_to_its_description(described: Any, mode: GenerationMode) -> None:
    asked: list[str] = []
    for operation in (result.ok() for result in described.get_all_operations()):
        if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query or operation.path_parameters):
            continue  # nothing can be wrong with a request that takes nothing

        @settings(max_examples=8, deadline=None, derandomize=True, database=None, suppress_health_check=EVERY, phases=PHASES)
        @given(case=operation.as_strategy(generation_mode=mode))
        def holds(case: Any) -> None:
            case.call_and_validate(checks=CHECKS)

        holds()
        asked.append(operation.label)
    assert len(asked) >= 10
