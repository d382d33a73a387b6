"""Which server the requests of a client reach, so that clients of one server can be told apart.

This module owns that decision for what a caller may pass as ``http_client``. It loads no HTTP
library: what a caller passed has loaded its own.
"""

from __future__ import annotations

import sys
from typing import Any
from urllib.parse import urlsplit

from a2e_sdk._config.regions import Address

_DEFAULT_PORTS = {"https": 443, "http": 80}
_AIOHTTP = "a2e_sdk._http.transports.aiohttp_transport"


def server_reached(address: Address, http_client: object) -> object:
    """Return what two clients have in common that reach the same server.

    Args:
        address: Where the client sends its calls.
        http_client: What its caller passed to carry them; None for connections of the client's.

    Returns:
        The base URL in one spelling, where the requests go to the network. Else what carries them,
        because each sandbox and each stand-in of a test is a server of its own; None where the
        client has a sandbox of its own.
    """
    if address.in_process or not _goes_to_network(http_client):
        return http_client
    parts = urlsplit(address.base_url)
    port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    return f"{parts.scheme}://{parts.hostname}:{port}{parts.path}"


def _goes_to_network(http_client: object) -> bool:
    if http_client is None:
        return True
    aiohttp_transport: Any = sys.modules.get(_AIOHTTP)
    if aiohttp_transport and isinstance(http_client, aiohttp_transport.AiohttpTransport):
        return True
    httpx: Any = sys.modules.get("httpx")
    if httpx is None or not isinstance(http_client, httpx.Client | httpx.AsyncClient):
        return False
    stand_ins = (httpx.MockTransport, httpx.ASGITransport, httpx.WSGITransport)
    client: Any = http_client
    carriers = (client._transport, *client._mounts.values())
    return not any(isinstance(carrier, stand_ins) for carrier in carriers)
