"""What a person can do after a command that did not end as it should: the exact next command.

This module owns those words. It is pure; they travel as notes of the exception, and are printed by
``app``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from a2e_sdk import errors

from .wording import terminal_words

if TYPE_CHECKING:
    from a2e_sdk._wire.families import TaskFamily

#: How many ids are shown where there may be hundreds.
_IDS_SHOWN = 5

#: Where an exception keeps what the arguments of its command are called.
_OPTIONS = "_a2e_options"


class CommandLine(NamedTuple):
    """Writes commands that go where this one went.

    Args:
        region: The value of ``--region``; None where it was not given.
        base_url: The value of ``--base-url``; None where it was not given.
        windows: Whether words are quoted as Windows wants them. Default: where it runs.
    """

    region: str | None = None
    base_url: str | None = None
    windows: bool = os.name == "nt"

    def command(self, *words: str) -> str:
        """Return a command of ``a2e`` to paste into a shell, with this one's region and address."""
        line = ["a2e", *words]
        if self.region is not None:
            line += ["--region", self.region]
        if self.base_url is not None:
            line += ["--base-url", self.base_url]
        # Imported here: most commands end without advice.
        if self.windows:
            import subprocess

            return subprocess.list2cmdline(line)
        import shlex

        return shlex.join(line)


def resource_words(family: TaskFamily) -> list[str]:
    """Return what a family's tasks are called on the command line: a word for each step down."""
    return family.attribute.replace("_", "-").split(".")


def wait_again(
    line: CommandLine,
    family: TaskFamily,
    task_ids: Sequence[str],
    download: Sequence[str] = (),
    *,
    interrupted: bool = False,
) -> list[str]:
    """Return how to take up a wait that ended early.

    Args:
        line: Writes the commands.
        family: The tasks' family.
        task_ids: What was still running.
        download: The words of the command that was to follow; empty for none.
        interrupted: Whether nothing has been said yet of what becomes of the tasks.
    """
    command = line.command(*resource_words(family), "wait", *task_ids)
    if download:
        command += f" && {line.command(*download)}"
    lines = [f"Take it up again with:\n  {command}"]
    if interrupted:
        subject = f"Task {task_ids[0]} goes" if len(task_ids) == 1 else f"{len(task_ids)} tasks go"
        lines.insert(0, f"{subject} on running on the server, billed as started.")
    return lines


def started_task(
    line: CommandLine, family: TaskFamily, task_id: str, download: Sequence[str] = ()
) -> list[str]:
    """Return what to tell of a task that was paid for, where a command fails afterwards.

    Args:
        line: Writes the commands.
        family: The task's family.
        task_id: The task's id.
        download: The words of the command that was to follow; empty for none.
    """
    lines = [f"Task {task_id} was started, and is billed as such."]
    if family.get or family.list:
        lines += wait_again(line, family, [task_id], download)
    return lines


def download_again(line: CommandLine, words: Sequence[str] | None) -> list[str]:
    """Return how to go on with a download.

    Args:
        line: Writes the command.
        words: The words of the command; None where it is the same as this one.
    """
    if words is None:
        return ["What came so far is kept; run the same command again to go on."]
    return [f"What came so far is kept; go on with:\n  {line.command(*words)}"]


def look_for_start(line: CommandLine, family: TaskFamily, name: str | None) -> list[str]:
    """Return how to find out whether a task was started.

    Args:
        line: Writes the command.
        family: The tasks' family.
        name: The task's name; None where it is not known.
    """
    named = f"one named {name!r}" if name is not None else "it"
    if family.list is None:
        return [f"The API lists no {family.title} tasks: look for {named} on A2E's web site."]
    # What was just started may not be listed yet; then it is among the running.
    if family.search == "running":
        words = [*resource_words(family), "running"]
        return [
            f"Look for {named} among these before you start it again:\n  {line.command(*words)}"
        ]
    command = line.command(*resource_words(family), "list", "--limit", "20")
    return [f"Look for {named} among the newest before you start it again:\n  {command}"]


def note_options(error: BaseException, parameters: Sequence[Any]) -> None:
    """Let an exception know what the arguments of its command are called.

    Args:
        error: What the command raised.
        parameters: The command's parameters, as click has them.
    """
    typed = {
        str(parameter.name): max(parameter.opts, key=len)
        if str(parameter.opts[0]).startswith("-")
        else str(parameter.metavar or parameter.name)
        for parameter in parameters
    }
    vars(error).setdefault(_OPTIONS, typed)


def notes_of(error: BaseException) -> list[str]:
    """Return the notes of an exception in the words of a terminal.

    Where one exception interrupted the handling of another, those of both.

    Args:
        error: The exception.
    """
    notes: list[str] = []
    if isinstance(error, errors.InvalidJobsError):
        # What stands in a file of jobs is called there what it is called in Python.
        notes += [f"  {mistake}" for mistake in error.mistakes]
        if error.total > len(error.mistakes):
            notes.append(f"and {error.total - len(error.mistakes)} more")
    seen: BaseException | None = error
    while seen is not None:
        if seen is error or isinstance(seen, KeyboardInterrupt):
            typed = _options_of(error)
            for note in getattr(seen, "__notes__", ()):
                # What is to be pasted stays as it is.
                lines = [
                    line if line.startswith("  ") else terminal_words(line, typed).strip()
                    for line in str(note).splitlines()
                ]
                notes.append("\n".join(filter(None, lines)))
        seen = seen.__context__
    return list(dict.fromkeys(filter(None, notes)))


def _options_of(error: BaseException) -> Mapping[str, str]:
    typed: Mapping[str, str] = vars(error).get(_OPTIONS, {})
    return typed


def text_of(error: BaseException) -> str:
    """Return what an exception says, in the words of a terminal where the SDK's are of Python."""
    if isinstance(error, errors.WaitTimeoutError) and error.task_ids:
        shown = ", ".join(error.task_ids[:_IDS_SHOWN])
        more = len(error.task_ids) - _IDS_SHOWN
        if len(error.task_ids) > 1:
            others = f" and {more} more" if more > 0 else ""
            return f"the time is over, and {len(error.task_ids)} tasks still run: {shown}{others}"
        word = error.task.raw_status if error.task is not None else None
        return f"the time is over, and task {shown} " + (
            f"is still {word}" if word else "still runs"
        )
    if isinstance(error, errors.SubmissionUnknownError) and hasattr(error, "submission"):
        seen = "no record of it appeared" if error.looked else "the records could not be read"
        return (
            f"the response to the start of {error.submission.name!r} was lost "
            f"({error.error.message}), and {seen}: it may have been started and charged"
        )
    if isinstance(error, errors.InvalidJobsError):
        return str(error).partition("\n")[0]
    if isinstance(error, errors.TaskFailedError) and error.task is not None:
        return str(error).replace(f"{error.task.family} task", "task", 1)
    if isinstance(error, errors.APIError):
        # What the server said, and the name of its operation, are not ours to word.
        own = str(error).partition(error.message.rstrip("."))
        said = _said_by_sdk(error, _options_of(error))
        return own[0] + said + terminal_words(own[2], {}) if own[1] else str(error)
    return terminal_words(str(error), _options_of(error)).strip() or type(error).__name__


def _said_by_sdk(error: errors.APIError, typed: Mapping[str, str]) -> str:
    message = error.message.rstrip(".")
    is_servers = isinstance(error, errors.APIStatusError)
    return message if is_servers else terminal_words(message, typed)
