"""API tokens, by the operation that A2E has deprecated.

This module owns the arguments of that operation, and the advice on what to do instead.
"""

from __future__ import annotations

import warnings

from a2e_api.api.tokens import add_api_token
from a2e_api.models import AddApiTokenRequest
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._checks.validation import require_text
from a2e_sdk._wire.records import response_data, unexpected
from a2e_sdk._wire.to_model.tokens import api_token
from a2e_sdk.models import ApiToken

_ADVICE = (
    "A2E has deprecated the making of API tokens by call, and may remove it: make them on A2E's "
    "web site, under Account > API Token."
)


class AsyncTokens:
    """API tokens. Deprecated by A2E: they are made on its web site, under Account > API Token.

    The operations that list and delete tokens are documented by name only, so there are none here.
    """

    def __init__(self, api: AsyncAPIClient) -> None:
        self._api = api

    async def create(self, name: str) -> ApiToken:
        """Make an API token (operation ``addApiToken``, deprecated by A2E).

        The server wants a login token of its web site for this; whether an API key will do, no
        source says. The operation is documented of early 2025, and is gone from later references.

        Args:
            name: A label of 1 to 200 characters.

        Returns:
            The token. Its ``repr`` does not show the secret.

        Raises:
            TypeError: The name is no str.
            ValueError: The name is empty or too long.
            AuthenticationError: The server does not take the client's key for this.
            UnexpectedResponseError: No token came back.
            APIError: The call failed in another way.

        Warns:
            DeprecationWarning: Always, with the place where tokens are made now.
        """
        warnings.warn(_ADVICE, DeprecationWarning, stacklevel=2)
        body = AddApiTokenRequest(alias=require_text(name, "name", maximum=200))
        request = add_api_token.build_request(body=body)
        response = await self._api.call_async(request, add_api_token.parse)
        made = response_data(response, request.operation)
        if made is None or not made.token:
            raise unexpected("the response holds no token", request.operation, response.status_code)
        return api_token(made, name)
