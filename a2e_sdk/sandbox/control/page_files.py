"""The sandbox's page: its files as they are served, and when a browser gets it.

This module owns the header fields that keep other sites and other scripts out. The files themselves
are in the package ``page``.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import PurePath

from attrs import evolve

from a2e_sdk.sandbox.files.served_files import entity_tag
from a2e_sdk.sandbox.protocol.messages import SandboxReply

from .call import CONTROL_PATH, Asked, ControlRefusedError, Endpoint, Table

__all__ = ["PAGE_HEADERS", "index_page", "page_table", "prefers_html"]

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
"""The media types of the files that the page loads, by suffix; no other files are served."""

PAGE_HEADERS = {
    "cache-control": "no-cache",
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
}


def page_table() -> Table:
    """Return the endpoints of the page's files."""
    return {
        f"/page/{file.name}": {"GET": Endpoint(_File(file.name, _TYPES[suffix]))}
        for file in sorted(files("a2e_sdk.sandbox.page").iterdir(), key=lambda file: file.name)
        if (suffix := PurePath(file.name).suffix) in _TYPES
    }


def index_page(path: str, headers: Mapping[str, str]) -> SandboxReply:
    """Return the page itself.

    Args:
        path: path as on the wire, without the query.
        headers: header fields of the request, names in lower case.
    """
    if path != f"{CONTROL_PATH}/":
        # Links on the page begin behind the slash.
        moved = {"location": f"{CONTROL_PATH}/", "content-length": "0", "vary": "Accept"}
        return SandboxReply(308, moved)
    reply = _served("index.html", "text/html; charset=utf-8", headers)
    return evolve(reply, headers=reply.headers | {"vary": "Accept"})


def prefers_html(accept: str) -> bool:
    """Tell whether a client wants HTML rather than JSON.

    Args:
        accept: value of its ``Accept`` field.

    Returns:
        True where HTML is named, and more wanted than JSON is.
    """
    wanted: dict[str, float] = {}
    for part in accept.lower().split(","):
        media_type, *parameters = (word.strip() for word in part.split(";"))
        quality = next((word[2:] for word in parameters if word.startswith("q=")), "1")
        try:
            wanted[media_type] = float(quality)
        except ValueError:
            wanted[media_type] = 0.0
    others = wanted.get("application/*", wanted.get("*/*", 0.0))
    return wanted.get("text/html", 0.0) > wanted.get("application/json", others)


class _File:
    def __init__(self, name: str, content_type: str) -> None:
        self._name = name
        self._content_type = content_type

    def __call__(self, asked: Asked) -> SandboxReply:
        return _served(self._name, self._content_type, asked.headers)


def _served(name: str, content_type: str, headers: Mapping[str, str]) -> SandboxReply:
    try:
        content = files("a2e_sdk.sandbox.page").joinpath(name).read_bytes()
    except FileNotFoundError:
        raise ControlRefusedError(404, f"this installation has no {name}") from None
    etag = entity_tag(content)
    common = PAGE_HEADERS | {"etag": etag}
    known = [tag.strip().removeprefix("W/") for tag in headers.get("if-none-match", "").split(",")]
    if etag in known:
        return SandboxReply(304, common)
    common |= {"content-type": content_type, "content-length": str(len(content))}
    return SandboxReply(200, common, content)
