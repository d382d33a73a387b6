"""`AiohttpTransport` under the path that it always had; new code imports it from `transports`."""

from __future__ import annotations

from a2e_sdk._http.transports.aiohttp_transport import AiohttpTransport

__all__ = ["AiohttpTransport"]
