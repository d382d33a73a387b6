"""The forms of all responses of A2E.

This module owns the JSON envelope (``code``, ``data``, and for failures ``msg`` or ``message``),
the HTML pages and the XML errors of the storage. Which response is due is decided elsewhere; a
refusal is raised as `RefusedError` and becomes a reply here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from attrs import Factory, define, evolve

from .messages import SandboxReply

__all__ = [
    "RefusedError",
    "encode_json",
    "field_error",
    "html_page",
    "json_reply",
    "not_found_page",
    "refused_field",
    "storage_error",
    "success",
]

JSON_TYPE = "application/json; charset=utf-8"


@define
class RefusedError(Exception):
    """The request gets an error envelope; nothing was changed.

    Args:
        text: what is wrong, for people.
        status: HTTP status code; 400 by default.
        code: the envelope's code; the HTTP status by default.
        text_key: A2E writes its text under ``msg`` in some responses and ``message`` in others.
        errors: for a failed validation, one object for each field.
        headers: further header fields.
        of_gateway: whether what stands in front of A2E refuses, so that the HTTP status is as it
            is, listed for the operation or not.
        of_input: whether the text says what the spec finds wrong with the request.
    """

    text: str
    status: int = 400
    code: int = Factory(lambda self: self.status, takes_self=True)
    text_key: Literal["msg", "message"] = "msg"
    errors: Sequence[dict[str, str]] = ()
    headers: Mapping[str, str] = Factory(dict[str, str])
    of_gateway: bool = False
    of_input: bool = False

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with the request itself; empty where it is refused for another reason."""
        if self.errors:
            return tuple(error["msg"] for error in self.errors)
        return (self.text,) if self.of_input else ()

    def reply(self, trace_id: str) -> SandboxReply:
        """Write the refusal as a reply.

        Args:
            trace_id: the id this response is traced by.

        Returns:
            The reply.
        """
        envelope: dict[str, Any] = {"code": self.code, self.text_key: self.text}
        if self.errors:
            envelope["errors"] = list(self.errors)
        reply = json_reply(envelope | {"trace_id": trace_id}, self.status)
        return evolve(reply, headers={**reply.headers, **self.headers})


def field_error(name: str, place: str, problem: str) -> dict[str, str]:
    """Describe what is wrong with a field, as A2E lists it under ``errors``.

    Args:
        name: its name on the wire.
        place: ``"path"``, ``"query"`` or ``"body"``.
        problem: the end of a sentence that starts with the name.
    """
    return {"msg": f"{name} {problem}", "param": name, "location": place}


def refused_field(name: str, place: str, problem: str) -> RefusedError:
    """Return the refusal of a request because of a single field.

    Args:
        name: its name on the wire.
        place: ``"path"``, ``"query"`` or ``"body"``.
        problem: the end of a sentence that starts with the name.
    """
    return RefusedError("Validation failed", errors=[field_error(name, place, problem)])


def encode_json(value: Any) -> bytes:
    """Write JSON as A2E does: compact, in UTF-8.

    Args:
        value: anything `json.dumps` takes.

    Returns:
        The bytes.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate has no UTF-8 form; its backslash form is the JSON escape for it.
    return text.encode("utf-8", "backslashreplace")


def json_reply(envelope: Any, status: int = 200) -> SandboxReply:
    """Reply with JSON.

    Args:
        envelope: the whole body.
        status: HTTP status code; 200 by default.

    Returns:
        The reply.
    """
    return _reply(status, JSON_TYPE, encode_json(envelope))


def success(data: Any, trace_id: str | None = None) -> SandboxReply:
    """Reply with code 0.

    Args:
        data: what goes under ``data``; may be None.
        trace_id: given on newer operations only.

    Returns:
        The reply, HTTP 200.
    """
    envelope = {"code": 0, "data": data}
    return json_reply(envelope if trace_id is None else envelope | {"trace_id": trace_id})


def html_page(status: int, title: str, text: str) -> SandboxReply:
    """Reply with an HTML page, as the web server in front of A2E does without A2E.

    Args:
        status: HTTP status code.
        title: title of the page.
        text: its only paragraph.

    Returns:
        The reply.
    """
    page = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{_escape(title)}</title>\n</head>\n"
        f"<body>\n<pre>{_escape(text)}</pre>\n</body>\n</html>\n"
    )
    return _reply(status, "text/html; charset=utf-8", page.encode("utf-8", "replace"))


def not_found_page(method: str, path: str) -> SandboxReply:
    """Reply to a request for a path (or a method on a path) that does not exist.

    Args:
        method: HTTP method.
        path: the path.

    Returns:
        The reply: HTTP 404 with an HTML page.
    """
    return html_page(404, "Error", f"Cannot {method} {path}")


def storage_error(status: int, code: str, text: str) -> SandboxReply:
    """Reply with an XML error, as the storage behind A2E's links does.

    Args:
        status: HTTP status code.
        code: the storage's word for it, for example ``"NoSuchKey"``.
        text: what is wrong, for people.

    Returns:
        The reply.
    """
    page = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Error><Code>{code}</Code><Message>{_escape(text)}</Message></Error>"
    )
    return _reply(status, "application/xml", page.encode("utf-8", "replace"))


def _escape(text: str) -> str:
    # `html.escape` does the same, after loading every named character there is.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _reply(status: int, content_type: str, body: bytes) -> SandboxReply:
    headers = {"content-type": content_type, "content-length": str(len(body))}
    return SandboxReply(status, headers, body)
