"""The sandbox over HTTP, examined by schemathesis with valid and invalid requests of the spec.

No request makes it fail, and what it answers to a valid one is what ``spec/openapi.yaml`` says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

from hypothesis import HealthCheck, Phase, given, settings  # noqa: E402
from schemathesis.checks import not_a_server_error  # noqa: E402
from schemathesis.specs.openapi.checks import (  # noqa: E402
    content_type_conformance,
    response_schema_conformance,
)

from a2e_sdk.sandbox import ManualClock, Sandbox  # noqa: E402
from a2e_sdk.sandbox.http_server import SandboxServer, serve  # noqa: E402
from robustness.client_pairs import EVERYTHING  # noqa: E402
from spec_document import load_spec  # noqa: E402

#: Requests for each operation and mode. With some 250 operations, few do.
_EXAMPLES = 3 if EVERYTHING else 2
SCHEMA = schemathesis.openapi.from_dict(load_spec())
OPERATIONS = {result.ok().label: result.ok() for result in SCHEMA.get_all_operations()}


@pytest.fixture(scope="module")
def server() -> Iterator[SandboxServer]:
    with serve(Sandbox(clock=ManualClock(), coins=10**9)) as server:
        yield server


def _examine(operation: Any, mode: Any, server: SandboxServer, examples: int) -> int:
    answered = 0

    @settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    @given(operation.as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        nonlocal answered
        case.headers = {**(case.headers or {}), "Authorization": "Bearer sk_test"}
        response = case.call(base_url=server.url)
        envelope = (
            response.json() if "json" in response.headers.get("content-type", [""])[0] else {}
        )
        checks = [not_a_server_error]
        # Under HTTP 200 the spec's success schema does not hold for a code other than 0.
        if envelope.get("code") == 0:
            checks += [content_type_conformance, response_schema_conformance]
        case.validate_response(response, checks=checks)
        answered += 1

    check()
    return answered


@pytest.mark.parametrize("label", OPERATIONS)
@pytest.mark.parametrize("mode", ["POSITIVE", "NEGATIVE"])
def test_no_request_makes_the_sandbox_fail(label: str, mode: str, server: SandboxServer) -> None:
    operation = OPERATIONS[label]
    try:
        answered = _examine(operation, schemathesis.GenerationMode[mode], server, _EXAMPLES)
    except Exception as error:
        if mode == "NEGATIVE" and type(error).__name__ == "Unsatisfiable":
            pytest.skip("every request of this operation is valid")
        raise
    assert answered
