"""``run``, ``create`` and ``wait`` of a family of tasks: the commands that cost and last.

This module owns these commands' arguments and help; the options of a start are made in
``start_options``, the steps are in ``steps``.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click
from click.exceptions import Exit

from a2e_sdk.cli.exit_codes import ExitCode
from a2e_sdk.cli.lazy_group import Command
from a2e_sdk.cli.options.common import (
    base_url_option,
    check_timeout,
    client_options,
    cloud_inputs_option,
    existing_option,
    json_option,
    output_option,
    region_option,
    timeout_option,
)
from a2e_sdk.cli.options.parameters import Argument, all_of
from a2e_sdk.cli.options.start_safety import (
    budget_of,
    safe_values,
    start_safety_options,
)
from a2e_sdk.cli.steps.run_steps import run_and_save, showing_failure

from .task_words import KEPT_ON_SERVER, RESULTS_ARGUMENT, tasks_of

if TYPE_CHECKING:
    from a2e_sdk._wire.families import TaskFamily
    from a2e_sdk.cli.options.start_options import StartOption
    from a2e_sdk.cli.steps.task_steps import Work
    from a2e_sdk.models import Task

task_ids_argument = click.argument(
    "task_ids",
    cls=Argument,
    nargs=-1,
    required=True,
    metavar="ID...",
    help="Tasks' ids, each of 24 hexadecimal digits.",
)
resend_option = click.option(
    "--resend-if-unknown",
    is_flag=True,
    help="Start again where the response was lost and no task was found; it may be paid twice.",
)


#: The options that every start has.
common_start_options = all_of(
    resend_option,
    start_safety_options,
    region_option,
    base_url_option,
    cloud_inputs_option,
    json_option,
)


def create_command(family: TaskFamily) -> click.Command:
    """Make the command that starts a task of a family."""
    options = _start_options(family)

    @click.command(
        cls=Command,
        params=[option.parameter() for option in options],
        help=f"Start one of the {tasks_of(family)} and show it; this costs coins.\n\n"
        "Local files are uploaded first. The task is started at most once: where the response is "
        "lost, it is looked for, and exit code 6 says that it was not found.",
    )
    @common_start_options
    def create_task(
        *,
        resend_if_unknown: bool,
        key: str | None,
        max_coins: float | None,
        journal: str | None,
        budget: str | None,
        region: str | None,
        base_url: str | None,
        cloud_inputs: str | None,
        as_json: bool,
        **given: Any,
    ) -> None:
        from a2e_sdk.cli.options.start_options import start_values
        from a2e_sdk.cli.output.printing import print_record
        from a2e_sdk.cli.steps.task_steps import working

        values = start_values(options, given) | safe_values(key, max_coins)
        with working(
            region,
            base_url,
            journal=journal,
            budget=budget_of(budget),
            cloud_inputs=cloud_inputs,
        ) as work:
            task = work.start(family, {**values, "resend_if_unknown": resend_if_unknown})
        print_record(task, as_json=as_json)

    return create_task


def run_command(family: TaskFamily) -> click.Command:
    """Make the command that starts a task, waits for it and saves its result."""
    options = _start_options(family)
    saves = family.name not in KEPT_ON_SERVER
    text = _SAVED if saves else _KEPT
    destination = (output_option, existing_option) if saves else ()

    @click.command(
        cls=Command,
        params=[option.parameter() for option in options],
        help=text.format(tasks_of(family)),
    )
    @all_of(*destination, timeout_option(run_timeout(family)), common_start_options)
    def run_task(
        *,
        timeout: float,
        resend_if_unknown: bool,
        key: str | None,
        max_coins: float | None,
        journal: str | None,
        budget: str | None,
        region: str | None,
        base_url: str | None,
        cloud_inputs: str | None,
        as_json: bool,
        output: str = ".",
        existing: str = "error",
        **given: Any,
    ) -> None:
        from a2e_sdk.cli.options.start_options import start_values
        from a2e_sdk.cli.steps.task_steps import working

        check_timeout(timeout)
        values = start_values(options, given) | safe_values(key, max_coins)
        values["resend_if_unknown"] = resend_if_unknown
        limit = budget_of(budget)

        def run(work: Work) -> Task:
            task = work.start(family, values)
            with showing_failure(work, as_json, wanted=as_json):
                return work.wait(family, task, timeout)

        if saves:
            results = _results(family, options, values)
            run_and_save(
                family,
                run,
                output,
                existing,
                region,
                base_url,
                as_json,
                results,
                journal=journal,
                budget=limit,
                cloud_inputs=cloud_inputs,
            )
            return
        from a2e_sdk.cli.output.printing import print_record

        with working(
            region, base_url, journal=journal, budget=limit, cloud_inputs=cloud_inputs
        ) as work:
            with work.taking_up_again(family):
                ended = run(work)
            with work.progress.hidden():
                print_record(ended, as_json=as_json)

    return run_task


_SAVED = (
    "Start one of the {}, wait for it and save its result; this costs coins.\n\n"
    "Where the output file is there already, nothing is started: --existing error is exit code 2, "
    "--existing skip is a success. After Ctrl-C or a time-out the task goes on running on the "
    "server; the command that takes it up again is printed. --json prints the task with the paths "
    "of its files."
)
_KEPT = (
    "Start one of the {}, wait until it has ended and show it; this costs coins.\n\n"
    "After Ctrl-C or a time-out the task goes on running on the server; the command that takes it "
    "up again is printed."
)


def wait_command(family: TaskFamily) -> click.Command:
    """Make the command that waits for tasks of a family."""

    @click.command(
        cls=Command,
        help=f"Wait until {tasks_of(family)} have ended, and show them.\n\n"
        "One is shown with every field (--json: an object), several as a line each, as they end "
        "(--json: an array). Exit code 4 says that one failed, 5 that the time was over.",
    )
    @task_ids_argument
    @timeout_option()
    @client_options
    def wait_for_tasks(
        task_ids: tuple[str, ...],
        timeout: float,
        region: str | None,
        base_url: str | None,
        as_json: bool,
    ) -> None:
        from a2e_sdk._checks.validation import require_id
        from a2e_sdk.cli.steps.task_steps import working

        check_timeout(timeout)
        wanted = list(dict.fromkeys(map(require_id, task_ids)))
        with working(region, base_url) as work:
            if len(wanted) == 1:
                _wait_for_one(work, family, wanted[0], timeout, as_json)
            else:
                _wait_for_many(work, family, wanted, timeout, as_json)

    return wait_for_tasks


def _wait_for_one(
    work: Work, family: TaskFamily, task_id: str, timeout: float, as_json: bool
) -> None:
    from a2e_sdk.cli.output.printing import print_record

    work.running.append(task_id)
    with work.taking_up_again(family), showing_failure(work, as_json):
        ended = work.wait(family, task_id, timeout)
    with work.progress.hidden():
        print_record(ended, as_json=as_json)


def _wait_for_many(
    work: Work, family: TaskFamily, task_ids: list[str], timeout: float, as_json: bool
) -> None:
    from a2e_sdk.cli.output.columns import ended_columns
    from a2e_sdk.cli.output.printing import print_listing
    from a2e_sdk.models.status import TaskStatus

    failed = 0

    def ended() -> Iterator[Task]:
        nonlocal failed
        for task in work.wait_many(family, task_ids, timeout):
            failed += task.status is TaskStatus.FAILED
            yield task

    work.running.extend(task_ids)
    with work.taking_up_again(family):
        print_listing(ended(), ended_columns(), "task", as_json=as_json, sample=1)
    if failed:
        raise Exit(ExitCode.TASK_FAILED)


def _start_options(family: TaskFamily) -> tuple[StartOption, ...]:
    from a2e_sdk.cli.options.start_options import start_options

    return start_options(family)


def _results(
    family: TaskFamily, options: tuple[StartOption, ...], values: Mapping[str, Any]
) -> int:
    """Return how many results a task will have, as far as that is known."""
    name = RESULTS_ARGUMENT.get(family.name, "")
    for option in options:
        if option.argument.name == name:
            return int(values.get(name, option.argument.schema.get("default", 1)))
    return 1


def run_timeout(family: TaskFamily) -> float:
    """Return how many seconds the facade waits for a task of a family, if nothing else is said."""
    from a2e_sdk.cli.options.start_options import method_of

    seconds: float = inspect.signature(method_of(family, "run")).parameters["timeout"].default
    return seconds
