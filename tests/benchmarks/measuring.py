"""Measures things side by side, so that a busy machine slows all of them alike.

In each round every candidate runs once, one after the other. The ratio of two candidates is the
median of their ratios round by round; the figures beside it are medians of all rounds.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import attrs

Samples = dict[str, list[float]]


@attrs.frozen
class Comparison:
    """One line of the report.

    Args:
        what: What was measured.
        ours: The median of ours.
        other: The median of what it is compared with.
        ratio: Ours divided by the other.
        against: What it is compared with.
        unit: The unit of both figures.
        target: What design asks for; empty for a figure that is only of interest.
    """

    what: str
    ours: float
    other: float
    ratio: float
    against: str
    unit: str
    target: str = ""


def compare(
    samples: Samples, ours: str, other: str, *, unit: str, target: str = "", what: str = ""
) -> Comparison:
    """Compare two candidates of the same rounds; ``what`` is the name of ours by default."""
    pairs = zip(samples[ours], samples[other], strict=True)
    return Comparison(
        what=what or ours,
        ours=statistics.median(samples[ours]),
        other=statistics.median(samples[other]),
        ratio=statistics.median(one / two for one, two in pairs),
        against=other,
        unit=unit,
        target=target,
    )


def seconds_of(work: Callable[[], Any]) -> float:
    """Return how long a piece of work takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def take_turns(
    candidates: Mapping[str, Callable[[], Any]], *, rounds: int, calls: int = 1, scale: float = 1.0
) -> Samples:
    """Time candidates in turn.

    Args:
        candidates: What to call, by name. Each is called once before the first round.
        rounds: How many rounds there are.
        calls: How often each is called in a round; a sample is the mean of these.
        scale: What a second is in the unit of the samples, such as 1e6 for microseconds.
    """
    samples: Samples = {name: [] for name in candidates}
    for work in candidates.values():
        work()
    for _ in range(rounds):
        for name, work in candidates.items():
            begin = time.perf_counter()
            for _ in range(calls):
                work()
            samples[name].append((time.perf_counter() - begin) / calls * scale)
    return samples


async def take_turns_async(
    candidates: Mapping[str, Callable[[], Awaitable[float]]], *, rounds: int
) -> Samples:
    """Let candidates that measure themselves do so in turn, once unrecorded before."""
    samples: Samples = {name: [] for name in candidates}
    for measure in candidates.values():
        await measure()
    for _ in range(rounds):
        for name, measure in candidates.items():
            samples[name].append(await measure())
    return samples
