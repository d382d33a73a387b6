"""The line of Python that lets coming requests meet a fault.

This module owns how values are written in it. It is pure.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any, cast

from a2e_sdk.sandbox.faults.fault import Fault
from a2e_sdk.sandbox.faults.script import WaitingFault
from a2e_sdk.sandbox.protocol.messages import Connection

from .fault_names import CUSTOM, named_fault

__all__ = ["python_line"]

_NO_JSON = ("body", "body_base64", "connection")
"""Arguments that are no JSON in Python."""


def python_line(waiting: WaitingFault) -> str:
    """Return the line that does in Python what a control request does.

    Args:
        waiting: the fault, and for which requests it waits.
    """
    return f"sandbox.faults.add({_made(waiting.fault)}{_rest(waiting)})"


def _made(fault: Fault) -> str:
    name, arguments = named_fault(fault)
    if name != CUSTOM:
        return f"Fault.{name}({_keywords(arguments)})"
    given = {key: arguments[key] for key in arguments if key not in _NO_JSON}
    words = [_keywords(given)] if given else []
    if fault.body:
        words.append(f"body={fault.body!r}")
    if fault.connection is not Connection.ANSWER:
        words.append(f"connection=Connection.{fault.connection.name}")
    return f"Fault({', '.join(words)})"


def _rest(waiting: WaitingFault) -> str:
    given: dict[str, Any] = {}
    if waiting.operation is not None:
        given["operation"] = waiting.operation
    if waiting.times != 1:
        given["times"] = waiting.times
    if waiting.share.share != 1:
        given["share"] = waiting.share.share
    return f", {_keywords(given)}" if given else ""


def _keywords(arguments: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={_literal(value)}" for name, value in arguments.items())


def _literal(value: object) -> str:
    if isinstance(value, str):
        # With double quotes, as everywhere in the documentation. What cannot be printed is escaped
        # as in Python: JSON escapes an emoji as two surrogates, which are two characters here.
        words = json.dumps(value, ensure_ascii=False)
        return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in words)
    if isinstance(value, Mapping):
        items = cast("Mapping[object, object]", value).items()
        return "{" + ", ".join(f"{_literal(key)}: {_literal(inner)}" for key, inner in items) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, cast("list[object]", value))) + "]"
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    return repr(value)
