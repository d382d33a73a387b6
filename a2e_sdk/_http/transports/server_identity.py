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
#: Libraries whose clients may be given as ``http_client``.
_LIBRARIES = ("httpx", "httpx2")
#: Transports of this SDK, by their module.
_TRANSPORTS = {
    "aiohttp_transport": "AiohttpTransport",
    "httpx_async": "AsyncHttpxTransport",
    "httpx_sync": "SyncHttpxTransport",
}


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
    given: Any = http_client
    for module, class_name in _TRANSPORTS.items():
        if _is_instance(given, f"{__package__}.{module}", class_name):
            own = getattr(given, "_own_client", None)
            return own is None or _goes_to_network(own.client)
    for library in _LIBRARIES:
        if _is_instance(given, library, "Client") or _is_instance(given, library, "AsyncClient"):
            carriers = (given._transport, *given._mounts.values())
            return not any(
                _is_instance(carrier, library, stand_in)
                for carrier in carriers
                for stand_in in ("MockTransport", "ASGITransport", "WSGITransport")
            )
    return False


def _is_instance(value: object, module: str, class_name: str) -> bool:
    """Tell whether a value is of a class whose module is loaded."""
    loaded = getattr(sys.modules.get(module), class_name, None)
    return loaded is not None and isinstance(value, loaded)
