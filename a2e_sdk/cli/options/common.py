"""The options that commands share, and the client that they lead to.

This module owns the names and help texts of ``--region``, ``--output``, ``--json`` and their like,
and the refusal of keys on the command line. Checks of values are the facade's where it has them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

import click

from a2e_sdk.cli.exit_codes import UnusableKeyError
from a2e_sdk.cli.options.parameters import Decorated, all_of, completed_by

if TYPE_CHECKING:
    from a2e_sdk._config.hooks import Hooks
    from a2e_sdk._files.options import Existing
    from a2e_sdk._sync.client import A2E
    from a2e_sdk.models.journal import Budget

#: Where the journal's file is read, where ``--journal`` is not given.
JOURNAL_VARIABLE = "A2E_JOURNAL"

_REFUSED = frozenset({"api-key", "apikey", "api-token", "token", "access-token"})
#: How an API key begins; ``--key`` is for what a start is called.
_KEY_START = "sk_"


def _regions() -> list[str]:
    from a2e_sdk._config.regions import Region

    return [region.value for region in Region]


def _policies() -> list[str]:
    return ["error", "overwrite", "skip"]


def _cloud_inputs() -> list[str]:
    from a2e_sdk._config.settings import CLOUD_INPUTS

    return list(CLOUD_INPUTS)


region_option = click.option(
    "--region",
    metavar="global|china|sandbox",
    help="Where to go; sandbox needs no key and no network. Default: A2E_REGION, else global.",
    shell_complete=completed_by(_regions),
)
base_url_option = click.option(
    "--base-url",
    metavar="URL",
    help="Address of the API, which wins over the region. Default: A2E_BASE_URL.",
)
cloud_inputs_option = click.option(
    "--cloud-inputs",
    metavar="upload|sign",
    help="How A2E gets at inputs such as s3://bucket/me.jpg: through this computer, or by a "
    "link that works for 24 hours. Default: A2E_CLOUD_INPUTS, else upload.",
    shell_complete=completed_by(_cloud_inputs),
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for scripts.")
#: Those of every command that talks to the API.
client_options = all_of(region_option, base_url_option, json_option)
page_size_option = click.option(
    "--page-size",
    type=int,
    default=100,
    metavar="1..100",
    help="How many to ask the server for at once.",
)
limit_option = click.option(
    "--limit", type=int, metavar="N", help="Stop after the N newest. Default: all."
)


output_option = click.option(
    "--output",
    "-o",
    default=".",
    metavar="PATH",
    help="The file, a directory (the name comes from the task), an address such as "
    "s3://bucket/out.mp4, or - for standard output. "
    "Default: here.",
    show_default=False,
)
existing_option = click.option(
    "--existing",
    default="error",
    metavar="error|overwrite|skip",
    help="What becomes of a file that is there already.",
    shell_complete=completed_by(_policies),
)


def timeout_option(seconds: float = 1800.0) -> Callable[[Decorated], Decorated]:
    """Return ``--timeout``, as a decorator.

    Args:
        seconds: Its default.
    """
    return click.option(
        "--timeout",
        type=float,
        default=seconds,
        metavar="SECONDS",
        help="How long to wait at the most.",
    )


def check_existing(value: str) -> Existing:
    """Return the value of ``--existing``.

    Raises:
        ValueError: It is none of its words.
    """
    from a2e_sdk._checks.validation import require_one_of

    return cast("Existing", require_one_of(value, "--existing", tuple(_policies())))


def check_timeout(seconds: float) -> None:
    """Check ``--timeout``, before anything is started.

    Raises:
        ValueError: It is not above 0.
    """
    from a2e_sdk._checks.validation import require_seconds

    require_seconds(seconds, "--timeout")


def check_text(text: str) -> None:
    """Check a TEXT to speak, before anything is paid for.

    Raises:
        ValueError: There is nothing in it.
    """
    if not text.strip():
        raise ValueError("TEXT is empty.")


def check_paging(page_size: int, limit: int | None) -> None:
    """Check ``--page-size`` and ``--limit``.

    Args:
        page_size: From 1 to 100.
        limit: At least 1, or None.

    Raises:
        ValueError: One is out of range; the message names the option.
    """
    from a2e_sdk._checks.validation import MAX_PAGE_SIZE, require_whole_number

    require_whole_number(page_size, "--page-size", minimum=1, maximum=MAX_PAGE_SIZE)
    check_limit(limit)


def check_limit(limit: int | None) -> None:
    """Check ``--limit``: at least 1, or None.

    Raises:
        ValueError: It is lower.
    """
    from a2e_sdk._checks.validation import require_whole_number

    if limit is not None:
        require_whole_number(limit, "--limit", minimum=1)


def refused_key_option(arguments: Sequence[str]) -> str | None:
    """Find an option that would carry an API key, wherever it stands.

    Args:
        arguments: The arguments of the command line, without the program's name.

    Returns:
        The option as it was written, without its value; None where there is none.
    """
    for place, argument in enumerate(arguments):
        if argument == "--":
            return None
        name, mark, value = argument.partition("=")
        if not name.startswith("--"):
            continue
        word = name[2:].lower().replace("_", "-")
        following = value if mark else "".join(arguments[place + 1 : place + 2])
        if word in _REFUSED or (word == "key" and following.startswith(_KEY_START)):
            return name
    return None


def open_client(
    region: str | None,
    base_url: str | None,
    hooks: Hooks | None = None,
    *,
    journal: str | None = None,
    budget: Budget | None = None,
    cloud_inputs: str | None = None,
) -> A2E:
    """Build the client for ``--region``, ``--base-url`` and the environment.

    Args:
        region: The option's value; None where it was not given.
        base_url: The option's value; None where it was not given.
        hooks: What watches its requests. Default: nothing.
        journal: Its journal. Default: A2E_JOURNAL, else none.
        budget: What may be spent. Default: any sum.
        cloud_inputs: How A2E gets at objects of stores. Default: A2E_CLOUD_INPUTS, else "upload".

    Returns:
        The client; use it as a context manager.

    Raises:
        UnusableKeyError: There is no API key, or none that can be sent.
        ConfigurationError: The region is unknown, or the base URL or the journal is refused.
    """
    from a2e_sdk._config.credentials import API_KEY_VARIABLES
    from a2e_sdk._config.journal_place import journal_place
    from a2e_sdk._config.regions import resolve_address
    from a2e_sdk._config.settings import CLOUD_INPUTS_VARIABLE, check_cloud_inputs
    from a2e_sdk._sync.client import A2E
    from a2e_sdk.errors import ConfigurationError

    if os.environ.get("A2E_DRIFT_FILE"):
        from a2e_sdk.cli.output.log_notes import show_warnings

        show_warnings()
    # First, so that whatever A2E refuses below is the key.
    resolve_address(region, base_url, os.environ)
    journal_place(journal or os.environ.get(JOURNAL_VARIABLE))
    words = check_cloud_inputs(cloud_inputs or os.environ.get(CLOUD_INPUTS_VARIABLE))
    try:
        return A2E(
            region=region,
            base_url=base_url,
            hooks=hooks,
            journal=journal or None,
            budget=budget,
            cloud_inputs=words,
        )
    except ConfigurationError as problem:
        if any(os.environ.get(name) for name in API_KEY_VARIABLES):
            raise UnusableKeyError(str(problem)) from None
        raise UnusableKeyError(
            "No API key: set A2E_API_KEY in the environment (keys are made on A2E's web site under "
            "Account > API Token). To try a2e without a key, add --region sandbox."
        ) from None
