"""How a client is built, copied, pickled and closed; and what it takes for a key."""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
import traceback
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


#: In a list of the module: no frame of a test holds them.
PASTED = ["sk_live_Q7w8E9r0T1y2U3i4O5p6"]
REFUSED_SETTINGS: list[tuple[str, dict[str, Any]]] = [
    ("", {"region": "mars"}),
    ("", {"base_url": "http://example.com"}),
    ("", {"timeout": -1}),
    ("", {"http_client": 3}),
    ("", {"hooks": 3}),
    ("", {"fallbacks": ["mars"]}),
    ("é", {}),
    (" T1y2", {}),
]


def frames_of_the_sdk(error: BaseException) -> list[str]:
    """Every local of every frame of the SDK, of an exception and of all that led to it."""
    shown: list[str] = []
    seen: set[int] = set()
    rest: list[BaseException | None] = [error]
    while rest:
        one = rest.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        rest += [one.__cause__, one.__context__]
        for frame, _ in traceback.walk_tb(one.__traceback__):
            if "a2e_sdk" in frame.f_globals["__name__"]:
                shown.append(f"{frame.f_code.co_qualname}: {frame.f_locals!r}")
    return shown


@pytest.mark.parametrize("source", ["argument", "environment"])
@pytest.mark.parametrize(("rest", "options"), REFUSED_SETTINGS)
@pytest.mark.parametrize("client_class", [A2E, AsyncA2E])
def test_no_frame_of_a_refused_client_holds_the_key(
    client_class: Any,
    rest: str,
    options: dict[str, Any],
    source: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("A2E_API_KEY", PASTED[0] + rest)
    given = [PASTED[0] + rest] if source == "argument" else []
    with pytest.raises(ConfigurationError) as caught:
        client_class(*given, **options)
    frames = frames_of_the_sdk(caught.value)
    assert any("__init__" in frame for frame in frames)
    assert not [frame for frame in frames if "Q7w8E9r0" in frame or "T1y2U3i4" in frame]
    # The files and lines are still there, to find the mistake by.
    assert "in configure" in "".join(traceback.format_exception(caught.value)) or "http_client" in options  # fmt: skip


@pytest.mark.parametrize("client_class", [A2E, AsyncA2E])
def test_no_frame_of_an_unpickled_or_copied_client_holds_the_key(
    client_class: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_class(PASTED[0])
    with pytest.raises(ConfigurationError) as copied:
        client.with_options(timeout=-1)
    pickled = pickle.dumps(client)
    monkeypatch.setenv("A2E_API_KEY", PASTED[0] + "é")
    with pytest.raises(ConfigurationError) as restored:
        pickle.loads(pickled)
    for caught in (copied, restored):
        traceback.TracebackException.from_exception(caught.value, capture_locals=True)
        assert "Q7w8E9r0" not in str(frames_of_the_sdk(caught.value))


@pytest.mark.parametrize("client_class", [A2E, AsyncA2E])
def test_a_client_that_was_not_built_has_a_repr(client_class: Any) -> None:
    assert repr(client_class.__new__(client_class)) == f"<{client_class.__name__} that was not built>"  # fmt: skip


@pytest.mark.parametrize(
    "build",
    [
        lambda number: A2E(KEY, timeout=number),
        lambda number: Timeout(total=number),
        lambda number: A2E(KEY, rate_limit=number),
        lambda number: A2E(KEY, max_retries=number),
        lambda number: A2E(KEY).with_options(timeout=number),
    ],
)
@pytest.mark.parametrize("number", [10**10, 10**400, 10**5000], ids=["10", "400", "5000"])
def test_enormous_numbers_are_refused(build: Any, number: int) -> None:
    with pytest.raises(ConfigurationError, match=r"1,000,000|max_retries"):
        build(number)


@pytest.mark.parametrize("rate", [1e-7, 5e-324, 0, -1, float("nan"), float("inf"), True, "5"])
def test_a_rate_out_of_bounds_is_refused(rate: Any) -> None:
    with pytest.raises(ConfigurationError, match="rate_limit"):
        A2E(KEY, rate_limit=rate)


def test_the_bounds_of_numbers_are_allowed() -> None:
    for rate in (0.000001, 1_000_000):
        assert A2E(KEY, rate_limit=rate).api.configuration.rate_limit == rate
    assert A2E(KEY, timeout=10**9).api.configuration.timeout.total == 10**9


def test_a_key_that_was_given_as_region_or_address_is_not_shown() -> None:
    for options in ({"region": PASTED[0]}, {"base_url": PASTED[0]}):
        with pytest.raises(ConfigurationError) as caught:
            A2E(KEY, **options)
        assert "Q7w8E9r0" not in str(caught.value)
