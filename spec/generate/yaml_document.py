"""Reading YAML as OpenAPI means it, in a tenth of the time that a reader written in Python takes.

This module owns which plain scalars are numbers, booleans and null (those of YAML 1.2's core
schema), merge keys (`<<`), and finding a key that an object has twice. The generators read our
document with it; documents of others are first judged by ``spec/update/plain_data.py``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # built without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]


_MERGE = "tag:yaml.org,2002:merge"
_INTEGER = "tag:yaml.org,2002:int"


class Loader(SafeLoader):
    """YAML 1.2's core schema and merge keys: `on`, `no` and dates stay text, as OpenAPI wants."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Replace merge keys by what they merge; the object's own keys win."""
        merges = any(key.tag == _MERGE for key, _ in node.value)
        super().flatten_mapping(node)
        if merges:
            # PyYAML keeps every pair that is overridden, and merges of merges multiply them.
            pairs = {_name_of(key): (key, value) for key, value in node.value}
            node.value = list(pairs.values())


for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?(?:0|[1-9][0-9]{0,300})", "-+0123456789"),
    ("float", r"[-+]?(?:[0-9]*\.[0-9]+|[0-9]+\.)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", "~nN"),
    ("merge", r"<<", "<"),
):
    Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}",
        re.compile(f"^(?:{_pattern})$"),
        [*_first, *([""] if _tag == "null" else [])],
    )


class RepeatedKey(NamedTuple):
    """A key that an object has twice.

    Attributes:
        name: The key.
        place: The keys that lead to the object.
        lines: The lines of both, counted from 1.
    """

    name: str
    place: tuple[str, ...]
    lines: tuple[int, int]


def repeated_key(root: yaml.Node | None) -> RepeatedKey | None:
    """Find a key that an object has twice, of which PyYAML would keep the last without a word.

    Args:
        root: The composed document, before it is constructed; aliases are looked at once.

    Returns:
        The first one found, or None.
    """
    seen: set[int] = set()
    waiting: list[tuple[yaml.Node, tuple[str, ...]]] = [] if root is None else [(root, ())]
    while waiting:
        node, place = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            inner = [(item, (*place, str(number))) for number, item in enumerate(node.value)]
            waiting += reversed(inner)
        elif isinstance(node, yaml.MappingNode):
            lines: dict[Any, int] = {}
            for key, _ in node.value:
                name, line = _name_of(key), key.start_mark.line + 1
                # Several objects may be merged into one.
                if name in lines and key.tag != _MERGE:
                    return RepeatedKey(str(key.value), place, (lines[name], line))
                lines[name] = line
            inner = [(value, (*place, str(key.value))) for key, value in node.value]
            waiting += reversed(inner)
    return None


def _name_of(key: yaml.Node) -> Any:
    """Return what a key is called in JSON, where `200` and `"200"` are one name."""
    if not isinstance(key, yaml.ScalarNode):
        return id(key)
    return str(int(key.value)) if key.tag == _INTEGER else key.value


def read_document(path: Path) -> Any:
    """Read a document of ours as plain data.

    Raises:
        yaml.YAMLError: It is no YAML, or has a key twice in one object.
    """
    loader = Loader(path.read_bytes())
    try:
        root = loader.get_single_node()
        repeated = repeated_key(root)
        if repeated:
            problem = f"found a key that is there twice: {repeated.name}, lines {repeated.lines}"
            raise yaml.YAMLError(problem)
        return None if root is None else loader.construct_document(root)
    finally:
        loader.dispose()
