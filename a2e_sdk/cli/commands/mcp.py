"""``a2e mcp``: a server of the Model Context Protocol, for agents.

This module owns the command's options, its signals and its exit codes; the server is in ``_mcp``.
"""

from __future__ import annotations

import os
import signal
import sys

import click

from a2e_sdk.cli.lazy_group import Command
from a2e_sdk.cli.options.common import base_url_option, region_option
from a2e_sdk.cli.options.start_safety import budget_of
from a2e_sdk.cli.stop_signals import Terminated, stopping_on_signals


@click.command(cls=Command)
@region_option
@base_url_option
@click.option(
    "--budget",
    metavar="N|N/hour|N/day|N/month",
    help="Coins that agents may spend, counted in the journal. Needed, unless --read-only "
    "or --region sandbox is given.",
)
@click.option(
    "--ask-above",
    type=float,
    metavar="COINS",
    help="Prices above this, and unknown ones, are confirmed by you in the client; one "
    "that can't ask is refused. Default: the budget alone decides.",
)
@click.option("--read-only", is_flag=True, help="Offer no tool that costs coins.")
@click.option(
    "--files",
    default="a2e-files",
    metavar="DIR",
    help="The one folder that agents read files from and save results to.",
)
@click.option(
    "--journal",
    metavar="FILE",
    help="Where starts are written down before they are sent. Default: A2E_JOURNAL, else "
    "one in your home folder. Not used with --region sandbox, which forgets its tasks.",
)
@click.option("--http", is_flag=True, help="Serve over HTTP, for several clients; else over stdio.")
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="Address to listen on.")
@click.option(
    "--port", type=int, default=8766, metavar="N", help="Port to listen on; 0 takes a free one."
)
@click.option(
    "--allow-remote",
    is_flag=True,
    help="Let --host be one that other machines reach; needs a token in A2E_MCP_TOKEN.",
)
@click.option(
    "--allow-host",
    multiple=True,
    metavar="NAME",
    help="A name by which clients reach it; repeatable.",
)
def mcp(
    region: str | None,
    base_url: str | None,
    budget: str | None,
    ask_above: float | None,
    read_only: bool,
    files: str,
    journal: str | None,
    http: bool,
    host: str,
    port: int,
    allow_remote: bool,
    allow_host: tuple[str, ...],
) -> None:
    """Let agents use A2E, within a budget, by the Model Context Protocol.

    An agent's client starts this command and talks to it over standard input and output. With
    --http it serves several clients at http://127.0.0.1:8766/mcp. Needs the extra mcp.
    """
    import anyio

    from a2e_sdk._checks.validation import require_whole_number
    from a2e_sdk.errors import ConfigurationError

    try:
        from a2e_sdk._mcp.http import TOKEN_VARIABLE, Listening, serve_http
        from a2e_sdk._mcp.settings import Settings
        from a2e_sdk._mcp.stdio import serve_stdio
    except ImportError as problem:
        if (problem.name or "").startswith("a2e"):
            raise
        raise ConfigurationError(
            "a2e mcp needs the package mcp, 2.3 or newer, which is not installed. Get it with: "
            "pip install 'a2e-sdk[cli,mcp]'"
        ) from None

    require_whole_number(port, "--port", minimum=0, maximum=65535)
    settings = Settings(
        region=region,
        base_url=base_url,
        budget=budget_of(budget),
        ask_above=ask_above,
        read_only=read_only,
        journal=journal,
        files=files,
    )
    settings.check(os.environ)
    listening = Listening(
        host=host,
        port=port,
        allow_remote=allow_remote,
        names=tuple(allow_host or ()),
        token=os.environ.get(TOKEN_VARIABLE) or None,
    )
    if http:
        listening.check()
    _require_key(settings.region, settings.base_url)

    stops: list[anyio.Event] = []
    loops: list[object] = []

    def stop() -> None:
        import asyncio

        for loop, event in zip(loops, stops, strict=True):
            if isinstance(loop, asyncio.AbstractEventLoop):
                loop.call_soon_threadsafe(event.set)

    async def serve() -> None:
        import asyncio

        loops.append(asyncio.get_running_loop())
        stops.append(anyio.Event())
        if http:
            await serve_http(settings, listening, os.environ, stops[0], _tell)
        else:
            await serve_stdio(settings, os.environ, stops[0])

    with stopping_on_signals(stop) as request:
        anyio.run(serve)
    if request.number == signal.SIGINT:
        raise KeyboardInterrupt
    if request.number is not None:
        raise Terminated(request.number)


def _require_key(region: str | None, base_url: str | None) -> None:
    """Refuse to serve without a key, in the words of every command."""
    from a2e_sdk.cli.options.common import open_client

    open_client(region, base_url).close()


def _tell(address: str) -> None:
    print(f"Agents reach A2E at {address} (Ctrl-C stops it).", file=sys.stderr, flush=True)
