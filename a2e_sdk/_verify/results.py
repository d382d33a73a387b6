"""What came of verifying the contract, and the report of it.

This module owns the form of the report. It has ids of operations, names of fields, JSON types,
words of enums, counts and the date: no id, name, address or text of the account, no key and no base
URL. It is pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

import attrs

from .contract import ADDITION, Difference

#: The form of the report; a reader refuses others.
FORMAT = "a2e-verify/1"


class Outcome(StrEnum):
    """What became of an operation."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_TRIED = "not tried"


@attrs.frozen(kw_only=True)
class Result:
    """What became of one operation.

    Attributes:
        operation: Its id.
        effect: What carrying it out does, as the spec has it.
        evidence: How well it was known before.
        outcome: What became of it.
        reason: Why it was not tried; empty otherwise.
        is_described: Whether the spec says anything about the ``data`` of its response.
        calls: How many responses were compared.
        records: How many records were in them.
        differences: In what they differ, and how many of the responses.
    """

    operation: str
    effect: str
    evidence: str
    outcome: Outcome
    reason: str = ""
    is_described: bool = True
    calls: int = 0
    records: int = 0
    differences: Mapping[Difference, int] = attrs.field(factory=dict[Difference, int])

    @property
    def proves(self) -> bool:
        """Whether it raises the evidence of the operation.

        A listing without a record has shown nothing of what the spec says about its records.
        """
        lists_nothing = (
            self.operation.startswith("list_") and self.is_described and not self.records
        )
        return self.outcome is Outcome.AGREES and not lists_nothing


def outcome_of(differences: Iterable[Difference]) -> Outcome:
    """Return what became of an operation whose responses were compared."""
    agrees = all(one.kind == ADDITION for one in differences)
    return Outcome.AGREES if agrees else Outcome.DIFFERS


def report(
    results: Iterable[Result],
    *,
    sdk: str,
    region: str,
    on: date,
    spent: float,
    is_complete: bool,
) -> dict[str, Any]:
    """Return the report as plain JSON.

    Args:
        results: What became of each operation.
        sdk: The version of the SDK.
        region: ``global``, ``china``, ``sandbox``, or ``other`` for another base URL.
        on: The day.
        spent: Coins that were spent at the most.
        is_complete: Whether all that was planned was tried.
    """
    rows = list(results)
    counts = Counter(row.outcome for row in rows)
    return {
        "format": FORMAT,
        "sdk": sdk,
        "region": region,
        "date": on.isoformat(),
        "complete": is_complete,
        "coins": spent,
        "counts": {outcome.value: counts[outcome] for outcome in Outcome},
        "operations": [_row(row) for row in rows],
    }


def _row(result: Result) -> dict[str, Any]:
    return {
        "operation": result.operation,
        "effect": result.effect,
        "evidence": result.evidence,
        "outcome": result.outcome.value,
        "reason": result.reason,
        "described": result.is_described,
        "proves": result.proves,
        "calls": result.calls,
        "records": result.records,
        "differences": [
            {
                "kind": one.kind,
                "path": one.path,
                "expected": list(one.expected),
                "seen": one.seen,
                "place": one.place,
                "count": count,
            }
            for one, count in result.differences.items()
        ],
    }
