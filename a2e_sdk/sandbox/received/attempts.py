"""Which request repeats an earlier one that got no usable response.

This module owns the rule for it: the method, the path, the query and the body are the same, and the
earlier one was refused for the moment (429, 5xx), dropped, or cut. Only such requests are held, so
that a sandbox without faults spends nothing on it.
"""

from __future__ import annotations

from collections import OrderedDict

from attrs import frozen

from a2e_sdk.sandbox.protocol.messages import SandboxRequest

__all__ = ["Attempt", "Attempts"]

_HELD = 1_000


@frozen
class Attempt:
    """A request among its repetitions.

    Args:
        count: which of them it is, from 1.
        retry_of: number of the one directly before it; None for the first.
    """

    count: int = 1
    retry_of: int | None = None


_FIRST = Attempt()


class Attempts:
    """The requests that got no usable response, the latest thousand; not locked."""

    def __init__(self) -> None:
        self._failed: OrderedDict[int, tuple[int, int]] = OrderedDict()

    def of(self, request: SandboxRequest) -> Attempt:
        """Tell which attempt a request is.

        Args:
            request: what arrived.
        """
        failed = self._failed.pop(_key(request), None) if self._failed else None
        return _FIRST if failed is None else Attempt(failed[1] + 1, failed[0])

    def note_failed(self, request: SandboxRequest, number: int, count: int) -> None:
        """Note that a request got no usable response.

        Args:
            request: what arrived.
            number: its number.
            count: which attempt it was.
        """
        self._failed[_key(request)] = (number, count)
        if len(self._failed) > _HELD:
            self._failed.popitem(last=False)

    def clear(self) -> None:
        """Forget all of them."""
        self._failed.clear()


def _key(request: SandboxRequest) -> int:
    # Not the request itself, whose body may be long and have secrets in it.
    query = tuple(request.query.items())
    return hash((request.method, request.path, query, request.body))
