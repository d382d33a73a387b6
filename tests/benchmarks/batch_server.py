"""A sandbox in a process of its own that says what it was asked and paid.

    python tests/benchmarks/batch_server.py LATENCY SECONDS

It prints its address, and for each line of standard input what it has seen so far, as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import attrs

from a2e_sdk.sandbox import Sandbox, SandboxReply, SandboxRequest
from a2e_sdk.sandbox.http_server import serve


@attrs.frozen
class Seen:
    """What the server has seen.

    Attributes:
        requests: How many requests.
        starts: How many starts it accepted.
        coins: What they cost.
    """

    requests: int
    starts: int
    coins: int


class CountingSandbox(Sandbox):
    """A sandbox that counts its requests."""

    handled = 0

    def handle(self, request: SandboxRequest) -> SandboxReply:
        self.handled += 1
        return super().handle(request)


class BatchServer:
    """The server, as its parent sees it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.url = self._line()

    def seen(self) -> Seen:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return Seen(**json.loads(self._line()))

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@contextmanager
def batch_server(latency: float, seconds: float) -> Iterator[BatchServer]:
    """Run the server.

    Args:
        latency: Seconds between a request and its response.
        seconds: How long tasks take.
    """
    command = [sys.executable, __file__, str(latency), str(seconds)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as process:
        try:
            yield BatchServer(process)
        finally:
            process.kill()


def _main() -> None:
    latency, seconds = map(float, sys.argv[1:])
    sandbox = CountingSandbox(
        seed_records=False,
        coins=10**9,
        latency=latency,
        processing_after=seconds / 10,
        completed_after=seconds,
        log_limit=1,
    )
    with serve(sandbox) as server:
        print(server.url, flush=True)
        for _ in sys.stdin:
            coins = -sum(entry.amount for entry in sandbox.coins)
            print(
                json.dumps({"requests": sandbox.handled, "starts": sandbox.starts, "coins": coins}),
                flush=True,
            )


if __name__ == "__main__":
    _main()
