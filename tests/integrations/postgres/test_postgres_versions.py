"""Journals of earlier versions on a server are brought to today's when they are opened."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from journal_cases import WAN, require_sums_agree, rows

from a2e_sdk import EntryState, errors
from a2e_sdk._config.journal_place import journal_place
from a2e_sdk._journal.opening import store_of
from a2e_sdk._journal.postgres_schema import VERSION
from driver import Driver
from postgres_server import connected, with_schema

pytest.importorskip("psycopg")

FIXTURES = sorted((Path(__file__).parents[2] / "journal" / "versions").glob("postgres_v*.sql"))
#: What makes two schemas the same.
SHAPE = (
    "SELECT table_name, column_name, data_type, is_nullable, column_default FROM "
    "information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, ordinal_position",
    "SELECT tablename, indexname, replace(indexdef, current_schema() || '.', '') FROM pg_indexes "
    "WHERE schemaname = current_schema() ORDER BY 1, 2",
)


def test_there_is_a_journal_of_every_version() -> None:
    assert [file.stem for file in FIXTURES] == [
        f"postgres_v{version}" for version in range(1, VERSION + 1)
    ]


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_a_journal_of_an_earlier_version_is_brought_to_today_s_and_read(
    driver: Driver, new_client: Callable[..., Any], postgres: str, file: Path
) -> None:
    path, new = with_schema(postgres), with_schema(postgres)
    with connected(path) as connection:
        connection.execute(f"CREATE SCHEMA {path.partition('schema=')[2]}")
        connection.execute(file.read_text())
    a2e = new_client(path)
    states = {entry.key: entry.state for entry in driver.items(a2e.journal.entries())}
    assert states == {
        None: EntryState.STARTED,
        "started": EntryState.STARTED,
        "finished": EntryState.SUCCEEDED,
        "failed": EntryState.FAILED,
        "refused": EntryState.REFUSED,
        "unknown": EntryState.UNKNOWN,
    }
    driver.run(new_client(new).journal.spent())
    for statement in SHAPE:
        assert rows(path, statement) == rows(new, statement), "as if it were made today"
    assert driver.run(a2e.wan_25.create(key="refused", **WAN)).id
    with pytest.raises(errors.SubmissionUnknownError):
        driver.run(a2e.wan_25.create(key="unknown", **WAN))
    with pytest.raises(errors.KeyConflictError):
        driver.run(a2e.wan_25.create(key="started", prompt="other"))
    require_sums_agree(path)


def test_several_that_make_a_journal_at_once_make_one(postgres: str) -> None:
    """Each by a connection of its own, as processes have."""
    path = with_schema(postgres)
    together = threading.Barrier(8)

    def connect(_: int) -> int:
        store = store_of(journal_place(path))
        connection = store.connect()
        together.wait(30)
        connection.begin()
        connection.commit()
        connection.close()
        return store.locks.owner  # type: ignore[attr-defined, no-any-return]

    with ThreadPoolExecutor(8) as pool:
        owners = list(pool.map(connect, range(8)))
    assert sorted(owners) == list(range(1, 9))
    assert rows(path, "SELECT count(*) FROM facts WHERE name = 'salt'") == [(1,)]


def test_a_backup_that_was_put_back_gives_no_number_that_a_process_still_has(
    driver: Driver, new_client: Callable[..., Any], postgres: str
) -> None:
    path = with_schema(postgres)
    one = new_client(path)
    assert driver.run(one.wan_25.create(key="one", **WAN)).id
    with connected(path) as connection:
        connection.execute("SELECT setval('owners', 1, false)")
    other = new_client(path.replace("/postgres?", "/postgres?connect_timeout=9&"))
    assert driver.run(other.wan_25.create(key="two", **WAN)).id
    owners = [a2e.api.journal.steps.locks.owner for a2e in (one, other)]
    assert owners == [1, 2]
