"""Every family of tasks, from its start to its deletion, on the sandbox: a walk of the table.

What a row of the table says a family can do is done here, by either client. That it is the right
thing on the wire is said by the tests of the sandbox, whose answers are held to the spec.
"""

from __future__ import annotations

from functools import reduce
from pathlib import Path
from typing import Any

import pytest

from a2e_sdk import TaskStatus, errors
from a2e_sdk._wire.arguments import arguments_of
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk.sandbox import ManualClock, Sandbox
from driver import Driver
from schema_values import minimal

#: What a row says is the same on every Python and event loop.
pytestmark = [pytest.mark.once, pytest.mark.trio_nightly]

AVATAR = "5a4d0b0c50f0000000000201"
FILE = "https://example.com/input.mp4"
#: Starts whose arguments are not those of their body, or need more than it marks as required.
STARTS: dict[str, dict[str, Any]] = {
    "avatar_videos": {"avatar": AVATAR, "audio": FILE, "custom": False},
    "avatar_trainings": {"image": FILE},
}
#: Families whose tasks are there to be used, and have no file.
WITHOUT_FILES = {"voice_clones"}
#: Families of which clients show the start and the detail alone.
NOT_LISTED = {"wan_26_image", "wan_27_image", "wan_26_reference"}


class TaskResource:
    """The tasks of one family, on the sandbox, by either client."""

    def __init__(self, driver: Driver, a2e: Any, family: TaskFamily) -> None:
        self.family = family
        self.client = a2e
        self._driver = driver
        self._resource = reduce(getattr, family.attribute.split("."), a2e)

    def __getattr__(self, verb: str) -> Any:
        method = getattr(self._resource, verb)
        return lambda *values, **options: self._driver.run(method(*values, **options))

    def create_one(self) -> Any:
        return self.create(**start_arguments(self.family))

    def listed(self, **options: Any) -> list[Any]:
        return self._driver.items(self._resource.list(**options))

    def download(self, task: Any, path: Path) -> Any:
        return self._driver.run(self.client.download(task, path))

    def offers(self, verb: str) -> bool:
        return getattr(self.family, verb) is not None

    def end(self, clock: ManualClock) -> Any:
        """Start a task and let it end."""
        task = self.create_one()
        clock.advance(60)
        return task


def start_arguments(family: TaskFamily) -> dict[str, Any]:
    """The fewest arguments that a start takes, with URLs for files."""
    if family.name in STARTS:
        return STARTS[family.name]
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


@pytest.fixture
def resource(
    request: pytest.FixtureRequest, driver: Driver, a2e: Any, pauses: list[float]
) -> TaskResource:
    return TaskResource(driver, a2e, request.param)


def every_family(*verbs: str) -> pytest.MarkDecorator:
    """Run a test with each family that has these columns."""
    families = [row for row in TASK_FAMILIES.values() if all(getattr(row, verb) for verb in verbs)]
    return pytest.mark.parametrize("resource", families, ids=lambda row: row.name, indirect=True)


every_readable_family = pytest.mark.parametrize(
    "resource",
    [row for row in TASK_FAMILIES.values() if row.is_readable],
    ids=lambda row: row.name,
    indirect=True,
)


@every_family("start")
def test_a_task_is_started_once_and_paid_once(resource: TaskResource, sandbox: Sandbox) -> None:
    task = resource.create_one()
    assert len(task.id) == 24
    assert not task.status.is_final
    assert sandbox.requests.count(resource.family.start) == 1
    assert [(entry.task_id, entry.reason) for entry in sandbox.coins] == [(task.id, "start")]


@every_readable_family
def test_a_task_is_waited_for_and_its_result_downloaded(
    resource: TaskResource, sandbox: Sandbox, tmp_path: Path
) -> None:
    task = resource.create_one()
    seen: list[TaskStatus] = []
    done = resource.wait(task, on_update=lambda now: seen.append(now.status))
    assert (done.id, done.status) == (task.id, TaskStatus.SUCCEEDED)
    assert seen[-1] is TaskStatus.SUCCEEDED
    assert len(sandbox.coins) == 1
    if resource.family.name in WITHOUT_FILES:
        assert done.result_urls == ()
        return
    assert done.result_url == done.result_urls[0]
    resource.download(done, tmp_path / "result")
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert sizes == [65_536] * len(done.result_urls)


@every_readable_family
def test_a_failed_task_says_why(resource: TaskResource, sandbox: Sandbox) -> None:
    sandbox.fail_next("the face is hidden", code="1002")
    task = resource.create_one()
    with pytest.raises(errors.TaskFailedError, match="the face is hidden") as caught:
        resource.wait(task)
    assert caught.value.task.id == task.id
    assert caught.value.task.result_urls == ()


@every_family("list")
def test_tasks_are_listed_newest_first(resource: TaskResource, clock: ManualClock) -> None:
    old, new = resource.end(clock), resource.end(clock)
    ids = [task.id for task in resource.listed()]
    assert [identifier for identifier in ids if identifier in (old.id, new.id)] == [new.id, old.id]
    assert ids[:2] == [new.id, old.id]
    assert {task.status for task in resource.listed()} == {TaskStatus.SUCCEEDED}


@every_family("list")
def test_pages_of_tasks_hold_every_task_once(resource: TaskResource, clock: ManualClock) -> None:
    started = [resource.end(clock).id for _ in range(3)]
    first, second = resource.page(1, page_size=2), resource.page(2, page_size=2)
    ids = [task.id for task in (*first.items, *second.items)]
    assert ids[:3] == started[::-1]
    assert len(first.items) == 2
    if resource.family.page_argument is not None:
        assert first.total == second.total == len(resource.listed(page_size=2))
    assert [task.id for task in resource.listed(page_size=2)][:3] == started[::-1]


@every_readable_family
def test_a_task_is_read(resource: TaskResource, clock: ManualClock) -> None:
    task = resource.create_one()
    if resource.offers("get"):
        assert not resource.get(task).status.is_final
    clock.advance(60)
    read = resource.get(task.id)
    assert (read.id, read.status) == (task.id, TaskStatus.SUCCEEDED)
    assert read.created_at == task.created_at or task.created_at is None
    with pytest.raises(errors.NotFoundError):
        resource.get("f" * 24)


@every_family("get_many")
def test_many_tasks_are_read_in_the_order_asked_for(resource: TaskResource) -> None:
    first, second, third = (resource.create_one() for _ in range(3))
    read = resource.get_many([third, first.id, "f" * 24, second])
    assert [task.id for task in read] == [third.id, first.id, second.id]


@every_family("running")
def test_running_tasks_are_those_that_have_not_ended(
    resource: TaskResource, clock: ManualClock
) -> None:
    resource.end(clock)
    running = resource.create_one()
    clock.advance(2.9)
    assert [(task.id, task.status) for task in resource.running()] == [
        (running.id, TaskStatus.RUNNING)
    ]


@every_family("rename")
def test_a_task_gets_another_name(resource: TaskResource) -> None:
    task = resource.create_one()
    resource.rename(task, "another name")
    assert resource.get(task).name == "another name"


@every_family("delete")
def test_a_waiting_task_is_deleted_and_refunded(resource: TaskResource, sandbox: Sandbox) -> None:
    before = sandbox.coins.balance
    resource.delete(resource.create_one())
    assert sandbox.coins.balance == before
    assert [entry.reason for entry in sandbox.coins] == ["start", "refund"]


@every_family("delete")
def test_a_running_task_is_not_deleted_and_an_ended_one_is(
    resource: TaskResource, sandbox: Sandbox, clock: ManualClock
) -> None:
    task = resource.create_one()
    clock.advance(1.5)
    with pytest.raises(errors.BadRequestError):
        resource.delete(task)
    clock.advance(60)
    resource.delete(task)
    with pytest.raises(errors.NotFoundError):
        resource.get(task)
    assert [entry.reason for entry in sandbox.coins] == ["start"]


@every_family("start")
def test_a_refusal_by_moderation_costs_nothing(resource: TaskResource, sandbox: Sandbox) -> None:
    sandbox.reject_next(1004, message="a minor is suspected")
    with pytest.raises(errors.ContentRejectedError) as caught:
        resource.create_one()
    assert caught.value.code == 1004
    assert sandbox.requests.count(resource.family.start) == 1
    assert len(sandbox.coins) == 0


@every_family("start")
def test_too_few_coins_start_nothing(
    driver: Driver, resource: TaskResource, sandbox: Sandbox
) -> None:
    sandbox.coins.charge("gone", sandbox.coins.balance, sandbox.clock.now())
    with pytest.raises(errors.InsufficientCreditsError):
        resource.create_one()
    assert len(sandbox.coins) == 1


def test_one_start_can_make_several_tasks(driver: Driver, a2e: Any, sandbox: Sandbox) -> None:
    (family,) = [row for row in TASK_FAMILIES.values() if row.many]
    resource = TaskResource(driver, a2e, family)
    tasks = resource.create_all(prompt="three doors", max_images=3)
    assert len({task.id for task in tasks}) == 3
    assert [entry.amount for entry in sandbox.coins] == [-10] * 3
    assert sandbox.requests.count(family.start) == 1


def test_every_column_of_the_table_is_walked_by_some_family() -> None:
    columns = ("start", "get", "get_many", "list", "running", "delete", "rename")
    used = {column for row in TASK_FAMILIES.values() for column in columns if getattr(row, column)}
    assert used == set(columns)
    assert {row.name for row in TASK_FAMILIES.values() if row.list is None} == NOT_LISTED
    assert all(row.is_readable for row in TASK_FAMILIES.values())
