"""One cheap call with the key, by the client that every program uses: the coins that are left.

This module owns what is said of its failures. The key goes where the client sends it, and to no
other address to find out whose it is.
"""

from __future__ import annotations

from a2e_sdk import errors
from a2e_sdk._checks.redaction import safe_text
from a2e_sdk._config.regions import Region
from a2e_sdk._config.settings import Timeout
from a2e_sdk._sync.client import A2E
from a2e_sdk.models import Coins

from .checks import Check, ok, problem, warning
from .deadline import Deadline, within

_SECONDS = 8.0


def check_account(region: str | None, base_url: str | None, deadline: Deadline) -> Check:
    """Ask for the coins of the account; free, and changes nothing.

    Args:
        region: ``--region``.
        base_url: ``--base-url``.
        deadline: When the examination ends.
    """
    seconds = deadline.step(_SECONDS)
    timeout = Timeout(connect=seconds, read=seconds, write=seconds, pool=seconds, total=seconds)

    def ask() -> tuple[Region | None, Coins | errors.A2EError]:
        # The journal has a check of its own.
        with A2E(
            region=region, base_url=base_url, timeout=timeout, max_retries=0, journal=""
        ) as a2e:
            try:
                return a2e.region, a2e.account.coins()
            except errors.A2EError as error:
                return a2e.region, error

    try:
        chosen, outcome = within(seconds, ask)
    except TimeoutError as error:
        return problem("account", f"asking for the coins: {error}", "Try again in a minute.")
    except errors.ConfigurationError as error:
        return problem("account", str(error), "Correct that setting.")
    return judge(outcome, chosen)


def judge(outcome: Coins | errors.A2EError, region: Region | None) -> Check:
    """Return what an outcome of the call means.

    Args:
        outcome: The coins, or how the call failed.
        region: Where it was sent.
    """
    if isinstance(outcome, Coins):
        if outcome.coins <= 0:
            return warning(
                "account",
                "the key is accepted, and the account has no coins",
                "Buy coins on A2E's web site; what only reads works without.",
            )
        return ok("account", f"the key is accepted; {outcome.coins} coins are left")
    if isinstance(outcome, errors.ConfigurationError):
        return problem("account", safe_text(outcome).rstrip("."), "Correct that setting.")
    said = safe_text(outcome, 200).rstrip(".")
    if isinstance(outcome, errors.AuthenticationError) and not _is_page(outcome):
        other = Region.GLOBAL if region is Region.CHINA else Region.CHINA
        return problem(
            "account",
            f"the key is not accepted ({said})",
            "Copy it again from A2E's web site, Account > API Token. A key of the other region "
            f"works with --region {other.value} or A2E_REGION={other.value} only.",
        )
    if isinstance(outcome, errors.PermissionDeniedError) and not _is_page(outcome):
        return problem(
            "account",
            f"the account may not use the API ({said})",
            "See on A2E's web site whether the account is blocked or its plan has no API.",
        )
    if isinstance(outcome, errors.UnexpectedResponseError) or _is_page(outcome):
        return problem(
            "account",
            f"not A2E's API responded ({said})",
            "A proxy, a firewall or a login page of the network may stand in between: open the "
            "address in a browser, or try another network. Else check the base URL.",
        )
    if isinstance(outcome, errors.RateLimitError | errors.ServiceBusyError):
        return warning("account", f"the server is busy ({said})", "Try again in a minute.")
    if isinstance(outcome, errors.InsufficientCreditsError):
        return warning("account", f"no coins are left ({said})", "Buy coins on A2E's web site.")
    return problem(
        "account",
        f"asking for the coins failed ({said})",
        "Try again in a minute; if it stays, send this report to whoever helps you.",
    )


def _is_page(error: errors.A2EError) -> bool:
    """Tell whether a refusal came as a page for people: A2E's own are JSON."""
    shown = error.body_excerpt if isinstance(error, errors.APIError) else None
    return shown is not None and shown.startswith("<")
