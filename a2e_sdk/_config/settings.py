"""What a client is set to: key, address, time-outs, retries, in one frozen value.

This module owns the defaults and the reading of the environment. It checks everything a client is
built from, so that a wrong setting is refused before the first call.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import (
    TYPE_CHECKING,
    Any,
    Literal,
    Protocol,
    TypeAlias,
    cast,
    get_args,
    runtime_checkable,
)

import attrs

from a2e_sdk._checks.json_schema import shown_value
from a2e_sdk._checks.validation import MAX_SECONDS
from a2e_sdk.errors import ConfigurationError

from .credentials import SANDBOX_KEY, ApiKey, find_api_key, without_locals
from .fallbacks import fallback_addresses
from .hooks import NO_HOOKS, Hooks
from .journal_place import VARIABLE, JournalPlace, journal_place
from .regions import Address, Region, resolve_address

if TYPE_CHECKING:
    from a2e_sdk.models.journal import Budget

    from .drift import DriftObserver

#: How A2E gets at objects of stores: from here, or by a link of its own.
CloudInputs: TypeAlias = Literal["upload", "sign"]
CLOUD_INPUTS: tuple[str, ...] = get_args(CloudInputs)
CLOUD_INPUTS_VARIABLE = "A2E_CLOUD_INPUTS"

DEFAULT_MAX_RETRIES = 2
DEFAULT_TOTAL = 300.0
#: In requests per second: one in eleven days, and as many as any machine sends.
_LOWEST_RATE, _HIGHEST_RATE = 0.000001, 1_000_000


@runtime_checkable
class TimeoutLike(Protocol):
    """Anything with the four phases of a time-out in seconds, such as ``httpx.Timeout``."""

    @property
    def connect(self) -> float | None: ...
    @property
    def read(self) -> float | None: ...
    @property
    def write(self) -> float | None: ...
    @property
    def pool(self) -> float | None: ...


def _check_seconds(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 < value <= MAX_SECONDS:
        raise ConfigurationError(
            f"{attribute.name} must be above 0 seconds and at most {MAX_SECONDS:,}; it is "
            f"{shown_value(value)}."
        )


def _default_total(timeout: Timeout) -> float:
    phases: tuple[Any, ...] = (timeout.connect, timeout.read, timeout.write, timeout.pool)
    # What is no number is refused by the validators, which run after the defaults.
    return max([DEFAULT_TOTAL, *(phase for phase in phases if isinstance(phase, int | float))])


@attrs.frozen(kw_only=True)
class Timeout:
    """How long a call may take: each phase of one attempt, and all attempts together; in seconds.

    Args:
        connect: Connecting, TLS included. Default 10.
        read: Waiting for the next bytes of the response. Default 60.
        write: Sending the next bytes of the request. Default 60.
        pool: Waiting for a free connection of the client. Default 60.
        total: The whole call, with its retries and the pauses between them: no attempt begins
            later, and the phases of the last one are limited to what is left. A server that sends
            its response byte by byte can hold up one attempt beyond it; so can several phases that
            are slow at once. An attempt to upload a file has this time and one second more for each
            16 KiB; downloads have no such limit but ``max_seconds``. Default: 300, or the longest
            phase where that is longer.

    Raises:
        ConfigurationError: One of them is not a number above 0 and at most 1,000,000,000.
    """

    connect: float = attrs.field(default=10.0, validator=_check_seconds)
    read: float = attrs.field(default=60.0, validator=_check_seconds)
    write: float = attrs.field(default=60.0, validator=_check_seconds)
    pool: float = attrs.field(default=60.0, validator=_check_seconds)
    total: float = attrs.field(
        default=attrs.Factory(_default_total, takes_self=True), validator=_check_seconds
    )


_LEFT_BEHIND = ("key", "hooks", "drift")


@attrs.frozen
class Configuration:
    """All settings of one client; never changed, only replaced by a changed copy.

    The key stays behind when it is pickled: it is read from the environment of the process that
    unpickles it. So do the hooks and the observer of drift, which belong to the process they were
    made in.
    """

    address: Address
    key: ApiKey
    timeout: Timeout
    max_retries: int
    fallbacks: tuple[Address, ...] = ()
    max_concurrency: int | None = None
    rate_limit: float | None = None
    hooks: Hooks = NO_HOOKS
    drift: DriftObserver | None = None
    journal: JournalPlace | None = None
    budget: Budget | None = None
    cloud_inputs: CloudInputs = "upload"

    def __getstate__(self) -> dict[str, Any]:
        if self.budget is not None and self.journal is None:
            raise ConfigurationError(
                "A client with a budget and no journal can't be pickled: the copy would spend the "
                "sum once more. Give it a journal, in which both count."
            )
        names = (field.name for field in attrs.fields(type(self)))
        return {name: getattr(self, name) for name in names if name not in _LEFT_BEHIND}

    def __setstate__(self, state: dict[str, Any]) -> None:
        try:
            own = {"key": _key_for(None, state["address"]), "hooks": NO_HOOKS, "drift": None}
        except BaseException as error:
            del self  # It has no attributes yet, so that its repr would fail.
            raise without_locals(error) from None
        for name, value in {**state, **own}.items():
            object.__setattr__(self, name, value)


def configure(
    *,
    api_key: str | None,
    region: Region | str | None,
    base_url: str | None,
    timeout: float | TimeoutLike | None,
    max_retries: int | None,
    fallbacks: Iterable[Region | str] = (),
    max_concurrency: int | None = None,
    rate_limit: float | None = None,
    hooks: Hooks | None = None,
    drift: DriftObserver | None = None,
    journal: str | os.PathLike[str] | None = None,
    budget: Budget | float | None = None,
    cloud_inputs: CloudInputs | str | None = None,
) -> Configuration:
    """Build the settings of a client from its arguments and the environment.

    Raises:
        ConfigurationError: No key, an unknown region, a refused base URL, a wrong number.
    """
    address = resolve_address(region, base_url, os.environ)
    if hooks is not None and not isinstance(hooks, Hooks):
        raise ConfigurationError(f"hooks must be a Hooks, not {type(hooks).__name__}.")
    return Configuration(
        address=address,
        key=_key_for(api_key, address),
        timeout=as_timeout(timeout),
        max_retries=check_max_retries(max_retries),
        fallbacks=fallback_addresses(fallbacks, address),
        max_concurrency=_check_max_concurrency(max_concurrency),
        rate_limit=_check_rate_limit(rate_limit),
        hooks=hooks or NO_HOOKS,
        drift=drift or _observer_of(os.environ.get("A2E_DRIFT_FILE")),
        journal=journal_place(os.environ.get(VARIABLE) if journal is None else journal),
        budget=_as_budget(budget),
        cloud_inputs=check_cloud_inputs(
            os.environ.get(CLOUD_INPUTS_VARIABLE) if cloud_inputs is None else cloud_inputs
        ),
    )


def check_cloud_inputs(word: str | None) -> CloudInputs:
    """Return how A2E gets at objects of stores; None means by an upload.

    Raises:
        ConfigurationError: It is none of its words.
    """
    if word is None or word == "":
        return "upload"
    if word not in CLOUD_INPUTS:
        raise ConfigurationError(
            f"cloud_inputs must be 'upload' or 'sign'; it is {shown_value(word)}."
        )
    return cast(CloudInputs, word)


def _as_budget(budget: Budget | float | None) -> Budget | None:
    if budget is None:
        return None
    # Clients without one need not load it.
    from a2e_sdk.models.journal import Budget

    if isinstance(budget, Budget):
        return budget
    try:
        return Budget(budget)
    except (TypeError, ValueError) as problem:
        raise ConfigurationError(f"budget: {problem}") from None


def _observer_of(path: str | None) -> DriftObserver | None:
    if not path:
        return None
    from .drift import DriftObserver

    return DriftObserver(path)


def _key_for(api_key: str | None, address: Address) -> ApiKey:
    if address.in_process:
        return ApiKey(SANDBOX_KEY)
    if api_key is None and address.region is Region.SANDBOX:
        return ApiKey(SANDBOX_KEY)
    return find_api_key(api_key, os.environ)


def as_timeout(timeout: float | TimeoutLike | None) -> Timeout:
    """Return the time-outs of a number of seconds for every phase, or of a time-out object.

    Raises:
        ConfigurationError: It is neither, or a number is not above 0.
    """
    if timeout is None:
        return Timeout()
    if isinstance(timeout, Timeout):
        return timeout
    if isinstance(timeout, TimeoutLike):
        default = Timeout()
        phases = {
            name: getattr(default, name) if value is None else value
            for name in ("connect", "read", "write", "pool")
            for value in (getattr(timeout, name),)
        }
        return Timeout(**phases)
    seconds = timeout
    if isinstance(seconds, int | float) and not isinstance(seconds, bool):
        return Timeout(connect=seconds, read=seconds, write=seconds, pool=seconds)
    raise ConfigurationError(
        f"timeout must be a number of seconds or a Timeout, not {type(timeout).__name__}."
    )


def check_max_retries(max_retries: int | None) -> int:
    """Return the number of retries after the first attempt; None means the default of 2.

    Raises:
        ConfigurationError: It is not a whole number from 0 to 100.
    """
    if max_retries is None:
        return DEFAULT_MAX_RETRIES
    if not isinstance(max_retries, int) or isinstance(max_retries, bool):
        raise ConfigurationError(
            f"max_retries must be a whole number, not {type(max_retries).__name__}."
        )
    if not 0 <= max_retries <= 100:
        raise ConfigurationError(
            f"max_retries must be from 0 to 100; it is {shown_value(max_retries)}."
        )
    return max_retries


def _check_max_concurrency(number: int | None) -> int | None:
    whole = isinstance(number, int) and not isinstance(number, bool)
    if number is not None and (not whole or number < 1):
        raise ConfigurationError(
            f"max_concurrency must be a whole number from 1, not {shown_value(number)}."
        )
    return number


def _check_rate_limit(rate: float | None) -> float | None:
    number = isinstance(rate, int | float) and not isinstance(rate, bool)
    if rate is not None and not (number and _LOWEST_RATE <= rate <= _HIGHEST_RATE):
        raise ConfigurationError(
            f"rate_limit must be from {_LOWEST_RATE:f} to {_HIGHEST_RATE:,} requests per second, "
            f"not {shown_value(rate)}."
        )
    return rate
