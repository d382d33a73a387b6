"""Reading OpenAPI documents that others wrote, and refusing those that cannot be trusted or used.

This module turns a file or an https address into plain JSON data, or says why it does not: too
large, cut off, a web page, nested too deeply, expanding without end, not OpenAPI 3.0 or 3.1,
without operations, or referring to other documents. It never follows a reference to another
document and builds nothing but dictionaries, lists and scalars. Whether a document is right is for
others.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import yaml

try:
    from yaml import CSafeLoader as _SafeLoader  # ten times as fast
except ImportError:
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]

#: The methods of an OpenAPI path item.
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
#: The vendor's document has about a megabyte; this leaves room to grow.
SIZE_LIMIT = 20_000_000
DEPTH_LIMIT = 100
NODE_LIMIT = 1_000_000
TIMEOUT_SECONDS = 30.0
_REDIRECT_LIMIT = 5
#: Where anything may stand, so that a key called `$ref` is no reference.
_VALUES = frozenset({"example", "examples", "default", "enum", "const"})


class RefusedDocument(Exception):
    """The document is not used; the message says why."""


@dataclass(frozen=True, slots=True)
class VendorDocument:
    """A document that was read.

    Attributes:
        content: The document as plain JSON data; every key is a string.
        label: Title, version and fingerprint, which name exactly this document.
    """

    content: dict[str, Any]
    label: str


def read_document(source: str, *, client: httpx.Client | None = None) -> VendorDocument:
    """Read an OpenAPI document.

    Args:
        source: A path, or an address that starts with `https://`.
        client: What fetches an address; default a client of its own.

    Returns:
        The document.

    Raises:
        RefusedDocument: It could not be read whole, or is not usable.
    """
    data = _fetch(source, client) if "://" in source else _read(Path(source))
    content = parse(data)
    check_shape(content)
    info = content["info"]
    fingerprint = hashlib.sha256(data).hexdigest()[:12]
    return VendorDocument(content, f"{info['title']} {info['version']} (sha256 {fingerprint})")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise RefusedDocument(f"{path} can't be read: {error.strerror}") from error
    _check_size(len(data))
    return data


def _check_size(size: int) -> None:
    if size > SIZE_LIMIT:
        raise RefusedDocument(f"larger than {SIZE_LIMIT:,} bytes")


def _fetch(address: str, client: httpx.Client | None) -> bytes:
    if client is None:
        with httpx.Client(timeout=TIMEOUT_SECONDS) as own:
            return _fetch(address, own)
    try:
        for _ in range(_REDIRECT_LIMIT):
            # Also after a redirect: over plain http anybody on the way could change the document.
            if urlsplit(address).scheme != "https":
                raise RefusedDocument(f"{address} is not an https address")
            with client.stream("GET", address, follow_redirects=False) as response:
                if response.is_redirect and response.next_request is not None:
                    address = str(response.next_request.url)
                    continue
                if response.status_code != 200:
                    raise RefusedDocument(f"{address} answers {response.status_code}")
                data = bytearray()
                for chunk in response.iter_bytes():
                    data += chunk
                    _check_size(len(data))
                return bytes(data)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise RefusedDocument(f"the download of {address} failed: {error}") from error
    raise RefusedDocument(f"more than {_REDIRECT_LIMIT} redirects")


def parse(data: bytes) -> Any:
    """Decode JSON or YAML into plain data.

    Args:
        data: The bytes of the document.

    Returns:
        Dictionaries with string keys, lists and scalars, without shared or circular parts.

    Raises:
        RefusedDocument: It is empty, a web page, cut off, too deep, too large, or neither format.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedDocument(f"not UTF-8 text: {error.reason} at byte {error.start}") from error
    start = text.lstrip()[:200].lower()
    if not start:
        raise RefusedDocument("the document is empty")
    if start.startswith("<"):
        raise RefusedDocument("a web page, not an OpenAPI document")
    try:
        content = _parse_json(text) if start[0] in "{[" else _parse_yaml(text)
    except RecursionError as error:
        raise RefusedDocument(f"nested deeper than {DEPTH_LIMIT} levels") from error
    return _plain(content)


def _parse_json(text: str) -> Any:
    def refuse(word: str) -> None:
        raise RefusedDocument(f"not JSON: {word} is no number")

    try:
        return json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        message = f"not JSON, or half a download: {error.msg} in line {error.lineno}"
        raise RefusedDocument(message) from error
    except ValueError as error:  # a number of more digits than Python converts
        raise RefusedDocument(f"not usable JSON: {error}") from error


class _Loader(_SafeLoader):
    """YAML 1.2's core schema: `on`, `no` and dates stay text, as OpenAPI wants it."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?(?:0|[1-9][0-9]{0,300})", "-+0123456789"),
    ("float", r"[-+]?(?:[0-9]*\.[0-9]+|[0-9]+\.)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", "~nN"),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}",
        re.compile(f"^(?:{_pattern})$"),
        [*_first, *([""] if _tag == "null" else [])],
    )


def _parse_yaml(text: str) -> Any:
    if not text.endswith("\n"):
        raise RefusedDocument(
            "the YAML does not end with a line break: half a download? (add one if it is whole)"
        )
    try:
        # Events first: they take no memory, whatever the document would expand to.
        depth = 0
        for number, event in enumerate(yaml.parse(text, Loader=_SafeLoader)):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > DEPTH_LIMIT:
                raise RefusedDocument(f"nested deeper than {DEPTH_LIMIT} levels")
            if number > NODE_LIMIT:
                raise RefusedDocument(f"more than {NODE_LIMIT:,} values")
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        message = " ".join(str(error).split())
        raise RefusedDocument(f"not YAML, or half a download: {message}") from error
    except (ValueError, TypeError) as error:
        raise RefusedDocument(f"not usable YAML: {error}") from error


def _plain(content: Any) -> Any:
    """Copy without sharing, so that aliases that expand without end are found out here."""
    count = 0

    def copy(value: Any, depth: int) -> Any:
        nonlocal count
        count += 1
        if depth > DEPTH_LIMIT:
            raise RefusedDocument(f"nested deeper than {DEPTH_LIMIT} levels")
        if count > NODE_LIMIT:
            raise RefusedDocument(f"more than {NODE_LIMIT:,} values")
        if isinstance(value, dict):
            return {_key(key): copy(inner, depth + 1) for key, inner in value.items()}
        if isinstance(value, list):
            return [copy(inner, depth + 1) for inner in value]
        if isinstance(value, float) and not math.isfinite(value):
            raise RefusedDocument("holds a number that is not finite")
        if value is None or isinstance(value, str | int | float):
            return value
        raise RefusedDocument(f"holds a {type(value).__name__}, which JSON does not have")

    return copy(content, 0)


def _key(key: Any) -> str:
    # `200:` is a number in YAML, and means "200" in OpenAPI.
    if isinstance(key, bool) or not isinstance(key, str | int):
        raise RefusedDocument(f"{key!r} is no name")
    return str(key)


def check_shape(content: Any) -> None:
    """Make sure that the parts are there which every OpenAPI document has, in their shape.

    Args:
        content: The document as plain data.

    Raises:
        RefusedDocument: It is no whole OpenAPI 3.0 or 3.1 document on its own.
    """
    document = _mapping(content, "the document")
    version = document.get("openapi")
    if not isinstance(version, str) or not re.fullmatch(r"3\.[01]\.\d+(-.+)?", version):
        raise RefusedDocument(f"not OpenAPI 3.0 or 3.1: `openapi` is {version!r}")
    info = _mapping(document.get("info"), "info")
    for key in ("title", "version"):
        # In YAML `version: 1.0` is a number.
        if not isinstance(info.get(key), str | int | float):
            raise RefusedDocument(f"info.{key} is missing: half a download?")
    paths = _mapping(document.get("paths"), "paths")
    operations = 0
    for path, item in paths.items():
        if not path.startswith("/"):
            raise RefusedDocument(f"the path {path!r} does not start with a slash")
        for method, operation in _mapping(item, path).items():
            if method in METHODS:
                operations += 1
                name = f"{method.upper()} {path}"
                _mapping(_mapping(operation, name).get("responses"), f"responses of {name}")
    if not operations:
        raise RefusedDocument("it has no operations: half a download?")
    for reference in _references(document):
        if not reference.startswith("#"):
            raise RefusedDocument(f"it refers to {reference!r}; other documents are never fetched")
        if resolve_pointer(document, reference) is None:
            raise RefusedDocument(f"it refers to {reference!r}, which is missing: half a download?")


def _mapping(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise RefusedDocument(f"{name} is no object: half a download?")
    return value


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for inner in value:
            yield from _references(inner)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == "$ref" and isinstance(inner, str):
                yield inner
            elif key not in _VALUES and not key.startswith("x-"):
                yield from _references(inner)


def resolve_pointer(document: Any, reference: str) -> tuple[Any, tuple[str, ...]] | None:
    """Look up a local reference such as `#/components/schemas/Task`.

    Args:
        document: The document that it stands in.
        reference: The reference.

    Returns:
        What it points to, with the keys that lead there; None if there is nothing.
    """
    if not reference.startswith("#/"):
        return None
    keys = tuple(part.replace("~1", "/").replace("~0", "~") for part in reference[2:].split("/"))
    value = document
    for key in keys:
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return None
    return value, keys
