"""Lists of what is no task: voices, avatars, backgrounds, credits.

This module owns the way of such a command from the client to the listing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import TYPE_CHECKING

from a2e_sdk.cli.options.common import check_limit, open_client

if TYPE_CHECKING:
    from attrs import AttrsInstance

    from a2e_sdk._sync.client import A2E


def list_whole(
    read: Callable[[A2E], Iterable[AttrsInstance]],
    fields: str,
    singular: str,
    *,
    region: str | None,
    base_url: str | None,
    as_json: bool,
    limit: int | None = None,
) -> None:
    """Print what the client lists.

    Args:
        read: Asks the client for it.
        fields: The names of the fields that a table shows, with spaces between.
        singular: What one of them is called.
        region: The value of ``--region``.
        base_url: The value of ``--base-url``.
        as_json: Whether to print a JSON array, with every field.
        limit: How many to print at the most; None for all.
    """
    from a2e_sdk.cli.output.columns import field_columns
    from a2e_sdk.cli.output.printing import print_listing

    check_limit(limit)
    with open_client(region, base_url) as a2e:
        rows = islice(read(a2e), limit)
        print_listing(rows, field_columns(*fields.split()), singular, as_json=as_json)
