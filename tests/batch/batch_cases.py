"""What tests of runs of batches compare."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from a2e_sdk import Job, JobOutcome


def rows(count: int, engine: str = "wan-25", **arguments: Any) -> list[Job]:
    """So many jobs that differ in their prompt."""
    return [
        Job(engine, f"row-{number}", {"prompt": f"sea {number}", **arguments})
        for number in range(count)
    ]


def statuses(outcomes: Iterable[JobOutcome]) -> dict[str, int]:
    """How many outcomes there are of each status."""
    return dict(Counter(outcome.status.value for outcome in outcomes))


def lines(folder: Path) -> list[dict[str, Any]]:
    """The lines of ``results.jsonl``."""
    return [json.loads(line) for line in (folder / "results.jsonl").read_text().splitlines()]
