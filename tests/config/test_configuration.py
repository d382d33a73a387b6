"""How a client is built, copied, pickled and closed; and what it takes for a key."""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2e_sdk import A2E, AsyncA2E, Region, Timeout, errors
from a2e_sdk._config.credentials import ApiKey, clean_api_key, find_api_key
from a2e_sdk._config.settings import DEFAULT_MAX_RETRIES
from a2e_sdk.errors import ConfigurationError
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver

KEY = "sk_test_0123456789"


@pytest.mark.parametrize(
    ("given_key", "environment", "expected"),
    [
        (KEY, {"A2E_API_KEY": "sk_other"}, KEY),
        (None, {"A2E_API_KEY": KEY, "A2E_API_TOKEN": "sk_other"}, KEY),
        (None, {"A2E_API_KEY": "", "A2E_API_TOKEN": KEY}, KEY),
        (None, {"A2E_API_TOKEN": KEY}, KEY),
        (f"  {KEY}\r\n", {}, KEY),
        (f"\ufeff{KEY}\x00", {}, KEY),
        (f"Bearer {KEY}", {}, KEY),
        (f"{KEY[:7]}\n{KEY[7:]}", {}, KEY),
        (f"\u200b{KEY}\u00a0", {}, KEY),
    ],
)
def test_where_a_key_comes_from_and_how_a_pasted_one_is_cleaned(
    given_key: str | None, environment: dict[str, str], expected: str
) -> None:
    assert find_api_key(given_key, environment).authorization() == f"Bearer {expected}"


@pytest.mark.parametrize("key", ["", "   ", "\n", "Bearer ", "\x00", "sk_a b", "sk_é", 7])
def test_what_can_not_be_a_key_is_refused(key: Any) -> None:
    with pytest.raises(ConfigurationError) as caught:
        A2E(key)
    assert "sk_a" not in str(caught.value)


@pytest.mark.parametrize("client_class", [A2E, AsyncA2E])
def test_a_missing_key_names_both_variables(client_class: Any) -> None:
    with pytest.raises(ConfigurationError, match="A2E_API_KEY or A2E_API_TOKEN"):
        client_class()


@given(st.text(max_size=40))
def test_any_text_is_a_key_that_fits_a_header_or_a_refusal(text: str) -> None:
    try:
        key = clean_api_key(text, "api_key")
    except ConfigurationError:
        return
    assert key
    assert httpx.Headers({"authorization": f"Bearer {key}"})["authorization"] == f"Bearer {key}"
    assert clean_api_key(key, "api_key") == key


def test_the_sandbox_needs_no_key() -> None:
    assert A2E(region="sandbox").region is Region.SANDBOX
    assert A2E(region="sandbox", base_url="http://127.0.0.1:8765").region is Region.SANDBOX


def test_a_key_shows_itself_nowhere() -> None:
    key = ApiKey(KEY)
    client = A2E(KEY)
    for text in (repr(key), str(key), f"{key}", repr(client), str(client.__dict__)):
        assert KEY not in text
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="can't be pickled"):
            attempt(key)


@pytest.mark.parametrize(
    ("timeout", "expected"),
    [
        (None, Timeout()),
        (5, Timeout(connect=5, read=5, write=5, pool=5)),
        (Timeout(read=7), Timeout(read=7)),
        (httpx.Timeout(3.0), Timeout(connect=3, read=3, write=3, pool=3)),
        (httpx.Timeout(None, read=4), Timeout(read=4)),
    ],
)
def test_time_outs(timeout: Any, expected: Timeout) -> None:
    assert A2E(KEY, timeout=timeout).api.configuration.timeout == expected


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf"), True, "5"])
def test_wrong_time_outs_are_refused(timeout: Any) -> None:
    with pytest.raises(ConfigurationError):
        A2E(KEY, timeout=timeout)


@pytest.mark.parametrize("retries", [-1, 101, 1.0, True, "2"])
def test_wrong_retries_are_refused(retries: Any) -> None:
    with pytest.raises(ConfigurationError, match="max_retries"):
        A2E(KEY, max_retries=retries)


def test_with_options_gives_a_copy_and_leaves_the_original() -> None:
    client = A2E(KEY)
    changed = client.with_options(timeout=3, max_retries=0)
    assert changed.api.configuration.timeout.read == 3
    assert changed.api.configuration.max_retries == 0
    assert changed.base_url == client.base_url
    assert changed.api.transport is client.api.transport
    assert client.api.configuration.timeout == Timeout()
    assert client.api.configuration.max_retries == DEFAULT_MAX_RETRIES
    with pytest.raises(ConfigurationError):
        client.with_options(max_retries=-1)


@pytest.mark.parametrize("client_class", [A2E, AsyncA2E])
def test_a_pickle_takes_the_settings_and_never_the_key(
    client_class: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_class(KEY, region="china", timeout=7, max_retries=5)
    pickled = pickle.dumps(client)
    assert KEY.encode() not in pickled
    with pytest.raises(ConfigurationError, match="A2E_API_KEY"):
        pickle.loads(pickled)
    monkeypatch.setenv("A2E_API_KEY", "sk_the_other_side")
    restored = pickle.loads(pickled)
    configuration = restored.api.configuration
    assert restored.region is Region.CHINA
    assert configuration.timeout == client.api.configuration.timeout
    assert configuration.max_retries == 5
    assert configuration.key.authorization() == "Bearer sk_the_other_side"


def test_a_pickle_works_in_another_process() -> None:
    code = "import pickle,sys; print(pickle.loads(bytes.fromhex(sys.argv[1])))"
    for environment, expected in (
        ({"A2E_API_KEY": KEY}, "A2E(region='china', base_url='https://video.a2e.com.cn')"),
        ({}, "ConfigurationError: No API key"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", code, pickle.dumps(A2E(KEY, region="china")).hex()],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert expected in done.stdout + done.stderr


def test_a_client_with_a_transport_of_yours_can_not_be_pickled() -> None:
    with httpx.Client() as http_client:
        client = A2E(KEY, http_client=http_client)
        with pytest.raises(ConfigurationError, match="http_client"):
            pickle.dumps(client)


@pytest.mark.parametrize(
    ("client_class", "http_client"),
    [(A2E, httpx.AsyncClient()), (AsyncA2E, httpx.Client()), (A2E, "proxy"), (A2E, httpx.AsyncHTTPTransport())],
)  # fmt: skip
def test_an_http_client_of_the_wrong_kind_is_refused(client_class: Any, http_client: Any) -> None:
    with pytest.raises(ConfigurationError, match="http_client must be"):
        client_class(KEY, http_client=http_client)


def test_the_sandbox_takes_no_http_client() -> None:
    with httpx.Client() as http_client, pytest.raises(ConfigurationError, match="no network"):
        A2E(region="sandbox", http_client=http_client)


def test_a_closed_client_says_so(driver: Driver) -> None:
    client = driver.client(region="sandbox")
    driver.run(client.face_swap.tasks.page(1))
    driver.close(client)
    driver.close(client)
    with pytest.raises(ConfigurationError, match="closed"):
        driver.run(client.face_swap.tasks.page(1))


def test_what_you_passed_in_is_not_closed(driver: Driver) -> None:
    transport = SandboxTransport(Sandbox())
    closed = []
    transport.close = lambda: closed.append(True)  # type: ignore[method-assign]
    driver.close(driver.client(region="sandbox", http_client=transport))
    assert not closed


def test_context_managers_close() -> None:
    import asyncio

    with A2E(region="sandbox") as client:
        client.face_swap.tasks.page(1)
    assert client.api.closed

    async def use() -> AsyncA2E:
        async with AsyncA2E(region="sandbox") as client:
            await client.face_swap.tasks.page(1)
        return client

    assert asyncio.run(use()).api.closed


def test_errors_can_be_pickled() -> None:
    error = errors.RateLimitError(
        "slow down", operation="get_x", http_status=429, code=429, trace_id="t", attempts=3
    )
    error.retry_after = 2.0
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is errors.RateLimitError
    assert again.__dict__ == error.__dict__
    assert str(again) == str(error)
    task_error = errors.WaitTimeoutError("late", task_id="6674f1765699df7e9d25311a")
    assert pickle.loads(pickle.dumps(task_error)).task_id == task_error.task_id
