"""Requests of every operation, made from the schemas of its input, and what must be made before.

This module owns the values: ids come from an earlier request, the rest is the least, or the most,
that a schema allows. The examples of ``openapi.yaml`` and the tests of the sandbox use it. Sending
is left to them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

from attrs import field, frozen

import project  # noqa: F401 - makes the packages importable
from a2e_api.operations import OPERATIONS, Operation
from a2e_sdk._checks.json_schema import problem_with

URL = "https://example.com/file.jpg"
UNKNOWN_ID = "0" * 24

#: Fields that the schema allows, but not together with the others.
_ALTERNATIVES = {
    "add_speech": ("user_voice_id",),
    "start_avatar_video": ("custom_back_id",),
}
#: What the server needs beyond what its reference marks as required.
_NEEDED = {
    "start_avatar_video": ("audioSrc",),
    "start_avatar_training": ("image_url",),
}
#: What the server needs where its reference does not describe the body at all.
_UNSAID = {"delete_custom_avatar": ("_id",)}
#: Values that mean something.
_SAMPLES: dict[str, Any] = {
    "startDate": "2026-01-01",
    "endDate": "2026-12-31T00:00:00.000Z",
    "endpoint": "/api/v1/userWan25/start",
    "url": URL,
    "duration": "5",
}
#: Fields that are none of a body's own, but lead to what another operation has made.
_REFERENCES = ("_id", "id", "video_id", "channel", "ids")
#: What an operation works on is made by this one, where no start shares its path.
_MADE_BY = {
    "delete_face_swap_image": "add_face_swap_image",
    "get_face_swap_preview_status": "add_face_swap_preview",
    "get_avatar_video": "start_avatar_video",
    "get_avatar_video_detail": "start_avatar_video",
    "delete_background": "add_background",
    "delete_custom_avatar": "add_custom_avatar",
    "update_custom_avatar": "add_custom_avatar",
    "add_avatar_from_text_to_image": "start_text_to_image_task",
    "leave_streaming_session": "start_streaming_session",
    "add_streaming_question": "start_streaming_session",
    "add_streaming_speech": "start_streaming_session",
    "update_streaming_context": "start_streaming_session",
}


@frozen
class SpecRequest:
    """A request of an operation, before it is encoded.

    Attributes:
        operation: The operation.
        path: Values of the path's parameters.
        query: Values of the query, as JSON.
        body: The body, as JSON; None without one.
        reason: What is wrong with it; an empty text for a good one.
        at_fault: The field that is wrong; an empty text where it is no single field.
    """

    operation: Operation
    path: dict[str, str] = field(factory=dict)
    query: dict[str, Any] = field(factory=dict)
    body: Any = None
    reason: str = ""
    at_fault: str = ""

    @property
    def target(self) -> str:
        """The path with its values, and the query."""
        path = self.operation.path
        for name, value in self.path.items():
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        query = {name: _word(value) for name, value in self.query.items()}
        return f"{path}?{urlencode(query)}" if query else path

    @property
    def content(self) -> bytes:
        """The body as bytes; nothing without one."""
        return b"" if self.body is None else json.dumps(self.body).encode()


def good_request(
    identifier: str, references: dict[str, Any], *, is_full: bool = False
) -> SpecRequest:
    """Make a request that the spec allows.

    Args:
        identifier: The operation's id.
        references: Ids and the like that an earlier request has given, by their names.
        is_full: Whether to give all that can be given, rather than what must be.
    """
    operation = OPERATIONS[identifier]
    schemas = operation.input
    path = {name: str(references.get(name, UNKNOWN_ID)) for name in schemas["path"]}
    query = {
        name: references.get(name, _sample_of(name, parameter["schema"]))
        for name, parameter in schemas["query"].items()
        if parameter["required"]
        or (is_full and name not in ("status", "type"))
        or (name in references and identifier.startswith("get_"))
    }
    body = None
    schema = schemas["body"]
    if schema is not None:
        fields = schema.get("properties", {})
        names = {*schema.get("required", ()), *_NEEDED.get(identifier, ())}
        if is_full:
            names |= fields.keys() - {*_ALTERNATIVES.get(identifier, ())}
        else:
            names |= fields.keys() & set(_REFERENCES)
        body = {
            name: references.get(name, _sample_of(name, fields[name]))
            for name in fields
            if name in names
        }
        body |= {name: references[name] for name in _UNSAID.get(identifier, ()) if references}
    return SpecRequest(operation, path, query, body)


def _sample_of(name: str, schema: Any) -> Any:
    if name in _SAMPLES and problem_with(_SAMPLES[name], schema) is None:
        return _SAMPLES[name]
    return sample(schema)


def sample(schema: Any) -> Any:
    """Return a value that a schema allows."""
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return sample(schema["anyOf"][0])
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind in ("integer", "number"):
        return schema.get("minimum", schema.get("default", 1))
    if kind == "boolean":
        return True
    if kind == "array":
        items = schema.get("items", {})
        return [sample(items)] * max(1, schema.get("minItems", 1))
    if kind == "object":
        return {name: sample(inner) for name, inner in schema.get("properties", {}).items()}
    pattern = schema.get("pattern", "")
    if pattern.endswith("{24}$"):
        return UNKNOWN_ID
    return URL if "x-media" in schema or pattern.startswith("^http") else "sample"


def made_before(
    name: str, send: Callable[[SpecRequest], Any], advance: Callable[[float], object]
) -> dict[str, Any]:
    """Make what an operation works on.

    Args:
        name: The operation's id.
        send: Sends a request and returns the ``data`` of its response.
        advance: Turns the clock on by some seconds.

    Returns:
        What it is called, by the names of parameters and fields; nothing where nothing is needed.
    """
    if name == "delete_speech_preview":
        send(good_request("add_speech", {}))
        return {"id": send(good_request("list_speech_previews", {}))["data"][0]["_id"]}
    maker = _maker_of(name)
    if maker is None:
        return {}
    made = send(good_request(maker, {}))
    made = made[0] if isinstance(made, list) else made
    if maker == "start_streaming_session":
        return {"channel": made["channel"]}
    advance(60)
    identifier = made["_id"]
    return {"_id": identifier, "id": identifier, "video_id": identifier, "ids": [identifier]}


def _maker_of(name: str) -> str | None:
    """Return the operation that makes what another one works on; None where it works on nothing."""
    if name in _MADE_BY:
        return _MADE_BY[name]
    inputs = OPERATIONS[name].input
    fields = {*inputs["path"], *inputs["query"], *((inputs["body"] or {}).get("properties", {}))}
    if OPERATIONS[name].effect == "start" and not fields & {"_id"}:
        return None
    if not fields & {"_id", "id", "ids", "video_id"}:
        return None
    return start_beside(name)


def start_beside(name: str) -> str | None:
    """Return the start that shares the first part of an operation's path; None without one."""
    place = _place(name)
    return next(
        (
            other.id
            for other in OPERATIONS.values()
            if other.effect == "start"
            and _place(other.id) == place
            and "_id" not in (other.input["body"] or {}).get("properties", {})
        ),
        None,
    )


def _place(name: str) -> str:
    return OPERATIONS[name].path.removeprefix("/api/v1/").split("/")[0]


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
