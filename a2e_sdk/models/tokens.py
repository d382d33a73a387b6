"""API tokens, as the server makes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from .task import EMPTY


@attrs.frozen(kw_only=True, slots=False)
class ApiToken:
    """A new API token. Its ``repr`` does not show the secret; ``raw`` and a pickle hold it.

    Attributes:
        id: The server's id.
        token: The secret, to be given to a client as ``api_key``.
        name: The label it was made with.
        raw: The server's own object, every field under its wire name.
    """

    id: str
    token: str = attrs.field(repr=False)
    name: str | None = None
    raw: Mapping[str, Any] = attrs.field(default=EMPTY, repr=False, eq=False)
