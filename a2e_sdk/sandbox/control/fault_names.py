"""Faults as JSON: a name and its arguments.

This module owns the table of the arguments that each fault takes. The names are those of the class
methods of `Fault`; ``custom`` is a call of `Fault` itself.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from a2e_sdk.sandbox.faults.fault import Fault
from a2e_sdk.sandbox.protocol.messages import Connection

from .fields import (
    BadFieldError,
    Field,
    any_json,
    boolean,
    checked_fields,
    header_fields,
    header_text,
    header_value,
    one_word_of,
    seconds,
    status,
    text,
    text_or_null,
    texts,
    whole_number,
)

__all__ = ["CUSTOM", "FAULT_ARGUMENTS", "describe_fault", "fault_of", "named_fault"]

CUSTOM = "custom"
"""Name of a fault that is put together from the arguments of `Fault`."""

_CUSTOM_FIELDS = (
    Field("status", status),
    Field("headers", header_fields),
    Field("body", text),
    Field("overlook", texts),
    Field("delay", seconds),
    Field("connection", one_word_of(*(word.value for word in Connection))),
    Field("cut_after", whole_number),
    Field("takes_effect", boolean),
)

FAULT_ARGUMENTS: Mapping[str, tuple[Field, ...]] = MappingProxyType(
    {
        "rate_limited": (Field("retry_after", header_value),),
        "http": (Field("status", status, required=True), Field("takes_effect", boolean)),
        "code": (
            Field("code", whole_number, required=True),
            Field("text", text),
            Field("status", status),
        ),
        "json": (Field("envelope", any_json, required=True), Field("status", status)),
        "null_data": (),
        "null_rows": (),
        "truncated_json": (),
        "drop_before": (),
        "drop_after_read": (),
        "stall": (Field("seconds", seconds, required=True),),
        "cut": (Field("after", whole_number, required=True),),
        "expired_link": (Field("status", status),),
        "redirect": (Field("location", header_text, required=True), Field("status", status)),
        "ignored_range": (),
        "mislabelled_range": (Field("content_range", header_text),),
        "etag": (Field("value", text_or_null, required=True),),
        "unknown_length": (),
        CUSTOM: _CUSTOM_FIELDS,
    }
)
"""The arguments of each fault, by its name."""


def fault_of(name: str, arguments: Mapping[str, Any]) -> Fault:
    """Make a fault.

    Args:
        name: one of `FAULT_ARGUMENTS`.
        arguments: its arguments, as they came in JSON.

    Returns:
        The fault.

    Raises:
        BadFieldError: there is no such fault, or an argument is missing, unknown or wrong.
    """
    fields = FAULT_ARGUMENTS.get(name)
    if fields is None:
        raise BadFieldError(f"fault must be one of {sorted(FAULT_ARGUMENTS)}; it is {name!r}")
    checked = checked_fields(arguments, fields, "arguments.")
    try:
        make: Callable[..., Fault] = _custom if name == CUSTOM else getattr(Fault, name)
        return make(**checked).called(name, arguments)
    except ValueError as problem:
        raise BadFieldError(f"arguments: {problem}") from None


def _custom(**checked: Any) -> Fault:
    if "body" in checked:
        checked["body"] = checked["body"].encode("utf-8", "replace")
    if "connection" in checked:
        checked["connection"] = Connection(checked["connection"])
    return Fault(**checked)


def named_fault(fault: Fault) -> tuple[str, Mapping[str, Any]]:
    """Return the name of a fault and its arguments, as JSON takes them.

    Args:
        fault: the fault. One that no class method has made is custom, with the arguments that
            differ from the defaults.
    """
    if fault.name is not None:
        return fault.name, fault.arguments
    plain = describe_fault(Fault())
    described = describe_fault(fault)
    return CUSTOM, {name: value for name, value in described.items() if value != plain.get(name)}


def describe_fault(fault: Fault) -> dict[str, Any]:
    """Return what a fault does, as JSON; the names are the arguments of `Fault`.

    Args:
        fault: the fault.
    """
    described: dict[str, Any] = {
        "status": fault.status,
        "headers": dict(fault.headers),
        "overlook": sorted(fault.overlook),
        "delay": fault.delay,
        "connection": fault.connection.value,
        "cut_after": fault.cut_after,
        "takes_effect": fault.takes_effect,
    }
    try:
        return described | {"body": fault.body.decode()}
    except UnicodeDecodeError:
        return described | {"body_base64": b64encode(fault.body).decode()}
