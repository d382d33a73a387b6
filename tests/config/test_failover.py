"""Other addresses are asked for reads only, and only where the first can't be reached."""

from __future__ import annotations

import pickle
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from a2e_sdk import A2E, Hooks, Region, ResponseEvent, errors
from a2e_sdk._config.fallbacks import fallback_addresses
from a2e_sdk._config.regions import BASE_URLS, resolve_address
from a2e_sdk._http.retry_quota import CAPACITY
from driver import Driver
from loopback import Loopback, reply

KEY = "sk_test_4f1e9d0c7b2a"
ID = "6674f1765699df7e9d25311a"
FACE = "https://example.com/face.png"
PAGE = reply(200, b'{"code":0,"data":{"count":0,"rows":[]}}')


def refuse(status: int, body: bytes = b"{}") -> bytes:
    """Return an answer after which the client sends nothing more on the same connection."""
    return reply(status, body, connection="close")


@pytest.fixture
def dead() -> Iterator[str]:
    """An address where nobody listens, kept from everybody else meanwhile."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.fixture
def other() -> Iterator[Loopback]:
    with Loopback(lambda request: PAGE) as server:
        yield server


def test_a_read_that_can_not_connect_is_answered_elsewhere_at_once(
    driver: Driver, dead: str, other: Loopback, pauses: list[float]
) -> None:
    answered: list[ResponseEvent] = []
    client = driver.client(
        api_key=KEY,
        base_url=dead,
        fallbacks=[other.url],
        max_retries=0,
        hooks=Hooks(on_response=answered.append),
    )
    assert driver.run(client.face_swap.tasks.page(1)).items == ()
    assert [event.url.rpartition("/api/")[0] for event in answered] == [dead, other.url]
    assert [event.error for event in answered] == [errors.APIConnectionError, None]
    assert f"authorization: bearer {KEY}" in other.requests[0].lower()
    assert pauses == []
    assert client.api.state.retry_quota.tokens == CAPACITY


def test_addresses_are_asked_in_order(
    driver: Driver, dead: str, other: Loopback, pauses: list[float]
) -> None:
    with Loopback(lambda request: PAGE) as last, Loopback(lambda request: b"") as closing:
        client = driver.client(api_key=KEY, base_url=dead, fallbacks=[other.url, last.url])
        driver.run(client.with_options(max_retries=1).face_swap.tasks.page(1))
        assert (len(other.requests), len(last.requests)) == (1, 0)
        client = driver.client(
            api_key=KEY, base_url=dead, fallbacks=[closing.url, last.url], max_retries=0
        )
        with pytest.raises(errors.APIConnectionError):
            driver.run(client.face_swap.tasks.page(1))
        assert (len(closing.requests), len(last.requests)) == (1, 0)


def test_starts_and_deletions_stay_at_the_clients_own_address(
    driver: Driver, dead: str, other: Loopback, pauses: list[float]
) -> None:
    client = driver.client(api_key=KEY, base_url=dead, fallbacks=[other.url])
    for call in (
        lambda: client.face_swap.images.add(FACE),
        lambda: client.face_swap.tasks.create(face=FACE, video="https://example.com/clip.mp4"),
        lambda: client.face_swap.tasks.delete(ID),
    ):
        with pytest.raises(errors.APIConnectionError) as caught:
            driver.run(call())
        assert caught.value.attempts == 3
    assert other.requests == []


@pytest.mark.parametrize("answer", [b"", PAGE[:60], refuse(500), refuse(503)])
def test_an_address_that_may_have_read_the_request_is_not_left(
    driver: Driver, other: Loopback, pauses: list[float], answer: bytes
) -> None:
    with Loopback(lambda request: answer) as first:
        client = driver.client(api_key=KEY, base_url=first.url, fallbacks=[other.url])
        with pytest.raises(errors.APIError):
            driver.run(client.face_swap.tasks.page(1))
        assert len(first.requests) == 3
    assert other.requests == []


@pytest.mark.parametrize("status", [401, 404, 429, 500])
def test_the_first_error_is_kept_where_the_others_have_no_value_either(
    driver: Driver, dead: str, pauses: list[float], status: int
) -> None:
    with Loopback(lambda request: refuse(status, KEY.encode())) as refusing:
        client = driver.client(api_key=KEY, base_url=dead, fallbacks=[refusing.url], max_retries=1)
        with pytest.raises(errors.APIConnectionError) as caught:
            driver.run(client.face_swap.tasks.get(ID))
    error = caught.value
    assert not error.sent
    assert error.http_status is None
    assert error.attempts == 4, "two rounds over two addresses"
    assert len(refusing.requests) == 2
    (note,) = error.__notes__
    assert note.startswith(f"{refusing.url} was asked too: get_face_swap_task: ")
    assert f"HTTP {status}" in note
    assert KEY not in note
    assert pickle.loads(pickle.dumps(error)).__notes__ == [note]


def test_nothing_goes_elsewhere_unless_an_address_is_named(
    driver: Driver, dead: str, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Loopback(lambda request: PAGE) as other:
        monkeypatch.setenv("A2E_BASE_URL", other.url)
        client = driver.client(api_key=KEY, base_url=dead)
        assert client.api.fallbacks == ()
        with pytest.raises(errors.APIConnectionError):
            driver.run(client.face_swap.tasks.page(1))
        assert other.requests == []


def test_closing_a_client_closes_what_was_opened_elsewhere(
    driver: Driver, dead: str, other: Loopback
) -> None:
    client = driver.client(api_key=KEY, base_url=dead, fallbacks=[other.url])
    driver.run(client.face_swap.tasks.page(1))
    transport = client.api.fallbacks[0].transport._real
    if driver.mode == "sync":
        assert transport._to_api._by_proxy, "it was opened"
    driver.close(client)
    if driver.mode == "sync":
        assert transport._to_api._by_proxy == {}
    else:
        assert transport._connections._kept == {}


def test_regions_and_base_urls_are_taken_and_kept_by_a_pickle(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = A2E(KEY, fallbacks=[Region.CHINA, "https://gateway.example/api/v1/"])
    monkeypatch.setenv("A2E_API_KEY", KEY)
    for one in (client, pickle.loads(pickle.dumps(client)), client.with_options(max_retries=0)):
        addresses = [place.address for place in one.api.fallbacks]
        assert [address.base_url for address in addresses] == [
            BASE_URLS[Region.CHINA],
            "https://gateway.example",
        ]
        assert addresses[0].region is Region.CHINA


@pytest.mark.parametrize(
    ("region", "fallbacks", "message"),
    [
        ("global", "china", "must be a list"),
        ("global", 7, "must be a list"),
        ("global", ["mars"], "Unknown region"),
        ("global", [None], "Unknown region"),
        ("global", ["http://gateway.example"], "plain http"),
        ("global", ["global"], "named twice"),
        ("global", ["china", "https://video.a2e.com.cn/"], "named twice"),
        ("global", ["sandbox"], "no part in fail-over"),
        ("sandbox", ["china"], "no part in fail-over"),
    ],
)
def test_wrong_fallbacks_are_refused(region: str, fallbacks: Any, message: str) -> None:
    with pytest.raises(errors.ConfigurationError, match=message):
        fallback_addresses(fallbacks, resolve_address(region, None, {}))
