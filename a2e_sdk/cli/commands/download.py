"""``a2e download``: a result onto the disk.

This module owns the command's arguments and help; the step is in ``steps``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from a2e_sdk.cli.lazy_group import Command
from a2e_sdk.cli.options.common import (
    check_existing,
    client_options,
    existing_option,
    output_option,
)
from a2e_sdk.cli.options.parameters import Argument, completed_by

from .task_words import KEPT_ON_SERVER

if TYPE_CHECKING:
    from a2e_sdk._wire.families import TaskFamily
    from a2e_sdk.cli.steps.task_steps import Work
    from a2e_sdk.models import Task

_DEFAULT_FAMILY = "face-swap"


def _families() -> list[str]:
    from a2e_sdk._wire.family_table import TASK_FAMILIES

    # Those whose tasks can be read, and leave a file.
    return [
        name.replace("_", "-")
        for name, family in TASK_FAMILIES.items()
        if (family.get or family.list) and name not in KEPT_ON_SERVER
    ]


@click.command(cls=Command)
@click.argument(
    "what", cls=Argument, metavar="ID|URL", help="A finished task's id, or a result's address."
)
@output_option
@existing_option
@click.option(
    "--family",
    default=_DEFAULT_FAMILY,
    metavar="FAMILY",
    help="The kind of task that the id is of, such as image-to-video.",
    shell_complete=completed_by(_families),
)
@client_options
def download(
    what: str,
    output: str,
    existing: str,
    family: str,
    region: str | None,
    base_url: str | None,
    as_json: bool,
) -> None:
    """Save the result of a task, or what is behind an address.

    A file at its final path is whole: until it is, its bytes are in NAME.a2e-part beside it. After
    Ctrl-C or a broken network, the same command goes on from there. --json prints the paths of the
    files, and the task.
    """
    from a2e_sdk.cli.output.printing import print_done, print_record, print_values
    from a2e_sdk.cli.steps.destination import nothing_to_save
    from a2e_sdk.cli.steps.task_steps import download_words, working

    policy = check_existing(existing)
    is_url = "://" in what
    row = _family(family)
    # A file that is there already is the download's business: it reads the task's results first.
    nothing_to_save(output, "overwrite", as_json=as_json)
    with working(region, base_url) as work:
        task = None if is_url else _finished(work, what, row)
        again = None if is_url else download_words(what, output, policy, row)
        files, sentences = work.save(task or what, output, policy, again)
    if not as_json:
        for sentence in sentences:
            print_done(sentence)
    elif task is None:
        print_values({"files": list(files)}, as_json=True)
    else:
        print_record(task, as_json=True, more={"files": list(files)})


def _family(word: str) -> TaskFamily:
    from a2e_sdk._checks.validation import require_one_of
    from a2e_sdk._wire.family_table import TASK_FAMILIES

    require_one_of(word, "--family", tuple(_families()))
    return TASK_FAMILIES[word.replace("-", "_")]


def _finished(work: Work, task_id: str, family: TaskFamily) -> Task:
    """Read a task, which must have a result."""
    from a2e_sdk import errors
    from a2e_sdk._tasks.polling import failure_text
    from a2e_sdk.cli.output.advice import wait_again
    from a2e_sdk.models.status import TaskStatus

    task = work.task_resource(family).get(task_id)
    if task.status is TaskStatus.FAILED:
        raise errors.TaskFailedError(failure_text(task), task=task)
    if not task.result_urls:
        problem = ValueError(
            f"task {task_id} has no result yet; it is {task.raw_status or task.status.value}."
        )
        for line in wait_again(work.line, family, [task_id]):
            problem.add_note(line.replace("Take it up again", "Wait for it", 1))
        raise problem
    return task
