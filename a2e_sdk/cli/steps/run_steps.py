"""What every command that runs a task has in common: where its result goes, what a failure prints.

This module owns these steps; what runs, and with which options, is its caller's business.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from a2e_sdk.cli.options.common import check_existing

if TYPE_CHECKING:
    from a2e_sdk._wire.families import TaskFamily
    from a2e_sdk.models import Task
    from a2e_sdk.models.journal import Budget

    from .task_steps import Work


def run_and_save(
    family: TaskFamily,
    run: Callable[[Work], Task],
    output: str,
    existing: str,
    region: str | None,
    base_url: str | None,
    as_json: bool,
    results: int = 1,
    journal: str | None = None,
    budget: Budget | None = None,
    cloud_inputs: str | None = None,
) -> None:
    """Run a task and save its result.

    Args:
        family: The task's family.
        run: Starts it and returns it when it has ended.
        output: The file, or a directory.
        existing: ``error``, ``overwrite`` or ``skip``.
        region: The value of ``--region``.
        base_url: The value of ``--base-url``.
        as_json: Whether to print the task as JSON, with the paths of its files.
        results: How many results are asked for, as far as that is known.
        journal: The value of ``--journal``.
        budget: What ``--budget`` means.
        cloud_inputs: The value of ``--cloud-inputs``.
    """
    from a2e_sdk.cli.output.advice import download_again
    from a2e_sdk.cli.output.printing import print_done, print_record, print_values

    from . import receipts
    from .destination import nothing_to_save
    from .task_steps import download_words, working

    policy = check_existing(existing)
    if nothing_to_save(output, policy, as_json=as_json, results=results):
        if as_json:
            print_values({"files": [output]}, as_json=True)
        else:
            print_done(f"Kept {output}; nothing was started.")
        return

    def again(task_id: str) -> list[str]:
        return download_words(task_id, output, policy, family)

    with working(
        region, base_url, journal=journal, budget=budget, cloud_inputs=cloud_inputs
    ) as work:
        with work.taking_up_again(family, again):
            ended = run(work)
        had = f"Task {ended.id} has ended, and is paid for."
        receipts.keep(ended.id, [had, *download_again(work.line, again(ended.id))])
        files, sentences = work.save(ended, output, policy, again(ended.id))
        if sentences:
            receipts.keep(ended.id, [had, *sentences])
    if as_json:
        print_record(ended, as_json=True, more={"files": list(files)})
    for sentence in () if as_json else sentences:
        print_done(sentence)


@contextmanager
def showing_failure(
    work: Work, as_json: bool, *, wanted: bool = True
) -> Generator[None, None, None]:
    """Print the record of a task that failed.

    Args:
        work: The command under way.
        as_json: Whether to print it as JSON.
        wanted: Whether to print it at all.
    """
    from a2e_sdk import errors
    from a2e_sdk.cli.output.printing import print_record

    try:
        yield
    except errors.TaskFailedError as failure:
        if wanted and failure.task is not None:
            with work.progress.hidden():
                print_record(failure.task, as_json=as_json)
        raise
