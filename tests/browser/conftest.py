"""A real browser that looks at a real server.

What every test here holds for: the page writes no error to the console, breaks no content security
policy, and sends no request to another server.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from watched_page import TOKEN, Open, Watched, watch

from a2e_sdk import A2E
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import SandboxServer, serve
from chromium import launched


@pytest.fixture(scope="package")
def playwright_api() -> Any:
    reason = "playwright (dependency group browser) is not installed"
    return pytest.importorskip("playwright.sync_api", reason=reason)


# Of the folder, not of the session: while Playwright runs, no test beside it could run a loop of
# its own in this thread.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    """A headless Chromium for all tests here."""
    with launched() as browser:
        yield browser


@pytest.fixture
def sandbox() -> Sandbox:
    """A sandbox whose clock stands still until the page turns it."""
    sandbox = Sandbox(seed_records=False)
    sandbox.clock.pause()  # type: ignore[attr-defined]
    return sandbox


@pytest.fixture
def server(sandbox: Sandbox) -> Iterator[SandboxServer]:
    with serve(sandbox) as server:
        yield server


@pytest.fixture
def client(server: SandboxServer) -> Iterator[A2E]:
    """An SDK client of the served sandbox, which repeats nothing by itself."""
    with A2E(TOKEN, base_url=server.url, max_retries=0) as client:
        yield client


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.fixture
def open_page(chromium: Any, server: SandboxServer, watched: Watched) -> Iterator[Open]:
    """Opens the page of the sandbox: ``open_page("money")``, ``open_page(width=390)``."""
    contexts = []

    def open_page(
        address: str = "requests",
        *,
        width: int = 1280,
        height: int = 760,
        scheme: str = "light",
        url: str | None = None,
        live: bool = True,
    ) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            locale="en-US",
            timezone_id="UTC",
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        watch(page, watched, urlsplit(url or server.url).netloc)
        page.goto(url or f"{server.url}/__sandbox__/#/{address}")
        if live:
            page.wait_for_selector("#connection[data-state=live]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert watched.problems == []


@pytest.fixture
def expect(playwright_api: Any) -> Any:
    """Playwright's assertions, which wait until they hold."""
    return playwright_api.expect
