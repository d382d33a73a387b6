"""Every scenario at the edges: another loop, a fork, a cancel, a close, a deadline, a TLS connection that breaks.

Over sockets, on threads, asyncio, uvloop and trio. The sandbox tells what was carried out, and how often;
whatever ends a start early must leave its submission behind.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from a2e_sdk import Timeout, errors
from a2e_sdk._http.transports import network_settings
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk.sandbox import Fault, ManualClock, SandboxRequest
from a2e_sdk.sandbox.http_server import serve
from driver import Driver
from hostile_server import HostileServer
from robustness.outcomes import outcome
from robustness.scenarios import FACE_SWAP, KEY, ObservedSandbox, Scenario, Scene
from robustness.section_scenarios import SECTIONS
from robustness.tally import TALLY

LOOPS = ["sync", "async", "uvloop", "trio"]
#: A blocking call is ended by closing its client.
CANCELLING_LOOPS = LOOPS[1:]
_SLOW = ("tasks.wait_many", "tasks.run", "wan_25.run", "avatar_videos.run")
#: Scenarios that start one thing and hand it over at once; others hold what they started when they end.
SINGLE_STARTS = (
    "tasks.create",
    "tasks.create (upload)",
    "wan_30.create",
    "text_to_image.create_all",
    "nano_banana.create",
)
SCENARIOS = [
    scenario
    for scenario in (*FACE_SWAP, *SECTIONS)
    if scenario.thorough and scenario.name not in _SLOW
]
STARTS = frozenset(family.start for family in TASK_FAMILIES.values())
#: Moments, in seconds, at which a scenario is cut short; it takes some hundredths of a second.
MOMENTS = (0.0, 0.002, 0.005, 0.01, 0.02, 0.04)


@pytest.fixture(params=LOOPS)
def driver(request: pytest.FixtureRequest) -> Iterator[Driver]:
    driver = Driver(request.param)
    yield driver
    driver.finish()


@pytest.fixture
def sandbox(clock: ManualClock) -> ObservedSandbox:
    return ObservedSandbox(clock=clock, result_size=200)


def check(dimension: str, scene: Scene, problems: list[str], name: str) -> None:
    """Note in the table what came of a scenario, and that nothing was started twice or lost."""
    row = TALLY.row(f"{dimension} ({scene.driver.mode})")
    row.tried += 1
    for operation, times in scene.sandbox.changes.items():
        if operation in STARTS and times > 1:
            problems.append(f"{name}: {operation} was carried out {times} times")
    row.failures = len(problems)


def judged(dimension: str, scenario: Scenario, scene: Scene, problems: list[str]) -> None:
    kind, problem = outcome(scenario, scene)
    check(dimension, scene, problems, scenario.name)
    row = TALLY.row(f"{dimension} ({scene.driver.mode})")
    row.values += kind == "value"
    row.errors += kind == "error"
    if problem is not None:
        problems.append(f"{scenario.name}: {problem}")


@pytest.mark.usefixtures("pauses")
def test_in_the_next_loop(driver: Driver, sandbox: ObservedSandbox, tmp_path: Path) -> None:
    problems: list[str] = []
    with serve(sandbox) as server:
        client = driver.client(api_key=KEY, base_url=server.url)
        for scenario in SCENARIOS:
            another = Driver(driver.mode)
            scene = Scene(another, client, sandbox, tmp_path)
            sandbox.forget()
            scene.prepare(scenario.needs)
            judged("another loop", scenario, scene, problems)
            another.finish()
    assert problems == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.usefixtures("pauses")
def test_in_a_forked_child(sandbox: ObservedSandbox, tmp_path: Path) -> None:
    problems: list[str] = []
    parent = Driver("sync")
    with serve(sandbox) as server:
        client = parent.client(api_key=KEY, base_url=server.url)
        for scenario in SCENARIOS:
            scene = Scene(parent, client, sandbox, tmp_path)
            sandbox.forget()
            scene.prepare(scenario.needs)
            client.face_swap.tasks.page(1)  # The parent has a connection.
            child = os.fork()
            if child == 0:  # pragma: no cover - measured in no process that is forked
                signal.alarm(30)
                with contextlib.suppress(BaseException):
                    # The clock that pauses turn is the child's own, so a wait may end late.
                    with contextlib.suppress(errors.A2EError):
                        scenario.act(scene)
                    os._exit(0)
                os._exit(1)
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            check("a fork", scene, problems, scenario.name)
            if status != 0:
                problems.append(f"{scenario.name}: the child ended with {status}")
    parent.finish()
    assert problems == []


@pytest.mark.usefixtures("pauses")
@pytest.mark.parametrize(
    ("driver", "moment"),
    [
        # Each loop at every second moment, and each moment on one loop or two of them.
        pytest.param(
            loop,
            moment,
            id=f"{loop}-{moment}",
            marks=() if (place + number) % 2 == 0 else pytest.mark.nightly,
        )
        for place, loop in enumerate(CANCELLING_LOOPS)
        for number, moment in enumerate(MOMENTS)
    ],
    indirect=["driver"],
)
def test_cancelled(driver: Driver, clock: ManualClock, tmp_path: Path, moment: float) -> None:
    import anyio

    problems: list[str] = []
    for scenario in SCENARIOS:
        # Of its own, as what was cut short may arrive when the next scenario is under way.
        sandbox = ObservedSandbox(clock=clock, result_size=200)
        with serve(sandbox) as server:
            client = driver.client(api_key=KEY, base_url=server.url)
            scene = Scene(driver, client, sandbox, tmp_path)
            sandbox.forget()
            scene.prepare(scenario.needs)

            class Cut(Driver):
                """Runs what it is given until the moment is over."""

                def call(self, function: Callable[[], Any]) -> Any:
                    async def limited() -> Any:
                        with anyio.move_on_after(moment):
                            return await function()
                        raise TimeoutError

                    return driver.call(limited)

            cut = Cut(driver.mode)
            scene.driver = cut
            with contextlib.suppress(errors.A2EError, TimeoutError):
                scenario.act(scene)
                cut.finish()
                check("a cancel", scene, problems, scenario.name)
                continue
            check("a cancel", scene, problems, scenario.name)
            cut.finish()
            started = sum(sandbox.changes[operation] for operation in STARTS)
            known = len(client.submissions)
            if scenario.name in SINGLE_STARTS and started > known:
                problems.append(f"{scenario.name} at {moment}: started, and nothing tells of it")
    assert problems == []


@pytest.mark.usefixtures("pauses")
@pytest.mark.parametrize("moment", MOMENTS)
def test_closed_meanwhile(clock: ManualClock, tmp_path: Path, moment: float) -> None:
    problems: list[str] = []
    for scenario in SCENARIOS:
        sandbox = ObservedSandbox(clock=clock, result_size=200)
        with serve(sandbox) as server:
            driver = Driver("sync")
            client = driver.client(api_key=KEY, base_url=server.url)
            scene = Scene(driver, client, sandbox, tmp_path)
            sandbox.forget()
            scene.prepare(scenario.needs)
            raised: list[BaseException] = []

            def act(
                scenario: Scenario = scenario, scene: Scene = scene, raised: Any = raised
            ) -> None:
                try:
                    scenario.act(scene)
                except BaseException as problem:
                    raised.append(problem)

            thread = threading.Thread(target=act, daemon=True)
            thread.start()
            time.sleep(moment)
            client.close()
            thread.join(20)
            check("a close", scene, problems, scenario.name)
            if thread.is_alive():
                problems.append(f"{scenario.name} at {moment}: it goes on")
            problems += [
                f"{scenario.name} at {moment}: {error!r}"
                for error in raised
                if not isinstance(error, errors.A2EError)
            ]
            started = sum(sandbox.changes[operation] for operation in STARTS)
            if scenario.name in SINGLE_STARTS and raised and started > len(client.submissions):
                problems.append(f"{scenario.name} at {moment}: started, and nothing tells of it")
            driver.finish()
    assert problems == []


@pytest.mark.usefixtures("pauses")
def test_a_deadline(driver: Driver, sandbox: ObservedSandbox, tmp_path: Path) -> None:
    problems: list[str] = []
    with serve(sandbox) as server:
        for scenario in SCENARIOS:
            if "download" in scenario.name or "upload" in scenario.name:
                continue  # Transfers have limits of their own.
            client = driver.client(api_key=KEY, base_url=server.url)
            scene = Scene(driver, client, sandbox, tmp_path)
            sandbox.forget()
            scene.prepare(scenario.needs)
            total = Timeout(connect=30, read=30, write=30, pool=30, total=0.1)
            scene.client = client.with_options(timeout=total, max_retries=0)
            sandbox.faults.add(Fault.stall(60), times=1)
            judged("a deadline", scenario, scene, problems)
            sandbox.faults.clear()
    assert problems == []


class BrokenTls:
    """The sandbox behind TLS; a third of its responses break off beneath it."""

    def __init__(self, sandbox: ObservedSandbox) -> None:
        self._sandbox = sandbox
        self._chance = random.Random(20261125)

    def __call__(self, head: str, body: bytes, connection: socket.socket) -> None:
        first, *lines = head.split("\r\n")
        method, target, _ = first.split(" ")
        headers = dict(line.split(": ", 1) for line in lines)
        reply = self._sandbox.handle(SandboxRequest.from_target(method, target, headers, body))
        kind = self._chance.randrange(12)
        if kind < 3:
            record = (
                b"\x15\x03\x03\x00\x02\x02\x28",
                b"HTTP/1.1 400 X\r\n\r\n",
                b"\x17\x03\x03\x00\x04abcd",
            )
            descriptor = os.dup(connection.fileno())
            os.write(descriptor, record[kind])
            os.close(descriptor)
            raise OSError
        sent = {**reply.headers, "content-length": str(len(reply.body))}
        lines = [f"HTTP/1.1 {reply.status} X", *(f"{key}: {value}" for key, value in sent.items())]
        connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + reply.body)


@pytest.mark.usefixtures("pauses")
def test_tls_that_breaks(
    driver: Driver, sandbox: ObservedSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trustme = pytest.importorskip("trustme")
    authority = trustme.CA()
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    monkeypatch.setattr(network_settings, "_tls", network_settings.SharedTls())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    problems: list[str] = []
    with HostileServer(BrokenTls(sandbox), context) as server:
        for scenario in SCENARIOS:
            # What a scenario needs, and signed addresses, come by a quiet connection only; a session
            # whose beginning is lost can't be left, which its own test tells.
            if scenario.needs or "upload" in scenario.name or scenario.name == "streaming session":
                continue
            client = driver.client(api_key=KEY, base_url=server.url)
            scene = Scene(driver, client, sandbox, tmp_path)
            sandbox.forget()
            judged("TLS that breaks", scenario, scene, problems)
    assert problems == []
