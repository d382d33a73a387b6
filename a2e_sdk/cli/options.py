"""The options that commands share, and the client that they lead to.

This module owns the names and help texts of ``--region``, ``--base-url``, ``--json`` and their
like, and the refusal of keys on the command line. Checks of values are the facade's where it has
them. Options are plain ``str`` and ``int``: newer versions of typer turn richer types into texts of
their own, and their errors with them.
"""

# Some versions of typer type their own parameters with click's classes, left open.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from .exit_codes import UnusableKeyError

if TYPE_CHECKING:
    from ..synchronous.client import A2E

_REFUSED = frozenset({"api-key", "apikey", "api-token", "key", "token", "access-token"})


def _regions() -> list[str]:
    from ..regions import Region

    return [region.value for region in Region]


RegionOption = Annotated[
    str | None,
    typer.Option(
        "--region",
        metavar="global|china|sandbox",
        help="Where to go; sandbox needs no key and no network. Default: A2E_REGION, else global.",
        autocompletion=_regions,
    ),
]
BaseUrlOption = Annotated[
    str | None,
    typer.Option(
        "--base-url",
        metavar="URL",
        help="Address of the API, which wins over the region. Default: A2E_BASE_URL.",
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print JSON, with null where there is no value.")
]
PageSizeOption = Annotated[
    int,
    typer.Option("--page-size", metavar="1..100", help="How many to ask the server for at once."),
]
LimitOption = Annotated[
    int | None,
    typer.Option("--limit", metavar="N", help="Stop after the N newest. Default: all."),
]


def check_paging(page_size: int, limit: int | None) -> None:
    """Check ``--page-size`` and ``--limit``.

    Args:
        page_size: From 1 to 100.
        limit: At least 1, or None.

    Raises:
        ValueError: One is out of range; the message names the option.
    """
    from ..validation import MAX_PAGE_SIZE, require_whole_number

    require_whole_number(page_size, "--page-size", minimum=1, maximum=MAX_PAGE_SIZE)
    check_limit(limit)


def check_limit(limit: int | None) -> None:
    """Check ``--limit``: at least 1, or None.

    Raises:
        ValueError: It is lower.
    """
    from ..validation import require_whole_number

    if limit is not None:
        require_whole_number(limit, "--limit", minimum=1)


def refused_key_option(arguments: Sequence[str]) -> str | None:
    """Find an option that would carry an API key, wherever it stands.

    Args:
        arguments: The arguments of the command line, without the program's name.

    Returns:
        The option as it was written, without its value; None where there is none.
    """
    for argument in arguments:
        if argument == "--":
            return None
        name = argument.partition("=")[0]
        if name.startswith("--") and name[2:].lower().replace("_", "-") in _REFUSED:
            return name
    return None


def open_client(region: str | None, base_url: str | None) -> A2E:
    """Build the client for ``--region``, ``--base-url`` and the environment.

    Args:
        region: The option's value; None where it was not given.
        base_url: The option's value; None where it was not given.

    Returns:
        The client; use it as a context manager.

    Raises:
        UnusableKeyError: There is no API key, or none that can be sent.
        ConfigurationError: The region is unknown, or the base URL is refused.
    """
    from ..credentials import API_KEY_VARIABLES
    from ..errors import ConfigurationError
    from ..regions import resolve_address
    from ..synchronous.client import A2E

    # First, so that whatever A2E refuses below is the key.
    resolve_address(region, base_url, os.environ)
    try:
        return A2E(region=region, base_url=base_url)
    except ConfigurationError as problem:
        if any(os.environ.get(name) for name in API_KEY_VARIABLES):
            raise UnusableKeyError(str(problem)) from None
        raise UnusableKeyError(
            "No API key: set A2E_API_KEY in the environment (keys are made on A2E's web site under "
            "Account > API Token). To try a2e without a key, add --region sandbox."
        ) from None
