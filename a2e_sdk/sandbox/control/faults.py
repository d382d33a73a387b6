"""The control endpoints of faults.

This module owns what a fault looks like in JSON while it waits, and what a form that arms one
has to know of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from a2e_sdk.sandbox.faults.fault import Fault
from a2e_sdk.sandbox.faults.script import WaitingFault
from a2e_sdk.sandbox.protocol.messages import SandboxReply
from a2e_sdk.sandbox.protocol.responses import json_reply
from a2e_sdk.sandbox.sandbox import Sandbox
from a2e_sdk.sandbox.state.even_share import EvenShare

from .call import CONTROL_PATH, Asked, ControlRefusedError, Endpoint, Table
from .fault_names import CUSTOM, FAULT_ARGUMENTS, fault_of, named_fault
from .fields import BadFieldError, Field, checked_fields, share, text, times, type_of
from .python_lines import python_line

__all__ = ["FaultEndpoints", "arm_fault", "checked_fault"]

_JSON_TYPES = (str, bytes, int, float, type(None))


class FaultEndpoints:
    """The endpoints of the faults of one sandbox.

    Args:
        sandbox: the sandbox.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

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
        return {"faults": [self._described(one) for one in self._sandbox.faults.waiting]}

    def _add_fault(self, asked: Asked) -> dict[str, Any] | SandboxReply:
        if asked.count("dry_run", 0):
            waiting = checked_fault(self._sandbox, asked.fields)
            return json_reply(self._described(waiting) | {"id": None})
        return self._described(arm_fault(self._sandbox, asked.fields))

    def _described(self, waiting: WaitingFault) -> dict[str, Any]:
        name, arguments = named_fault(waiting.fault)
        return {
            "id": waiting.id,
            "fault": name,
            "arguments": arguments,
            "operation": waiting.operation,
            "times": waiting.times,
            "share": waiting.share.share,
            "python": python_line(waiting),
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
                    "arguments": [_argument(field, _defaults(name)) for field in fields],
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
    checked = checked_fault(sandbox, given)
    number = sandbox.faults.add(
        checked.fault, checked.operation, checked.times, checked.share.share
    )
    return evolve(checked, id=number)


def checked_fault(sandbox: Sandbox, given: Mapping[str, Any]) -> WaitingFault:
    """Return the fault that is given as JSON, and do not let it wait.

    Args:
        sandbox: the sandbox.
        given: as for `arm_fault`.

    Raises:
        BadFieldError: a field is missing, unknown or wrong.
    """
    fields = checked_fields(given, _FAULT_FIELDS)
    fault = fault_of(fields["fault"], fields.get("arguments", {}))
    operation = fields.get("operation")
    if operation is not None and operation not in sandbox.operations:
        text = f"no operation {operation!r}; {CONTROL_PATH}/operations lists them"
        raise BadFieldError(text)
    left, chosen = fields.get("times", 1), EvenShare(fields.get("share", 1))
    return WaitingFault(0, fault, operation, left, chosen)


def _argument(field: Field, defaults: Mapping[str, Any]) -> dict[str, Any]:
    shown = {"name": field.name, "required": field.required, "type": type_of(field)}
    return shown | ({"default": defaults[field.name]} if field.name in defaults else {})


def _defaults(name: str) -> dict[str, Any]:
    """Return the defaults of a fault's arguments as JSON, those that have one."""
    import inspect  # For the list of kinds alone.

    parameters = inspect.signature(Fault if name == CUSTOM else getattr(Fault, name)).parameters
    # Of others, an attrs default is made anew each time and has no value before.
    return {
        argument.name: _as_json(argument.default)
        for argument in parameters.values()
        if argument.default is not inspect.Parameter.empty
        and isinstance(argument.default, _JSON_TYPES)
    }


def _as_json(value: object) -> object:
    return value.decode() if isinstance(value, bytes) else value


def _object(value: object) -> str | None:
    return None if isinstance(value, dict) else "an object"


def _text_or_null(value: object) -> str | None:
    return None if value is None or isinstance(value, str) else "a string or null"


def _first_line(documented: object) -> str:
    return " ".join((documented.__doc__ or "").partition("\n\n")[0].split())


_FAULT_FIELDS = (
    Field("fault", text, required=True),
    Field("arguments", _object),
    Field("operation", _text_or_null),
    Field("times", times),
    Field("share", share),
)
