"""``a2e sandbox``: the stand-in server over HTTP.

This module owns the command's options, what it prints and how it ends; the server is in
``a2e_sdk.sandbox``.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

import click

from a2e_sdk.cli.lazy_group import Command

# A wait without an end can't be interrupted on every system.
_WAIT_SECONDS = 0.5
_LOGGED_REQUESTS = 10_000


@click.command(cls=Command)
@click.option(
    "--port", type=int, default=8765, metavar="N", help="Port to listen on; 0 takes a free one."
)
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="Address to listen on.")
@click.option("--allow-remote", is_flag=True, help="Let --host be one that other machines reach.")
@click.option(
    "--allow-host",
    multiple=True,
    metavar="NAME",
    help="A name by which clients reach it, such as a container's; may be repeated.",
)
@click.option(
    "--public-url", metavar="URL", help="Where links to results point. Default: where it listens."
)
@click.option("--coins", type=int, default=1_000_000, metavar="N", help="Balance of the account.")
@click.option(
    "--price",
    multiple=True,
    metavar="OPERATION=N",
    help="Coins for a start, such as add_face_swap_task=25; may be repeated.",
)
@click.option(
    "--processing-after",
    type=float,
    default=1.0,
    metavar="SECONDS",
    help="When a task begins to run.",
)
@click.option(
    "--completed-after", type=float, default=3.0, metavar="SECONDS", help="When a task ends."
)
@click.option(
    "--latency",
    type=float,
    default=0.0,
    metavar="SECONDS",
    help="What every response is delayed by.",
)
@click.option(
    "--fail-share",
    type=float,
    default=0.0,
    metavar="0..1",
    help="How many tasks fail; of 0.2, every fifth.",
)
@click.option("--refund-failed", is_flag=True, help="Give the coins of tasks that fail back.")
@click.option(
    "--max-running",
    type=int,
    metavar="N",
    help="How many tasks may run at once; a start beyond that is refused.",
)
@click.option(
    "--busy-code",
    type=int,
    default=429,
    metavar="N",
    help="Code of that refusal: 429, 503 or 1001.",
)
@click.option(
    "--retry-after",
    type=float,
    metavar="SECONDS",
    help="Retry-After of that refusal. Default: no such header.",
)
@click.option(
    "--webhook-host",
    multiple=True,
    metavar="NAME",
    help="A host that webhooks may be sent to beside this machine; may be repeated.",
)
@click.option(
    "--link-lifetime",
    type=float,
    default=3 * 86_400.0,
    metavar="SECONDS",
    help="How long a link to a result works.",
)
@click.option(
    "--result-lifetime",
    type=float,
    metavar="SECONDS",
    help="How long after its task a result is there. Default: for ever.",
)
@click.option(
    "--expired-status",
    type=int,
    default=403,
    metavar="N",
    help="HTTP status of an expired link: 403, 404 or 410.",
)
@click.option(
    "--result-size", type=int, default=65_536, metavar="BYTES", help="Size of each result."
)
@click.option(
    "--fault",
    multiple=True,
    metavar="JSON",
    help="What the coming requests meet, as POST /__sandbox__/faults takes it; may be repeated.",
)
@click.option("--paused", is_flag=True, help="Let the clock stand still until it is turned.")
@click.option(
    "--state",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Load this file at the start, if it is there, and write it then and at the end.",
)
@click.option("--no-records", is_flag=True, help="Begin without the three face swap records.")
@click.option("--open", "open_page", is_flag=True, help="Open the sandbox's page in the browser.")
@click.option("--log", is_flag=True, help="Print one line for each request on standard error.")
def serve_sandbox(
    port: int,
    host: str,
    allow_remote: bool,
    allow_host: tuple[str, ...],
    public_url: str | None,
    coins: int,
    price: tuple[str, ...],
    processing_after: float,
    completed_after: float,
    latency: float,
    fail_share: float,
    refund_failed: bool,
    max_running: int | None,
    busy_code: int,
    retry_after: float | None,
    webhook_host: tuple[str, ...],
    link_lifetime: float,
    result_lifetime: float | None,
    expired_status: int,
    result_size: int,
    fault: tuple[str, ...],
    paused: bool,
    state: Path | None,
    no_records: bool,
    open_page: bool,
    log: bool,
) -> None:
    """Serve a stand-in for A2E on this machine: no token, no coins, no network.

    It starts with three face swap records and forgets everything when it ends, unless --state
    names a file. Programs in any language arm faults, turn the clock and read the ledger at
    /__sandbox__/ (docs/sandbox.md).

    Ctrl-C and SIGTERM end it at once; the exit code is 0 then, 1 when it can't listen, and 2 when
    an option is wrong.
    """
    from a2e_sdk._checks.validation import require_whole_number
    from a2e_sdk.sandbox import DEFAULT_PUBLIC_URL, AdjustableClock, Sandbox
    from a2e_sdk.sandbox.http_server import serve

    require_whole_number(port, "--port", minimum=0, maximum=65535)
    if not allow_remote:
        _require_loopback(host)
    sandbox = Sandbox(
        clock=AdjustableClock(paused=paused),
        coins=coins,
        prices=_prices(price or ()),
        processing_after=processing_after,
        completed_after=completed_after,
        latency=latency,
        failure_share=fail_share,
        refund_failed=refund_failed,
        max_running=max_running,
        busy_code=busy_code,
        retry_after=retry_after,
        webhook_hosts=webhook_host or (),
        link_lifetime=link_lifetime,
        result_lifetime=result_lifetime,
        expired_status=expired_status,
        result_size=result_size,
        seed_records=not no_records,
        public_url=public_url or DEFAULT_PUBLIC_URL,
        log_limit=_LOGGED_REQUESTS,
    )
    if state is not None:
        _load(sandbox, state)
    _arm(sandbox, fault or ())
    try:
        server = serve(
            sandbox,
            host,
            port,
            allow_remote=allow_remote,
            log=_log if log else None,
            allow_hosts=allow_host or (),
        )
    except OSError as problem:
        reason = problem.strerror or problem
        raise OSError(f"can't listen on {host} port {port}: {reason}") from None
    if state is not None:
        try:
            # A place that can't be written is told of now, and not when there is a state to lose.
            _save(sandbox, state)
        except OSError:
            server.close()
            raise
    # Inside the try from the first word on: whoever waits for the address may stop us at once.
    with _stopped_by_signals():
        try:
            print(
                f"The A2E sandbox listens at {server.url} (Ctrl-C stops it). In another "
                "terminal:\n\n"
                f"  export A2E_BASE_URL={server.url}\n"
                "  export A2E_API_KEY=sandbox\n"
                "  a2e face-swap tasks list\n\n"
                f"What it is asked, and what comes of it: {server.url}/__sandbox__/",
                flush=True,
            )
            if open_page:
                _open(f"{server.url}/__sandbox__/")
            while not server.wait(_WAIT_SECONDS):
                pass
        except KeyboardInterrupt:
            pass
        finally:
            server.close()
            if state is not None:
                _save(sandbox, state)


@contextlib.contextmanager
def _stopped_by_signals() -> Generator[None, None, None]:
    """Let SIGTERM end the server like Ctrl-C, and a second signal not disturb the end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    stopping = False

    def stop(_number: int, _frame: Any) -> None:
        nonlocal stopping
        if not stopping:
            stopping = True
            raise KeyboardInterrupt

    signals = [signal.SIGTERM]
    # A shell that starts us in the background has Ctrl-C ignored, since it is not meant for us.
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signals.append(signal.SIGINT)
    before = {number: signal.signal(number, stop) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _prices(words: Sequence[str]) -> dict[str, int]:
    prices: dict[str, int] = {}
    for word in words:
        operation, _, coins = word.partition("=")
        if not (operation and coins.isascii() and coins.isdigit() and len(coins) <= 15):
            raise ValueError(f"--price must be like 'add_face_swap_task=25'; it is {word!r}.")
        prices[operation] = int(coins)
    return prices


def _load(sandbox: Any, path: Path) -> None:
    from a2e_sdk.sandbox.protocol.json_input import MAX_STATE_DEPTH, read_json

    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as problem:
        raise OSError(f"can't read --state {path}: {problem.strerror or problem}") from None
    try:
        sandbox.load(read_json(content, MAX_STATE_DEPTH))
    except ValueError as problem:
        raise ValueError(
            f"--state {path} can't be loaded, and is left as it is: {problem} "
            "Name another file to begin anew."
        ) from None


def _save(sandbox: Any, path: Path) -> None:
    from a2e_sdk._batch.whole_file import written_whole

    try:
        # Of a link, the file that it leads to is written anew, and not the link.
        with written_whole(path.resolve()) as file:
            file.write(json.dumps(sandbox.dump()).encode())
    except OSError as problem:
        raise OSError(f"can't write --state {path}: {problem.strerror or problem}") from None


def _open(url: str) -> None:
    """Open a page in the browser, and say so where there is none: the server goes on."""

    def open_it() -> None:
        import webbrowser

        try:
            is_open = webbrowser.open(url)
        except (OSError, webbrowser.Error):
            is_open = False
        if not is_open:
            _log(f"No browser could be opened; the page is at {url}")

    # Some browsers return only when they are closed.
    threading.Thread(target=open_it, name="a2e-sandbox-browser", daemon=True).start()


def _arm(sandbox: Any, words: Sequence[str]) -> None:
    from a2e_sdk.sandbox.control.faults import arm_fault
    from a2e_sdk.sandbox.control.fields import json_body

    for word in words:
        try:
            arm_fault(sandbox, json_body(word.encode("utf-8", "replace")))
        except ValueError as problem:
            raise ValueError(f"--fault {word[:60]!r}: {problem}") from None


def _require_loopback(host: str) -> None:
    from a2e_sdk._checks.hosts import is_loopback

    if not is_loopback(host):
        raise ValueError(
            f"--host {host} is within reach of other machines; --allow-remote permits that."
        )


def _log(line: str) -> None:
    # Not printed: a thread that holds the buffer while the interpreter ends would abort it.
    with contextlib.suppress(OSError, ValueError):
        os.write(sys.stderr.fileno(), f"{line}\n".encode("utf-8", "backslashreplace"))
