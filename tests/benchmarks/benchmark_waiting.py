"""Waiting, on a clock that is turned: requests per task, and seconds from done to seen.

The tasks' durations are drawn from a fixed seed, so these figures are the same in every run. The
learnt looks are those of the SDK's own ``wait``; the fixed ones are its ``poll=`` option.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from measuring import Comparison

from a2e_sdk import A2E
from a2e_sdk.sandbox import ManualClock, Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport

_FACE, _VIDEO = "https://example.com/f.png", "https://example.com/v.mp4"
_KNOWN = 60
NOTES: list[str] = [
    "waiting: simulated clock; 'requests' are reads per task, 'delay' is seconds from done to seen"
]


class _TurnedTime:
    """Lets pauses turn the sandbox's clock."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()

    def pause(self, seconds: float) -> None:
        self._clock.advance(seconds)


def run(*, quick: bool) -> list[Comparison]:
    """Compare learnt looks with fixed intervals, and count requests for many tasks at once."""
    waits = 40 if quick else 200
    results: list[Comparison] = []
    spreads: dict[str, Callable[[random.Random], float]] = {
        "36 s, spread 4 s": lambda chance: max(5.0, chance.gauss(36, 4)),
        "36 s, wide": lambda chance: 36 * math.exp(chance.gauss(0, 0.35)),
    }
    for name, draw in spreads.items():
        requests, delay = _measure(draw, waits, poll=None)
        for fixed in (1.0, 3.0, 10.0):
            fixed_requests, fixed_delay = _measure(draw, waits, poll=fixed)
            against = f"every {fixed:g} s"
            results.append(
                _compare(f"wait {name}: requests", requests, fixed_requests, "", against, "fewer")
            )
            results.append(
                _compare(f"wait {name}: delay", delay, fixed_delay, "s", against, "sooner")
            )
    results.append(_many(1000))
    return results


def _measure(
    draw: Callable[[random.Random], float], waits: int, poll: float | None
) -> tuple[float, float]:
    chance = random.Random(7)
    random.seed(7)
    clock = ManualClock()
    requests = delay = 0.0
    sandbox = Sandbox(clock=clock, seed_records=False, log_limit=1)
    a2e = A2E(region="sandbox", http_client=SandboxTransport(sandbox))
    a2e.api.clock = _TurnedTime(clock)  # type: ignore[assignment]
    tasks = a2e.face_swap.tasks
    for number in range(_KNOWN + waits):
        duration = draw(chance)
        sandbox._state.processing_after = duration / 10
        sandbox._state.completed_after = duration
        task = tasks.create(face=_FACE, video=_VIDEO)
        if number < _KNOWN:  # What the account's records hold already.
            clock.advance(duration)
            a2e.api.state.learn(tasks.get(task))
            continue
        before = _reads(sandbox)
        began = clock.now()
        tasks.wait(task, poll=poll)
        requests += _reads(sandbox) - before
        delay += (clock.now() - began).total_seconds() - duration
    return requests / waits, delay / waits


def _reads(sandbox: Sandbox) -> int:
    return sum(
        sandbox.requests.count(operation)
        for operation in (
            "get_face_swap_task",
            "get_many_face_swap_tasks",
            "list_face_swap_tasks",
        )
    )


def _many(count: int) -> Comparison:
    clock = ManualClock()
    sandbox = Sandbox(clock=clock, seed_records=False, log_limit=100_000)
    a2e = A2E(region="sandbox", http_client=SandboxTransport(sandbox))
    a2e.api.clock = _TurnedTime(clock)  # type: ignore[assignment]
    tasks = [a2e.face_swap.tasks.create(face=_FACE, video=_VIDEO) for _ in range(count)]
    begun = len(sandbox.requests)
    if len(list(a2e.wait_many(tasks, poll=1.0))) != count:
        raise RuntimeError("not every task ended")
    reads = list(sandbox.requests)[begun:]
    ticks = len({entry.at for entry in reads})
    return _compare(
        f"wait_many of {count} tasks: requests a tick",
        len(reads) / ticks,
        float(count),
        "",
        "one read a task",
        "about 10",
    )


def _compare(
    what: str, ours: float, other: float, unit: str, against: str, target: str
) -> Comparison:
    return Comparison(what, ours, other, ours / other, against, unit, target)
