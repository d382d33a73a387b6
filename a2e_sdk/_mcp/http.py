"""The server over streamable HTTP, for several clients at once.

This module owns who may reach it: this machine alone, by the names of this machine, and never a
page of a browser; others only where that is asked for, and with a token.
"""

from __future__ import annotations

import contextlib
import hmac
from collections.abc import Generator, Mapping
from typing import Any

import anyio
import attrs
import uvicorn
from mcp.server.transport_security import TransportSecuritySettings

from a2e_sdk._checks.hosts import is_loopback

from .server import server_of
from .settings import Settings, open_desk

#: Where the token is read that clients send as ``Authorization: Bearer ...``.
TOKEN_VARIABLE = "A2E_MCP_TOKEN"  # noqa: S105
_SHORTEST_TOKEN = 16
PATH = "/mcp"


@attrs.frozen(kw_only=True)
class Listening:
    """Where a server listens.

    Attributes:
        host: The address.
        port: The port; 0 for a free one.
        allow_remote: Whether other machines may reach it.
        names: Names by which clients reach it, beside those of this machine.
        token: What clients have to send; None for nothing.
    """

    host: str = "127.0.0.1"
    port: int = 8766
    allow_remote: bool = False
    names: tuple[str, ...] = ()
    token: str | None = None

    def check(self) -> None:
        """Refuse what would let others in.

        Raises:
            ValueError: It would.
        """
        if self.token is not None and len(self.token) < _SHORTEST_TOKEN:
            raise ValueError(f"{TOKEN_VARIABLE} must have at least {_SHORTEST_TOKEN} characters.")
        if is_loopback(self.host):
            return
        if not self.allow_remote:
            raise ValueError(
                f"--host {self.host} is within reach of other machines; --allow-remote permits "
                f"that, together with a token in {TOKEN_VARIABLE}."
            )
        if self.token is None:
            raise ValueError(
                f"--allow-remote needs a token in {TOKEN_VARIABLE}: whoever reaches this server "
                "spends the coins of its account."
            )

    @property
    def security(self) -> TransportSecuritySettings:
        """The hosts that requests may name; a request with an origin comes from a page."""
        names = ("127.0.0.1", "localhost", "[::1]", *self.names)
        return TransportSecuritySettings(
            enable_dns_rebinding_protection=True,
            allowed_hosts=[host for name in names for host in (name, f"{name}:*")],
            # What sends an origin is a page, also one of this machine's own.
            allowed_origins=[],
        )


class _Guard:
    """Refuses requests without the token."""

    def __init__(self, app: Any, token: str) -> None:
        self._app = app
        self._expected = f"Bearer {token}".encode()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            sent = dict(scope["headers"]).get(b"authorization", b"")
            if not hmac.compare_digest(sent, self._expected):
                await send(
                    {
                        "type": "http.response.start",
                        "status": 401,
                        "headers": [(b"www-authenticate", b"Bearer"), (b"content-length", b"0")],
                    }
                )
                await send({"type": "http.response.body", "body": b""})
                return
        await self._app(scope, receive, send)


class _Uvicorn(uvicorn.Server):
    """Leaves signals to the command."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


async def serve_http(
    settings: Settings,
    listening: Listening,
    environment: Mapping[str, str],
    stop: anyio.Event,
    tell: Any,
) -> None:
    """Serve until an event is set.

    Args:
        settings: The settings, checked.
        listening: Where, checked.
        environment: The environment.
        stop: Ends the server.
        tell: Is given the address when the server listens.

    Raises:
        OSError: It can't listen there.
    """
    config: uvicorn.Config
    async with open_desk(settings, environment) as desk:
        app: Any = server_of(desk).streamable_http_app(
            streamable_http_path=PATH, transport_security=listening.security
        )
        if listening.token is not None:
            app = _Guard(app, listening.token)
        config = uvicorn.Config(
            app,
            host=listening.host,
            port=listening.port,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=3,
            lifespan="on",
        )
        socket = await _bound(config, listening)
        server = _Uvicorn(config)
        async with anyio.create_task_group() as group:

            async def until_stopped() -> None:
                await stop.wait()
                server.should_exit = True

            group.start_soon(until_stopped)
            tell(f"http://{_shown(listening.host)}:{socket.getsockname()[1]}{PATH}")
            try:
                await server.serve(sockets=[socket])
            finally:
                group.cancel_scope.cancel()
                socket.close()


async def _bound(config: uvicorn.Config, listening: Listening) -> Any:
    import socket

    family = socket.AF_INET6 if ":" in listening.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((listening.host, listening.port))
    except OSError as problem:
        listener.close()
        reason = problem.strerror or problem
        raise OSError(f"can't listen on {listening.host} port {config.port}: {reason}") from None
    return listener


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
