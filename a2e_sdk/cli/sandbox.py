"""``a2e sandbox``: the stand-in server over HTTP.

This module owns the command's options and what it prints; the server is in ``a2e_sdk.sandbox``.
"""

# Some versions of typer type their own parameters with click's classes, left open.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import sys
from typing import Annotated

import typer

# A wait without an end can't be interrupted on every system.
_WAIT_SECONDS = 0.5


def serve_sandbox(
    port: Annotated[
        int, typer.Option("--port", metavar="N", help="Port to listen on; 0 takes a free one.")
    ] = 8765,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on.")
    ] = "127.0.0.1",
    allow_remote: Annotated[
        bool, typer.Option("--allow-remote", help="Let --host be one that other machines reach.")
    ] = False,
    log: Annotated[
        bool, typer.Option("--log", help="Print one line for each request on standard error.")
    ] = False,
) -> None:
    """Serve a stand-in for A2E on this machine: no token, no coins, no network.

    It starts with three face swap records and forgets everything when it ends. Stop it with Ctrl-C;
    the exit code is 0 then.
    """
    from ..sandbox import Sandbox
    from ..sandbox.http_server import serve
    from ..validation import require_whole_number

    require_whole_number(port, "--port", minimum=0, maximum=65535)
    if not allow_remote:
        _require_loopback(host)
    try:
        server = serve(Sandbox(), host, port, allow_remote=allow_remote, log=_log if log else None)
    except OSError as problem:
        reason = problem.strerror or problem
        raise OSError(f"can't listen on {host} port {port}: {reason}") from None
    # Inside the try from the first word on: whoever waits for the address may stop us at once.
    try:
        print(
            f"The A2E sandbox listens at {server.url} (Ctrl-C stops it). In another terminal:\n\n"
            f"  export A2E_BASE_URL={server.url}\n"
            "  export A2E_API_KEY=sandbox\n"
            "  a2e face-swap tasks list",
            flush=True,
        )
        while not server.wait(_WAIT_SECONDS):
            pass
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def _require_loopback(host: str) -> None:
    from ..regions import is_loopback

    if not is_loopback(host):
        raise ValueError(
            f"--host {host} is within reach of other machines; --allow-remote permits that."
        )


def _log(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
