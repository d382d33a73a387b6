"""The memory that iterating a long listing takes, against a short one."""

from __future__ import annotations

import subprocess
import sys

from measuring import Comparison, compare
from serving import KEY, loopback_server

_SHORT, _LONG, _QUICK_LONG = 2_000, 200_000, 50_000

# In a process of its own, because the peak of a process never falls.
_CODE = """
import resource, sys
from a2e_sdk import A2E
with A2E(sys.argv[1], base_url=sys.argv[2]) as a2e:
    rows = sum(1 for _ in a2e.face_swap.tasks.list())
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(rows, peak / (2**20 if sys.platform == "darwin" else 2**10))
"""


def run(*, quick: bool) -> list[Comparison]:
    """Measure the peak resident memory of whole processes."""
    long = _QUICK_LONG if quick else _LONG
    ours, other = f"iterate {long:,} rows", f"iterate {_SHORT:,} rows"
    samples = {ours: [_peak_of(long)], other: [_peak_of(_SHORT)]}
    return [compare(samples, ours, other, unit="MiB", target="about 1x")]


def _peak_of(rows: int) -> float:
    with loopback_server(rows=rows) as base_url:
        command = [sys.executable, "-P", "-c", _CODE, KEY, base_url]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    seen, peak = done.stdout.split()
    if int(seen) != rows:
        raise RuntimeError(f"the listing gave {seen} rows of {rows}")
    return float(peak)
