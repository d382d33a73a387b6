"""When to look at running tasks again.

This module owns the intervals, and the bookkeeping of a wait: which tasks are due, which have
ended, which are missing and since when. It is pure; reading the tasks is done by ``AsyncWaiter``.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence

import attrs

from a2e_sdk._checks.redaction import WORD_LENGTH, Hide, redact, safe_text
from a2e_sdk.models import Task

#: How long a task may be missing, in seconds, before that is taken for the truth.
GRACE_SECONDS = 30.0

_SHORTEST = 0.5
_LONGEST = 20.0
#: How many seconds of delay one request is worth.
_REQUEST_PRICE = 0.2
#: No interval is a larger share than this of the time that has passed, once looks have begun.
_SHARE = 0.08
#: The same for the step from one known duration to the next.
_LARGEST_STEP = 0.1
_ENOUGH = 5


def interval(elapsed: float, durations: Sequence[float], chance: float) -> float:
    """Return the seconds until the next look at a task.

    With a few known durations, nothing is looked at before the first of such tasks would have
    ended; from then on the looks are as dense as the square root of the chance that the task ends
    just now, which is what costs least in requests and delay together. Without durations, and
    beyond all of them, intervals grow with the time that has passed.

    Args:
        elapsed: Seconds since the task was created.
        durations: How many seconds finished tasks of its family took, ascending.
        chance: A random number from 0 up to 1, which spreads the looks of many waits.
    """
    elapsed = max(elapsed, 0.0)
    jitter = 0.9 + 0.2 * chance
    known = len(durations)
    longer = durations[bisect_right(durations, elapsed) :]
    if known < _ENOUGH or not longer:
        share = 0.2 if known < _ENOUGH else _SHARE
        return jitter * min(max(share * elapsed, 2 * _SHORTEST), _LONGEST)
    if elapsed < durations[0]:
        # The fewer records, the less the first of them is the earliest that can be.
        first = max(durations[0] * known / (known + 2) - elapsed, 0.0)
    else:
        # One record that took hours must not keep a task waiting that took minutes.
        first = min(longer[0] - elapsed, _LARGEST_STEP * elapsed)
    # The chance per second is read off the next few records: about the root of their number.
    nearest = round(math.sqrt(len(longer)))
    last = longer[nearest - 1] - elapsed
    span = last - first if nearest > 1 else last
    dense = math.sqrt(2 * _REQUEST_PRICE * len(longer) / nearest * max(span, 0.1))
    dense = jitter * min(dense, max(_SHARE * (elapsed + first), _SHORTEST))
    return max(first + 0.3 * dense if first > dense else dense, _SHORTEST)


@attrs.define
class PendingTask:
    """One task of a wait.

    Attributes:
        task_id: Its id.
        family: The name of its family.
        task: The task as last seen; None until it was seen.
        due: When to look at it next.
        missing_since: When the server began not to know it; None while it does.
    """

    task_id: str
    family: str
    task: Task | None
    due: float
    missing_since: float | None = None


class PendingTasks:
    """The tasks of one wait that have not ended.

    Args:
        now: The present moment, in seconds.
    """

    def __init__(self, now: float) -> None:
        self._now = now
        self._running: dict[str, PendingTask] = {}

    def add(self, task_id: str, family: str, task: Task | None) -> None:
        """Watch one more task, due at once."""
        self._running.setdefault(task_id, PendingTask(task_id, family, task, self._now))

    def __len__(self) -> int:
        return len(self._running)

    @property
    def running(self) -> list[PendingTask]:
        """What has not ended, in the order in which it was added."""
        return list(self._running.values())

    @property
    def next_due(self) -> float:
        """When the next task is due."""
        return min(watched.due for watched in self._running.values())

    def batches(self, now: float, size: int) -> list[tuple[str, list[str]]]:
        """Return the family and ids of each request of this tick.

        What is due is read; a batch that is not full takes along what is due next, for free.

        Args:
            now: The present moment.
            size: How many tasks one request covers.
        """
        families: dict[str, list[PendingTask]] = {}
        for watched in self._running.values():
            families.setdefault(watched.family, []).append(watched)
        batches: list[tuple[str, list[str]]] = []
        for family, members in families.items():
            members.sort(key=lambda watched: watched.due)
            count = sum(watched.due <= now for watched in members)
            chosen = [watched.task_id for watched in members[: -(-count // size) * size]]
            batches += [
                (family, chosen[start : start + size]) for start in range(0, len(chosen), size)
            ]
        return batches

    def record(self, task: Task, due: float) -> bool:
        """Take in a task as it was read, and say whether anything changed."""
        watched = self._running[task.id]
        changed = watched.task != task
        watched.task, watched.missing_since, watched.due = task, None, due
        if task.status.is_final:
            del self._running[task.id]
        return changed

    def record_missing(self, task_id: str, now: float, due: float) -> bool:
        """Take in that the server does not know a task; True once that lasts too long."""
        watched = self._running[task_id]
        if watched.missing_since is None:
            watched.missing_since = now
        watched.due = due
        return now - watched.missing_since >= GRACE_SECONDS

    def postpone(self, task_ids: Iterable[str], due: float) -> None:
        """Look at some tasks later: reading them failed."""
        for task_id in task_ids:
            self._running[task_id].due = due

    def drop(self, task_id: str) -> None:
        """Watch a task no longer."""
        del self._running[task_id]


def failure_text(task: Task, hide: Hide = redact) -> str:
    """Return the message for a task that failed.

    Args:
        task: The task.
        hide: Takes the secrets out of what the server said.
    """
    reason = safe_text(task.failed_message or "", hide=hide) or "the server did not say why"
    code = f" (code {safe_text(task.error_code, 40, hide)})" if task.error_code else ""
    return f"{task.family} task {safe_text(task.id, WORD_LENGTH, hide)} failed: {reason}{code}"


def timeout_text(running: Sequence[PendingTask], seconds: float, hide: Hide = redact) -> str:
    """Return the message for a wait whose time is over.

    Args:
        running: What has not ended.
        seconds: How long the wait was.
        hide: Takes the secrets out of what the server said.
    """
    unknown = [watched.task_id for watched in running if watched.missing_since is not None]
    others = [watched for watched in running if watched.missing_since is None]
    sentences: list[str] = []
    if len(others) == 1:
        word = others[0].task.raw_status if others[0].task else None
        if word is not None:
            state = f"is still {safe_text(word, WORD_LENGTH, hide)}"
        else:
            state = "could not be read"
        sentences.append(
            f"task {others[0].task_id} {state} after {seconds:g} s; what runs on the server goes "
            "on and stays billed: wait again with its id"
        )
    elif others:
        sentences.append(
            f"{len(others)} tasks have not ended after {seconds:g} s: "
            f"{_shown([watched.task_id for watched in others])}; what runs on the server goes on "
            "and stays billed: wait again with error.task_ids"
        )
    if unknown:
        noun = "task" if len(unknown) == 1 else f"{len(unknown)} tasks:"
        sentences.append(
            f"the server does not know {noun} {_shown(unknown)}"
            + ("" if others else f" (after {seconds:g} s)")
        )
    return "; ".join(sentences)


def _shown(task_ids: Sequence[str]) -> str:
    more = f" and {len(task_ids) - 5} more" if len(task_ids) > 5 else ""
    return ", ".join(task_ids[:5]) + more
