"""Every attempt of a call can be watched, and what is shown of it holds no secret."""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
from typing import Any

import pytest

from a2e_sdk import A2E, Hooks, RequestEvent, ResponseEvent, RetryEvent, errors
from a2e_sdk._config.hooks import NO_HOOKS
from a2e_sdk._http.messages import HttpResponse
from a2e_sdk.sandbox import Fault, Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver
from scripted_transport import EMPTY_PAGE, ScriptedTransport

ID = "6674f1765699df7e9d25311a"
KEY = "sk_test_hooked_0123456789"
URL = "https://sandbox.a2e.invalid"


class Seen:
    """Hooks that keep every event."""

    def __init__(self) -> None:
        self.events: list[Any] = []
        add = self.events.append
        self.hooks = Hooks(on_request=add, on_response=add, on_retry=add)


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def watched(driver: Driver, sandbox: Sandbox, seen: Seen) -> Any:
    return driver.client(region="sandbox", http_client=SandboxTransport(sandbox), hooks=seen.hooks)


def test_hooks_see_every_attempt_in_order(
    driver: Driver, watched: Any, sandbox: Sandbox, seen: Seen, pauses: list[float]
) -> None:
    sandbox.faults.add(Fault.rate_limited(retry_after=2))
    sandbox.faults.add(Fault.drop_after_read())
    driver.run(watched.face_swap.tasks.get(ID))
    first, refused, retry, second, broken, again, third, answered = seen.events
    (path,) = {event.url for event in seen.events}
    assert path.startswith(URL)
    assert path.endswith(ID)
    facts = {"operation": "get_face_swap_task", "method": "GET", "url": path}
    assert first == RequestEvent(**facts, attempt=1)
    assert second == RequestEvent(**facts, attempt=2)
    assert third == RequestEvent(**facts, attempt=3)
    for event, attempt, status, error in (
        (refused, 1, 429, errors.RateLimitError),
        (broken, 2, None, errors.APIConnectionError),
        (answered, 3, 200, None),
    ):
        assert type(event) is ResponseEvent
        assert (event.attempt, event.http_status, event.error) == (attempt, status, error)
        assert event.seconds == 0, "the test's clock stood still"
    assert retry == RetryEvent(
        **facts, attempt=1, http_status=429, error=errors.RateLimitError, pause=pauses[0]
    )
    assert again == RetryEvent(
        **facts, attempt=2, http_status=None, error=errors.APIConnectionError, pause=pauses[1]
    )


def test_an_event_shows_neither_key_nor_query(driver: Driver, seen: Seen) -> None:
    transport = ScriptedTransport()
    client = driver.client(api_key=KEY, http_client=transport, hooks=seen.hooks)
    driver.run(client.face_swap.tasks.page(1, page_size=77))
    assert "77" in transport.requests[0].url
    assert [type(event) for event in seen.events] == [RequestEvent, ResponseEvent]
    for event in seen.events:
        assert "?" not in repr(event)
        assert KEY not in repr(event)
        assert KEY.encode() not in pickle.dumps(event)
    assert seen.events[1].trace_id == "t-1"


@pytest.mark.parametrize("name", ["on_request", "on_response", "on_retry"])
def test_an_exception_of_a_hook_reaches_the_caller(
    driver: Driver, sandbox: Sandbox, pauses: list[float], name: str
) -> None:
    def object_to(event: RequestEvent) -> None:
        # Even one that looks like an answer's is not taken for one.
        raise errors.InternalServerError("from the hook")

    transport = SandboxTransport(sandbox)
    client = driver.client(
        region="sandbox", http_client=transport, hooks=Hooks(**{name: object_to})
    )
    sandbox.faults.add(Fault.http(502), times=None)
    with pytest.raises(errors.InternalServerError, match="from the hook"):
        driver.run(client.face_swap.tasks.get(ID))
    assert sandbox.requests.total == (0 if name == "on_request" else 1)
    assert pauses == []


def test_hooks_stay_with_copies_and_behind_in_pickles(
    driver: Driver, watched: Any, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.run(watched.with_options(max_retries=0).face_swap.tasks.get(ID))
    assert len(seen.events) == 2
    monkeypatch.setenv("A2E_API_KEY", KEY)
    client = A2E(hooks=Hooks(on_retry=lambda event: None), max_concurrency=3, rate_limit=2.5)
    configuration = pickle.loads(pickle.dumps(client)).api.configuration
    assert configuration.hooks is NO_HOOKS
    assert (configuration.max_concurrency, configuration.rate_limit) == (3, 2.5)


def test_what_can_not_be_called_is_refused() -> None:
    with pytest.raises(errors.ConfigurationError, match="on_retry must be a function"):
        Hooks(on_retry="print")  # type: ignore[arg-type]
    with pytest.raises(errors.ConfigurationError, match="hooks must be a Hooks"):
        A2E(KEY, hooks={"on_request": print})  # type: ignore[arg-type]


def test_the_log_has_a_line_for_every_attempt_and_a_warning_for_a_call_given_up(
    driver: Driver,
    a2e: Any,
    sandbox: Sandbox,
    pauses: list[float],
    caplog: pytest.LogCaptureFixture,
) -> None:
    sandbox.faults.add(Fault.http(502), times=None)
    with caplog.at_level(logging.DEBUG, "a2e_sdk"), pytest.raises(errors.APIError):
        driver.run(a2e.face_swap.tasks.get(ID))
    lines = [(record.levelname, record.getMessage()) for record in caplog.records]
    attempt = "get_face_swap_task: attempt {}: HTTP 502 in 0.000 s, InternalServerError"
    assert lines == [
        ("DEBUG", attempt.format(1)),
        ("DEBUG", f"get_face_swap_task: retry 1 in {pauses[0]:.2f} s"),
        ("DEBUG", attempt.format(2)),
        ("DEBUG", f"get_face_swap_task: retry 2 in {pauses[1]:.2f} s"),
        ("DEBUG", attempt.format(3)),
        (
            "WARNING",
            "get_face_swap_task: gave up after 3 attempts with InternalServerError, "
            "as max_retries is 2",
        ),
    ]


def test_trace_ids_are_in_the_log_and_a_final_refusal_is_no_warning(
    driver: Driver, caplog: pytest.LogCaptureFixture
) -> None:
    refusal = HttpResponse(404, {}, b'{"code":404,"msg":"gone","trace_id":"t-404"}')
    transport = ScriptedTransport(lambda request: refusal if ID in request.url else EMPTY_PAGE)
    client = driver.client(api_key=KEY, http_client=transport)
    with caplog.at_level(logging.DEBUG, "a2e_sdk"):
        driver.run(client.face_swap.tasks.page(1))
        with pytest.raises(errors.NotFoundError):
            driver.run(client.face_swap.tasks.get(ID))
    found, missing = caplog.records
    assert found.getMessage().endswith("trace id t-1")
    assert missing.getMessage().endswith("NotFoundError, trace id t-404")
    assert {record.levelname for record in caplog.records} == {"DEBUG"}


def test_a_program_that_configures_no_logging_hears_nothing() -> None:
    code = """
import logging
from a2e_sdk import A2E, AsyncA2E, errors
from a2e_sdk.sandbox import Fault, Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport
sandbox = Sandbox()
sandbox.faults.add(Fault.http(500))
try:
    A2E(region="sandbox", max_retries=0, http_client=SandboxTransport(sandbox)).face_swap.tasks.page(1)
except errors.InternalServerError:
    print("raised", len(logging.getLogger("a2e_sdk").handlers), "handler")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("raised 1 handler\n", "")
