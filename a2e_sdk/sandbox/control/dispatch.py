"""The sandbox's own endpoints, ``/__sandbox__/...``: its handles for tests in any language.

This module owns the way of a control request: who may send it, which endpoint it is for, and the
form of all responses. All but the page and the events is JSON: a response is an object, a refusal
has one key, ``error``. These requests are not logged and meet no faults.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from threading import Event
from typing import Any, cast

from attrs import evolve

from a2e_sdk.sandbox.protocol.messages import SandboxReply, SandboxRequest
from a2e_sdk.sandbox.protocol.responses import json_reply
from a2e_sdk.sandbox.sandbox import Sandbox

from .call import CONTROL_PATH, Asked, ControlRefusedError, Endpoint, Table
from .endpoints import ControlEndpoints
from .events import EventStream
from .fields import BadFieldError, checked_fields, json_body
from .guard import is_foreign_page
from .page_files import index_page, page_table, prefers_html

__all__ = [
    "MAX_CONTROL_BYTES",
    "MAX_DUMP_BYTES",
    "Control",
    "control_error",
    "is_control_path",
    "most_bytes",
]

MAX_CONTROL_BYTES = 1024 * 1024
"""Bytes that the body of a control request may have."""

MAX_DUMP_BYTES = 256 * 1024 * 1024
"""Bytes that a saved state may have over HTTP; from a file it may have any number."""

_NO_JSON = (b"NaN", b"Infinity")

_HEADERS = {
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


def is_control_path(path: str) -> bool:
    """Tell whether a path belongs to a control endpoint.

    Args:
        path: path as on the wire, without the query.
    """
    begin = path[: len(CONTROL_PATH) + 1].lower()
    return begin in (CONTROL_PATH, f"{CONTROL_PATH}/")


def most_bytes(method: str, path: str) -> int:
    """Return how many bytes the body of a control request may have.

    Args:
        method: HTTP method.
        path: path as on the wire, without the query.
    """
    is_dump = method == "PUT" and _endpoint_path(path) == "/dump"
    return MAX_DUMP_BYTES if is_dump else MAX_CONTROL_BYTES


def _endpoint_path(path: str) -> str:
    return path[len(CONTROL_PATH) :].lower().removesuffix("/") or "/"


def control_error(status: int, text: str) -> SandboxReply:
    """Refuse a control request.

    Args:
        status: HTTP status code.
        text: what is wrong, and what to do.

    Returns:
        The reply.
    """
    return _reply({"error": text}, status)


def _reply(value: Mapping[str, Any], status: int) -> SandboxReply:
    reply = json_reply(value, status)
    if any(word in reply.body for word in _NO_JSON):
        reply = json_reply(_with_finite_numbers(value), status)
    return evolve(reply, headers=reply.headers | _HEADERS)


def _with_finite_numbers(value: object) -> Any:
    """Return JSON with a text in the place of a number that it has no form for.

    A fault or a record that a test has put in may have one; one such would make the whole response
    one that no page can read.
    """
    if isinstance(value, Mapping):
        members = cast("Mapping[str, object]", value).items()
        return {name: _with_finite_numbers(inner) for name, inner in members}
    if isinstance(value, list | tuple):
        return [_with_finite_numbers(item) for item in cast("Iterable[object]", value)]
    is_finite = not isinstance(value, float) or math.isfinite(value)
    return value if is_finite else str(value)


class Control:
    """The control endpoints of one sandbox.

    Args:
        sandbox: what they control.
        closing: ends the webhooks that they send when it is set; None (the default) for no end.
    """

    def __init__(self, sandbox: Sandbox, closing: Event | None = None) -> None:
        index: Table = {"/": {"GET": Endpoint(self._index)}}
        self._endpoints = index | page_table() | ControlEndpoints(sandbox, closing).table()

    def handle(self, request: SandboxRequest) -> SandboxReply | EventStream:
        """Deal with one request.

        Args:
            request: what arrived, under a path of `CONTROL_PATH`.

        Returns:
            The reply, or events without an end; nothing is raised, whatever arrived.
        """
        if is_foreign_page(request.headers):
            return control_error(403, "web pages of other sites may not use these endpoints")
        try:
            return self._respond(request)
        except BadFieldError as problem:
            return control_error(400, str(problem))
        except ControlRefusedError as refusal:
            return control_error(refusal.status, str(refusal))

    def _respond(self, request: SandboxRequest) -> SandboxReply | EventStream:
        path, number = _without_number(_endpoint_path(request.path))
        methods = self._endpoints.get(path)
        if methods is None:
            raise ControlRefusedError(404, f"no such endpoint; there are {self._paths()}")
        method = "GET" if request.method == "HEAD" else request.method
        endpoint = methods.get(method)
        if endpoint is None:
            allowed = ", ".join(sorted(methods))
            reply = control_error(405, f"{request.method} is not allowed here; {allowed} is")
            return evolve(reply, headers=reply.headers | {"allow": allowed})
        if request.body or method in ("POST", "PUT"):
            _require_json(request.headers)
        values = json_body(request.body)
        fields = endpoint.fields
        checked = values if fields is None else checked_fields(values, fields)
        asked = Asked(checked, request.query, number, request.headers, request.path)
        response = endpoint.handler(asked)
        if isinstance(response, EventStream):
            if request.method == "HEAD":
                return SandboxReply(200, _HEADERS | response.headers)
            return evolve(response, headers=_HEADERS | response.headers)
        if isinstance(response, SandboxReply):
            return evolve(response, headers=_HEADERS | response.headers)
        return _reply(response, endpoint.status)

    def _paths(self) -> list[str]:
        return [CONTROL_PATH + path.removesuffix("/") for path in self._endpoints]

    def _index(self, asked: Asked) -> SandboxReply:
        if prefers_html(asked.headers.get("accept", "")):
            return index_page(asked.path, asked.headers)
        reply = json_reply(self._listed())
        return evolve(reply, headers=reply.headers | {"vary": "Accept"})

    def _listed(self) -> dict[str, Any]:
        return {
            "endpoints": [
                {"path": CONTROL_PATH + path.removesuffix("/"), "methods": sorted(methods)}
                for path, methods in self._endpoints.items()
                if not path.startswith("/page/")
            ]
        }


def _without_number(path: str) -> tuple[str, int]:
    """Return a path with ``{id}`` in the place of its first number behind a name, and the number; 0
    without one."""
    segments = path.split("/")
    for place, word in enumerate(segments):
        if place > 1 and word.isascii() and word.isdigit() and len(word) <= 15:
            segments[place] = "{id}"
            return "/".join(segments), int(word)
    return path, 0


def _require_json(headers: Mapping[str, str]) -> None:
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise ControlRefusedError(415, "send JSON, with Content-Type: application/json")
