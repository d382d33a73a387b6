"""A key stands for one start, for ever: the same task again, a conflict, or nothing at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from journal_cases import (
    FACE_SWAP,
    FAMILIES,
    WAN,
    client,
    other_arguments,
    require_sums_agree,
    resource,
    start_arguments,
    starts,
)

from a2e_sdk import AsyncA2E, EntryState, errors
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk.sandbox import Fault, SandboxForTests
from driver import Driver

#: A journal on a server is told by a few of them, as it does not know what a family is.
each_family = pytest.mark.parametrize(
    "family",
    [
        pytest.param(
            family,
            id=family.name,
            marks=pytest.mark.nightly if number % 8 and os.environ.get("A2E_TEST_POSTGRES") else (),
        )
        for number, family in enumerate(FAMILIES)
    ],
)


@pytest.mark.trio_nightly
@each_family
def test_of_every_family_a_key_is_one_start_and_other_inputs_are_a_conflict(
    driver: Driver,
    a2e: Any,
    sandbox: SandboxForTests,
    new_client: Callable[..., Any],
    family: TaskFamily,
) -> None:
    arguments, create = start_arguments(family), resource(a2e, family).create
    first = driver.run(create(key="one", **arguments))
    coins = sandbox.coins.balance
    again = driver.run(resource(new_client(), family).create(key="one", **arguments))
    assert (again.id, again.family) == (first.id, first.family)
    assert sandbox.coins.balance == coins
    entry = driver.run(a2e.journal.get("one"))
    assert (entry.state, entry.task_id) == (EntryState.STARTED, first.id)
    assert (entry.family, entry.name is None) == (family.name, family.label is None)

    with pytest.raises(errors.KeyConflictError, match=r"'one'.*give another key") as caught:
        driver.run(create(key="one", **other_arguments(family)))
    error = caught.value
    assert (error.key, error.family, error.entry.task_id) == ("one", family.name, first.id)
    assert error.inputs != error.entry.inputs
    assert sandbox.requests.count(str(family.start)) == 1

    further = [driver.run(create(**arguments)).id for _ in range(2)]
    assert len({first.id, *further}) == 3, "without a key each call is a start"
    entries = driver.items(a2e.journal.entries(family=family.name))
    assert [(entry.key, entry.task_id) for entry in entries] == [
        ("one", first.id),
        *((None, task_id) for task_id in further),
    ]


@pytest.mark.parametrize("options", [{}, {"budget": 100}], ids=["nothing", "budget"])
def test_of_every_family_a_key_without_a_journal_is_refused_before_the_network(
    driver: Driver, sandbox: SandboxForTests, options: dict[str, Any]
) -> None:
    a2e = client(driver, sandbox, None, **options)
    for family in FAMILIES:
        with pytest.raises(errors.ConfigurationError, match=r"journal='jobs.db'.*A2E_JOURNAL"):
            driver.run(resource(a2e, family).create(key="one", **start_arguments(family)))
    with pytest.raises(errors.ConfigurationError, match=r"journal='jobs.db'"):
        driver.run(a2e.journal.get("one"))
    assert len(sandbox.requests) == 0


def test_the_same_key_for_another_family_is_a_conflict(driver: Driver, a2e: Any) -> None:
    driver.run(a2e.wan_25.create(key="one", **WAN))
    with pytest.raises(errors.KeyConflictError, match=r"wan_25.*veo"):
        driver.run(a2e.veo.create(key="one", **WAN))


@pytest.mark.parametrize("how", ["run", "create"])
def test_run_gives_the_finished_task_again_and_the_entry_says_so(
    driver: Driver, a2e: Any, sandbox: SandboxForTests, how: str
) -> None:
    first = driver.run(a2e.face_swap.tasks.run(key="one", **FACE_SWAP))
    entry = driver.run(a2e.journal.get("one"))
    assert entry.state is EntryState.SUCCEEDED
    assert entry.started_at <= entry.ended_at
    again = driver.run(getattr(a2e.face_swap.tasks, how)(key="one", **FACE_SWAP))
    assert again.id == first.id
    assert again.result_url
    assert starts(sandbox) == 1


def test_run_of_a_failed_key_fails_again_and_does_not_pay_again(
    driver: Driver, a2e: Any, sandbox: SandboxForTests
) -> None:
    sandbox.fail_next("no face was found")
    for _ in range(2):
        with pytest.raises(errors.TaskFailedError, match="no face"):
            driver.run(a2e.face_swap.tasks.run(key="one", **FACE_SWAP))
    assert starts(sandbox) == 1
    entry = driver.run(a2e.journal.get("one"))
    assert entry.state is EntryState.FAILED
    assert entry.error == "no face was found"


def test_a_start_of_several_tasks_gives_all_of_them_again(
    driver: Driver, a2e: Any, sandbox: SandboxForTests
) -> None:
    arguments = {"prompt": "hills", "max_images": 3}
    first = driver.run(a2e.text_to_image.create_all(key="one", **arguments))
    again = driver.run(a2e.text_to_image.create_all(key="one", **arguments))
    assert [task.id for task in again] == [task.id for task in first]
    assert sandbox.requests.count("start_text_to_image_task") == 1
    entry = driver.run(a2e.journal.get("one"))
    assert list(entry.task_ids) == [task.id for task in first]
    done = driver.items(a2e.text_to_image.wait_many(list(entry.task_ids)))
    assert len(done) == len(first)
    assert driver.run(a2e.journal.get("one")).state is EntryState.SUCCEEDED


def test_a_name_of_the_callers_counts_and_a_webhook_does_not(driver: Driver, a2e: Any) -> None:
    hook = {"webhook_url": "https://example.com/hook"}
    first = driver.run(a2e.wan_25.create(key="one", name="mine", **WAN))
    with pytest.raises(errors.KeyConflictError):
        driver.run(a2e.wan_25.create(key="one", name="other", **WAN))
    takes_hook = "webhook_url" in a2e.face_swap.tasks.create.__annotations__
    assert takes_hook
    one = driver.run(a2e.face_swap.tasks.create(key="two", **FACE_SWAP))
    two = driver.run(a2e.face_swap.tasks.create(key="two", **FACE_SWAP, **hook))
    assert one.id == two.id
    assert first.id != one.id


def test_files_count_by_their_content_and_not_by_their_path(
    driver: Driver, a2e: Any, sandbox: SandboxForTests, tmp_path: Path
) -> None:
    one, two, other = tmp_path / "one.png", tmp_path / "two.png", tmp_path / "other.png"
    picture = b"\x89PNG\r\n\x1a\n" + bytes(100)
    one.write_bytes(picture)
    two.write_bytes(picture)
    other.write_bytes(picture + b"!")
    video = FACE_SWAP["video"]
    create = a2e.face_swap.tasks.create
    first = driver.run(create(key="one", face=one, video=video))
    for face in (two, picture):
        assert driver.run(create(key="one", face=face, video=video)).id == first.id
    with pytest.raises(errors.KeyConflictError, match=r"face of 108 bytes .* face of 109 bytes"):
        driver.run(create(key="one", face=other, video=video))
    uploads = sandbox.requests.count("add_upload_url")
    assert uploads == 1, "the content is uploaded once"
    assert driver.run(create(key="two", face=two, video=video)).id != first.id
    assert sandbox.requests.count("add_upload_url") == 1, "another start finds it there"
    sandbox.clock.advance(25 * 3600)
    driver.run(create(key="three", face=two, video=video))
    assert sandbox.requests.count("add_upload_url") == 2, "a day later it may be gone"


def test_a_refused_start_leaves_its_key_free(
    driver: Driver, a2e: Any, sandbox: SandboxForTests, path: Path
) -> None:
    sandbox.faults.add(Fault.code(1001, "busy"), operation="start_wan_25_task", times=50)
    with pytest.raises(errors.APIError):
        driver.run(a2e.wan_25.create(key="one", **WAN))
    entry = driver.run(a2e.journal.get("one"))
    assert entry.state is EntryState.REFUSED
    assert entry.error
    sandbox.faults.clear()
    task = driver.run(a2e.wan_25.create(key="one", prompt="other inputs are fine then"))
    entry = driver.run(a2e.journal.get("one"))
    assert (entry.state, entry.task_id, entry.attempt) == (EntryState.STARTED, task.id, 2)
    attempts = driver.items(a2e.journal.entries())
    assert [entry.state for entry in attempts] == [EntryState.REFUSED, EntryState.STARTED]
    require_sums_agree(path)


def test_a_deleted_task_is_told_and_not_started_again(
    driver: Driver, a2e: Any, sandbox: SandboxForTests
) -> None:
    task = driver.run(a2e.wan_25.create(key="one", **WAN))
    driver.run(a2e.wan_25.delete(task))
    with pytest.raises(errors.NotFoundError, match=task.id):
        driver.run(a2e.wan_25.create(key="one", **WAN))
    assert starts(sandbox) == 1


@pytest.mark.parametrize("key", ["", " x", "x" * 201, "a\nb", "\ud800", 7])
def test_what_can_be_no_key_is_refused_before_the_network(
    driver: Driver, a2e: Any, sandbox: SandboxForTests, key: Any
) -> None:
    with pytest.raises((ValueError, TypeError), match="key"):
        driver.run(a2e.wan_25.create(key=key, **WAN))
    assert len(sandbox.requests) == 0


@pytest.mark.parametrize(
    "key", ["x" * 200, "Ünïcode 👩‍👩‍👧"[:7], "'; DROP TABLE entries; --", "a b"]
)
def test_any_printable_key_is_one(driver: Driver, a2e: Any, key: str) -> None:
    task = driver.run(a2e.wan_25.create(key=key, **WAN))
    assert driver.run(a2e.journal.get(key)).task_id == task.id


def test_the_journal_of_the_environment_is_used(
    driver: Driver,
    sandbox: SandboxForTests,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("A2E_JOURNAL", str(path))
    a2e = client(driver, sandbox, None)
    task = driver.run(a2e.wan_25.create(key="one", **WAN))
    assert driver.run(client(driver, sandbox, path).journal.get("one")).task_id == task.id


def test_many_tasks_of_one_key_at_once_make_one_start(
    driver: Driver, a2e: Any, sandbox: SandboxForTests
) -> None:
    if driver.mode == "sync":
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(12) as pool:
            made = list(pool.map(lambda _: a2e.wan_25.create(key="one", **WAN), range(24)))
    else:
        made = []

        async def one() -> None:
            made.append(await a2e.wan_25.create(key="one", **WAN))

        async def main() -> None:
            import anyio

            async with anyio.create_task_group() as group:
                for _ in range(24):
                    group.start_soon(one)

        driver.call(main)
    assert len({task.id for task in made}) == 1
    assert len(made) == 24
    assert starts(sandbox) == 1
    assert isinstance(a2e, AsyncA2E) == (driver.mode != "sync")
