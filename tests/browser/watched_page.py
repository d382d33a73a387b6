"""What the tests of the page share: a token, the arguments of a start, and a watch over a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from attrs import define, field

__all__ = ["SWAP", "TOKEN", "Open", "Watched", "watch"]

TOKEN = "sk_a_token_that_no_page_may_show"
SWAP = {"face": "https://example.com/me.jpg", "video": "https://example.com/clip.mp4"}

Open = Callable[..., Any]
"""Opens the page of the sandbox: ``open_page("money")``, ``open_page(width=390)``."""


@define
class Watched:
    """What a page did that it must not do."""

    problems: list[str] = field(factory=list)

    def take(self) -> list[str]:
        """Return what there was, and forget it: the test has expected it."""
        taken, self.problems = self.problems, []
        return taken


def watch(page: Any, watched: Watched, host: str) -> None:
    """Note errors in the console (policy violations are among them) and requests elsewhere."""

    def console(message: Any) -> None:
        if message.type in ("error", "warning"):
            watched.problems.append(f"console: {message.text}")

    def request(sent: Any) -> None:
        place = urlsplit(sent.url)
        if place.scheme in ("http", "https", "ws", "wss") and place.netloc != host:
            watched.problems.append(f"request elsewhere: {sent.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: watched.problems.append(f"error: {error}"))
    page.on("request", request)
    page.on("dialog", lambda dialog: (watched.problems.append("a dialog"), dialog.dismiss()))


def wait_until(page: Any, selector: str, condition: str) -> None:
    """Wait until the first element of a selector has what a condition on ``element`` says.

    Playwright's own wait_for_function evaluates text again and again, which the page's content
    security policy forbids.
    """
    page.locator(selector).first.evaluate(
        f"""async (element) => {{
            const end = performance.now() + 10_000;
            while (!({condition})) {{
                if (performance.now() > end) throw new Error({condition!r});
                await new Promise((done) => setTimeout(done, 20));
            }}
        }}"""
    )
