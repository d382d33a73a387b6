"""API tokens, as the server makes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from a2e_api.types import source_of

from .task import EMPTY

if TYPE_CHECKING:
    from a2e_api.models.api_token import ApiToken as WireToken


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


def api_token(wire: WireToken, name: str) -> ApiToken:
    """Return the friendly form of a new token.

    Args:
        wire: The answer; it is known to hold a token.
        name: The label that was sent.
    """
    return ApiToken(id=wire.id or "", token=wire.token or "", name=name, raw=source_of(wire))
