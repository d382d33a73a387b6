"""The document that holds the whole state of a sandbox.

This module owns its form and its version. A document of another version, or one that is not whole,
is a `SavedStateError`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from attrs import frozen

from a2e_sdk.sandbox.faults.script import SavedFaults
from a2e_sdk.sandbox.protocol.identifiers import SavedIdentifiers
from a2e_sdk.sandbox.sections.saved_sections import SavedSections
from a2e_sdk.sandbox.state.clock import ClockReading
from a2e_sdk.sandbox.state.ledger import SavedLedger
from a2e_sdk.sandbox.state.running import SavedRunning
from a2e_sdk.sandbox.state.server_state import SavedSettings
from a2e_sdk.sandbox.state.starts import SavedStarts
from a2e_sdk.sandbox.tasks.overview import SavedTask

from .structure import StructureError, plain, structured

__all__ = [
    "FORMAT",
    "VERSION",
    "SavedSandbox",
    "SavedStateError",
    "read_document",
    "with_links_to",
    "written",
]

FORMAT = "a2e-sandbox"
VERSION = 1
_LAST_YEAR = 9_000


class SavedStateError(ValueError):
    """A document cannot be loaded; the text says why. The sandbox is as it was."""


@frozen(kw_only=True)
class SavedSandbox:
    """All that a sandbox knows, but for its log of requests.

    Args:
        saved_at: when it was written, by the sandbox's clock.
        public_url: where its links pointed to.
        clock: how its clock stood.
        settings: its settings, as they were then.
        prices: coins for starts, by operation.
        identifiers: how many ids were made.
        next_request: number of the next request.
        ledger: the account.
        starts: all starts, by what they asked for.
        tasks: the tasks of all families, in the order in which they were made.
        running: those that had not ended.
        sections: what is no task.
        faults: what was to go wrong.
    """

    saved_at: datetime
    public_url: str
    clock: ClockReading
    settings: SavedSettings
    prices: dict[str, int]
    identifiers: SavedIdentifiers
    next_request: int
    ledger: SavedLedger
    starts: SavedStarts
    tasks: list[SavedTask]
    running: list[SavedRunning]
    sections: SavedSections
    faults: SavedFaults


def written(saved: SavedSandbox) -> dict[str, Any]:
    """Return the document of a state.

    Args:
        saved: the state.
    """
    return {"format": FORMAT, "version": VERSION, **plain(saved)}


def read_document(document: object, public_url: str) -> SavedSandbox:
    """Check a document and return the state in it.

    Args:
        document: the document.
        public_url: where links point to now; links of the document are made to.

    Raises:
        SavedStateError: it is of another version, or is not whole.
    """
    if not isinstance(document, Mapping):
        raise SavedStateError(f"the saved state must be an object; it is {type(document).__name__}")
    members = dict(cast("Mapping[str, object]", document))
    if members.pop("format", None) != FORMAT:
        raise SavedStateError(f"this is no saved state of a sandbox: its format is not {FORMAT!r}")
    version = members.pop("version", None)
    if version != VERSION or isinstance(version, bool):
        raise SavedStateError(
            f"the saved state is of version {version!r:.60}; this SDK reads version {VERSION}. "
            "Save it anew with the SDK that loads it."
        )
    try:
        return _checked(structured(SavedSandbox, with_links_to(public_url, members)))
    except StructureError as problem:
        raise SavedStateError(f"the saved state is broken: {problem}") from None
    except RecursionError:
        raise SavedStateError("the saved state is broken: it is nested too deep") from None


def _checked(one: SavedSandbox) -> SavedSandbox:
    """Check that the clock can be set, and that requests have numbers."""
    try:
        later = datetime.now(UTC) + timedelta(seconds=one.clock.ahead)
    except OverflowError:
        later = datetime.max.replace(tzinfo=UTC)
    if max(later, one.clock.now).year > _LAST_YEAR:
        raise StructureError(f"must not go beyond the year {_LAST_YEAR}", ("clock",))
    if one.next_request < 1:
        raise StructureError("must be 1 or more", ("next_request",))
    return one


def with_links_to(public_url: str, members: Mapping[str, object]) -> dict[str, object]:
    """Return a document whose links lead to another address.

    Args:
        public_url: the address.
        members: the document, with the address that its links lead to now.
    """
    before = members.get("public_url")
    if not isinstance(before, str) or before in ("", public_url):
        return dict(members)
    return cast("dict[str, object]", _moved(dict(members), f"{before}/", f"{public_url}/"))


def _moved(value: object, before: str, now: str) -> object:
    """Return a value whose links to the sandbox's former address lead to its present one."""
    if isinstance(value, str):
        return now + value[len(before) :] if value.startswith(before) else value
    if isinstance(value, dict):
        members = cast("dict[str, object]", value).items()
        return {name: _moved(inner, before, now) for name, inner in members}
    if isinstance(value, list):
        return [_moved(item, before, now) for item in cast("list[object]", value)]
    return value
