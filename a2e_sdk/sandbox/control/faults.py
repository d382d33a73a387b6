"""The control endpoints of faults.

This module owns what a fault looks like in JSON while it waits.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from a2e_sdk.sandbox.faults.fault import Fault
from a2e_sdk.sandbox.faults.script import WaitingFault
from a2e_sdk.sandbox.sandbox import Sandbox
from a2e_sdk.sandbox.state.even_share import EvenShare

from .call import CONTROL_PATH, Asked, ControlRefusedError, Endpoint, Table
from .fault_names import CUSTOM, FAULT_ARGUMENTS, describe_fault, fault_of
from .fields import BadFieldError, Field, checked_fields, share, text, times

__all__ = ["FaultEndpoints", "arm_fault"]


class FaultEndpoints:
    """The endpoints of the faults of one sandbox.

    Args:
        sandbox: the sandbox.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._names: dict[int, tuple[str, Mapping[str, Any]]] = {}

    def table(self) -> Table:
        """Return the endpoints."""
        return {
            "/faults": {
                "GET": Endpoint(self._faults),
                "POST": Endpoint(self._add_fault, None, 201),
                "DELETE": Endpoint(self._clear_faults),
            },
            "/faults/kinds": {"GET": Endpoint(self._kinds)},
            "/faults/{id}": {"DELETE": Endpoint(self._remove_fault)},
            "/operations": {"GET": Endpoint(self._operations)},
        }

    def _faults(self, _asked: Asked) -> dict[str, Any]:
        waiting = self._sandbox.faults.waiting
        names = self._names
        self._names = {one.id: names[one.id] for one in waiting if one.id in names}
        return {"faults": [self._described(one) for one in waiting]}

    def _add_fault(self, asked: Asked) -> dict[str, Any]:
        waiting = arm_fault(self._sandbox, asked.fields)
        self._names[waiting.id] = (asked.fields["fault"], asked.fields.get("arguments", {}))
        return self._described(waiting)

    def _described(self, waiting: WaitingFault) -> dict[str, Any]:
        # One that was added in Python is known by what it does alone.
        named = self._names.get(waiting.id, (CUSTOM, describe_fault(waiting.fault)))
        return {
            "id": waiting.id,
            "fault": named[0],
            "arguments": named[1],
            "operation": waiting.operation,
            "times": waiting.times,
            "share": waiting.share.share,
        }

    def _clear_faults(self, _asked: Asked) -> dict[str, Any]:
        self._sandbox.faults.clear()
        return {"faults": []}

    def _remove_fault(self, asked: Asked) -> dict[str, Any]:
        if not self._sandbox.faults.remove(asked.number):
            raise ControlRefusedError(404, f"no fault {asked.number} waits")
        return {"removed": asked.number}

    def _kinds(self, _asked: Asked) -> dict[str, Any]:
        return {
            "kinds": [
                {
                    "fault": name,
                    "help": _first_line(Fault if name == CUSTOM else getattr(Fault, name)),
                    "arguments": [
                        {"name": field.name, "required": field.required} for field in fields
                    ],
                }
                for name, fields in FAULT_ARGUMENTS.items()
            ]
        }

    def _operations(self, _asked: Asked) -> dict[str, Any]:
        return {"operations": sorted(self._sandbox.operations)}


def arm_fault(sandbox: Sandbox, given: Mapping[str, Any]) -> WaitingFault:
    """Let coming requests meet a fault that is given as JSON.

    Args:
        sandbox: the sandbox.
        given: ``fault``, its name; ``arguments``, ``operation``, ``times`` and ``share``, which
            may be left out.

    Returns:
        What waits now.

    Raises:
        BadFieldError: a field is missing, unknown or wrong.
    """
    fields = checked_fields(given, _FAULT_FIELDS)
    fault = fault_of(fields["fault"], fields.get("arguments", {}))
    operation = fields.get("operation")
    left, chosen = fields.get("times", 1), fields.get("share", 1)
    try:
        number = sandbox.faults.add(fault, operation, left, chosen)
    except ValueError:
        text = f"no operation {operation!r}; {CONTROL_PATH}/operations lists them"
        raise BadFieldError(text) from None
    return WaitingFault(number, fault, operation, left, EvenShare(chosen))


def _object(value: object) -> str | None:
    return None if isinstance(value, dict) else "an object"


def _text_or_null(value: object) -> str | None:
    return None if value is None or isinstance(value, str) else "a string or null"


def _first_line(documented: object) -> str:
    return (documented.__doc__ or "").partition("\n\n")[0].replace("\n", " ").strip()


_FAULT_FIELDS = (
    Field("fault", text, required=True),
    Field("arguments", _object),
    Field("operation", _text_or_null),
    Field("times", times),
    Field("share", share),
)
