"""Files of jobs for the tests of ``a2e batch``, and what is read of its folder."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

RUN = ("batch", "run", "jobs.csv", "--engine", "wan-25", "--output", "results")
GO_ON = ("batch", "run", "--output", "results")


def write_jobs(folder: Path, count: int, name: str = "jobs.csv") -> list[str]:
    """Write a table of jobs and return their keys."""
    keys = [f"job-{number:03}" for number in range(count)]
    with open(folder / name, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["key", "prompt", "duration"])
        rows.writerows((key, f"a calm sea, {key}", 5) for key in keys)
    return keys


def results_of(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the lines of ``results.jsonl`` by their keys; the last one of a key counts."""
    lines = (folder / "results.jsonl").read_text().splitlines()
    return {record["key"]: record for record in map(json.loads, lines)}


def events_of(printed: str) -> list[dict[str, Any]]:
    """Return the events that were printed."""
    return [json.loads(line) for line in printed.splitlines()]
