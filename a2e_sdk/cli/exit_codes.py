"""What a script can tell from the exit code of ``a2e``.

This module owns the codes, their meanings, and the one table from exceptions to codes. It is pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import TYPE_CHECKING

from a2e_sdk import errors

if TYPE_CHECKING:
    from a2e_sdk._batch.progress import BatchProgress


class ExitCode(IntEnum):
    """The exit codes of ``a2e``; scripts rely on the numbers."""

    SUCCESS = 0
    ERROR = 1
    BAD_INPUT = 2
    NOT_AUTHORISED = 3
    TASK_FAILED = 4
    WAIT_TIMED_OUT = 5
    SUBMISSION_UNKNOWN = 6
    PAUSED = 7
    HUNG_UP = 129
    INTERRUPTED = 130
    TERMINATED = 143


#: What each code means, as the help shows it.
MEANINGS: Mapping[ExitCode, str] = {
    ExitCode.SUCCESS: "success, also when the reader of a pipe leaves early",
    ExitCode.ERROR: "the API, the network or this computer refused",
    ExitCode.BAD_INPUT: "bad input: an argument, a file or a setting is wrong; nothing was started",
    ExitCode.NOT_AUTHORISED: "not authorised: no API key, or one that is not accepted",
    ExitCode.TASK_FAILED: "the task failed; of a batch, jobs failed or were refused",
    ExitCode.WAIT_TIMED_OUT: "the wait timed out; the task still runs",
    ExitCode.SUBMISSION_UNKNOWN: "unknown whether the task was started",
    ExitCode.PAUSED: "paused: no coins, over the budget, or no workers; the same command goes on",
    ExitCode.HUNG_UP: "ended because the terminal was closed (SIGHUP)",
    ExitCode.INTERRUPTED: "interrupted with Ctrl-C",
    ExitCode.TERMINATED: "ended by SIGTERM",
}


class UnusableKeyError(errors.ConfigurationError):
    """There is no API key in the environment, or what is there can't be one."""


# The first row that fits decides, so a class stands above its bases.
_CODES: tuple[tuple[type[BaseException], ExitCode], ...] = (
    (errors.AuthenticationError, ExitCode.NOT_AUTHORISED),
    (UnusableKeyError, ExitCode.NOT_AUTHORISED),
    (errors.ConfigurationError, ExitCode.BAD_INPUT),
    (errors.TaskFailedError, ExitCode.TASK_FAILED),
    (errors.WaitTimeoutError, ExitCode.WAIT_TIMED_OUT),
    (errors.SubmissionUnknownError, ExitCode.SUBMISSION_UNKNOWN),
    (errors.InsufficientCreditsError, ExitCode.PAUSED),
    (errors.BudgetExceededError, ExitCode.PAUSED),
    # Another process starts the key: the same command will find its task.
    (errors.KeyInUseError, ExitCode.WAIT_TIMED_OUT),
    (errors.JournalError, ExitCode.BAD_INPUT),
    (errors.InvalidJobsError, ExitCode.BAD_INPUT),
    (errors.A2EError, ExitCode.ERROR),
    (ValueError, ExitCode.BAD_INPUT),
    (FileNotFoundError, ExitCode.BAD_INPUT),
    (FileExistsError, ExitCode.BAD_INPUT),
    (IsADirectoryError, ExitCode.BAD_INPUT),
    (NotADirectoryError, ExitCode.BAD_INPUT),
    (OSError, ExitCode.ERROR),
    (KeyboardInterrupt, ExitCode.INTERRUPTED),
)


def exit_code_of(error: BaseException) -> ExitCode | None:
    """Return the exit code that an exception gives.

    Args:
        error: What was raised.

    Returns:
        The code; None for an exception that nobody expects, which is a bug of ours.
    """
    number = getattr(error, "number", None)
    if isinstance(error, KeyboardInterrupt) and number is not None:
        return ExitCode(128 + number)
    return next((code for kind, code in _CODES if isinstance(error, kind)), None)


def exit_code_of_batch(progress: BatchProgress) -> ExitCode:
    """Return the exit code of a batch that has ended by itself.

    What is left to do counts for more than what became of the rest: the same command goes on.

    Args:
        progress: How far it came.
    """
    from a2e_sdk._batch.progress import PauseCause
    from a2e_sdk.models.batch import JobStatus

    count = progress.outcomes
    if count[JobStatus.PAUSED] or count[JobStatus.RUNNING]:
        causes = {
            PauseCause.TIMEOUT: ExitCode.WAIT_TIMED_OUT,
            PauseCause.OUTAGE: ExitCode.ERROR,
            PauseCause.FAILURE: ExitCode.TASK_FAILED,
            PauseCause.ERROR: ExitCode.ERROR,
        }
        return causes.get(progress.cause or PauseCause.STOPPED, ExitCode.PAUSED)
    if count[JobStatus.UNKNOWN]:
        return ExitCode.SUBMISSION_UNKNOWN
    if count[JobStatus.FAILED] or count[JobStatus.REFUSED]:
        return ExitCode.TASK_FAILED
    return ExitCode.ERROR if count[JobStatus.UNSAVED] else ExitCode.SUCCESS


def exit_code_rows() -> list[tuple[str, str]]:
    """Return each exit code and its meaning, the codes aligned, for the help."""
    return [(f"{code.value:>3}", meaning) for code, meaning in MEANINGS.items()]
