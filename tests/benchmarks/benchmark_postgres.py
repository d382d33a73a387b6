"""A journal on a PostgreSQL server of this machine, side by side with one in a file.

The server is on a socket of the system, so that a round trip costs next to nothing: what it adds to
a start elsewhere is their number times the latency of the network. Both write to the disk.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from durable_postgres import durable_server
from measuring import Comparison, compare, take_turns

from a2e_sdk import A2E
from a2e_sdk._journal.postgres import PostgresConnection
from a2e_sdk._journal.sqlite import SqliteConnection
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport

sys.path.insert(0, str(Path(__file__).parents[1]))

from postgres_server import with_schema

NOTES: list[str] = []
_AT_ONCE = 32
_STATEMENTS = ("begin", "rows", "execute", "insert", "commit")
_numbers = itertools.count()


def run(*, quick: bool = False) -> list[Comparison]:
    """Measure starts with a key, one after the other and many at once, and count statements."""
    with _journals() as journals:
        samples = _timed(journals, rounds=10 if quick else 40)
        for name in ("one start", f"one of {_AT_ONCE} starts at once"):
            NOTES.append(f"postgres: statements of {name}: {_counted(journals, name)}")
    return [
        compare(samples, f"postgres, {name}", f"file, {name}", unit="ms", what=name)
        for name in ("one start", f"one of {_AT_ONCE} starts at once")
    ]


@contextmanager
def _journals() -> Iterator[dict[str, A2E]]:
    with durable_server() as url, tempfile.TemporaryDirectory() as folder:
        places = {"postgres": with_schema(url), "file": str(Path(folder, "jobs.db"))}
        yield {name: _client(place) for name, place in places.items()}


def _client(journal: str) -> A2E:
    transport: Any = SandboxTransport(Sandbox(seed_records=False))
    return A2E(region="sandbox", http_client=transport, journal=journal, budget=1e9)


def _start(a2e: A2E, *_: Any) -> None:
    a2e.wan_25.create(key=f"key {next(_numbers)}", prompt="a calm sea")


def _timed(journals: dict[str, A2E], *, rounds: int) -> dict[str, list[float]]:
    with ThreadPoolExecutor(_AT_ONCE) as pool:

        def many(a2e: A2E) -> None:
            list(pool.map(lambda _: _start(a2e), range(_AT_ONCE)))

        works: dict[str, Callable[[], Any]] = {}
        for name, a2e in journals.items():
            works[f"{name}, one start"] = lambda a2e=a2e: [_start(a2e) for _ in range(8)]
            works[f"{name}, one of {_AT_ONCE} starts at once"] = lambda a2e=a2e: many(a2e)
        found = take_turns(works, rounds=rounds, scale=1e3)
    return {
        name: [one / (8 if name.endswith("one start") else _AT_ONCE) for one in times]
        for name, times in found.items()
    }


def _counted(journals: dict[str, A2E], name: str) -> str:
    """Return how many statements go to each database for a start, each a round trip."""
    counts: list[str] = []
    for kind, (place, a2e) in zip(
        (PostgresConnection, SqliteConnection), journals.items(), strict=True
    ):
        made = [0]
        with _counting(kind, made):
            if name == "one start":
                starts = 20
                for _ in range(starts):
                    _start(a2e)
            else:
                starts = 4 * _AT_ONCE
                with ThreadPoolExecutor(_AT_ONCE) as pool:
                    list(pool.map(lambda _, a2e=a2e: _start(a2e), range(starts)))
        counts.append(f"{made[0] / starts:.1f} ({place})")
    return ", ".join(counts)


@contextmanager
def _counting(kind: Any, made: list[int]) -> Iterator[None]:
    kept = {name: getattr(kind, name) for name in _STATEMENTS}

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            made[0] += 1
            return real(*arguments)

        return call

    for name, real in kept.items():
        setattr(kind, name, counted(real))
    try:
        yield
    finally:
        for name, real in kept.items():
            setattr(kind, name, real)
