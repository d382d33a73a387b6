"""The keyword arguments of an operation, made from the schema of its body.

This module owns the way from what users type to what the server expects: names, kinds, limits and
the few conversions (``duration=5`` for a server that wants ``"5"``). Nothing is sent here: what is
wrong is refused, files are handed on to be uploaded. It is pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, cast

import attrs

from a2e_api.operations import OPERATIONS
from a2e_sdk._checks.json_schema import Schema, is_blank, problem_with, types_of
from a2e_sdk._checks.validation import require_sendable, require_text, require_webhook_url
from a2e_sdk._files.media_types import MediaKind
from a2e_sdk._files.options import FileArgument
from a2e_sdk._files.sources import FileInput

from .field_names import FIELD_ALIASES, NOT_OFFERED, SENT_IN_EVERY_SPELLING, python_name

#: What a start is given that says nothing to the server.
LOCAL_ARGUMENTS = ("key", "max_coins", "resend_if_unknown", "on_upload")

#: What is sent, but is no input: where the end is told, which no record gives back.
NOT_INPUTS = ("webhook_url", "webhook_token")

#: What is sent in the place of arguments that were not given, because the server's own default is
#: not safe: for API keys its moderation is off on two engines. Nothing else gets a default from us.
SAFE_DEFAULTS: Mapping[str, Any] = {"force_generate": False}

_LONGEST_NAME = 200
_DIGITS = "^[0-9]+$"


@attrs.frozen
class Argument:
    """One keyword argument.

    Attributes:
        name: What users call it.
        wire: The server's key.
        schema: What is allowed.
        required: Whether the server refuses a body without it.
        media: The kinds of file that may be given in the place of a URL; none for other values.
    """

    name: str
    wire: str
    schema: Schema
    required: bool
    media: tuple[MediaKind, ...]

    @property
    def is_list(self) -> bool:
        """Whether it takes several values."""
        return "array" in types_of(self.schema)


@attrs.frozen
class Prepared:
    """Checked arguments whose files are not uploaded yet.

    Attributes:
        values: The values by the server's keys; without the files.
        files: The files, each with the server's keys that its address goes to.
        lists: The keys whose addresses go out as a list.
    """

    values: dict[str, Any]
    files: tuple[tuple[tuple[str, ...], FileArgument], ...]
    lists: frozenset[str]

    def body(self, addresses: Sequence[str]) -> dict[str, Any]:
        """Return the whole body.

        Args:
            addresses: The addresses of the files, in their order.
        """
        body = dict(self.values)
        for (keys, _), address in zip(self.files, addresses, strict=True):
            for wire in keys:
                if wire in self.lists:
                    body.setdefault(wire, []).append(address)
                else:
                    body[wire] = address
        return body


@cache
def arguments_of(operation: str) -> Mapping[str, Argument]:
    """Return the keyword arguments of an operation with a body, by the user's name.

    Args:
        operation: Its id in snake case.
    """
    schema = OPERATIONS[operation].input["body"]
    required = schema.get("required", ())
    arguments: dict[str, Argument] = {}
    for wire, inner in schema.get("properties", {}).items():
        media = inner.get("x-media") or inner.get("items", {}).get("x-media") or ()
        name = python_name(wire, is_file=bool(media))
        if wire in NOT_OFFERED or name in arguments:
            continue
        kinds = tuple(map(MediaKind, media))
        arguments[name] = Argument(name, wire, inner, wire in required, kinds)
    return arguments


def prepare(operation: str, values: Mapping[str, Any], *, allow_private: bool = False) -> Prepared:
    """Check keyword arguments, and return what is to be sent and uploaded.

    Args:
        operation: The operation's id in snake case.
        values: The arguments by the user's names; None stands for one that was not given.
        allow_private: Whether the server is this machine's own, as for `checked`.

    Raises:
        TypeError: An argument is of a wrong type, unknown or missing.
        ValueError: An argument is not allowed.
    """
    arguments = arguments_of(operation)
    unknown = values.keys() - arguments.keys()
    if unknown:
        raise TypeError(f"{operation} takes no argument {min(unknown)!r}.")
    body: dict[str, Any] = {}
    files: list[tuple[tuple[str, ...], FileArgument]] = []
    lists: set[str] = set()
    for name, argument in arguments.items():
        value = values.get(name)
        if value is None:
            value = SAFE_DEFAULTS.get(name)
        if value is None:
            if argument.required:
                raise TypeError(f"{name} is missing.")
        elif argument.media:
            files += [(_keys(argument), file) for file in _files(argument, value)]
            if argument.is_list:
                lists.update(_keys(argument))
        else:
            value = checked(argument, value, allow_private=allow_private)
            for wire in _keys(argument):
                body[wire] = value
    return Prepared(body, tuple(files), frozenset(lists))


def checked(argument: Argument, value: Any, *, allow_private: bool = False) -> Any:
    """Return a value as the server wants it.

    Args:
        argument: The argument.
        value: What was given for it.
        allow_private: Whether the server is this machine's own, which calls a webhook on the
            loopback by http too.

    Raises:
        TypeError: It is of a wrong type.
        ValueError: It is not allowed.
    """
    require_sendable(value, argument.name)
    value = converted(value, argument.schema)
    if argument.required and is_blank(value, argument.schema):
        raise ValueError(f"{argument.name} must not be blank: it would be paid for all the same.")
    if argument.name == "webhook_url":
        return require_webhook_url(value, allow_private=allow_private)
    if argument.name == "name":
        require_text(value, "name", maximum=_LONGEST_NAME)
    problem = problem_with(value, argument.schema)
    if problem is None:
        return value
    if is_number_in_words(argument.schema):
        problem = problem.replace("'", "")  # Users give numbers here.
    text = f"{argument.name} {problem}."
    is_mistyped = problem_with(value, _types_alone(argument.schema)) is not None
    raise TypeError(text) if is_mistyped else ValueError(text)


def _types_alone(schema: Schema) -> Schema:
    types: dict[str, Any] = {key: schema[key] for key in ("type",) if key in schema}
    if "items" in schema:
        types["items"] = _types_alone(schema["items"])
    inner: Mapping[str, Schema] = schema.get("properties", {})
    types["properties"] = {name: _types_alone(member) for name, member in inner.items()}
    return types


def converted(value: Any, schema: Schema) -> Any:
    """Return a value in the form that a schema asks for, where there is no doubt what is meant.

    A number becomes the word for it (``5`` is ``"5"``), a word gets the server's letters
    (``"720P"`` is ``"720p"``), a tuple becomes a list.
    """
    types = types_of(schema)
    words: Sequence[Any] = schema.get("enum", ())
    if types == ("string",):
        if isinstance(value, int) and not isinstance(value, bool) and _wants_digits(schema):
            return str(value)
        if isinstance(value, str) and value not in words:
            same = [word for word in words if str(word).lower() == value.lower()]
            return same[0] if len(same) == 1 else value
    if isinstance(value, list | tuple):
        items = cast(Sequence[Any], value)
        return [converted(item, schema.get("items", {})) for item in items]
    if isinstance(value, Mapping):
        members = cast(Mapping[str, Any], value)
        inner = schema.get("properties", {})
        return {key: converted(item, inner.get(key, {})) for key, item in members.items()}
    return value


def _wants_digits(schema: Schema) -> bool:
    if schema.get("pattern") == _DIGITS:
        return True
    words = schema.get("enum") or [schema.get("default")]
    return all(isinstance(word, str) and word.isdigit() for word in words)


def is_number_in_words(schema: Schema) -> bool:
    """Tell whether the server takes whole numbers as text, so that users give them as numbers."""
    return types_of(schema) == ("string",) and _wants_digits(schema)


def _keys(argument: Argument) -> tuple[str, ...]:
    if argument.name in SENT_IN_EVERY_SPELLING:
        return FIELD_ALIASES[argument.name]
    return (argument.wire,)


def _files(argument: Argument, value: Any) -> Iterator[FileArgument]:
    if not argument.is_list:
        yield FileArgument(cast(FileInput, value), argument.name, argument.media)
        return
    # One file alone is a mistake that would be taken for a list of its characters or bytes.
    if not isinstance(value, list | tuple):
        kind = type(cast(object, value)).__name__
        raise TypeError(f"{argument.name} must be a list of files, not {kind}.")
    given = cast(Sequence[FileInput], value)
    schema = {key: inner for key, inner in argument.schema.items() if key != "items"}
    problem = problem_with(list(given), schema)
    if problem is not None:
        raise ValueError(f"{argument.name} {problem}.")
    for place, item in enumerate(given):
        yield FileArgument(item, f"{argument.name}[{place}]", argument.media)
