"""The mistakes of a batch's input, collected so that all of them can be mended at once.

This module owns the form of a mistake, how many are kept, and the error that reports them.
"""

from __future__ import annotations

import attrs

from a2e_sdk._checks.json_schema import shown_value
from a2e_sdk._checks.redaction import safe_text
from a2e_sdk.errors import InvalidJobsError

#: So many mistakes are kept; the rest is counted.
KEPT = 100
#: So many are in the text of the error.
_SHOWN = 20
_LONGEST_TEXT = 400
_LONGEST_VALUE = 60


@attrs.frozen
class Mistake:
    """One mistake.

    Attributes:
        place: Where it is, such as ``line 3`` or ``job 3``; None for the whole input.
        line: The number in it; None for the whole input.
        column: The column; None where it is not about one.
        value: What is there, bounded and without secrets; None where there is nothing to show.
        text: What is wrong, as a sentence.
    """

    place: str | None
    line: int | None
    column: str | None
    value: str | None
    text: str

    def __str__(self) -> str:
        where = self.place or ""
        if self.column is not None and self.column not in self.text:
            where = f"{where}, column {self.column}" if where else f"column {self.column}"
        return f"{where}: {self.text}" if where else self.text


class Mistakes:
    """Collects mistakes.

    Args:
        source: What the input is called, such as ``jobs.csv``.

    Attributes:
        kept: The first 100, in their order.
        total: How many there are.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.kept: list[Mistake] = []
        self.total = 0

    def add(
        self,
        text: str,
        *,
        place: str | None = None,
        line: int | None = None,
        column: str | None = None,
        value: object = None,
    ) -> None:
        """Add one; what is shown of it is bounded, and without secrets.

        Args:
            text: What is wrong, as a sentence.
            place: Where it is, such as ``line 3``.
            line: The number in it.
            column: The column that it is about.
            value: What is there.
        """
        self.total += 1
        if len(self.kept) == KEPT:
            return
        self.kept.append(
            Mistake(
                place,
                line,
                None if column is None else safe_text(column, _LONGEST_VALUE),
                None if value is None else _shown(value),
                safe_text(text, _LONGEST_TEXT),
            )
        )

    def take(self) -> list[Mistake]:
        """Return those that are kept, and forget all."""
        taken, self.kept, self.total = self.kept, [], 0
        return taken

    def raise_any(self) -> None:
        """Raise the error of all of them, if there are any.

        Raises:
            InvalidJobsError: There are.
        """
        if not self.total:
            return
        lines = [f"  {mistake}" for mistake in self.kept[:_SHOWN]]
        if self.total > len(lines):
            lines.append(f"  and {self.total - len(lines)} more")
        count = "1 mistake" if self.total == 1 else f"{self.total} mistakes"
        raise InvalidJobsError(
            "\n".join([f"{count} in {self.source}; nothing was started:", *lines]),
            mistakes=tuple(map(str, self.kept)),
            total=self.total,
        )


def _shown(value: object) -> str:
    return safe_text(value if isinstance(value, str) else shown_value(value), _LONGEST_VALUE)
