"""Whatever cuts a paid call short, what it made is named, left, or found again."""

from __future__ import annotations

import asyncio
import json
import logging
import pickle
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from a2e_sdk import A2E, AsyncA2E, Hooks, Timeout, errors
from a2e_sdk._async.concurrency import disk_work_async
from a2e_sdk._config.regions import Address
from a2e_sdk._http.failures import Delivery, TransportFailure
from a2e_sdk._http.messages import HttpRequest, HttpResponse
from a2e_sdk._http.transports.server_identity import server_reached
from a2e_sdk.sandbox import Fault, ManualClock, Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver
from scripted_api import ScriptedApi
from scripted_transport import EMPTY_PAGE, ScriptedTransport

KEY = "sk_test_0123456789abcdef"
FACE, VIDEO = "https://example.com/face.png", "https://example.com/clip.mp4"
START, LEAVE = "start_streaming_session", "leave_streaming_session"
SESSION = {"appId": "app", "channel": "channel-77", "token": "t", "uid": 9}


def notes_of(error: BaseException) -> str:
    return " ".join(getattr(error, "__notes__", ()))


def failing(operation: str, times: int = 1000, error: BaseException | None = None) -> Any:
    """Return a hook that raises at an operation, so many times."""
    left = [times]

    def hook(event: Any) -> None:
        if event.operation == operation and left[0]:
            left[0] -= 1
            raise error or LookupError("the metrics are down")

    return hook


def client(driver: Driver, sandbox: Sandbox, **options: Any) -> Any:
    return driver.client(region="sandbox", http_client=SandboxTransport(sandbox), **options)


def live(driver: Driver, session: Any, error: BaseException | None = None) -> None:
    """Enter a session, and raise inside."""
    if driver.mode == "sync":
        with session:
            if error is not None:
                raise error
        return

    async def use() -> None:
        async with session:
            if error is not None:
                raise error

    driver.run(use())


# A task whose id its caller has not got yet


def test_speak_names_the_video_and_the_speech(driver: Driver, a2e: Any, sandbox: Sandbox) -> None:
    avatar = driver.items(a2e.avatars.list())[0]
    voice = driver.items(a2e.voices.list())[0]
    started: list[str] = []

    def stop(video: Any) -> None:
        started.append(video.id)
        raise LookupError("not now")

    with pytest.raises(LookupError) as caught:
        driver.run(a2e.avatar_videos.speak("Hello", avatar=avatar, voice=voice, on_update=stop))
    assert f"a2e.avatar_videos.wait('{started[0]}')" in notes_of(caught.value)
    assert "The speech was made and paid for" in notes_of(caught.value)


def test_an_error_about_another_task_does_not_hide_the_one_that_was_started(
    driver: Driver, a2e: Any
) -> None:
    other = "f" * 24
    started: list[str] = []

    def raise_about(task_id: str) -> Callable[[Any], None]:
        def update(task: Any) -> None:
            started.append(task.id)
            raise errors.WaitTimeoutError("too long", task_id=task_id or task.id)

        return update

    def run(task_id: str) -> BaseException:
        with pytest.raises(errors.WaitTimeoutError) as caught:
            driver.run(
                a2e.face_swap.tasks.run(face=FACE, video=VIDEO, on_update=raise_about(task_id))
            )
        return caught.value

    error = run(other)
    assert f"a2e.face_swap.tasks.wait('{started[-1]}')" in notes_of(error)
    assert notes_of(run("")) == "", "an error that names it needs no note"


# The moment of a submission


@pytest.mark.parametrize("dated", [True, False])
def test_a_submission_cut_short_is_not_taken_for_an_older_equal_task(
    driver: Driver, dated: bool
) -> None:
    now = datetime.now(UTC)
    old = {
        "_id": "a" * 24,
        "name": "mine",
        "face_url": FACE,
        "video_url": VIDEO,
        "createdAt": (now - timedelta(days=1)).isoformat().replace("+00:00", "Z"),
    }
    headers = {"date": format_datetime(now, usegmt=True)} if dated else {}

    def respond(request: HttpRequest) -> HttpResponse:
        data = {"_id": "b" * 24} if request.method == "POST" else {"count": 1, "rows": [old]}
        return HttpResponse(200, headers, json.dumps({"code": 0, "data": data}).encode())

    hooks = Hooks(on_response=failing("add_face_swap_task"))
    a2e = driver.client(api_key=KEY, http_client=ScriptedTransport(respond), hooks=hooks)
    with pytest.raises(LookupError) as caught:
        driver.run(a2e.face_swap.tasks.create(face=FACE, video=VIDEO, name="mine"))
    submission = caught.value.submission  # type: ignore[attr-defined]
    tolerance = timedelta(seconds=10) if dated else timedelta(minutes=6)
    assert now - tolerance <= submission.not_before <= now
    assert a2e.submissions == (submission,)
    again = pickle.loads(pickle.dumps(submission))
    assert driver.run(a2e.face_swap.tasks.find_started(again)) is None
    assert len(a2e.submissions) == 1, "it is not settled by a task that is not its own"


# Hooks that raise


def test_a_hook_that_fails_after_the_session_began_leaves_it(
    driver: Driver, sandbox: Sandbox
) -> None:
    a2e = client(driver, sandbox, hooks=Hooks(on_response=failing(START)))
    avatar = driver.items(a2e.streaming_avatar.avatars())[0]
    with pytest.raises(LookupError) as caught:
        live(driver, a2e.streaming_avatar.session(avatar, expires_in=300))
    assert sandbox.requests.count(LEAVE) == 1
    assert caught.value.__context__ is None


@pytest.mark.parametrize("hook", ["on_request", "on_response"])
@pytest.mark.parametrize("inside", [None, ZeroDivisionError("inside")])
@pytest.mark.parametrize("times", [1, 1000])
def test_no_hook_keeps_a_session_alive(
    driver: Driver, sandbox: Sandbox, hook: str, inside: BaseException | None, times: int
) -> None:
    a2e = client(driver, sandbox, hooks=Hooks(**{hook: failing(LEAVE, times)}))
    avatar = driver.items(a2e.streaming_avatar.avatars())[0]
    session = a2e.streaming_avatar.session(avatar, expires_in=300)
    with pytest.raises(LookupError if inside is None else ZeroDivisionError) as caught:
        live(driver, session, inside and ZeroDivisionError("inside"))
    assert sandbox.requests.count(LEAVE) == 1
    assert "left" in repr(session)
    if inside is not None:
        assert "was left, but then a hook failed" in notes_of(caught.value)
        assert session.channel in notes_of(caught.value)


def test_a_hook_that_fails_after_other_paid_calls_tells_what_they_made(
    driver: Driver, sandbox: Sandbox
) -> None:
    cause = KeyError("the cause")
    raised = LookupError("the metrics are down")
    raised.__cause__ = cause
    a2e = client(driver, sandbox, hooks=Hooks(on_response=failing("add_speech", error=raised)))
    voice = driver.items(a2e.voices.list())[0]
    with pytest.raises(LookupError) as caught:
        driver.run(a2e.speech.create("hello", voice=voice))
    assert "add_speech was carried out" in notes_of(caught.value)
    assert "it names https://" in notes_of(caught.value)
    assert caught.value.__cause__ is cause, "the hook's exception stays as it was"
    assert caught.value.__context__ is None

    a2e = client(driver, sandbox, hooks=Hooks(on_response=failing("add_face_swap_preview")))
    with pytest.raises(LookupError) as caught:
        driver.run(a2e.face_swap.previews.create(face=FACE, video=VIDEO))
    (named,) = [word for word in notes_of(caught.value).split() if word.rstrip(".").isalnum()][-1:]
    assert driver.run(a2e.face_swap.previews.get(named.rstrip("."))).id == named.rstrip(".")

    a2e = client(driver, sandbox, hooks=Hooks(on_request=failing("add_speech")))
    with pytest.raises(LookupError) as caught:
        driver.run(a2e.speech.create("hello", voice=voice))
    assert notes_of(caught.value) == "", "it was not sent"


# Sessions, loops and Ctrl-C


class Slow(ScriptedApi):
    """Responds late to one operation, on asyncio."""

    def __init__(self, slow: str) -> None:
        super().__init__(**{START: SESSION, LEAVE: {}})
        self.slow, self.begun = slow, threading.Event()

    async def send_request_async(self, request: HttpRequest) -> HttpResponse:
        response = await super().send_request_async(request)
        if self.operations[-1] == self.slow:
            self.begun.set()
            await asyncio.sleep(0.2)
        return response


@pytest.mark.parametrize("how", ["the end of asyncio.run", "all_tasks", "uvloop"])
@pytest.mark.parametrize("slow", [START, LEAVE])
def test_a_loop_that_shuts_down_leaves_its_sessions(how: str, slow: str) -> None:
    server = Slow(slow)
    left: list[Any] = []

    async def main() -> None:
        session = AsyncA2E(KEY, http_client=server).streaming_avatar.session("a", expires_in=60)
        left.append(session)

        async def live() -> None:
            async with session:
                pass

        task = asyncio.ensure_future(live())
        while not server.begun.is_set():
            await asyncio.sleep(0.01)
        if how == "all_tasks":
            for other in asyncio.all_tasks() - {asyncio.current_task()}:
                other.cancel()
            await asyncio.gather(task, return_exceptions=True)

    if how == "uvloop":
        pytest.importorskip("uvloop").run(main())
    else:
        asyncio.run(main())
    assert server.operations == [START, LEAVE]
    assert "left" in repr(left[0])


def test_a_loop_that_shuts_down_waits_for_its_disk_work() -> None:
    begun, ended = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        time.sleep(0.2)
        ended.set()

    async def main() -> None:
        task = asyncio.ensure_future(disk_work_async(work))
        while not begun.is_set():
            await asyncio.sleep(0.01)
        assert not task.done()

    asyncio.run(main())
    assert ended.is_set()


def test_a_cancelled_start_of_a_session_says_what_it_may_cost() -> None:
    server = Slow(START)
    server.answers[START] = {}

    async def main() -> str:
        a2e = AsyncA2E(KEY, http_client=server)
        task = asyncio.ensure_future(a2e.streaming_avatar.session("a", expires_in=60).__aenter__())
        while not server.begun.is_set():
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        return notes_of(caught.value)

    assert "The session may have begun" in asyncio.run(main())


def test_ctrl_c_while_a_session_is_left_names_its_channel() -> None:
    class Interrupted(ScriptedApi):
        def send_request(self, request: HttpRequest) -> HttpResponse:
            response = super().send_request(request)
            if self.operations[-1] == LEAVE:
                raise KeyboardInterrupt
            return response

    server = Interrupted(**{START: SESSION, LEAVE: {}})
    a2e = A2E(KEY, http_client=server)

    def use() -> None:
        with a2e.streaming_avatar.session("a", expires_in=60):
            raise ValueError("inside")

    with pytest.raises(KeyboardInterrupt) as caught:
        use()
    assert "channel-77 may go on" in notes_of(caught.value)
    assert "charged" not in notes_of(caught.value)
    assert isinstance(caught.value.__context__, ValueError)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_start_abandoned_with_its_loop_is_found() -> None:
    """Nobody can tell its coroutine that the loop was closed, so it never ends by itself."""
    rows: list[dict[str, Any]] = []
    kept: list[Any] = []

    class Server(ScriptedTransport):
        async def send_request_async(self, request: HttpRequest) -> HttpResponse:
            if request.method == "POST":
                stamp = datetime.now(UTC).isoformat()
                rows.append(
                    {"_id": "a" * 24, "createdAt": stamp, **json.loads(request.body or b"")}
                )
                await asyncio.Event().wait()
            data = {"count": len(rows), "rows": rows}
            return HttpResponse(200, {}, json.dumps({"code": 0, "data": data}).encode())

    a2e = AsyncA2E(KEY, http_client=Server())
    loop = asyncio.new_event_loop()
    create = a2e.face_swap.tasks.create(face=FACE, video=VIDEO, name="mine")
    kept.append(loop.create_task(create))
    while not rows:
        loop.run_until_complete(asyncio.sleep(0.01))
    loop.close()
    (submission,) = a2e.submissions
    began = time.monotonic()
    found = asyncio.run(a2e.face_swap.tasks.find_started(submission))
    assert found is not None
    assert found.id == "a" * 24
    assert time.monotonic() - began < 10, "it is not waited for"
    assert a2e.submissions == ()


# Searches


def test_a_lost_start_is_searched_for_at_the_clients_own_address_only(
    driver: Driver, pauses: list[float]
) -> None:
    sent: list[tuple[str, bool]] = []

    def respond(request: HttpRequest) -> HttpResponse:
        is_own = request.url.startswith("https://own.example")
        sent.append((request.method, is_own))
        if not is_own:
            return EMPTY_PAGE
        delivery = Delivery.UNKNOWN if request.method == "POST" else Delivery.NOT_SENT
        raise TransportFailure("it went down", delivery)

    a2e = driver.client(
        api_key=KEY,
        base_url="https://own.example",
        fallbacks=["https://other.example"],
        http_client=ScriptedTransport(respond),
    )
    with pytest.raises(errors.SubmissionUnknownError, match="could not be read") as caught:
        driver.run(a2e.face_swap.tasks.create(face=FACE, video=VIDEO, resend_if_unknown=True))
    assert not caught.value.looked
    with pytest.raises(errors.APIConnectionError):
        driver.run(a2e.face_swap.tasks.find_started(caught.value))
    assert sent.count(("POST", True)) == 1
    assert ("GET", False) not in sent
    assert driver.run(a2e.face_swap.tasks.page(1)).items == ()
    assert sent[-1] == ("GET", False), "other reads still go there"


@pytest.mark.parametrize("name", [None, "mine"])
def test_all_tasks_of_a_lost_start_come_back(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float], name: str | None
) -> None:
    sandbox.faults.add(Fault.drop_after_read(), operation="start_text_to_image_task")
    tasks = driver.run(a2e.text_to_image.create_all(max_images=4, prompt="sea", name=name))
    listed = [task.id for task in driver.items(a2e.text_to_image.list())]
    assert [task.id for task in tasks] == listed[::-1]
    assert len(tasks) == 4
    assert a2e.submissions == ()
    assert sum(pauses) <= 1, "when all are there, nothing is waited for"


def test_further_tasks_of_a_lost_start_are_said_to_be_possible(
    driver: Driver,
    a2e: Any,
    sandbox: Sandbox,
    clock: ManualClock,
    pauses: list[float],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The server may make fewer than asked for, and may show some of them late."""
    rows: list[dict[str, Any]] = []

    def respond(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            given = json.loads(request.body or b"")
            rows.extend({"_id": f"{number:024x}", "name": given["name"]} for number in (3, 2, 1))
            raise TransportFailure("the connection broke", Delivery.UNKNOWN)
        # The last one appears after two seconds, and there is no fourth.
        shown = rows if sum(pauses) > 2 else rows[1:]
        data = {"count": len(shown), "rows": shown}
        return HttpResponse(200, {}, json.dumps({"code": 0, "data": data}).encode())

    a2e = driver.client(api_key=KEY, http_client=ScriptedTransport(respond))
    with caplog.at_level(logging.WARNING, logger="a2e_sdk"):
        tasks = driver.run(a2e.text_to_image.create_all(max_images=4, prompt="sea"))
    assert [task.id for task in tasks] == [f"{number:024x}" for number in (1, 2, 3)]
    assert 7 <= sum(pauses) < 30
    assert "3 of up to 4 tasks were found" in caplog.text
    (submission,) = a2e.submissions
    assert driver.run(a2e.text_to_image.find_started(submission)) is None, "no task comes twice"
    rows.insert(0, {"_id": f"{4:024x}", "name": submission.name})
    late = driver.run(a2e.text_to_image.find_started(submission))
    assert late.id == f"{4:024x}"
    assert a2e.submissions == ()


# Bad input


@pytest.mark.parametrize("bad", ["", 5, "/no/such/file.mp3", b"", b"no audio"])
def test_a_video_of_a_bad_audio_sends_nothing(
    driver: Driver, a2e: Any, sandbox: Sandbox, bad: Any
) -> None:
    with pytest.raises((ValueError, TypeError, OSError), match="audio"):
        driver.run(a2e.avatar_videos.create(avatar="a" * 24, audio=bad))
    assert sandbox.requests.total == 0


# Servers and transports of the caller


def test_clients_that_reach_one_server_know_of_each_others_tasks() -> None:
    from a2e_sdk.transports import AiohttpTransport, AsyncHttpxTransport, HttpxTransport

    address = Address(None, "https://own.example")
    same = "https://own.example:443"
    own, other = httpx.AsyncClient(), httpx.Client()
    network = (None, own, other, AiohttpTransport(), HttpxTransport(), AsyncHttpxTransport())
    for given in network:
        assert server_reached(address, given) == same
    assert server_reached(Address(None, "https://own.example:443"), None) == same
    assert server_reached(Address(None, "https://own.example/a"), None) != same
    stand_in = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200)))
    mounted = httpx.Client(mounts={"all://": stand_in._transport})
    scripted = ScriptedTransport()
    for fake in (stand_in, mounted, scripted, HttpxTransport(stand_in)):
        assert server_reached(address, fake) is fake
    assert server_reached(address, HttpxTransport(other)) == same
    assert server_reached(address, AsyncHttpxTransport(own)) == same
    assert server_reached(Address(None, "https://sandbox.a2e.invalid", True), None) is None
    other.close()
    stand_in.close()
    mounted.close()


def test_claims_are_shared_by_what_reaches_one_server() -> None:
    def claims(**options: Any) -> Any:
        return A2E(KEY, **options).api.state.claims

    shared = SandboxTransport()
    assert claims(http_client=shared) is claims(http_client=shared)
    assert claims(http_client=SandboxTransport()) is not claims(http_client=shared)
    assert claims(region="sandbox") is not claims(region="sandbox")
    with httpx.Client() as own:
        assert claims(base_url="https://own.example") is claims(
            base_url="https://own.example", http_client=own
        )


def test_a_blocking_transport_of_the_caller_is_left_behind_at_the_deadline() -> None:
    go_on, ended = threading.Event(), threading.Event()

    def block(request: HttpRequest) -> HttpResponse:
        go_on.wait(20)
        ended.set()
        return EMPTY_PAGE

    a2e = A2E(KEY, http_client=ScriptedTransport(block), timeout=Timeout(total=0.3), max_retries=0)
    began = time.monotonic()
    with pytest.raises(errors.APITimeoutError) as caught:
        a2e.face_swap.tasks.page(1)
    assert time.monotonic() - began < 10
    assert caught.value.sent, "what it does in its thread is not known"
    go_on.set()
    assert ended.wait(10)
