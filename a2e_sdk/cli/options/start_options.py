"""The options of a command that starts a task, made from the arguments of the facade's ``create``.

This module owns the way from an argument to an option and back from what was typed to a value: a
new engine is a new command without a line here. What is allowed is told by the schema of the
start's body, in ``_wire.arguments``; what it means by the docstring of ``create``.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

import attrs
import click

from a2e_sdk._checks.json_schema import Schema, problem_with, types_of
from a2e_sdk._files.media_types import MediaKind
from a2e_sdk._wire.argument_texts import json_of_text
from a2e_sdk._wire.arguments import Argument, checked
from a2e_sdk._wire.docstrings import argument_texts
from a2e_sdk._wire.start_arguments import start_arguments

from .argument_help import terminal_text
from .parameters import completed_by

if TYPE_CHECKING:
    from a2e_sdk._wire.families import TaskFamily

#: Where the webhook's secret is read: not from the command line, which other users can see.
WEBHOOK_TOKEN_VARIABLE = "A2E_WEBHOOK_TOKEN"  # noqa: S105

_LONGEST_METAVAR = 36


@attrs.frozen
class StartOption:
    """One option.

    Attributes:
        argument: The argument of the start that it is for.
        required: Whether it has to be given.
        text: What the help says of it.
        build: Makes the facade's object of a JSON object; None where the object itself is meant.
    """

    argument: Argument
    required: bool
    text: str
    build: Callable[..., Any] | None = None

    @property
    def option(self) -> str:
        """The option as it is typed, such as ``--end-image``."""
        return "--" + self.argument.name.replace("_", "-")

    @property
    def words(self) -> list[str]:
        """What it can be, where the server has a list; else nothing."""
        schema = self.argument.schema
        return [str(word) for word in schema.get("enum", schema.get("items", {}).get("enum", ()))]

    def parameter(self) -> click.Option:
        """Return the option, as click has it."""
        kind, metavar = _kind(self)
        is_yes_or_no = kind is bool
        # What is neither yes nor no is left to the server.
        default: dict[str, Any] = {} if self.required else {"default": None}
        return click.Option(
            [f"{self.option}/--no-{self.option[2:]}" if is_yes_or_no else self.option],
            type=kind,
            required=self.required,
            **default,
            multiple=self.argument.is_list,
            help=_help(self, metavar),
            show_default=False,
            metavar=None if is_yes_or_no else metavar,
            shell_complete=completed_by(lambda: self.words) if self.words else None,
        )

    def value(self, given: Any) -> Any:
        """Return what was typed as the value of the argument.

        Raises:
            ValueError: It is not allowed; the message begins with the option.
        """
        argument = self.argument
        if self.required and isinstance(given, str) and not given.strip():
            raise ValueError(f"{self.option} is empty.")
        if argument.media and not argument.is_list:
            return given
        if argument.media:
            self._check_count(given)
            return list(given)
        value: Any = [self._read(part) for part in given] if argument.is_list else self._read(given)
        try:
            # Which server it is for is not known yet; the start itself asks.
            checked(argument, value, allow_private=True)
        except (TypeError, ValueError) as problem:
            said = str(problem).removeprefix(argument.name)
            raise ValueError(self.option + said) from None
        return value if self.build is None else self._built(value)

    def _check_count(self, given: Sequence[str]) -> None:
        schema = {key: inner for key, inner in self.argument.schema.items() if key != "items"}
        problem = problem_with(list(given), schema)
        if problem is not None:
            raise ValueError(f"{self.option} {problem}.")

    def _built(self, value: Mapping[str, Any]) -> Any:
        try:
            return cast("Callable[..., Any]", self.build)(**value)
        except TypeError as problem:
            said = str(problem).partition("() ")[2]
            raise ValueError(f"{self.option} {said or problem}.") from None

    def _read(self, given: Any) -> Any:
        schema = self.argument.schema
        types = types_of(schema.get("items", {}) if self.argument.is_list else schema)
        if "object" in types:
            return json_of_text(given, self.option)
        # A whole number stays one on the wire.
        return int(given) if isinstance(given, float) and given.is_integer() else given


def method_of(family: TaskFamily, name: str) -> Callable[..., object]:
    """Return a method of the facade, to read what it takes.

    Args:
        family: The row of the family that it is a method of.
        name: Such as ``create``.
    """
    from a2e_sdk._sync.client import A2E

    # A section only keeps what calls the API, so that of a client with nothing to call will do.
    unconnected: Any = object.__new__(A2E)
    unconnected._api = None
    method: Callable[..., object] = attrgetter(f"{family.attribute}.{name}")(unconnected)
    return method


def start_options(family: TaskFamily) -> tuple[StartOption, ...]:
    """Return the options of a start, those that have to be given first.

    Args:
        family: The family that is started.
    """
    create = method_of(family, "create")
    known = start_arguments(family)
    texts = argument_texts(create.__doc__)
    options: list[StartOption] = []
    for name in inspect.signature(create).parameters:
        if name not in known:
            continue  # It says nothing to the server, or is a secret.
        start = known[name]
        is_object = "object" in types_of(start.argument.schema)
        build = start.build if is_object else None
        text = terminal_text(texts.get(name, ""))
        options.append(StartOption(start.argument, start.required, text, build))
    return tuple(sorted(options, key=lambda option: not option.required))


def start_values(options: Sequence[StartOption], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a start.

    Args:
        options: The options of its command.
        given: What click made of the command line, by the arguments' names.

    Raises:
        ValueError: One is not allowed.
    """
    values: dict[str, Any] = {}
    for option in options:
        typed = given[option.argument.name]
        if typed is not None and typed != ():
            values[option.argument.name] = option.value(typed)
    token = os.environ.get(WEBHOOK_TOKEN_VARIABLE)
    if token and "webhook_url" in values:
        values["webhook_token"] = token
    return values


def _kind(option: StartOption) -> tuple[Any, str]:
    """Return the type that click is to make of the text, and what stands for it in the help."""
    argument = option.argument
    if argument.media:
        return str, "FILE|URL"
    schema: Schema = argument.schema.get("items", {}) if argument.is_list else argument.schema
    types = types_of(schema)
    if types == ("boolean",):
        return bool, ""
    if types == ("object",):
        return str, "JSON"
    metavar = _words_metavar(option.words)
    if types == ("integer",):
        return int, metavar or _range(schema) or "N"
    if types == ("number",):
        return float, metavar or _range(schema) or "NUMBER"
    if option.words:
        return str, metavar or "WORD"
    return str, "URL" if argument.name.endswith("url") else "TEXT"


def _words_metavar(words: Sequence[str]) -> str:
    """Return what stands for some words in the help; an empty text where they are too many."""
    if len(words) > 2 and all(word.isdigit() for word in words):
        numbers = [int(word) for word in words]
        if numbers == list(range(numbers[0], numbers[-1] + 1)):
            return f"{numbers[0]}..{numbers[-1]}"
    joined = "|".join(words)
    return joined if len(joined) <= _LONGEST_METAVAR else ""


def _range(schema: Schema) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    return "" if low is None or high is None else f"{low}..{high}"


def _help(option: StartOption, metavar: str) -> str:
    parts = [option.text]
    if option.argument.media:
        kinds = " or ".join(kind.value for kind in option.argument.media)
        if f"({kinds})" not in option.text and set(option.argument.media) != set(MediaKind):
            parts.append(f"({kinds})")
    if option.build is not None:
        parts.append(f"An object with {', '.join(attrs.fields_dict(cast(Any, option.build)))}.")
    if metavar == "WORD":
        parts.append(f"One of {', '.join(option.words)}.")
    if option.argument.is_list:
        parts.append("Give it once for each.")
    if option.argument.name == "webhook_url":
        parts.append(f"The secret that comes with that call is read from {WEBHOOK_TOKEN_VARIABLE}.")
    return " ".join(filter(None, parts))
