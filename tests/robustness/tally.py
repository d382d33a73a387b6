"""What was tried, and what came of it: the figures that the run prints at its end."""

from __future__ import annotations

from collections import Counter
from typing import Any

import attrs


@attrs.define
class Row:
    """What was tried on one operation."""

    tried: int = 0
    values: int = 0
    errors: int = 0
    failures: int = 0
    known: int = 0


@attrs.define
class Tally:
    """The figures of one run."""

    rows: dict[str, Row] = attrs.Factory(dict)
    fuzz: Counter[str] = attrs.Factory(Counter)

    def row(self, name: str) -> Row:
        return self.rows.setdefault(name, Row())

    def as_data(self) -> dict[str, Any]:
        """Return the figures as plain data, to be sent from one process to another."""
        rows = {name: attrs.astuple(row) for name, row in self.rows.items()}
        return {"rows": rows, "fuzz": dict(self.fuzz)}

    def add(self, data: dict[str, Any]) -> None:
        """Add the figures of another process."""
        for name, figures in data["rows"].items():
            row = self.row(name)
            for figure, count in zip(attrs.fields_dict(Row), figures, strict=True):
                setattr(row, figure, getattr(row, figure) + count)
        self.fuzz.update(data["fuzz"])

    def lines(self) -> list[str]:
        """Return the tables as text."""
        lines: list[str] = []
        if self.rows:
            lines.append(f"{'operation':38}{'faults':>8}{'values':>8}{'errors':>8}{'failures':>9}")
            total = Row()
            for name, row in sorted(self.rows.items()):
                lines.append(_line(name, row))
                for figure in attrs.fields_dict(Row):
                    setattr(total, figure, getattr(total, figure) + getattr(row, figure))
            lines.append(_line("together", total))
            if total.known:
                lines.append(f"{total.known} of the failures are known, each with an xfail test")
        lines += [f"fuzz: {name}: {count} examples" for name, count in sorted(self.fuzz.items())]
        return lines


def _line(name: str, row: Row) -> str:
    return f"{name:38}{row.tried:8}{row.values:8}{row.errors:8}{row.failures:9}"


#: The tally of this run of pytest.
TALLY = Tally()
