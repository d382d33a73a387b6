"""A live session is always left, because it is billed until then."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from a2e_sdk import errors
from a2e_sdk._http.failures import Delivery, TransportFailure
from a2e_sdk._http.messages import HttpResponse
from a2e_sdk.sandbox import ManualClock, Sandbox
from driver import Driver
from scripted_api import LOST, ScriptedApi, refusal

START, LEAVE = "start_streaming_session", "leave_streaming_session"
SESSION = {
    "appId": "app",
    "channel": "room-7",
    "token": "agora-secret",
    "uid": 9,
    "expire_epoch_timestamp": 1764000000,
}


@pytest.fixture
def async_driver() -> Iterator[Driver]:
    driver = Driver("async")
    yield driver
    driver.finish()


def serve(**answers: list[Any]) -> ScriptedApi:
    defaults: dict[str, list[Any]] = {START: [SESSION], LEAVE: [{}]}
    return ScriptedApi.in_turn(**{**defaults, **answers})


def client(driver: Driver, server: ScriptedApi, **options: Any) -> Any:
    return driver.client(api_key="sk_x", http_client=server, **options)


def within(driver: Driver, session: Any, act: Any = lambda session: None) -> Any:
    """Do something inside the block of a session."""
    if driver.mode == "sync":
        with session as live:
            return act(live)

    async def use() -> Any:
        async with session as live:
            value = act(live)
            return await value if inspect.isawaitable(value) else value

    return driver.run(use())


def session_of(driver: Driver, server: ScriptedApi, **options: Any) -> Any:
    return client(driver, server, **options).streaming_avatar.session("a" * 24, expires_in=600)


def test_a_session_begins_on_entry_and_is_left_exactly_once(driver: Driver) -> None:
    server = serve()
    session = session_of(driver, server)
    assert server.operations == [], "nothing is billed before it is entered"

    def look(live: Any) -> None:
        assert live is session
        assert (live.channel, live.app_id, live.token, live.uid) == (
            *("room-7", "app", "agora-secret"),
            9,
        )
        assert live.expires_at == datetime.fromtimestamp(1764000000, UTC)

    within(driver, session, look)
    assert server.inputs(START) == [{"avatar_id": "a" * 24, "expire_seconds": 600}]
    assert server.sent[1:] == [(LEAVE, {"channel": "room-7"})]
    driver.run(session.leave())
    assert server.operations.count(LEAVE) == 1, "leaving again does nothing"
    with pytest.raises(RuntimeError, match="entered once"):
        within(driver, session)


def test_leaving_by_hand_is_enough(driver: Driver) -> None:
    server = serve()
    within(driver, session_of(driver, server), lambda live: live.leave())
    assert server.operations == [START, LEAVE]


@pytest.mark.parametrize("raised", [ValueError("mine"), KeyboardInterrupt(), SystemExit(3)])
def test_what_is_raised_inside_leaves_the_session_and_goes_on(
    driver: Driver, raised: BaseException
) -> None:
    server = serve()

    def act(_: Any) -> None:
        raise raised

    with pytest.raises(type(raised)) as caught:
        within(driver, session_of(driver, server), act)
    assert caught.value is raised
    assert not getattr(raised, "__notes__", [])
    assert server.operations == [START, LEAVE]


def test_a_cancelled_task_leaves_first_also_when_it_is_cancelled_again(
    async_driver: Driver,
) -> None:
    server = serve()
    leaving, go_on = asyncio.Event(), asyncio.Event()
    send = server.send_request_async

    async def slow_leave(request: Any) -> HttpResponse:
        if request.url.endswith("/leave"):
            leaving.set()
            await go_on.wait()
        return await send(request)

    server.send_request_async = slow_leave  # type: ignore[method-assign]
    session = session_of(async_driver, server)

    async def use() -> None:
        async with session:
            await asyncio.Event().wait()

    async def cancel_twice() -> None:
        task = asyncio.create_task(use())
        while START not in server.operations:
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
        await leaving.wait()
        task.cancel()
        await asyncio.sleep(0)
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task

    async_driver.run(asyncio.wait_for(cancel_twice(), 20))
    assert server.operations == [START, LEAVE]


def test_a_task_cancelled_while_the_session_begins_leaves_it(async_driver: Driver) -> None:
    server = serve()
    begun, go_on = asyncio.Event(), asyncio.Event()
    send = server.send_request_async

    async def slow_start(request: Any) -> HttpResponse:
        reply = await send(request)
        if START in server.operations and LEAVE not in server.operations:
            begun.set()
            await go_on.wait()
        return reply

    server.send_request_async = slow_start  # type: ignore[method-assign]
    session = session_of(async_driver, server)

    async def use() -> None:
        async with session:
            raise AssertionError("the block must not be entered")

    async def cancel() -> None:
        task = asyncio.create_task(use())
        await begun.wait()
        task.cancel()
        await asyncio.sleep(0)
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task

    async_driver.run(asyncio.wait_for(cancel(), 20))
    assert server.operations == [START, LEAVE]


@pytest.mark.parametrize(
    ("failures", "attempts"),
    [
        ([LOST], 2),
        ([refusal(500, status=500), refusal(502, status=502)], 3),
        ([HttpResponse(200, {}, b"<html>")], 2),
        # The attempt whose response was lost was taken: there is no such channel any more.
        ([LOST, refusal(400, "no such channel", status=400)], 2),
    ],
)
def test_leaving_is_tried_again(
    driver: Driver, pauses: list[float], failures: list[Any], attempts: int
) -> None:
    server = serve(**{LEAVE: [*failures, {}]})
    session = session_of(driver, server)
    within(driver, session)
    assert server.operations.count(LEAVE) == attempts
    driver.run(session.leave())
    assert server.operations.count(LEAVE) == attempts


def test_a_session_that_cannot_be_left_is_reported(driver: Driver, pauses: list[float]) -> None:
    server = serve(**{LEAVE: [LOST, LOST, LOST, {}]})
    session = session_of(driver, server)
    with pytest.raises(errors.APIConnectionError):
        within(driver, session)
    assert server.operations.count(LEAVE) == 3
    driver.run(session.leave())
    assert server.operations.count(LEAVE) == 4, "it can be tried again by hand"


def test_a_failed_leave_does_not_hide_what_was_raised(driver: Driver, pauses: list[float]) -> None:
    server = serve(**{LEAVE: [refusal(400, "unknown channel", status=400)]})

    def act(_: Any) -> None:
        raise ValueError("mine")

    with pytest.raises(ValueError, match="mine") as caught:
        within(driver, session_of(driver, server), act)
    (note,) = caught.value.__notes__
    assert "room-7 could not be left" in note
    assert "unknown channel" in note
    assert server.operations.count(LEAVE) == 1, "a clear refusal is not asked again"


def test_busy_hosts_are_a_service_busy_error(driver: Driver) -> None:
    server = serve(**{START: [refusal(1001, "hosts are occupied")]})
    with pytest.raises(errors.ServiceBusyError) as caught:
        within(driver, session_of(driver, server))
    assert server.operations == [START], "not started twice, and there is nothing to leave"
    assert not getattr(caught.value, "__notes__", [])


@pytest.mark.parametrize("answer", [LOST, {}, None, refusal(500, status=500)])
def test_a_lost_start_is_not_repeated_and_says_what_it_may_cost(
    driver: Driver, answer: Any
) -> None:
    server = serve(**{START: [answer]})
    with pytest.raises(errors.APIError) as caught:
        within(driver, session_of(driver, server))
    assert server.operations == [START]
    assert "may have begun" in caught.value.__notes__[0]


def test_a_start_that_never_arrived_says_nothing_of_costs(driver: Driver) -> None:
    server = serve(**{START: [TransportFailure("refused", Delivery.NOT_SENT)]})
    with pytest.raises(errors.APIConnectionError) as caught:
        within(driver, session_of(driver, server, max_retries=0))
    assert not getattr(caught.value, "__notes__", [])


def test_a_session_that_nobody_can_join_is_left_at_once(driver: Driver) -> None:
    server = serve(**{START: [{"channel": "room-7"}]})
    with pytest.raises(errors.UnexpectedResponseError, match="nobody can join"):
        within(driver, session_of(driver, server), lambda _: pytest.fail("entered"))
    assert server.operations == [START, LEAVE]


def test_the_verbs_of_a_session_name_its_channel(driver: Driver) -> None:
    verbs = {
        "set_context": "update_streaming_context",
        "ask": "add_streaming_question",
        "speak": "add_streaming_speech",
    }
    for verb, operation in verbs.items():
        server = serve(**{operation: [{}]})
        session = session_of(driver, server)
        within(driver, session, lambda live, verb=verb: getattr(live, verb)("hello"))
        assert server.inputs(operation) == [{"channel": "room-7", "text": "hello"}]
        with pytest.raises(RuntimeError, match="was left"):
            driver.run(getattr(session, verb)("too late"))


def test_wrong_arguments_send_nothing(driver: Driver) -> None:
    server = serve()
    section = client(driver, server).streaming_avatar
    for seconds, kind in ((0, ValueError), (1.5, TypeError), (True, TypeError)):
        with pytest.raises(kind, match="expires_in"):
            section.session("a" * 24, expires_in=seconds)
    with pytest.raises(ValueError, match="avatar"):
        section.session("", expires_in=60)
    session = section.session("a" * 24, expires_in=60)
    with pytest.raises(RuntimeError, match="not begun"):
        driver.run(session.ask("too early"))
    assert server.operations == []

    def act(live: Any) -> Any:
        return live.set_context("x" * 5001)

    with pytest.raises(ValueError, match="5000"):
        within(driver, session, act)
    assert server.operations == [START, LEAVE]


def test_the_secret_of_a_session_is_not_shown(driver: Driver) -> None:
    session = session_of(driver, serve())
    within(driver, session)
    assert "agora-secret" not in f"{session!r} {session.details!r}"
    assert session.details.raw["token"] == "agora-secret"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"expire_epoch_timestamp": "1764000000"}, datetime.fromtimestamp(1764000000, UTC)),
        ({"expire_epoch_timestamp": 1764000000000}, datetime.fromtimestamp(1764000000, UTC)),
        ({"expire_date_UTC": "2026-01-02T03:04:05Z"}, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
    ],
)
def test_the_end_of_a_session_is_read_in_any_form(
    driver: Driver, given: dict[str, Any], expected: datetime
) -> None:
    plain = {key: SESSION[key] for key in ("appId", "channel", "token", "uid")}
    session = session_of(driver, serve(**{START: [{**plain, **given}]}))
    within(driver, session)
    assert session.expires_at == expected


def test_the_end_of_a_session_is_reckoned_where_the_server_does_not_say(
    driver: Driver, pauses: list[float]
) -> None:
    plain = {key: SESSION[key] for key in ("appId", "channel", "token", "uid")}
    a2e = client(driver, serve(**{START: [plain]}))
    session = a2e.streaming_avatar.session("a" * 24, expires_in=600)
    before = a2e.api.server_time()
    within(driver, session)
    assert 599 <= (session.expires_at - before).total_seconds() <= 601


def test_avatars_are_listed_whatever_their_id_is_called(driver: Driver) -> None:
    rows = [{"_id": "a" * 24, "name": "Ann"}, {"id": "b", "type": "x", "preview_url": "u"}]
    a2e = client(driver, serve(list_streaming_avatars=[rows]))
    ann, other = driver.items(a2e.streaming_avatar.avatars())
    assert (ann.id, ann.name) == ("a" * 24, "Ann")
    assert (other.id, other.kind, other.preview_url) == ("b", "x", "u")
    assert other.raw == rows[1]
    session = a2e.streaming_avatar.session(other, expires_in=60)
    within(driver, session)


def test_leaving_gives_back_the_coins_of_the_time_that_is_left(
    driver: Driver, a2e: Any, sandbox: Sandbox, clock: ManualClock
) -> None:
    avatar = driver.items(a2e.streaming_avatar.avatars())[0]
    before = sandbox.coins.balance
    in_session: list[int] = []

    def act(_: Any) -> None:
        in_session.append(sandbox.coins.balance)
        clock.advance(60)
        raise ValueError("mine")

    with pytest.raises(ValueError, match="mine"):
        within(driver, a2e.streaming_avatar.session(avatar, expires_in=600), act)
    assert in_session[0] < sandbox.coins.balance < before
    assert sandbox.requests.count(LEAVE) == 1
