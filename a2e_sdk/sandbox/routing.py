"""From method and path to the code that answers.

Owns the tree of known paths. Knows nothing of what is behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import unquote

from attrs import field, frozen

from .messages import SandboxReply, SandboxRequest

__all__ = ["ID_NAMES", "Answer", "Call", "Handler", "Route", "Router"]

ID_NAMES = ("_id", "id", "video_id")
"""What the operations of the server call an id."""

_ANY = "{}"
_REST = "{*}"


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
Answer = Callable[[Call], Any]
"""What answers an operation: returns the ``data`` of its envelope, or a whole reply."""


@frozen
class Route:
    """One operation of the server.

    Args:
        operation: its name in snake case, for example ``"get_face_swap_task"``.
        method: HTTP method.
        path: path template, for example ``"/api/v1/userFaceSwapTask/{_id}"``. A last segment such
            as ``{*key}`` takes all that is left of the path, slashes too.
        handler: what answers it.
        public: True when no token is asked for; False by default.
    """

    operation: str
    method: str
    path: str
    handler: Handler
    public: bool = False


class Router:
    """All operations, found by method and path. A fixed segment wins over a parameter.

    Args:
        routes: the operations.

    Raises:
        ValueError: two routes have the same method and path, or two operations the same name.
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        self._tree: dict[str, Any] = {}
        self._operations: set[str] = set()
        for route in routes:
            self._add(route)

    @property
    def operations(self) -> frozenset[str]:
        """Names of all operations."""
        return frozenset(self._operations)

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """Find the operation of a request.

        Args:
            method: HTTP method, in upper case.
            path: path as on the wire, percent-encoded.

        Returns:
            The route and its path parameters, or None.
        """
        node = self._tree
        values: list[str] = []
        segments = path.split("/")
        for position, segment in enumerate(segments):
            if segment in node and segment not in (_ANY, _REST):
                node = node[segment]
            elif _ANY in node and segment:
                node = node[_ANY]
                values.append(unquote(segment))
            elif _REST in node and segment:
                node = node[_REST]
                values.append(unquote("/".join(segments[position:])))
                break
            else:
                return None
        route: Route | None = node.get(f"/{method}")
        if route is None:
            return None
        return route, dict(zip(_parameter_names(route.path), values, strict=True))

    def _add(self, route: Route) -> None:
        node = self._tree
        for name in _tree_names(route.path):
            node = node.setdefault(name, {})
        # No segment contains a slash, so the method can live among them under a name that starts
        # with one.
        method = f"/{route.method}"
        if method in node or route.operation in self._operations:
            raise ValueError(f"two routes for {route.method} {route.path} ({route.operation})")
        node[method] = route
        self._operations.add(route.operation)


@cache
def _tree_names(template: str) -> tuple[str, ...]:
    return tuple(map(_tree_name, template.split("/")))


def _tree_name(segment: str) -> str:
    if segment.startswith("{"):
        return _REST if segment.startswith("{*") else _ANY
    return segment


def _parameter_names(template: str) -> list[str]:
    return [segment[1:-1].lstrip("*") for segment in template.split("/") if segment[:1] == "{"]
