"""What a check has found, and the report of all of them.

This module owns the form of both. It is pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import attrs

#: The form of the report.
FORMAT = "a2e-doctor/1"


class Status(StrEnum):
    """How a check ended."""

    OK = "ok"
    #: It works, but not as it should, or not for long.
    WARNING = "warning"
    #: The SDK can't do its work.
    PROBLEM = "problem"
    #: It could not be checked, because of what an earlier check found.
    SKIPPED = "skipped"


@attrs.frozen
class Check:
    """One thing that was checked.

    Attributes:
        name: What it is about, such as ``key``; stable.
        status: How it ended.
        detail: What was found, in a sentence.
        remedy: What to do, in a sentence; empty where nothing is to be done.
    """

    name: str
    status: Status
    detail: str
    remedy: str = ""


def ok(name: str, detail: str) -> Check:
    """Return a check that found nothing wrong."""
    return Check(name, Status.OK, detail)


def warning(name: str, detail: str, remedy: str) -> Check:
    """Return a check that found something to mend some time."""
    return Check(name, Status.WARNING, detail, remedy)


def problem(name: str, detail: str, remedy: str) -> Check:
    """Return a check that found why it does not work."""
    return Check(name, Status.PROBLEM, detail, remedy)


def skipped(name: str, because: str) -> Check:
    """Return a check that was not made.

    Args:
        name: What it is about.
        because: Why, as the end of a sentence.
    """
    return Check(name, Status.SKIPPED, f"not checked: {because}")


def first_problem(checks: Iterable[Check]) -> Check | None:
    """Return the first problem, which may be the cause of the others; None without one."""
    return next((check for check in checks if check.status is Status.PROBLEM), None)


def report(checks: Iterable[Check]) -> dict[str, Any]:
    """Return the report as plain JSON."""
    rows = list(checks)
    first = first_problem(rows)
    return {
        "format": FORMAT,
        "ok": first is None,
        "first_problem": None if first is None else first.name,
        "checks": [
            {
                "name": row.name,
                "status": row.status.value,
                "detail": row.detail,
                "remedy": row.remedy,
            }
            for row in rows
        ],
    }
