"""Turn an HTTP response into a payload or a typed error.

This module owns the reading of the envelope (``code``, ``data``, ``msg`` ...) and of the texts that
tell more than a code; which code gives which error class is a table in ``error_codes``. It is pure:
it sends nothing, waits for nothing and knows no operation.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, cast

from a2e_sdk import errors
from a2e_sdk._checks.redaction import WORD_LENGTH, Hide, excerpt, redact, safe_text

from .error_codes import error_code
from .messages import HttpResponse
from .retry import retry_after_seconds

#: Error class by the text of a refusal, for reasons that have no code of their own. Read only
#: where status and code say no more than "refused".
CLASSES_BY_TEXT: tuple[tuple[re.Pattern[str], type[errors.APIStatusError]], ...] = (
    (
        re.compile(
            r"(?i)(insufficient|not enough|no enough|lack of)\W+(\w+\W+){0,3}"
            r"(coin|credit|diamond|balance)"
        ),
        errors.InsufficientCreditsError,
    ),
    (
        re.compile(r"(?i)nsfw|moderation|content policy|inappropriate|sensitive content"),
        errors.ContentRejectedError,
    ),
)

#: Classes beside which the text of a refusal may tell more. A refusal for its content stays one
#: under a 5xx too, so that nothing refused is ever sent again.
_UNTELLING = (
    errors.APIStatusError,
    errors.BadRequestError,
    errors.PermissionDeniedError,
    errors.InternalServerError,
)

#: Codes of an envelope that mean success; a missing code does too.
SUCCESS_CODES = frozenset({0, 200})

_CODE_LENGTH = 40
_LARGEST_CODE = 10**18

# How deep a message is looked for, and how much of it is read, before it is made fit to be shown.
_MESSAGE_DEPTH = 8
_MESSAGE_TEXTS = 10
_MESSAGE_READ = 8192

_MESSAGE_KEYS = ("msg", "message", "err_message", "error", "errors", "reason", "detail")


def read_response(operation: str, reply: HttpResponse, hide: Hide = redact) -> dict[str, Any]:
    """Return the JSON object of a successful response.

    A bare array is taken as the ``data`` of a successful response.

    Args:
        operation: The operation's id, for the error.
        reply: The whole response.
        hide: Takes the secrets out of a text that is shown.

    Raises:
        APIStatusError: The status or the envelope's code is not a success; the class tells more.
        UnexpectedResponseError: The response is a redirect, is not JSON, or not an object.
    """
    payload = _decode(reply.body)
    envelope = cast(dict[str, Any], payload) if isinstance(payload, dict) else {}
    if 200 <= reply.status < 300:
        if isinstance(payload, list):
            return {"code": 0, "data": payload}
        if not isinstance(payload, dict):
            raise _unexpected(operation, reply, hide)
        if _is_success(envelope):
            return envelope
    elif 300 <= reply.status < 400:
        raise _unexpected(operation, reply, hide)
    raise _refusal(operation, reply, envelope, hide)


#: More JSON objects and arrays than this are in no response of the API; making them would take
#: seconds, and a hundred times their bytes of memory.
_MAX_VALUES = 100_000


def _decode(body: bytes) -> Any:
    # Each takes two bytes at least, so that a page of a listing is not searched.
    if len(body) > 2 * _MAX_VALUES and _has_too_many_values(body):
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        pass
    try:
        # A byte order mark, or another charset than JSON's: the structure is ASCII all the same.
        return json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None


def _has_too_many_values(body: bytes) -> bool:
    """Tell whether a body has more objects and arrays than any response of the API.

    Counted is what is left without a mark, since ``bytes.replace`` finds rare marks fastest: a
    large listing takes a fifth of the time of ``bytes.count``, and marks alone a few milliseconds.
    """
    values = sum(len(body) - len(body.replace(mark, b"")) for mark in (b"{", b"["))
    return values > _MAX_VALUES


def _is_success(envelope: Mapping[str, Any]) -> bool:
    if envelope.get("success") is False:
        return False
    code = envelope_code(envelope)
    return code is None or code in SUCCESS_CODES


def envelope_code(envelope: Mapping[str, Any], hide: Hide = redact) -> int | str | None:
    """Return the ``code`` of an envelope, as a number where it is one; None where it is absent."""
    code = envelope.get("code")
    if code is None or isinstance(code, bool):
        return None
    if isinstance(code, str) and len(code) <= _CODE_LENGTH:
        with suppress(ValueError):
            code = int(code)
    if isinstance(code, int) and abs(code) < _LARGEST_CODE:
        return code
    return safe_text(code, _CODE_LENGTH, hide)


def message_of(envelope: Mapping[str, Any], hide: Hide = redact) -> str | None:
    """Return the first readable message of an envelope, as `safe_text` gives it; None without."""
    text = _message_in(envelope, _MESSAGE_DEPTH)
    return None if text is None else safe_text(text, hide=hide) or None


def trace_id_of(envelope: Mapping[str, Any], hide: Hide = redact) -> str | None:
    """Return the server's own id of a call, as `safe_text` gives it; None where it gave none."""
    trace_id = envelope.get("trace_id")
    return safe_text(trace_id, WORD_LENGTH, hide) or None if isinstance(trace_id, str) else None


def _message_in(values: Mapping[str, Any], depth: int) -> str | None:
    for key in _MESSAGE_KEYS:
        text = _text_of(values.get(key), depth)
        if text:
            return text
    return None


def _text_of(value: Any, depth: int) -> str | None:
    if isinstance(value, str):
        return value.strip()[:_MESSAGE_READ] or None
    if not value or not isinstance(value, list | dict):
        return None
    if isinstance(value, list):
        if depth:
            items = cast(list[Any], value)[:_MESSAGE_TEXTS]
            texts = [text for item in items if (text := _text_of(item, depth - 1))]
            return "; ".join(texts)[:_MESSAGE_READ] or None
    elif depth:
        text = _message_in(cast(dict[str, Any], value), depth - 1)
        if text:
            return text
    return safe_text(cast(object, value), _MESSAGE_READ, str)


def class_for(status: int, code: int | str | None, message: str) -> type[errors.APIStatusError]:
    """Choose the error class of a refusal: by A2E's own code, then by text, code and status.

    Args:
        status: The HTTP status.
        code: The envelope's code, if it had one.
        message: What the server said.
    """
    by_code = error_code(status, code).error
    if by_code in _UNTELLING:
        for pattern, error_class in CLASSES_BY_TEXT:
            if pattern.search(message):
                return error_class
    return by_code


def _refusal(
    operation: str, reply: HttpResponse, envelope: Mapping[str, Any], hide: Hide
) -> errors.APIStatusError:
    code = envelope_code(envelope, hide)
    message = message_of(envelope, hide) or "the server refused the call without saying why"
    error_class = class_for(reply.status, code, message)
    facts: dict[str, Any] = {
        "operation": operation,
        "http_status": reply.status,
        "code": code,
        "trace_id": trace_id_of(envelope, hide),
        "body_excerpt": excerpt(reply.body, hide=hide),
    }
    if issubclass(error_class, errors.RateLimitError | errors.ServiceBusyError):
        facts["retry_after"] = retry_after_seconds(reply.headers.get("retry-after"))
    return error_class(message, **facts)


def _unexpected(operation: str, reply: HttpResponse, hide: Hide) -> errors.UnexpectedResponseError:
    content_type = reply.headers.get("content-type", "").split(";")[0].strip()
    if 300 <= reply.status < 400:
        # Without the query, which may sign the link, whatever the rest of it looks like.
        where = safe_text(reply.headers.get("location", "nowhere").partition("?")[0], 200, hide)
        message = f"the server redirects to {where}; redirects are not followed"
    elif not reply.body:
        message = "the response is empty"
    elif "html" in content_type or reply.body[:200].lstrip()[:1] == b"<":
        message = "the response is an HTML page, not JSON"
    elif _decode(reply.body) is not None:
        message = "the response is JSON, but not an object"
    else:
        message = "the response is not JSON, or was cut"
    return errors.UnexpectedResponseError(
        message,
        operation=operation,
        http_status=reply.status,
        body_excerpt=excerpt(reply.body, hide=hide),
    )
