"""A result that the sandbox's page shows is fetched without a trace; all other downloads leave one."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from a2e_sdk.sandbox import Fault, ManualClock, Sandbox, SandboxRequest
from api_paths import path_of


@pytest.fixture
def result(sandbox: Sandbox, clock: ManualClock, connect: Callable[..., object]) -> str:
    """The target of a link to a result."""
    api = connect(sandbox)
    task_id = api.start()  # type: ignore[attr-defined]
    clock.advance(10)
    url = urlsplit(api.task(task_id)["result_url"])  # type: ignore[attr-defined]
    sandbox.requests.clear()
    return f"{url.path}?{url.query}"


def fetch(sandbox: Sandbox, target: str, site: str | None, method: str = "GET") -> int:
    headers = {} if site is None else {"sec-fetch-site": site}
    return sandbox.handle(SandboxRequest.from_target(method, target, headers)).status


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_page_takes_no_fault_and_leaves_no_request(
    sandbox: Sandbox, result: str, method: str
) -> None:
    sandbox.faults.add(Fault.http(502))
    assert fetch(sandbox, result, "same-origin", method) == 200
    assert len(sandbox.faults) == 1
    assert len(sandbox.requests) == 0


@pytest.mark.parametrize("site", [None, "none", "same-site", "cross-site"])
def test_everybody_else_meets_the_fault(sandbox: Sandbox, result: str, site: str | None) -> None:
    sandbox.faults.add(Fault.http(502))
    assert fetch(sandbox, result, site) == 502
    assert len(sandbox.faults) == 0
    assert len(sandbox.requests) == 1


def test_an_operation_of_the_api_is_logged_whatever_it_says_of_itself(sandbox: Sandbox) -> None:
    assert fetch(sandbox, path_of("get_coins"), "same-origin") == 401
    assert len(sandbox.requests) == 1
