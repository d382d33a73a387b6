"""One row of a batch as it was read, before anything of it is checked."""

from __future__ import annotations

from typing import Any

import attrs


@attrs.frozen
class Row:
    """One row.

    Attributes:
        line: The line in the file on which it begins, or the number of the job.
        place: The same in words: ``line 3``, ``job 3``.
        engine: What is given as the engine; None where it is not.
        key: What is given as the key, likewise.
        output: What is given as the file, likewise.
        arguments: The arguments by their columns.
        is_text: Whether the arguments are texts that mean values, as in a table.
    """

    line: int
    place: str
    engine: Any
    key: Any
    output: Any
    arguments: dict[str, Any]
    is_text: bool
