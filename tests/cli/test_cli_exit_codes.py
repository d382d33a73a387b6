"""Exit codes are a promise to scripts: every error has one, and the help names them all."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from a2e_sdk import errors
from a2e_sdk._batch.progress import BatchProgress, PauseCause
from a2e_sdk.cli.app import run
from a2e_sdk.cli.exit_codes import (
    MEANINGS,
    ExitCode,
    UnusableKeyError,
    exit_code_of,
    exit_code_of_batch,
)
from a2e_sdk.models.batch import JobStatus

# Everything not named here is 1.
PROMISED = {
    errors.AuthenticationError: 3,
    UnusableKeyError: 3,
    errors.ConfigurationError: 2,
    errors.TaskFailedError: 4,
    errors.WaitTimeoutError: 5,
    errors.SubmissionUnknownError: 6,
    errors.InsufficientCreditsError: 7,
    errors.BudgetExceededError: 7,
    errors.KeyInUseError: 5,
    errors.JournalError: 2,
    errors.KeyConflictError: 2,
    errors.InvalidJobsError: 2,
    ValueError: 2,
    FileNotFoundError: 2,
    FileExistsError: 2,
    IsADirectoryError: 2,
    NotADirectoryError: 2,
    KeyboardInterrupt: 130,
    OSError: 1,
}
ERRORS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.A2EError)
]


@pytest.mark.parametrize(
    "kind",
    sorted({*ERRORS, *PROMISED}, key=lambda kind: kind.__name__),
    ids=lambda kind: kind.__name__,
)
def test_every_error_gives_its_promised_code(kind: type[BaseException]) -> None:
    # Some take more than a text; what they are is all that counts.
    assert exit_code_of(kind.__new__(kind)) == PROMISED.get(kind, 1)


@pytest.mark.parametrize(
    ("outcomes", "cause", "code"),
    [
        ({"succeeded": 3}, None, 0),
        ({"succeeded": 3, "failed": 1}, None, 4),
        ({"succeeded": 3, "refused": 1}, None, 4),
        ({"failed": 1, "unknown": 1}, None, 6),
        ({"unknown": 1}, PauseCause.TIMEOUT, 6),
        ({"succeeded": 3, "unsaved": 1}, None, 1),
        ({"failed": 1, "unknown": 1, "paused": 1}, PauseCause.COINS, 7),
        ({"paused": 1}, PauseCause.BUDGET, 7),
        ({"paused": 1}, PauseCause.STOPPED, 7),
        ({"running": 1}, PauseCause.TIMEOUT, 5),
        ({"failed": 1, "paused": 1}, PauseCause.FAILURE, 4),
        ({"paused": 1}, PauseCause.OUTAGE, 1),
    ],
)
def test_a_batch_gives_the_code_of_what_is_left_else_of_the_worst(
    outcomes: dict[str, int], cause: PauseCause | None, code: int
) -> None:
    progress = BatchProgress(cause=cause)
    progress.outcomes.update({JobStatus(word): count for word, count in outcomes.items()})
    assert exit_code_of_batch(progress) == code


def test_a_bug_of_ours_has_no_code_and_is_not_hidden() -> None:
    assert exit_code_of(AttributeError("text")) is None


def test_the_numbers_and_their_meanings_are_complete() -> None:
    assert {code.name: code.value for code in ExitCode} == {
        "SUCCESS": 0,
        "ERROR": 1,
        "BAD_INPUT": 2,
        "NOT_AUTHORISED": 3,
        "TASK_FAILED": 4,
        "WAIT_TIMED_OUT": 5,
        "SUBMISSION_UNKNOWN": 6,
        "PAUSED": 7,
        "HUNG_UP": 129,
        "INTERRUPTED": 130,
        "TERMINATED": 143,
    }
    assert set(MEANINGS) == set(ExitCode)


def test_the_help_lists_every_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    for code, meaning in MEANINGS.items():
        assert f" {code.value} {meaning}" in shown


def test_version_and_no_command_are_successes(capsys: pytest.CaptureFixture[str]) -> None:
    from a2e_sdk import __version__

    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"a2e {__version__}\n"
    assert run([]) == 0
    assert "face-swap" in capsys.readouterr().out


def test_the_page_on_the_terminal_lists_every_code() -> None:
    page = Path(__file__).parents[2] / "docs" / "terminal.md"
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [(str(code.value), meaning) for code, meaning in MEANINGS.items()]
