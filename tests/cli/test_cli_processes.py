"""What only a real process shows: signals, broken pipes, and the sandbox server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from cli_runs import A2E_COMMAND, Environment, Outcome, interruptible

from a2e_sdk import A2E
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import SandboxServer, serve

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes of POSIX")


@contextmanager
def started(
    environment: Environment, *arguments: str, **variables: str
) -> Iterator[subprocess.Popen[str]]:
    child = subprocess.Popen(
        interruptible(*arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment(**variables),
    )
    with child:
        try:
            yield child
        finally:
            child.kill()


def test_the_sandbox_server_serves_until_ctrl_c(environment: Environment) -> None:
    with started(environment, "sandbox", "--port", "0") as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(5)]
        settings = dict(
            line.removeprefix("  export ").strip().split("=", 1)
            for line in lines
            if line.startswith("  export ")
        )
        assert settings["A2E_BASE_URL"] in lines[0]
        with A2E(settings["A2E_API_KEY"], base_url=settings["A2E_BASE_URL"]) as a2e:
            assert a2e.face_swap.tasks.list().total == 3

        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=30)
        assert (child.returncode, errors) == (0, "")


def test_a_port_that_is_taken_is_1(process: Callable[..., Outcome], server: SandboxServer) -> None:
    port = server.url.rpartition(":")[2]
    outcome = process("sandbox", "--port", port)
    assert (outcome.code, outcome.out) == (1, "")
    assert port in outcome.err
    assert outcome.err.count("\n") == 1


def test_ctrl_c_during_a_listing_is_130_without_a_traceback(environment: Environment) -> None:
    sandbox = Sandbox(latency=60)
    with serve(sandbox) as server:
        settings = {"A2E_BASE_URL": server.url, "A2E_API_KEY": "sandbox"}
        with started(environment, "face-swap", "tasks", "list", **settings) as child:
            deadline = time.monotonic() + 30
            while not sandbox.requests.total and time.monotonic() < deadline:
                time.sleep(0.01)
            child.send_signal(signal.SIGINT)
            printed, errors = child.communicate(timeout=30)
    assert (child.returncode, printed, errors) == (130, "", "")


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_reader_who_leaves_early_ends_it_quietly(
    environment: Environment, server: SandboxServer, form: tuple[str, ...]
) -> None:
    for number in range(1_000):  # far more than a pipe holds
        server.sandbox.add_face_swap_task(name=f"task {number}")
    with started(environment, "face-swap", "tasks", "list", *form) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.readline()
        child.stdout.close()
        errors = child.stderr.read()
        assert (child.wait(30), errors) == (0, "")


def test_a_reader_who_left_before_ends_it_quietly(environment: Environment) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*A2E_COMMAND, "face-swap", "tasks", "list", "--region", "sandbox"],
        stdout=writing,
        stderr=subprocess.PIPE,
        env=environment(),
        timeout=60,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
