# Written by `nox -s generate` from a2e_sdk/asynchronous/client.py: edit there, not here.
"""``A2E``, the client that blocks.

This module owns the life of a client: how it is built, copied, pickled and closed, and which
sections hang on it. Sections are imported when they are first used.
"""

from __future__ import annotations

from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ..configuration import (
    Configuration,
    TimeoutLike,
    as_timeout,
    check_max_retries,
    configure,
)
from ..connecting import open_transport
from ..errors import ConfigurationError
from ..exchange import Transport
from ..regions import Region
from .caller import Caller

if TYPE_CHECKING:
    import httpx

    from .face_swap import FaceSwap


class A2E:
    """A client of the A2E API.

    Use it as a context manager, or close it with `close`; one client serves many
    threads. Pickling it takes the settings along but never the key, which is read from the
    environment again on the other side.

    Args:
        api_key: The API key. Default: ``A2E_API_KEY``, then ``A2E_API_TOKEN`` of the environment.
        region: ``Region.GLOBAL``, ``Region.CHINA`` or ``Region.SANDBOX``, or its name. Default:
            ``A2E_REGION`` of the environment, else global. The sandbox needs no key and no network.
        base_url: Address of the API, which wins over the region; with or without ``/api/v...`` and
            trailing slashes; plain http for loopback hosts only. Default: ``A2E_BASE_URL``.
        timeout: Seconds for each phase of an attempt, a `Timeout`, or an ``httpx.Timeout``.
            Default: 10 to connect, 60 for each other phase.
        max_retries: How often a call that is safe to repeat is sent again, 0 to 100. Default 2.
        http_client: Your own ``httpx.Client`` (proxy, certificates), which is used but never
            closed, or any object with the methods of `Transport`. Default: connections of its
            own; the environment's proxies and certificates are honoured.

    Attributes:
        region: The region that was chosen; None for a base URL that is none of the table.
        base_url: The address that was chosen, without ``/api/v...``.

    Raises:
        ConfigurationError: No key, an unknown region, a refused base URL, a wrong number.
    """

    def __init__(
        self,
        api_key: str | None = None,
        *,
        region: Region | str | None = None,
        base_url: str | None = None,
        timeout: float | TimeoutLike | None = None,
        max_retries: int | None = None,
        http_client: httpx.Client | Transport | None = None,
    ) -> None:
        configuration = configure(
            api_key=api_key,
            region=region,
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
        )
        transport = open_transport(configuration.address, http_client)
        self._api = Caller(configuration, transport)
        self._owns_transport = http_client is None

    @property
    def region(self) -> Region | None:
        """The region that was chosen; None for a base URL that is none of the table."""
        return self._api.configuration.address.region

    @property
    def base_url(self) -> str:
        """The address that was chosen, without ``/api/v...`` and trailing slashes."""
        return self._api.configuration.address.base_url

    @property
    def api(self) -> Caller:
        """The generated operations' way to the server, with this client's key and retries.

        Pass it as ``client=`` to any operation of ``a2e_api.api`` that the SDK does not wrap.
        """
        return self._api

    @cached_property
    def face_swap(self) -> FaceSwap:
        """Face swap: tasks, reusable face images, quick previews."""
        from .face_swap import FaceSwap

        return FaceSwap(self._api)

    def with_options(
        self,
        *,
        timeout: float | TimeoutLike | None = None,
        max_retries: int | None = None,
    ) -> Self:
        """Return a client with other settings on the same connections; this one stays as it is.

        Args:
            timeout: Seconds for each phase of an attempt, or a `Timeout`. Default: unchanged.
            max_retries: How often a call is sent again, 0 to 100. Default: unchanged.

        Returns:
            The copy. Both share their connections, so close only one of them, at the end.

        Raises:
            ConfigurationError: A number is out of range.
        """
        now = self._api.configuration
        changed = Configuration(
            address=now.address,
            key=now.key,
            timeout=now.timeout if timeout is None else as_timeout(timeout),
            max_retries=now.max_retries if max_retries is None else check_max_retries(max_retries),
        )
        copy = object.__new__(type(self))
        copy._api = Caller(changed, self._api.transport, self._api.timekeeper)
        copy._owns_transport = self._owns_transport
        return copy

    def close(self) -> None:
        """Close the connections; a client or transport that you passed in stays open.

        The client can't be used afterwards. Closing it again does nothing.
        """
        self._api.closed = True
        if self._owns_transport:
            self._api.transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        region = None if self.region is None else self.region.value
        return f"{type(self).__name__}(region={region!r}, base_url={self.base_url!r})"

    def __getstate__(self) -> dict[str, Any]:
        if not self._owns_transport:
            raise ConfigurationError(
                "A client with an http_client of yours can't be pickled: build one on the other "
                "side instead."
            )
        return {"configuration": self._api.configuration}

    def __setstate__(self, state: dict[str, Any]) -> None:
        configuration = state["configuration"]
        transport = open_transport(configuration.address, None)
        self._api = Caller(configuration, transport)
        self._owns_transport = True
