"""What every transport takes from its surroundings: certificates, proxies, limits of connections.

This module owns them, so that a call meets the same server in the same way whichever HTTP library
carries it. It imports none of them.
"""

from __future__ import annotations

import os
import ssl
import threading
import urllib.request
from urllib.parse import urlsplit

import certifi

from a2e_sdk._checks.hosts import LOGIN_ESCAPES, is_loopback
from a2e_sdk._runtime.forks import ForkAware
from a2e_sdk.errors import ConfigurationError

MAX_CONNECTIONS = 100
MAX_IDLE_CONNECTIONS = 20
KEEP_ALIVE_SECONDS = 30.0


class SharedTls(ForkAware):
    """The TLS context that all clients of a process share; made on first use."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._context: ssl.SSLContext | None = None

    def _drop_inherited(self) -> None:
        self._lock = threading.Lock()

    def context(self) -> ssl.SSLContext:
        """Return it.

        Raises:
            ConfigurationError: The certificates can't be loaded.
        """
        self.renew_after_fork()
        with self._lock:
            if self._context is None:
                try:
                    self._context = _new_tls_context()
                except OSError as error:  # ssl.SSLError is one too.
                    raise ConfigurationError(
                        f"The certificates can't be loaded ({error}): check SSL_CERT_FILE and "
                        "SSL_CERT_DIR of the environment."
                    ) from None
            return self._context


def _new_tls_context() -> ssl.SSLContext:
    # By the rules of httpx, so that nothing changes for who moves between libraries.
    if file := os.environ.get("SSL_CERT_FILE"):
        return ssl.create_default_context(cafile=file)
    if directory := os.environ.get("SSL_CERT_DIR"):
        return ssl.create_default_context(capath=directory)
    return ssl.create_default_context(cafile=certifi.where())


_tls = SharedTls()


def shared_tls_context() -> ssl.SSLContext:
    """Return the TLS context that all clients of this process share; made on first use.

    It honours ``SSL_CERT_FILE`` and ``SSL_CERT_DIR`` as they are at that moment.

    Raises:
        ConfigurationError: The certificates that they name can't be loaded.
    """
    return _tls.context()


def proxy_address(origin: str) -> str | None:
    """Return the URL of the proxy that the environment sets for an origin, or None.

    ``HTTPS_PROXY``, ``HTTP_PROXY``, ``ALL_PROXY`` and ``NO_PROXY`` mean what they mean to httpx,
    but an address of this very machine is never reached through a proxy: it could not find it, and
    would be shown a request, key included, that was to stay here.

    Raises:
        ConfigurationError: Nobody can tell where the password in its URL ends.
    """
    parts = urlsplit(origin)
    if is_loopback(parts.hostname or ""):
        return None
    proxies = urllib.request.getproxies()
    address = proxies.get(parts.scheme) or proxies.get("all")
    if not address or urllib.request.proxy_bypass(parts.netloc):
        return None
    address = address if "://" in address else f"http://{address}"
    _require_separable(address)
    return address


def _require_separable(address: str) -> None:
    """Refuse the URL of a proxy whose login can't be told from its host; nothing of it is shown."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        is_readable = False
    else:
        login, _, _ = parts.netloc.rpartition("@")
        is_readable = "@" not in login + parts.path + parts.query + parts.fragment
    if not is_readable:
        raise ConfigurationError(
            "The address of the proxy that the environment names can't be read: check HTTPS_PROXY, "
            f"HTTP_PROXY and ALL_PROXY. Write http://USER:PASSWORD@HOST:PORT. {LOGIN_ESCAPES}"
        )
