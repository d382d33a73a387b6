"""What may come of a scenario, whatever went wrong: a value of the promised types, or our own error.

This module owns the judgement; it knows no fault.
"""

from __future__ import annotations

import asyncio
import threading
import time
import types
import typing
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, ClassVar

import attrs

from a2e_api.operations import OPERATIONS
from a2e_api.types import Response
from a2e_sdk import errors
from a2e_sdk._http.retry import Effect, effect_of
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk.models import Page
from driver import Driver
from robustness.scenarios import KEY, Scenario, Scene


def outcome(scenario: Scenario, scene: Scene) -> tuple[str, str | None]:
    """Do a scenario, and return ``"value"`` or ``"error"``, and what is wrong (None for nothing).

    Args:
        scenario: What to do.
        scene: Where.
    """
    clock = scene.sandbox.clock
    began = clock.now()
    kind, problem, raised = "value", None, None
    try:
        value = scenario.act(scene)
        problem = wrong_type(value)
        if problem is None and not isinstance(value, scenario.gives):
            problem = f"it gave {value!r}"
    except errors.A2EError as error:
        kind, problem, raised = "error", wrong_error(error), error
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"
    if problem is None:
        problem = _broken_start(scenario, scene, raised) or scenario.promise(scene, raised)
    if problem is not None:
        return kind, problem[:300]
    lasted = (clock.now() - began).total_seconds()
    if lasted > scenario.seconds:
        return kind, f"it lasted {lasted:g} s, not at most {scenario.seconds:g} s"
    return kind, None


_TASK_STARTS = frozenset(family.start for family in TASK_FAMILIES.values())


def _broken_start(scenario: Scenario, scene: Scene, raised: errors.A2EError | None) -> str | None:
    """Return what was started twice, or started and then reported as not started; None for nothing.

    What only deletes, or sets a name, may be done twice.
    """
    for operation, times in scene.sandbox.changes.items():
        method = OPERATIONS[operation].method
        if times > 1 and effect_of(operation, method) is Effect.START:
            return f"{operation} was carried out {times} times"
        lost = isinstance(raised, errors.APIError) and raised.operation == operation
        if scenario.wrapped and lost and operation in _TASK_STARTS:
            return f"{operation} was carried out, and {type(raised).__name__} denies it"
    return None


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
    if type(value).__module__.startswith("a2e_sdk.models."):
        hints = _hints(type(value))
        for field in attrs.fields(type(value)):
            if not _fits(getattr(value, field.name), hints[field.name]):
                return f"{type(value).__name__}.{field.name} is {getattr(value, field.name)!r}"
    elif hasattr(value, "to_dict"):
        repr(value.to_dict())
    return None


@cache
def _hints(model: type) -> dict[str, Any]:
    return typing.get_type_hints(model)


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
