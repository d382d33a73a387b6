"""What of a response differs from the schema that the spec has for it.

This module owns the comparison of a decoded response with a schema of ``a2e_api.schemas.answers``.
A difference has names of fields, JSON types and words of enums only, never another value. It is
pure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeAlias, cast

import attrs

from a2e_sdk._checks.json_schema import Schema, is_of_type, types_of
from a2e_sdk._config.drift import NOT_A_NAME, json_type, name_of

#: A field that the spec does not name, where it says that there are such: no contradiction.
ADDITION = "addition"
#: A schema, and its own place in the spec as a JSONPath.
_Part: TypeAlias = tuple[Schema, str]


@attrs.frozen
class Difference:
    """One thing in which responses of an operation differ from the spec.

    Attributes:
        kind: ``status``, ``body``, ``refused``, ``missing``, ``unknown``, ``null``, ``type``,
            ``word``, ``pattern``, ``range`` or ``format``; or ``addition``, which is no
            contradiction.
        path: Where it is in the response, as a JSONPath; all items of an array share one.
        expected: What the spec has there: JSON types, words, a pattern, a range or a format.
        seen: The JSON type that was seen, or the word of an enum; "nothing" for a missing field.
        place: Where the spec describes it, as a JSONPath into ``openapi.yaml``; empty for none.
    """

    kind: str
    path: str
    expected: tuple[str, ...]
    seen: str
    place: str = ""


def differences_in(
    value: Any,
    model: str,
    schemas: Mapping[str, Schema],
    echoed: Iterable[str] = (),
) -> list[Difference]:
    """Return in what a response differs from its schema, each difference once for each place.

    Args:
        value: The decoded body.
        model: The name of its schema.
        schemas: All schemas by their names, as ``a2e_api.schemas.answers`` has them.
        echoed: Fields that records may have beside those of their schema: the inputs of the start
            that made them.
    """
    texts = frozenset(_texts_in(value))
    found = _Comparison(schemas, texts, frozenset(echoed)).compare(value, {"$ref": model}, "$", "$")
    return list(dict.fromkeys(found))


def status_difference(status: int, expected: Sequence[int]) -> Difference | None:
    """Return the difference of a successful response whose HTTP status the spec does not list."""
    if status in expected:
        return None
    return Difference("status", "HTTP status", tuple(map(str, expected)), str(status))


def is_described(model: str, schemas: Mapping[str, Schema]) -> bool:
    """Tell whether the spec says anything about the ``data`` of a response."""
    choices = _Comparison(schemas, frozenset(), frozenset()).choices({"$ref": model}, "$")
    members = [part.get("properties", {}) for choice in choices for part, _ in choice]
    return any(one["data"] for one in members if "data" in one)


class _Comparison:
    """A comparison of one response.

    Args:
        schemas: All schemas by their names.
        texts: All texts of the response: what is one of them is data, also where it is a key.
        echoed: Fields that records may have beside those of their schema.
    """

    def __init__(
        self, schemas: Mapping[str, Schema], texts: frozenset[str], echoed: frozenset[str]
    ) -> None:
        self._schemas = schemas
        self._texts = texts
        self._echoed = echoed

    def compare(self, value: Any, schema: Schema, path: str, place: str) -> list[Difference]:
        """Return the differences of a value, by the alternative of the schema that fits it best."""
        choices = [choice for choice in self.choices(schema, place) if any(p for p, _ in choice)]
        if not choices:
            return []
        fitting = [choice for choice in choices if _takes(choice, json_type(value))]
        if not fitting:
            names = dict.fromkeys(name for choice in choices for name in _types(choice))
            kind = "null" if value is None else "type"
            return [Difference(kind, path, tuple(names), json_type(value), choices[0][-1][1])]
        found = (list(self._by_parts(value, choice, path)) for choice in fitting)
        return min(found, key=len)

    def choices(self, schema: Schema, place: str) -> list[list[_Part]]:
        """Return the alternatives of a schema, each with all schemas that apply together."""
        reference = schema.get("$ref")
        if reference is not None:
            return self.choices(
                self._schemas.get(reference, {}), f"$.components.schemas.{reference}"
            )
        own = {key: schema[key] for key in schema if key not in ("allOf", "anyOf", "oneOf")}
        together: list[list[_Part]] = [[(own, place)]] if own else [[]]
        for number, inner in enumerate(schema.get("allOf", ())):
            added = self.choices(inner, f"{place}.allOf[{number}]")
            together = [[*one, *other] for one in together for other in added]
        for key in ("anyOf", "oneOf"):
            if key in schema:
                added = [
                    choice
                    for number, inner in enumerate(schema[key])
                    for choice in self.choices(inner, f"{place}.{key}[{number}]")
                ]
                together = [[*one, *other] for one in together for other in added]
        return together

    def _by_parts(self, value: Any, parts: Sequence[_Part], path: str) -> Iterator[Difference]:
        for part, place in parts:
            yield from _of_scalar(value, part, path, place)
            if isinstance(value, list) and "items" in part:
                for item in cast(list[Any], value):
                    yield from self.compare(item, part["items"], f"{path}[*]", f"{place}.items")
        if isinstance(value, dict):
            yield from self._of_members(cast(dict[str, Any], value), parts, path)

    def _of_members(
        self, value: Mapping[str, Any], parts: Sequence[_Part], path: str
    ) -> Iterator[Difference]:
        described = [(part, place) for part, place in parts if part.get("properties")]
        for part, place in parts:
            for name in part.get("required", ()):
                if name not in value:
                    inner = part.get("properties", {}).get(name, {})
                    expected = [_types(one) for one in self.choices(inner, place)]
                    types = tuple(dict.fromkeys(word for words in expected for word in words))
                    yield Difference("missing", _below(path, name), types, "nothing", place)
        for name, item in value.items():
            known = [(part, place) for part, place in described if name in part["properties"]]
            for part, place in known:
                inside = f"{place}.properties['{name}']"
                yield from self.compare(item, part["properties"][name], _below(path, name), inside)
            is_echo = name in self._echoed and path != "$"
            if described and not known and not is_echo:
                is_expected = any(part.get("additionalProperties") for part, _ in described)
                shown = NOT_A_NAME if name in self._texts else name_of(name)
                place = described[-1][1]
                kind = ADDITION if is_expected else "unknown"
                yield Difference(kind, _below(path, shown), (), json_type(item), place)


def _of_scalar(value: Any, part: Schema, path: str, place: str) -> Iterator[Difference]:
    words = part.get("enum")
    if words is not None and value not in words:
        seen = name_of(value) if isinstance(value, str) else json_type(value)
        yield Difference("word", path, tuple(map(str, words)), seen, place)
    if is_of_type(value, "number"):
        low, high = part.get("minimum"), part.get("maximum")
        if (low is not None and value < low) or (high is not None and value > high):
            yield Difference("range", path, (f"{low} to {high}",), json_type(value), place)
    if isinstance(value, str):
        pattern = part.get("pattern")
        if pattern is not None and not _compiled(pattern).search(value):
            yield Difference("pattern", path, (pattern,), "string", place)
        if part.get("format") == "date-time" and not _is_time(value):
            yield Difference("format", path, ("date-time",), "string", place)


def _takes(choice: Sequence[_Part], kind: str) -> bool:
    """Tell whether all schemas of an alternative take values of a JSON type."""
    wider = {"integer": ("integer", "number")}.get(kind, (kind,))
    return all(not types_of(part) or {*wider} & {*types_of(part)} for part, _ in choice)


def _types(choice: Iterable[_Part]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part, _ in choice for name in types_of(part)))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")


def _is_time(text: str) -> bool:
    """Tell whether a text is a ``date-time`` of JSON Schema (RFC 3339)."""
    if not _TIME.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(re.sub(r"\.\d+", "", text))
    except ValueError:
        return False
    return True


def _below(path: str, name: str) -> str:
    plain = re.fullmatch(r"[A-Za-z_]\w*", name)
    return f"{path}.{name}" if plain else f"{path}[{json.dumps(name)}]"


def _texts_in(value: Any) -> Iterator[str]:
    """Yield all texts of a response that are values."""
    pending = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, list):
            pending += cast(list[Any], one)
        elif isinstance(one, dict):
            pending += cast(dict[str, Any], one).values()
