"""Files that are made at once, without a task: speech, watermarked files, copies of a URL.

This module owns which of them there are. Their bytes follow from their name, as those of all
results do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from attrs import frozen

from a2e_sdk.sandbox.files.served_files import MP3, FileKind, ResultFile, kind_like
from a2e_sdk.sandbox.protocol.routing import Call, OperationHandler
from a2e_sdk.sandbox.state.server_state import SandboxState
from a2e_sdk.sandbox.tasks.family import Row

__all__ = ["WATERMARK_PRICE", "MadeFiles", "SavedFile"]

WATERMARK_PRICE = 1
"""Coins for a watermark; the sandbox's own price."""


@frozen
class SavedFile:
    """A file at one moment.

    Args:
        group: what it is.
        identifier: its id.
        suffix: end of its name, which says of what kind it is.
    """

    group: str
    identifier: str
    suffix: str

    def __attrs_post_init__(self) -> None:
        if kind_like(self.suffix).suffix != self.suffix:
            raise ValueError(f"there are no files {self.suffix!r}")


class MadeFiles:
    """The files, and the operations that make them of another one.

    Args:
        state: what it shares with the rest of the sandbox.
    """

    def __init__(self, state: SandboxState) -> None:
        self._state = state
        self._files: dict[tuple[str, str], ResultFile] = {}

    def make(self, group: str, identifier: str, kind: FileKind, now: datetime) -> str:
        """Make a file.

        Args:
            group: what it is, for example ``"speech"``; the first part of its path.
            identifier: its id.
            kind: kind of file.
            now: the moment it is made.

        Returns:
            A link to it.
        """
        file = self._files[group, identifier] = ResultFile(group, identifier, kind)
        return self._state.link(file, now, now)

    def saved(self) -> list[SavedFile]:
        """Return all files."""
        keys_and_files = self._files.items()
        return [SavedFile(*key, file.kind.suffix) for key, file in keys_and_files]

    def restore(self, saved: Sequence[SavedFile]) -> None:
        """Hold files that were saved, and no others.

        Args:
            saved: the files.
        """
        self._files = {
            (one.group, one.identifier): ResultFile(
                one.group, one.identifier, kind_like(one.suffix)
            )
            for one in saved
        }

    def speech(self, identifier: str, now: datetime) -> str:
        """Make a spoken text; see `make`.

        Args:
            identifier: its id.
            now: the moment it is made.
        """
        return self.make("speech", identifier, MP3, now)

    def find(self, group: str, identifier: str) -> tuple[ResultFile, ...]:
        """Find a file.

        Args:
            group: what it is.
            identifier: its id.

        Returns:
            The file, or nothing.
        """
        file = self._files.get((group, identifier))
        return () if file is None else (file,)

    def handlers(self) -> dict[str, OperationHandler]:
        """Return the handler of each operation, by its id."""
        return {"add_transferred_file": self._transfer, "start_watermark": self._watermark}

    def _transfer(self, call: Call) -> Row:
        identifier = self._state.identifiers.object_id(call.now)
        return {"url": self.make("transfer", identifier, kind_like(call.body["url"]), call.now)}

    def _watermark(self, call: Call) -> Row:
        self._state.moderate()
        identifier = self._state.identifiers.object_id(call.now)
        price = self._state.prices["start_watermark"]
        self._state.charge(identifier, price, call.now)
        self._state.note_start("start_watermark", call.body, (identifier,), price, call.now)
        kind = kind_like(call.body["media_url"])
        return {"result_url": self.make("watermark", identifier, kind, call.now)}
