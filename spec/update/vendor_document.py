"""Reading OpenAPI documents that others wrote, and refusing those that cannot be trusted or used.

This module owns fetching a file or an https address, and the parts that a document must have: it
refuses what is too large, is not OpenAPI 3.0 or 3.1, has no operations, or refers to other
documents, which are never fetched. Decoding JSON and YAML is left to plain_data.py, half documents
to half_documents.py, contradictions to contradictions.py, and the one form of servers and paths to
server_addresses.py. Whether a document is right is left to the comparison.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from contradictions import contradictions
from half_documents import cut_off, cut_since
from openapi_document import METHODS, follow, resolve_pointer
from plain_data import RefusedDocument, ends_itself, parse
from server_addresses import with_absolute_servers, with_whole_paths

#: The vendor's document has about a megabyte; this leaves room to grow.
SIZE_LIMIT = 20_000_000
TIMEOUT_SECONDS = 30.0
_REDIRECT_LIMIT = 5
#: Where anything may stand, so that a key called `$ref` is no reference.
_VALUES = frozenset({"example", "examples", "default", "enum", "const"})


@dataclass(frozen=True, slots=True)
class VendorDocument:
    """A document that was read.

    Attributes:
        content: The document as plain JSON data; every key is a string, every server an origin and
            every path whole.
        label: Title, version and fingerprint, which name exactly this document.
    """

    content: dict[str, Any]
    label: str


def read_document(
    source: str, *, previous: VendorDocument | None = None, client: httpx.Client | None = None
) -> VendorDocument:
    """Read an OpenAPI document.

    Args:
        source: A path, or an address that starts with `https://`.
        previous: The vendor's previous document, by which more half documents are found out.
        client: What fetches an address; default a client of its own.

    Returns:
        The document.

    Raises:
        RefusedDocument: It could not be read whole, or is not usable.
    """
    data = _fetch(source, client) if "://" in source else _read(Path(source))
    content = parse(data)
    check_shape(content)
    whole = with_whole_paths(with_absolute_servers(content))
    if not ends_itself(data):
        missing = cut_off(content) or (previous and cut_since(previous.content, whole))
        if missing:
            raise RefusedDocument(missing)
    info = content["info"]
    fingerprint = hashlib.sha256(data).hexdigest()[:12]
    return VendorDocument(whole, f"{info['title']} {info['version']} (sha256 {fingerprint})")


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
        older = document.get("swagger")
        found = f"`openapi` is {version!r}" if older is None else f"it is Swagger {older}"
        raise RefusedDocument(f"not OpenAPI 3.0 or 3.1: {found}")
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
                responses = _mapping(operation, name).get("responses")
                # Since 3.1 they may be left out.
                if "responses" in operation or version.startswith("3.0"):
                    _mapping(responses, f"`responses` of {name}")
    if not operations:
        raise RefusedDocument("it has no operations: half a download?")
    for reference in _references(document):
        if not reference.startswith("#"):
            raise RefusedDocument(f"it refers to {reference!r}; other documents are never fetched")
        if resolve_pointer(document, reference) is None:
            raise RefusedDocument(f"it refers to {reference!r}, which is missing: half a download?")
        if follow(document, {"$ref": reference})[0] is None:
            raise RefusedDocument(
                f"it refers to {reference!r}, which refers to itself in a circle and so says"
                " nothing: look up what was meant and write it there"
            )
    for contradiction in contradictions(document):
        raise RefusedDocument(contradiction)


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
