"""Find the operation of a request by method and path.

This module owns the tree of known paths. It knows nothing of what is behind them. Paths of the API
are matched as Express, which serves A2E, matches them: the case of the fixed segments and one slash
at the end do not matter, percent-escapes of parameters are decoded. All other paths are the
storage's, which takes them as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from attrs import field, frozen

from .messages import SandboxReply, SandboxRequest

__all__ = [
    "ID_NAMES",
    "BadEscapeError",
    "Call",
    "Handler",
    "OperationHandler",
    "OperationPath",
    "Route",
    "Router",
]

ID_NAMES = ("_id", "id", "video_id")
"""What the operations of the server call an id."""

_ANY = "{}"
_REST = "{*}"
_API = "api"
"""The first segment of all paths that Express serves."""
_NO_ESCAPE = re.compile("%(?![0-9a-fA-F]{2})")


class BadEscapeError(ValueError):
    """A parameter in a path of the API is not UTF-8 in percent-escapes.

    Args:
        segment: the parameter as on the wire.
    """

    def __init__(self, segment: str) -> None:
        super().__init__(f"Failed to decode param '{segment}'")


@frozen
class Call:
    """One request on its way through a handler.

    Args:
        request: what arrived.
        parameters: path parameters by name, percent-decoded.
        now: the time at which the whole request is handled.
        body: the checked fields of the JSON body; none before it was checked.
        query: the checked query parameters, in the types of the spec and with its defaults.
    """

    request: SandboxRequest
    parameters: Mapping[str, str]
    now: datetime
    body: Mapping[str, Any] = field(factory=dict[str, Any])
    query: Mapping[str, Any] = field(factory=dict[str, Any])

    @property
    def identifier(self) -> str:
        """The id that the request names, wherever it does; an empty text without one."""
        for place in (self.parameters, self.body, self.query):
            for name in ID_NAMES:
                if place.get(name):
                    return str(place[name])
        return ""


Handler = Callable[[Call], SandboxReply]
OperationHandler = Callable[[Call], Any]
"""Handles an operation: returns the ``data`` of its envelope, or a whole reply."""


class OperationPath(NamedTuple):
    """Where an operation is found.

    Args:
        operation: its name in snake case, for example ``"get_face_swap_task"``.
        method: HTTP method.
        path: path template, for example ``"/api/v1/userFaceSwapTask/{_id}"``. A last segment such
            as ``{*key}`` takes all that is left of the path, slashes too.
    """

    operation: str
    method: str
    path: str


@frozen
class Route:
    """What deals with the requests for one operation.

    Args:
        operation: its name.
        handler: handles it.
        public: True when no token is asked for; False by default.
        check: checks the input of a call and raises a refusal; None where nothing is to be checked.
    """

    operation: str
    handler: Handler
    public: bool = False
    check: Callable[[Call], object] | None = None


class Router:
    """All operations, found by method and path. A fixed segment wins over a parameter, and where
    two paths of the API differ in case only, the one that is spelled like the request; where
    neither is, the one that was added first.

    Args:
        paths: the operations.

    Raises:
        ValueError: two operations have the same method and path, or the same name.
    """

    def __init__(self, paths: Iterable[OperationPath]) -> None:
        self._tree: dict[str, Any] = {}
        self._operations: set[str] = set()
        for path in paths:
            self._add(path)

    @property
    def operations(self) -> frozenset[str]:
        """Names of all operations."""
        return frozenset(self._operations)

    def find(self, method: str, path: str) -> tuple[str, dict[str, str]] | None:
        """Find the operation of a request.

        Args:
            method: HTTP method, in upper case.
            path: path as on the wire, percent-encoded.

        Returns:
            The operation's name and its path parameters, or None.

        Raises:
            BadEscapeError: a parameter can't be decoded.
        """
        segments = path.split("/")
        is_api = _is_api(segments)
        if is_api and len(segments) > 2 and not segments[-1]:
            segments.pop()
        node = self._tree
        values: list[str] = []
        for position, segment in enumerate(segments):
            name = segment.lower() if is_api else segment
            if name in node and name not in (_ANY, _REST):
                node = node[name]
            elif _ANY in node and segment:
                node = node[_ANY]
                values.append(segment)
            elif _REST in node and segment:
                node = node[_REST]
                values.append("/".join(segments[position:]))
                break
            else:
                return None
        alike: list[OperationPath] = node.get(f"/{method}", [])
        if not alike:
            return None
        known = _spelled_like(segments, alike)
        decode = _decoded if is_api else unquote
        names = _parameter_names(known.path)
        return known.operation, dict(zip(names, map(decode, values), strict=True))

    def _add(self, added: OperationPath) -> None:
        node = self._tree
        for name in _tree_names(added.path):
            node = node.setdefault(name, {})
        # No segment contains a slash, so the method can live among them under a name that starts
        # with one.
        alike = node.setdefault(f"/{added.method}", [])
        if added.operation in self._operations or any(
            _fixed(added.path.split("/")) == _fixed(other.path.split("/")) for other in alike
        ):
            raise ValueError(f"two operations for {added.method} {added.path} ({added.operation})")
        alike.append(added)
        self._operations.add(added.operation)


def _is_api(segments: Sequence[str]) -> bool:
    return len(segments) > 1 and segments[1].lower() == _API


def _spelled_like(segments: Sequence[str], paths: Sequence[OperationPath]) -> OperationPath:
    if len(paths) == 1:
        return paths[0]
    pairs = ((known, zip(known.path.split("/"), segments, strict=False)) for known in paths)
    alike = (
        known
        for known, names in pairs
        if all(name == segment or name[:1] == "{" for name, segment in names)
    )
    return next(alike, paths[0])


def _fixed(template: Sequence[str]) -> list[str]:
    return [_ANY if segment[:1] == "{" else segment for segment in template]


def _decoded(segment: str) -> str:
    try:
        if _NO_ESCAPE.search(segment):
            raise BadEscapeError(segment)
        return unquote(segment, errors="strict")
    except UnicodeDecodeError:
        raise BadEscapeError(segment) from None


@cache
def _tree_names(template: str) -> tuple[str, ...]:
    segments = template.split("/")
    names = map(_tree_name, segments)
    return tuple(name.lower() for name in names) if _is_api(segments) else tuple(names)


def _tree_name(segment: str) -> str:
    if segment.startswith("{"):
        return _REST if segment.startswith("{*") else _ANY
    return segment


def _parameter_names(template: str) -> list[str]:
    return [segment[1:-1].lstrip("*") for segment in template.split("/") if segment[:1] == "{"]
