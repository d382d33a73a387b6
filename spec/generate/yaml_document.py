"""Reading YAML as OpenAPI means it, in a tenth of the time that a reader written in Python takes.

This module owns which plain scalars are numbers, booleans and null: those of YAML 1.2's core
schema. The generators read our document with it; documents of others are first judged by
``spec/update/plain_data.py``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # built without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]


class Loader(SafeLoader):
    """YAML 1.2's core schema: `on`, `no` and dates stay text, as OpenAPI wants it."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?(?:0|[1-9][0-9]{0,300})", "-+0123456789"),
    ("float", r"[-+]?(?:[0-9]*\.[0-9]+|[0-9]+\.)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", "~nN"),
):
    Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}",
        re.compile(f"^(?:{_pattern})$"),
        [*_first, *([""] if _tag == "null" else [])],
    )


class _UniqueKeys(Loader):
    """Refuses a key that is there twice, of which PyYAML would keep the last without a word."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        if len(mapping) != len(node.value):
            raise yaml.constructor.ConstructorError(
                None, None, "found a key that is there twice", node.start_mark
            )
        return mapping


def read_document(path: Path) -> Any:
    """Read a document of ours as plain data.

    Raises:
        yaml.YAMLError: It is no YAML, or has a key twice in one object.
    """
    return yaml.load(path.read_bytes(), Loader=_UniqueKeys)
