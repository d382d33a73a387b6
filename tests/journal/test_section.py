"""``a2e.journal``: what was started, what it cost, and what a person decides."""

from __future__ import annotations

import hashlib
import pickle
import sqlite3
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from journal_cases import (
    FACE_SWAP,
    WAN,
    client,
    file_only,
    require_sums_agree,
    rows,
    starts,
    take,
)

from a2e_sdk import EntryState, errors
from a2e_sdk._journal import queries
from a2e_sdk.models.journal import JournalEntry, JournalFile, Spending
from a2e_sdk.sandbox import Fault, SandboxForTests
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver

START = "start_wan_25_task"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def unknown(driver: Driver, a2e: Any, sandbox: SandboxForTests, key: str | None) -> Any:
    """Make a start whose response is lost, and of which no task is found."""
    sandbox.faults.add(Fault.http(502), operation=START, times=1)
    with pytest.raises(errors.SubmissionUnknownError) as caught:
        driver.run(a2e.wan_25.create(key=key, **WAN))
    return caught.value


def keys(driver: Driver, a2e: Any, **options: Any) -> list[str | None]:
    return [entry.key for entry in driver.items(a2e.journal.entries(**options))]


def test_entries_are_selected_by_state_and_family(
    driver: Driver, a2e: Any, sandbox: SandboxForTests
) -> None:
    driver.run(a2e.wan_25.create(key="a", **WAN))
    driver.run(a2e.face_swap.tasks.run(key="b", **FACE_SWAP))
    unknown(driver, a2e, sandbox, "c")
    assert keys(driver, a2e) == ["a", "b", "c"]
    assert keys(driver, a2e, state="succeeded") == ["b"]
    assert keys(driver, a2e, state=[EntryState.STARTED, "unknown"]) == ["a", "c"]
    assert keys(driver, a2e, family="wan_25") == ["a", "c"]
    assert keys(driver, a2e, family="wan_25", state=EntryState.UNKNOWN) == ["c"]
    assert [entry.key for entry in driver.run(a2e.journal.unknown())] == ["c"]
    for options in ({"state": "lost"}, {"family": "wan"}, {"state": ["started", "lost"]}):
        with pytest.raises(ValueError, match="must be one of"):
            keys(driver, a2e, **options)


def test_an_entry_says_all_that_is_known_of_a_start(
    driver: Driver, a2e: Any, sandbox: SandboxForTests, tmp_path: Path
) -> None:
    face = tmp_path / "me.png"
    face.write_bytes(PICTURE)
    task = driver.run(
        a2e.face_swap.tasks.run(key="one", face=face, video=FACE_SWAP["video"], name="mine")
    )
    entry = driver.run(a2e.journal.get("one"))
    assert entry == JournalEntry(
        id=1,
        key="one",
        attempt=1,
        family="face_swap",
        state=EntryState.SUCCEEDED,
        name="mine",
        inputs={"name": "mine", "video": FACE_SWAP["video"]},
        files=(
            JournalFile(
                argument="face",
                name="me.png",
                size=len(PICTURE),
                sha256=hashlib.sha256(PICTURE).hexdigest(),
            ),
        ),
        coins=None,  # Neither its record nor a quote tells.
        task_ids=(task.id,),
        intended_at=entry.intended_at,
        sent_at=entry.sent_at,
        started_at=entry.started_at,
        ended_at=entry.ended_at,
    )
    assert NOW <= entry.intended_at <= entry.sent_at <= entry.started_at < entry.ended_at
    assert pickle.loads(pickle.dumps(entry)) == entry
    assert driver.run(a2e.journal.get("two")) is None


@file_only
def test_entries_come_in_pages_and_in_constant_memory(
    driver: Driver,
    a2e: Any,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if driver.mode != "sync":
        pytest.skip("the pages are those of the other client")
    a2e.wan_25.create(key="first", **WAN)
    connection = sqlite3.connect(path)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(entries)")]
    copied = ", ".join(name for name in columns if name not in ("id", "key"))
    connection.execute(
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
        f"INSERT INTO entries (key, {copied}) SELECT 'key ' || i, {copied} FROM n, entries"
    )
    connection.commit()
    connection.close()
    pages: list[int] = []
    after = queries.entries_after
    monkeypatch.setattr(
        "a2e_sdk._sync.journal.entries.entries_after",
        lambda *values: pages.append(1) or after(*values),
    )
    tracemalloc.start()
    count = sum(1 for _ in a2e.journal.entries())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_001
    assert len(pages) == 20_001 // queries.PAGE + 2
    assert peak < 6_000_000


def test_entries_that_are_added_while_they_are_read_are_among_them(
    driver: Driver, a2e: Any
) -> None:
    driver.run(a2e.wan_25.create(key="one", **WAN))
    if driver.mode == "sync":
        seen = []
        for entry in a2e.journal.entries():
            seen.append(entry.key)
            if len(seen) < 3:
                a2e.wan_25.create(key=f"more {len(seen)}", **WAN)
        assert seen == ["one", "more 1", "more 2"]


def test_what_was_spent_is_told_with_and_without_a_budget(
    driver: Driver, new_client: Callable[..., Any], sandbox: SandboxForTests
) -> None:
    a2e = new_client()
    assert driver.run(a2e.journal.spent()) == Spending(spent=0, reserved=0)
    driver.run(a2e.wan_25.create(**WAN))
    spending = driver.run(a2e.journal.spent())
    assert (spending.spent, spending.limit, spending.left) == (50, None, None)
    assert driver.run(new_client(budget=30).journal.spent()).left == 0


# What a person decides


def test_a_person_says_that_nothing_was_started_and_the_next_call_starts_it(
    driver: Driver, new_client: Callable[..., Any], sandbox: SandboxForTests, path: Path
) -> None:
    a2e = new_client(budget=100)
    unknown(driver, a2e, sandbox, "one")
    entry = driver.run(a2e.journal.resolve("one", decision="not_started"))
    assert (entry.state, entry.reserved) == (EntryState.REFUSED, 0)
    assert driver.run(a2e.wan_25.create(key="one", **WAN)).id
    assert driver.run(a2e.journal.get("one")).attempt == 2
    require_sums_agree(path)


@pytest.mark.parametrize("given", ["id", "task"])
def test_a_person_names_the_task_that_was_started(
    driver: Driver, new_client: Callable[..., Any], sandbox: SandboxForTests, path: Path, given: str
) -> None:
    a2e = new_client(budget=200)
    unknown(driver, a2e, sandbox, "one")
    stranger = driver.run(client(driver, sandbox, None).wan_25.create(**WAN))
    named = stranger if given == "task" else stranger.id
    entry = driver.run(a2e.journal.resolve("one", task=named))
    assert (entry.state, entry.task_ids) == (EntryState.STARTED, (stranger.id,))
    assert (entry.coins, entry.reserved) == (50, 0)
    assert driver.run(a2e.wan_25.create(key="one", **WAN)).id == stranger.id
    assert starts(sandbox) == 1
    require_sums_agree(path)


def test_a_task_that_is_another_start_s_or_of_another_family_is_refused(
    driver: Driver, a2e: Any, sandbox: SandboxForTests
) -> None:
    unknown(driver, a2e, sandbox, "one")
    known = driver.run(a2e.wan_25.create(key="two", **WAN))
    swap = driver.run(a2e.face_swap.tasks.create(**FACE_SWAP))
    with pytest.raises(errors.JournalError, match="belongs to another start"):
        driver.run(a2e.journal.resolve("one", task=known))
    with pytest.raises(ValueError, match="is of face_swap, and the key 'one' of wan_25"):
        driver.run(a2e.journal.resolve("one", task=swap))
    assert driver.run(a2e.journal.get("one")).state is EntryState.UNKNOWN


def test_start_again_pays_anew_whatever_became_of_a_key(
    driver: Driver, new_client: Callable[..., Any], sandbox: SandboxForTests, path: Path
) -> None:
    a2e = new_client(budget=1_000)
    first = driver.run(a2e.wan_25.create(key="one", **WAN))
    entry = driver.run(a2e.journal.resolve("one", decision="start_again"))
    assert entry.task_id == first.id
    assert driver.run(a2e.journal.get("one")) is None
    second = driver.run(a2e.wan_25.create(key="one", prompt="and other inputs"))
    assert second.id != first.id
    assert starts(sandbox) == 2
    assert driver.run(a2e.journal.get("one")).attempt == 2
    # What is unknown may have been paid, so its coins stay reserved.
    unknown(driver, a2e, sandbox, "two")
    driver.run(a2e.journal.resolve("two", decision="start_again"))
    driver.run(a2e.wan_25.create(key="two", **WAN))
    spending = driver.run(a2e.journal.spent())
    assert (spending.spent, spending.reserved) == (150, 50)
    left = driver.run(a2e.journal.unknown())
    assert [entry.attempt for entry in left] == [1]
    driver.run(a2e.journal.resolve(left[0], decision="not_started"))
    assert driver.run(a2e.journal.spent()).reserved == 0
    assert driver.run(a2e.journal.get("two")).attempt == 2, "which stays as it is"
    require_sums_agree(path)


def test_a_start_without_a_key_is_decided_by_its_entry(
    driver: Driver, new_client: Callable[..., Any], sandbox: SandboxForTests, path: Path
) -> None:
    a2e = new_client(budget=60)
    unknown(driver, a2e, sandbox, None)
    with pytest.raises(errors.BudgetExceededError, match="0 are spent and 50 reserved"):
        driver.run(a2e.wan_25.create(**WAN))
    (entry,) = driver.run(a2e.journal.unknown())
    decided = driver.run(a2e.journal.resolve(entry, decision="not_started"))
    assert decided.state is EntryState.REFUSED
    assert driver.run(a2e.wan_25.create(**WAN)).id
    require_sums_agree(path)


def test_find_started_decides_an_entry_too(
    driver: Driver, a2e: Any, sandbox: SandboxForTests, path: Path
) -> None:
    error = unknown(driver, a2e, sandbox, "one")
    assert driver.run(a2e.wan_25.find_started(error)) is None
    assert driver.run(a2e.journal.get("one")).state is EntryState.UNKNOWN
    # It was worked on all the same, and appears now.
    name = error.submission.name
    late = driver.run(client(driver, sandbox, None).wan_25.create(name=name, **WAN))
    assert driver.run(a2e.wan_25.find_started(error)).id == late.id
    entry = driver.run(a2e.journal.get("one"))
    assert (entry.state, entry.task_id) == (EntryState.STARTED, late.id)
    require_sums_agree(path)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({}, "exactly one"),
        ({"task": "0" * 24, "decision": "not_started"}, "exactly one"),
        ({"task": "no id"}, "task"),
        ({"decision": "forget"}, "decision"),
    ],
)
def test_what_is_no_decision_is_refused(
    driver: Driver, a2e: Any, sandbox: SandboxForTests, arguments: Any, problem: str
) -> None:
    unknown(driver, a2e, sandbox, "one")
    with pytest.raises(ValueError, match=problem):
        driver.run(a2e.journal.resolve("one", **arguments))
    assert driver.run(a2e.journal.get("one")).state is EntryState.UNKNOWN


def test_what_cannot_be_decided_says_why(
    driver: Driver, a2e: Any, sandbox: SandboxForTests
) -> None:
    resolve = a2e.journal.resolve
    with pytest.raises(LookupError, match="the journal has no key 'one'"):
        driver.run(resolve("one", decision="not_started"))
    task = driver.run(a2e.wan_25.create(key="one", **WAN))
    with pytest.raises(errors.JournalError, match=f"the key 'one' has the task {task.id}"):
        driver.run(resolve("one", decision="not_started"))
    with pytest.raises(errors.JournalError, match="has the task"):
        driver.run(resolve("one", task="0" * 24))
    unknown(driver, a2e, sandbox, "two")
    entry = driver.run(a2e.journal.get("two"))
    hold = take(a2e, entry.id)
    with pytest.raises(errors.JournalError, match="'two' is being started at this moment"):
        driver.run(resolve("two", decision="not_started"))
    hold.give()
    driver.run(resolve("two", decision="not_started"))


def test_a_key_that_is_being_started_is_waited_for_until_the_time_out(
    driver: Driver, a2e: Any, sandbox: SandboxForTests
) -> None:
    unknown(driver, a2e, sandbox, "one")
    hold = take(a2e, 1)
    before = sandbox.clock.now()
    with pytest.raises(errors.KeyInUseError, match="for 40 seconds; nothing was sent") as caught:
        driver.run(a2e.wan_25.run(key="one", timeout=40, **WAN))
    assert caught.value.key == "one"
    assert (sandbox.clock.now() - before).total_seconds() == pytest.approx(40, abs=1)
    hold.give()


# Secrets


def test_the_journal_holds_no_key_no_webhook_token_and_no_content(
    driver: Driver, sandbox: SandboxForTests, tmp_path: Path
) -> None:
    path = tmp_path / "jobs.db"
    secret, token = "sk_test_very_secret_9876543210", "hook-token-very-secret"
    folder = tmp_path / "private folder"
    folder.mkdir()
    face = folder / "me.png"
    face.write_bytes(PICTURE + b"the content of the picture")
    a2e = driver.client(
        api_key=secret,
        base_url="https://a2e.example",
        journal=path,
        budget=1_000,
        http_client=SandboxTransport(sandbox),
    )
    driver.run(
        a2e.face_swap.tasks.create(
            key="one",
            face=face,
            video=FACE_SWAP["video"],
            webhook_url="https://hooks.example/very-secret-path",
            webhook_token=token,
        )
    )
    sandbox.faults.add(
        Fault.json({"code": 401, "msg": f"bad key {secret}"}, status=401), operation=START, times=9
    )
    with pytest.raises(errors.APIError):
        driver.run(a2e.wan_25.create(key="two", **WAN))
    everything = b"".join(
        file.read_bytes() for file in tmp_path.iterdir() if file.name.startswith("jobs.db")
    )
    assert b"me.png" in everything
    for hidden in (secret, token, "very-secret-path", "private folder", "the content of"):
        assert hidden.encode() not in everything
    assert len(rows(path, "SELECT 1 FROM entries")) == 2
    files = {file.name for file in tmp_path.iterdir()}
    assert (
        {"jobs.db", "jobs.db-locks"}
        <= files
        <= {
            "jobs.db",
            "jobs.db-locks",
            "jobs.db-journal",
            "private folder",
        }
    )
