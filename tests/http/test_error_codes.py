"""An error code is one row: its class, whether to retry, and whether a start may have begun."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest

import a2e_api
import a2e_sdk
from a2e_sdk import errors
from a2e_sdk._http.error_codes import ERROR_CODES, ErrorCode, Retry, error_code, row_of_error

REFUSALS = (
    *(errors.BadRequestError, errors.AuthenticationError, errors.PermissionDeniedError),
    *(errors.NotFoundError, errors.InsufficientCreditsError, errors.ContentRejectedError),
)


@pytest.mark.parametrize("row", ERROR_CODES, ids=lambda row: f"{row.numbers.start}-{row.meaning}")
def test_every_row_is_consistent(row: ErrorCode) -> None:
    assert len(row.numbers) > 0
    assert issubclass(row.error, errors.APIStatusError)
    assert row.meaning == row.meaning.strip() != ""
    if row.retry is Retry.ALWAYS:
        assert not row.may_have_started, "what may have begun is never repeated for its own sake"
    if row.error in REFUSALS:
        assert (row.retry, row.may_have_started) == (Retry.NEVER, False)


def test_no_row_is_hidden_by_another_one() -> None:
    for first, second in combinations(ERROR_CODES, 2):
        if set(second.numbers) <= set(first.numbers):
            assert first.retry_after or first.place is not second.place, (first, second)


@pytest.mark.parametrize(
    ("status", "code", "retry_after", "retry", "may_have_started"),
    [
        (429, None, False, Retry.ALWAYS, False),
        (200, 429, False, Retry.ALWAYS, False),
        (503, None, False, Retry.IDEMPOTENT, True),
        (503, None, True, Retry.ALWAYS, False),
        (200, 503, False, Retry.IDEMPOTENT, False),
        (200, 503, True, Retry.IDEMPOTENT, False),
        (503, 1001, False, Retry.IDEMPOTENT, False),
        (200, 1001, True, Retry.IDEMPOTENT, False),
        (503, 1001, True, Retry.ALWAYS, False),
        (503, 1003, True, Retry.NEVER, False),
        (500, 1003, False, Retry.NEVER, False),
        (200, 500, False, Retry.IDEMPOTENT, True),
        (200, 777, False, Retry.NEVER, False),
        (777, None, False, Retry.NEVER, True),
        (None, None, False, Retry.NEVER, False),
    ],
)
def test_what_a_code_means_depends_on_where_it_stands(
    status: int | None, code: int | None, retry_after: bool, retry: Retry, may_have_started: bool
) -> None:
    row = error_code(status, code, retry_after=retry_after)
    assert (row.retry, row.may_have_started) == (retry, may_have_started)


def test_a_refusal_that_only_its_text_tells_is_never_repeated() -> None:
    for refused in (errors.ContentRejectedError, errors.InsufficientCreditsError):
        for status in (400, 408, 500, 503):
            row = row_of_error(refused("no", http_status=status))
            assert (row.retry, row.may_have_started) == (Retry.NEVER, False)


USE = """
from a2e_sdk import A2E, DriftObserver, errors
from a2e_sdk.sandbox import Fault, Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport

sandbox, drift = Sandbox(), DriftObserver()
a2e = A2E(region="sandbox", http_client=SandboxTransport(sandbox), drift=drift)
for code in (40404, 40405):
    sandbox.faults.add(Fault.code(code, "the moon is full"))
    try:
        a2e.face_swap.tasks.create(face="https://example.com/f.png", video="https://example.com/v.mp4")
    except errors.APIStatusError as error:
        print(code, type(error).__name__, error.attempts)
print(sorted(finding.name for finding in drift.counts))
"""


def test_a_new_code_is_one_row(tmp_path: Path) -> None:
    for package in (a2e_sdk, a2e_api):
        source = Path(package.__file__ or "").parent
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, tmp_path / source.name, ignore=ignored)
    table = tmp_path / "a2e_sdk" / "_http" / "error_codes.py"
    text = table.read_text(encoding="utf-8")
    row = '    ErrorCode(_one(40404), errors.ContentRejectedError, "the moon is full"),\n)\n\n_UNKNOWN'
    changed = re.sub(r"\)\n\n_UNKNOWN", row, text, count=1)
    assert changed != text
    table.write_text(changed, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", USE], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "40404 ContentRejectedError 1",
        "40405 APIStatusError 1",
        "['40405']",
    ]
