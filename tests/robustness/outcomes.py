"""What may come of a deed, whatever went wrong: a value of the promised types, or our own error.

This module owns the judgement; it knows no fault.
"""

from __future__ import annotations

import asyncio
import threading
import time
import types
import typing
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import attrs

from a2e_api.types import Response
from a2e_sdk import errors
from a2e_sdk.models import FaceSwapImage, Page, Task
from driver import Driver
from robustness.deeds import KEY, Deed, Scene


def outcome(deed: Deed, scene: Scene, *, starts: bool = True) -> tuple[str, str | None]:
    """Do a deed, and return ``"value"`` or ``"error"``, and what is wrong (None for nothing).

    Args:
        deed: What to do.
        scene: Where.
        starts: Whether the sandbox is fresh, so that the tasks that were made can be counted.
    """
    clock = scene.sandbox.clock
    began = clock.now()
    kind, problem = "value", None
    try:
        problem = wrong_type(deed.act(scene))
    except errors.A2EError as error:
        kind, problem = "error", wrong_error(error)
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"
    if problem is not None:
        return kind, problem[:300]
    lasted = (clock.now() - began).total_seconds()
    if lasted > deed.seconds:
        return kind, f"it lasted {lasted:g} s, not at most {deed.seconds:g} s"
    made = [row for row in scene.sandbox.face_swap_tasks() if row["name"] not in _BEFORE]
    if starts and len(made) > 1:
        return kind, f"it made {len(made)} tasks"
    return kind, None


#: Names of the tasks of the reference page and of the scene.
_BEFORE = frozenset({"xxxx", "2024-06-07 19:06:26", "2024-06-07 11:14:35", "mine"})


def wrong_error(error: errors.A2EError) -> str | None:
    """Return what is wrong with an error of ours; None for nothing."""
    shown = f"{error} {error!r} {error.__dict__}"
    if KEY in shown:
        return f"the key is in {type(error).__name__}"
    if isinstance(error, errors.APIError):
        if not error.message or not error.attempts >= 1:
            return f"{type(error).__name__} says nothing: {shown}"
        if len(str(error)) > 2000 or len(error.body_excerpt or "") > 2000:
            return f"{type(error).__name__} has no bound"
    return None


def wrong_type(value: Any) -> str | None:
    """Return which part of a value is not of the type that is promised; None where all are."""
    repr(value)
    if isinstance(value, Response):
        return wrong_type(value.parsed)
    if isinstance(value, Page):
        if value.total is not None and not _is(value.total, int):
            return f"total is {value.total!r}"
        return wrong_type(list(value.items))
    if isinstance(value, list | tuple):
        return next(filter(None, map(wrong_type, value)), None)
    if isinstance(value, Task | FaceSwapImage):
        hints = typing.get_type_hints(type(value))
        for field in attrs.fields(type(value)):
            if not _fits(getattr(value, field.name), hints[field.name]):
                return f"{type(value).__name__}.{field.name} is {getattr(value, field.name)!r}"
    elif hasattr(value, "to_dict"):
        repr(value.to_dict())
    return None


def _is(value: Any, kind: type) -> bool:
    return isinstance(value, kind) and not (isinstance(value, bool) and kind is not bool)


def _fits(value: Any, hint: Any) -> bool:
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        return any(_fits(value, choice) for choice in typing.get_args(hint))
    if hint is Any or origin is ClassVar:
        return True
    if hint is None or hint is type(None):
        return value is None
    if origin is not None and issubclass(origin, tuple):
        return isinstance(value, tuple) and all(
            _fits(item, typing.get_args(hint)[0]) for item in value
        )
    if origin is not None and issubclass(origin, Mapping | Sequence):
        return isinstance(value, origin)
    if hint is float:
        return _is(value, float) or _is(value, int)
    return _is(value, hint)


def left_behind(driver: Driver) -> list[str]:
    """Return the names of what still runs though its client is closed: tasks, and threads of ours.

    A thread that was abandoned in the middle of a request gets a moment to end.
    """
    if driver.mode == "async":
        return driver.run(_other_tasks())
    give_up = time.monotonic() + 5
    while True:
        threads = [thread.name for thread in threading.enumerate() if _is_ours(thread)]
        if not threads or time.monotonic() > give_up:
            return threads
        time.sleep(0.001)


def _is_ours(thread: threading.Thread) -> bool:
    return thread.name.startswith("a2e-") and thread.name != "a2e-sandbox"


async def _other_tasks() -> list[str]:
    return [repr(task) for task in asyncio.all_tasks() if task is not asyncio.current_task()]
