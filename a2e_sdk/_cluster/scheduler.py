"""Which scheduler a batch goes to: by its address, or by a client that is connected to it.

This module owns what an ``executor`` may be.
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from typing import Any, Protocol, cast

import attrs

from a2e_sdk._checks.json_schema import shown_value
from a2e_sdk.errors import ConfigurationError


class DaskClient(Protocol):
    """A ``distributed.Client``, as far as a batch uses it."""

    @property
    def status(self) -> str: ...

    @property
    def scheduler(self) -> Any: ...

    @property
    def security(self) -> Any: ...


_ADDRESS = re.compile(
    r"(?:(?:tcp|tls|ucx|wss?)://)?(?:[^\s:/@\[\]]+|\[[0-9a-fA-F:.%]+\]):(?P<port>[0-9]{1,5})",
    re.ASCII,
)
_INSTALL = 'pip install "a2e-sdk[dask]"'


@attrs.frozen
class SchedulerAddress:
    """Where a scheduler is.

    Attributes:
        address: Its address, such as ``tcp://scheduler:8786``.
        security: What a connection to it is secured by; None for the settings of Dask.
    """

    address: str
    security: Any = attrs.field(default=None, repr=False)


def scheduler_of(executor: object) -> SchedulerAddress:
    """Return where the scheduler of an ``executor`` is.

    Args:
        executor: A ``distributed.Client``, asynchronous or not, or the address of a scheduler.

    Raises:
        TypeError: It is neither.
        ValueError: The address is none.
        ConfigurationError: The client is not connected, or Dask is not installed.
    """
    if isinstance(executor, str):
        address = executor.strip()
        if not _is_address(address):
            raise ValueError(
                f"the address of the Dask scheduler is {shown_value(address)}: write it like "
                "tcp://host:8786."
            )
        require_dask()
        return SchedulerAddress(address)
    # Whoever has such a client has imported its module.
    client_type: Any = getattr(sys.modules.get("distributed"), "Client", None)
    if client_type is None or not isinstance(executor, client_type):
        raise TypeError(
            "executor must be a distributed.Client or the address of a Dask scheduler, not "
            f"{type(executor).__name__}."
        )
    client = cast(Any, executor)
    if client.status != "running" or client.scheduler is None:
        raise ConfigurationError(
            f"the Dask client is not connected (it is {client.status}): await an asynchronous one "
            "before, and close none before its batch has ended. Nothing was started."
        )
    return SchedulerAddress(client.scheduler.address, client.security)


def _is_address(text: str) -> bool:
    # Dask itself would try for 20 seconds, and print a traceback.
    found = _ADDRESS.fullmatch(text)
    return found is not None and 0 < int(found["port"]) < 65_536


def require_dask() -> Any:
    """Return the module of Dask's scheduler.

    Raises:
        ConfigurationError: It is not installed.
    """
    try:
        return import_module("distributed")
    except ImportError as problem:
        raise ConfigurationError(
            f"a batch on a Dask cluster needs Dask ({problem}): {_INSTALL}. Nothing was started."
        ) from None
