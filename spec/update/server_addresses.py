"""The servers of a document, and its paths as a client calls them.

The first part of every path may stand in the addresses of the servers or in the paths, and an
address may be relative to where the document was found. Here they get one form, before anything
else looks at them: every server is an origin, and every path is whole. This module is pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from openapi_document import pointer_keys, reference_to

#: Where the vendor publishes the document, to which relative addresses refer; a copy of it that was
#: saved as a file means the same servers.
PUBLISHED_AT = "https://video.a2e.ai/dev/openapi-spec"


def with_absolute_servers(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document whose servers have absolute addresses without a slash at the end.

    Args:
        document: A document; without servers it means the one that it was found on.

    Returns:
        A copy, as far as it differs.
    """
    servers = document.get("servers")
    entries = servers if isinstance(servers, list) and servers else [{"url": "/"}]
    absolute = [
        {**entry, "url": _absolute(entry)}
        if isinstance(entry, dict) and isinstance(entry.get("url"), str)
        else entry
        for entry in entries
    ]
    return {**document, "servers": absolute}


def with_whole_paths(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document whose paths begin with what the address of the first server ends in.

    Args:
        document: A document whose servers have absolute addresses.

    Returns:
        A copy, as far as it differs; the servers in it are origins.
    """
    addresses = server_addresses(document)
    base = urlsplit(addresses[0]).path.rstrip("/") if addresses else ""
    if not base:
        return dict(document)
    origins = [
        {**entry, "url": entry["url"].removesuffix("/").removesuffix(base)}
        if isinstance(entry, dict) and isinstance(entry.get("url"), str)
        else entry
        for entry in document["servers"]
    ]
    moved = _with_base_in_references(document, base)
    paths = {base + path: item for path, item in moved["paths"].items()}
    return {**moved, "servers": origins, "paths": paths}


def server_addresses(document: Mapping[str, Any]) -> list[str]:
    """Return the addresses of the servers, without a slash at the end."""
    servers = document.get("servers")
    entries = servers if isinstance(servers, list) else []
    urls = [entry.get("url") for entry in entries if isinstance(entry, dict)]
    return [url.rstrip("/") for url in urls if isinstance(url, str)]


def _with_base_in_references(value: Any, base: str) -> Any:
    """Return a copy whose references into `paths` point to the whole paths."""
    if isinstance(value, list):
        return [_with_base_in_references(inner, base) for inner in value]
    if not isinstance(value, dict):
        return value
    made = {key: _with_base_in_references(inner, base) for key, inner in value.items()}
    keys = pointer_keys(made["$ref"]) if isinstance(made.get("$ref"), str) else None
    if keys and keys[0] == "paths" and len(keys) > 1:
        made["$ref"] = reference_to(("paths", base + keys[1], *keys[2:]))
    return made


def _absolute(entry: Mapping[str, Any]) -> str:
    variables = entry.get("variables")
    known = variables if isinstance(variables, dict) else {}

    def default(match: re.Match[str]) -> str:
        variable = known.get(match[1])
        return str(variable.get("default", match[0])) if isinstance(variable, dict) else match[0]

    address = re.sub(r"\{([^{}]*)\}", default, entry["url"].strip())
    return urljoin(PUBLISHED_AT, address).rstrip("/")
