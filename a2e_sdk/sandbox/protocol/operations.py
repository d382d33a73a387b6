"""Make the route of an operation: its row of the index and its handler.

This module owns the way of a call: its input is checked, it is handled, the result goes into an
envelope. Methods, paths and schemas are the spec's, read from the generated client, so that there
is no second list of them here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from attrs import evolve

from a2e_api.operations import OPERATIONS, Operation

from .identifiers import Identifiers
from .input_checks import checked_input
from .messages import SandboxReply
from .responses import RefusedError, success
from .routing import Call, OperationHandler, Route

__all__ = ["Operations"]

_FIRST_BUSINESS_CODE = 1_000
"""From here on, a code says more than the HTTP status does, and is the same under any."""


class Operations:
    """The operations of the API.

    Args:
        handlers: handle them, by their ids.
        identifiers: makes trace ids.
    """

    def __init__(
        self,
        handlers: Mapping[str, OperationHandler],
        identifiers: Identifiers,
    ) -> None:
        self._handlers = handlers
        self._identifiers = identifiers

    def route(self, name: str) -> Route:
        """Return the route of an operation.

        Args:
            name: its id.
        """
        known = OPERATIONS[name]
        return Route(
            name,
            partial(self._handle, known),
            _is_public(known),
            partial(checked_input, known),
        )

    def _handle(self, operation: Operation, call: Call) -> SandboxReply:
        try:
            data = self._handlers[operation.id](checked_input(operation, call))
            if data is None and 404 in operation.error_statuses:
                raise RefusedError("Record not found", 404)
        except RefusedError as refusal:
            raise _as_listed(refusal, operation) from None
        if isinstance(data, SandboxReply):
            return data
        return success(data, self._identifiers.trace_id() if _is_traced(operation) else None)


def _is_public(operation: Operation) -> bool:
    return 401 not in operation.error_statuses


def _is_traced(operation: Operation) -> bool:
    # The reference's older pages print no trace id.
    return operation.tag != "face_swap" or operation.id == "get_many_face_swap_tasks"


def _as_listed(refusal: RefusedError, operation: Operation) -> RefusedError:
    """Return a refusal under the HTTP status that the spec lists for it.

    One that is not listed is a plain bad request; where this is not listed either, it comes under
    HTTP 200, and only the envelope's code tells. A gateway knows no spec.
    """
    if refusal.of_gateway:
        return refusal
    status, code = refusal.status, refusal.code
    listed = operation.error_statuses
    if status != 200 and status not in listed:
        status = 400 if 400 in listed else 200
        code = code if code >= _FIRST_BUSINESS_CODE else 400
    return evolve(refusal, status=status, code=code)
