"""What the tests of the journal share: clients on one sandbox and one journal, and what was paid."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

from a2e_sdk._sync.concurrency import database_work
from a2e_sdk._wire.arguments import arguments_of
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk.sandbox import SandboxForTests
from a2e_sdk.sandbox.testing import AsyncTurningClock, TurningClock
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver
from postgres_server import connected
from schema_values import minimal

AVATAR = "5a4d0b0c50f0000000000201"
FILE = "https://example.com/input.mp4"
PRICE = 10
#: Starts whose arguments are not those of their body, or need more than it marks as required.
_STARTS: dict[str, dict[str, Any]] = {
    "avatar_videos": {"avatar": AVATAR, "audio": FILE, "custom": False},
    "avatar_trainings": {"image": FILE},
}
WAN = {"prompt": "a calm sea"}
FACE_SWAP = {"face": "https://example.com/f.png", "video": "https://example.com/v.mp4"}

FAMILIES = tuple(TASK_FAMILIES.values())


def start_arguments(family: TaskFamily) -> dict[str, Any]:
    """Return the fewest arguments that a start takes, with URLs for files."""
    if family.name in _STARTS:
        return dict(_STARTS[family.name])
    return {
        name: _value(argument)
        for name, argument in arguments_of(str(family.start)).items()
        if argument.required and argument.wire != family.label
    }


def _value(argument: Any) -> Any:
    if not argument.media:
        return minimal(argument.schema)
    count = max(1, argument.schema.get("minItems", 1))
    return [FILE] * count if argument.is_list else FILE


def other_arguments(family: TaskFamily) -> dict[str, Any]:
    """Return arguments of another start of a family."""
    arguments = start_arguments(family)
    if family.name == "wan_30":
        return {**arguments, "input": {"prompt": "another one"}}
    other = "https://example.com/other.mp4"
    for name, value in arguments.items():
        if value == FILE or (isinstance(value, list) and FILE in value):
            return {**arguments, name: other if value == FILE else [other] * len(value)}
    return {**arguments, "prompt": "another one"}


def resource(a2e: Any, family: TaskFamily) -> Any:
    """Return the tasks of a family on a client."""
    return reduce(getattr, family.attribute.split("."), a2e)


def client(driver: Driver, sandbox: SandboxForTests, journal: Path | None, **options: Any) -> Any:
    """Return a client of a driver's mode whose pauses turn the sandbox's clock."""
    transport = options.pop("transport", None) or SandboxTransport(sandbox)
    given = {} if journal is None else {"journal": journal}
    made = driver.client(region="sandbox", http_client=transport, **given, **options)
    clock = TurningClock if driver.mode == "sync" else AsyncTurningClock
    made.api.clock = clock(sandbox.clock)
    return made


def starts(sandbox: SandboxForTests) -> int:
    """Return how many starts were paid for."""
    return sum(1 for entry in sandbox.coins if entry.reason == "start")


def spent(sandbox: SandboxForTests) -> int:
    """Return the coins that left the account and did not come back."""
    return -sum(entry.amount for entry in sandbox.coins)


def paid(sandbox: SandboxForTests) -> Counter[str]:
    """Return how often each task was charged."""
    return Counter(entry.task_id for entry in sandbox.coins if entry.reason == "start")


def require_sums_agree(path: Path | str) -> None:
    """Check that the sums of a journal are those of its entries."""
    sums = {
        hour: (reserved, spent) for hour, reserved, spent in rows(path, "SELECT * FROM spending")
    }
    statement = "SELECT hour, sum(reserved), sum(spent) FROM entries GROUP BY hour"
    entries = {hour: (reserved, spent) for hour, reserved, spent in rows(path, statement)}
    nothing = (0, 0)
    for hour in {*sums, *entries}:
        assert sums.get(hour, nothing) == entries.get(hour, nothing), hour


def rows(path: Path | str, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return what a statement selects in a journal, in a file or on a server."""
    if isinstance(path, Path):
        connection: Any = sqlite3.connect(path)
    else:
        connection, statement = connected(path), statement.replace("?", "%s")
    try:
        found: list[tuple[Any, ...]] = connection.execute(statement, values).fetchall()
        return found
    finally:
        connection.close()


def require_whole(path: Path | str) -> None:
    """Check that a file was not damaged; a server sees to that itself."""
    if isinstance(path, Path):
        assert rows(path, "PRAGMA integrity_check") == [("ok",)]


def take(a2e: Any, place: int) -> Any:
    """Take a place of a client's journal; None where it is taken."""
    journal = a2e.api.journal
    return database_work(journal.database, lambda session: journal.steps.locks.take(place, session))


def is_taken(a2e: Any, place: int) -> bool:
    """Tell whether a place of a client's journal is taken."""
    journal = a2e.api.journal
    return database_work(
        journal.database, lambda session: journal.steps.locks.is_taken(place, session)
    )


#: For what is so of a file alone.
file_only = pytest.mark.skipif(
    bool(os.environ.get("A2E_TEST_POSTGRES")), reason="it is of a journal that is a file"
)


def until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something holds."""
    import time

    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to hold"
        time.sleep(0.002)
