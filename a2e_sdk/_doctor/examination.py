"""All checks, in the order in which one failure explains the next, within one deadline.

This module owns that order, and what is not checked because of what.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import metadata
from importlib.util import find_spec

import attrs

from a2e_sdk._checks.key_search import KeySearch
from a2e_sdk._checks.redaction import redact
from a2e_sdk._config.credentials import API_KEY_VARIABLES, SANDBOX_KEY, find_api_key
from a2e_sdk._config.regions import Address
from a2e_sdk._http.transports.network_settings import proxy_address
from a2e_sdk._journal.identity import account_fingerprint
from a2e_sdk.errors import ConfigurationError
from a2e_sdk.version import __version__

from .account import check_account
from .checks import Check, Status, ok, problem, skipped, warning
from .clock import check_clock
from .computer import check_drift, check_folders, check_journal, check_terminal
from .deadline import Deadline, within
from .network import STEPS, probe_way
from .packages import Requirement, check_packages, requirements_of
from .settings import (
    check_key,
    check_proxy,
    find_address,
    proxy_variable,
    unread_bundles,
    unreadable_proxy,
)

#: In seconds, for the whole examination.
LONGEST = 30.0
#: For what is looked up on this computer.
_LOCAL_SECONDS = 6.0


def examine(
    region: str | None, base_url: str | None, *, encoding: str | None, seconds: float = LONGEST
) -> Iterator[Check]:
    """Check everything, and yield each check as it was made.

    Args:
        region: ``--region``; None where it was not given.
        base_url: ``--base-url``; None where it was not given.
        encoding: That of standard output.
        seconds: How long it may take.
    """
    hide = _key_hider()
    for check in _checks(region, base_url, encoding, Deadline(seconds)):
        yield attrs.evolve(check, detail=hide(check.detail), remedy=hide(check.remedy))


def _checks(
    region: str | None, base_url: str | None, encoding: str | None, deadline: Deadline
) -> Iterator[Check]:
    system = f"Python {platform.python_version()}, {platform.platform(terse=True)}"
    yield ok("sdk", f"a2e-sdk {__version__}, {system}")
    yield check_packages(_requirements(), _version_of)
    address, found = find_address(region, base_url, os.environ)
    yield found
    key = check_key(os.environ, address)
    yield key
    yield from _network(address, key, region, base_url, deadline)
    # Folders may be of another machine, which does not respond.
    fingerprint = _fingerprint(address, key)
    yield _in_time(
        "journal",
        lambda: _bounded(deadline, lambda: check_journal(os.environ, deadline, fingerprint)),
    )
    yield _in_time("drift", lambda: _bounded(deadline, lambda: check_drift(os.environ)))
    yield _in_time("disk", lambda: _bounded(deadline, check_folders))
    yield check_terminal(encoding)


def _network(
    address: Address | None,
    key: Check,
    region: str | None,
    base_url: str | None,
    deadline: Deadline,
) -> Iterator[Check]:
    rest = ("proxy", *STEPS, "clock", "account")
    if address is None:
        yield from (skipped(name, "the address is refused") for name in rest)
        return
    if address.in_process:
        yield from (skipped(name, "the sandbox needs no network") for name in rest[:-1])
        yield _in_time("account", lambda: check_account(region, base_url, deadline))
        return
    variable = proxy_variable(address.base_url.partition(":")[0], os.environ)
    proxy = None
    try:
        proxy = proxy_address(address.base_url)
    except ConfigurationError as error:
        found = unreadable_proxy(error, variable)
    else:
        has_socks = find_spec("socksio") is not None
        found = check_proxy(proxy, os.environ, variable, has_socks=has_socks)
    yield found
    if found.status is Status.PROBLEM:
        yield from (skipped(name, "proxy has a problem") for name in rest[1:])
        return
    try:
        way = probe_way(address.base_url, proxy, deadline, variable)
    except TimeoutError as error:
        yield from (skipped(name, str(error)) for name in rest[1:])
        return
    yield from map(_with_bundles, way.checks)
    yield check_clock(datetime.now(UTC), way.server_time)
    failed = next((one for one in way.checks if one.status is Status.PROBLEM), None)
    if failed is not None:
        yield skipped("account", f"{failed.name} has a problem")
    elif key.status is Status.PROBLEM:
        yield skipped("account", "key has a problem")
    else:
        yield _in_time("account", lambda: check_account(region, base_url, deadline))


def _with_bundles(check: Check) -> Check:
    """Return a check of TLS with what the environment tells other programs and not this one."""
    names = unread_bundles(os.environ)
    if check.name != "tls" or not names:
        return check
    advice = f"This SDK reads SSL_CERT_FILE, not {names[0]}: set it to the same file."
    if check.status is Status.PROBLEM:
        return problem("tls", check.detail, advice)
    return warning("tls", f"{check.detail}; {names[0]} is set", advice)


def _in_time(name: str, make: Callable[[], Check]) -> Check:
    try:
        return make()
    except TimeoutError as error:
        return skipped(name, str(error))


def _fingerprint(address: Address | None, key: Check) -> Callable[[str], str] | None:
    """Return what makes the account's fingerprint of a journal's salt, as clients do."""
    if address is None or address.in_process or key.status is Status.PROBLEM:
        return None
    found = find_api_key(None, os.environ)
    return lambda salt: account_fingerprint(salt, address.base_url, found.authorization())


def _bounded(deadline: Deadline, make: Callable[[], Check]) -> Check:
    return within(deadline.step(_LOCAL_SECONDS), make)


def _requirements() -> list[Requirement] | None:
    try:
        return requirements_of(metadata.requires("a2e-sdk") or [])
    except metadata.PackageNotFoundError:
        return None


def _version_of(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _key_hider() -> Callable[[str], str]:
    """Return what takes the keys of the environment out of a text."""
    keys = [os.environ.get(name, "").strip() for name in API_KEY_VARIABLES]
    searches = [KeySearch(key) for key in keys if key and key != SANDBOX_KEY]

    def hide(text: str) -> str:
        for search in searches:
            text = search.hide(text)
        return redact(text)

    return hide
