"""Calls that A2E makes to your server when a task ends: are they genuine, and what do they say.

    from a2e_sdk import webhooks

    event = webhooks.receive(request.headers, body, token)

This module owns the check of an incoming call's token and the careful reading of its body. It
needs no web framework, knows no network and starts nothing: where the call arrives, and the reading
of the task that it is about, stay with your program.

A2E documents the names of the events and the header with the token. **It documents no schema of the
body.** So everything but `WebhookEvent.raw` is a best guess at where the body says it, and the task
itself, read with ``get``, is the truth. A2E makes each call once and never repeats it.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol, cast

import attrs

from a2e_sdk._checks.validation import is_usable_id
from a2e_sdk.models.status import STATUS_WORDS, TaskStatus

from .errors import WebhookError

__all__ = [
    "MAX_BODY_BYTES",
    "MAX_DEPTH",
    "TOKEN_HEADER",
    "WebhookEvent",
    "receive",
    "verify",
]

#: The header in which A2E sends the ``webhook_token`` of the start back, in plain text.
TOKEN_HEADER = "X-A2e-Webhook-Token"  # noqa: S105

#: How long a body may be; a longer one is not read.
MAX_BODY_BYTES = 1024 * 1024

#: How many objects and arrays may stand within each other in a body.
MAX_DEPTH = 64

_MAX_TOKEN_LENGTH = 256

_EVENT_NAME = re.compile(r"task\.[a-z_.]{1,60}")
_EVENT_STATUS = {"task.completed": TaskStatus.SUCCEEDED, "task.failed": TaskStatus.FAILED}
_A2E_ID = re.compile(r"[0-9a-fA-F]{24}")

# Where a body may say what; the more telling key first. Nobody has documented these.
_RECORD_KEYS = ("task", "data", "payload", "object")
_EVENT_KEYS = ("event", "type", "event_type", "eventType", "event_name", "eventName", "name")
_TASK_ID_KEYS = ("task_id", "taskId")
_ANY_ID_KEYS = ("_id", "id")
_STATUS_KEYS = ("current_status", "currentStatus", "status", "task_status", "state")

# A string that never ends goes on to the end of the text, so that each letter is looked at once.
_STRUCTURE = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


class HasItems(Protocol):
    """Headers as web frameworks have them: a mapping, or anything else with ``items()``."""

    def items(self) -> Iterable[tuple[Any, Any]]:
        """Return pairs of name and value."""
        ...


@attrs.frozen(kw_only=True)
class WebhookEvent:
    """A call of A2E that has proved genuine; all but ``raw`` is a best guess.

    Attributes:
        type: The event's name, ``"task.completed"`` or ``"task.failed"`` as far as is documented;
            None where the body does not say it in a place that is known.
        task_id: The id of the task that ended; None where no id was found.
        status: The state that the event means; ``TaskStatus.UNKNOWN`` where it is not clear.
        raw: The whole body, every field under its own name.
    """

    type: str | None = None
    task_id: str | None = None
    status: TaskStatus = TaskStatus.UNKNOWN
    raw: Mapping[str, Any] = attrs.field(factory=dict[str, Any], repr=False, eq=False)


def verify(
    headers: HasItems | Iterable[tuple[str | bytes, str | bytes]], token: str | Iterable[str]
) -> None:
    """Make sure that a call comes from somebody who knows the token; takes constant time.

    Do this before the body is read, so that strangers can't make your server read long ones.

    Args:
        headers: The call's headers: a mapping, anything with ``items()``, or pairs such as ASGI's
            ``scope["headers"]``. Names in any letter case; names and values as str or bytes.
        token: The ``webhook_token`` of the start, 1 to 256 characters; several of them while one
            replaces another.

    Raises:
        WebhookError: The header is missing, is there twice, or holds no accepted token
            (``http_status`` 401).
        ValueError: No token is given, or one is empty or too long.
        TypeError: A token is not a str.
    """
    problem = _problem_of_token(headers, token)
    # So that no traceback with local variables shows them.
    del headers, token
    if problem is not None:
        raise problem


def receive(
    headers: HasItems | Iterable[tuple[str | bytes, str | bytes]],
    body: bytes | bytearray | str,
    token: str | Iterable[str],
) -> WebhookEvent:
    """Verify a call, then read what it says.

    The body's schema is not documented: take the event as a hint, and read the task with ``get``.

    Args:
        headers: The call's headers, as for `verify`.
        body: The call's body as it came, at most 1 MiB.
        token: The accepted token or tokens, as for `verify`.

    Returns:
        The event, with the whole body in ``raw``.

    Raises:
        WebhookError: The token is not accepted (``http_status`` 401), the body is too long (413),
            or it is not a JSON object or is nested too deeply (400).
        ValueError: No token is given, or one is empty or too long.
        TypeError: A token is not a str, or the body neither bytes nor str.
    """
    problem: Exception | None = _problem_of_token(headers, token)
    payload = _payload(body) if problem is None else problem
    # Nobody knows what else the body holds, so it is shown no more than the token is.
    del headers, body, token, problem
    if isinstance(payload, Exception):
        raise payload
    return _event(payload)


# The functions below return what is wrong instead of raising it: their local variables hold the
# token, and a traceback would take them along.


def _problem_of_token(headers: Any, token: str | Iterable[str]) -> Exception | None:
    accepted = _accepted(token)
    if isinstance(accepted, Exception):
        return accepted
    values = _token_headers(headers)
    if isinstance(values, Exception):
        return values
    if not values:
        return WebhookError(f"the call has no header {TOKEN_HEADER}", http_status=401)
    if len(values) > 1:
        return WebhookError(f"the call has {TOKEN_HEADER} more than once", http_status=401)
    received = _forms_received(values[0])
    matches = 0
    # Every pair is compared, so that the time does not tell which of them came close.
    for one in accepted:
        for other in received:
            matches += hmac.compare_digest(one, other)
    if not matches:
        return WebhookError(f"{TOKEN_HEADER} holds no token that is accepted", http_status=401)
    return None


def _accepted(token: Any) -> list[bytes] | Exception:
    tokens: list[Any] = [token] if isinstance(token, str) else _listed(token)
    forms: list[bytes] = []
    for one in tokens:
        if not isinstance(one, str):
            return TypeError(f"a webhook token must be a str, not {type(one).__name__}.")
        if not 1 <= len(one) <= _MAX_TOKEN_LENGTH:
            return ValueError(
                f"a webhook token has 1 to {_MAX_TOKEN_LENGTH} characters; it has {len(one)}."
            )
        encoded = [_encoded(one, "utf-8"), _encoded(one, "latin-1")]
        if encoded[0] is None:
            return ValueError("a webhook token must be text that UTF-8 can write.")
        # Both ways in which a sender may write letters beyond ASCII.
        forms += [form for form in encoded if form is not None]
    return forms or ValueError("no webhook token is given.")


def _listed(token: Any) -> list[Any]:
    try:
        # Bytes would fall apart into numbers; as one wrong thing they are named as what they are.
        return [token] if isinstance(token, bytes | bytearray) else list(token)
    except TypeError:
        return [token]


def _encoded(text: str, encoding: str, errors: str = "strict") -> bytes | None:
    try:
        return text.encode(encoding, errors)
    except UnicodeEncodeError:
        return None


def _token_headers(headers: Any) -> list[object] | Exception:
    items = getattr(headers, "items", None)
    try:
        pairs: Any = items() if callable(items) else headers
        return [value for name, value in pairs if _is_token_header(name)]
    except (TypeError, ValueError):
        return TypeError(f"headers must be a mapping or pairs, not {type(headers).__name__}.")


def _is_token_header(name: object) -> bool:
    if isinstance(name, bytes):
        name = name.decode("latin-1")
    return isinstance(name, str) and name.lower() == TOKEN_HEADER.lower()


def _forms_received(value: object) -> list[bytes]:
    """Return what the bytes of a header may have been before a server made text of them."""
    if isinstance(value, bytes):
        return [value]
    if not isinstance(value, str):
        return []
    forms = (_encoded(value, "latin-1"), _encoded(value, "utf-8", "surrogateescape"))
    return [form for form in forms if form is not None]


def _payload(body: Any) -> dict[str, Any] | Exception:
    if not isinstance(body, bytes | bytearray | str):
        return TypeError(f"the body must be bytes or a str, not {type(body).__name__}.")
    # A str of so many characters has at least as many bytes.
    if len(body) > MAX_BODY_BYTES:
        return WebhookError(f"the body has more than {MAX_BODY_BYTES} bytes", http_status=413)
    try:
        text = body if isinstance(body, str) else body.decode(json.detect_encoding(bytes(body)))
        if _depth(text) > MAX_DEPTH:
            return WebhookError(f"the body is nested deeper than {MAX_DEPTH}", http_status=400)
        payload = json.loads(text)
    except ValueError:
        return WebhookError("the body is not JSON", http_status=400)
    if not isinstance(payload, dict):
        return WebhookError("the body is JSON, but not an object", http_status=400)
    return cast(dict[str, Any], payload)


def _depth(text: str) -> int:
    """Return how deep a text nests, before a parser that could run out of stack sees it."""
    depth = deepest = 0
    for match in _STRUCTURE.finditer(text):
        mark = match[0]
        if mark in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark in "]}":
            depth -= 1
    return deepest


def _event(payload: dict[str, Any]) -> WebhookEvent:
    inner = [payload[key] for key in _RECORD_KEYS if isinstance(payload.get(key), dict)]
    records: list[dict[str, Any]] = [*inner, payload]
    name = next((text for text in _texts([payload, *inner], _EVENT_KEYS) if _names(text)), None)
    return WebhookEvent(
        type=name,
        task_id=_task_id(payload, inner),
        status=_EVENT_STATUS.get(name or "") or _status(records),
        raw=payload,
    )


def _names(text: str) -> bool:
    return _EVENT_NAME.fullmatch(text) is not None


def _texts(records: Iterable[dict[str, Any]], keys: Iterable[str]) -> Iterator[str]:
    keys = tuple(keys)
    for record in records:
        for key in keys:
            value = record.get(key)
            if isinstance(value, str):
                yield value


def _task_id(payload: dict[str, Any], inner: list[dict[str, Any]]) -> str | None:
    for text in _texts([payload, *inner], _TASK_ID_KEYS):
        if is_usable_id(text):
            return text
    # An id beside the record may well be the event's own; only A2E's form of ids is believed.
    for text in _texts([*inner, payload], _ANY_ID_KEYS):
        if _A2E_ID.fullmatch(text):
            return text.lower()
    return None


def _status(records: list[dict[str, Any]]) -> TaskStatus:
    for text in _texts(records, _STATUS_KEYS):
        known = STATUS_WORDS.get(text.strip().lower())
        if known is not None:
            return known
    return TaskStatus.UNKNOWN
