"""How far a call is, as a display or a function of the caller's is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

import attrs

#: What a call is doing.
Activity: TypeAlias = Literal["starting", "uploading", "waiting", "downloading", "batch"]

_NO_COUNTS: Mapping[str, int] = {}


@attrs.frozen(kw_only=True)
class Progress:
    """How far a call is.

    Attributes:
        activity: What it is doing: ``"starting"``, ``"uploading"``, ``"waiting"``,
            ``"downloading"`` or ``"batch"``.
        done: How much of it is done: bytes of a file, tasks that have ended, jobs with an outcome.
        total: How much there is; None where that is not known.
        counts: How many tasks or jobs are in which state; empty for bytes.
        seconds: How long the call has lasted.
        task_id: The task that it is about; None where there are several, or none yet.
        note: Why nothing more is started; None while something is, and elsewhere.
    """

    activity: Activity
    done: int = 0
    total: int | None = None
    counts: Mapping[str, int] = _NO_COUNTS
    seconds: float = 0.0
    task_id: str | None = None
    note: str | None = None


#: What a call takes as ``progress``: whether to show it, or a function to tell.
ProgressOption: TypeAlias = bool | Callable[[Progress], object]
