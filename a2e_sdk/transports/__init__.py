"""Transports: what carries the requests of a client, and the protocols to write one.

    from a2e_sdk import AsyncA2E
    from a2e_sdk.transports import AiohttpTransport

    async with AiohttpTransport() as transport, AsyncA2E(http_client=transport) as a2e:
        ...

This module owns the list of public names; each is imported when it is first used, because each HTTP
library is installed by an extra of its own. See docs/transports.md.
"""
