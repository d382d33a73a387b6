"""The report of an update: what changed, for whom, and which version number follows.

This module owns the wording and the JSON form; the decisions are left to verdict.py. Text of a
vendor's document is shown without control characters, so that it can neither move the terminal's
cursor nor pass for a line of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from changes import Change, Kind
from overlay import Applied
from release_version import Release, next_version
from verdict import Effect, Verdict

#: Lines of one group, and words of one list, that are shown in full.
LINE_LIMIT = 200
_WORDS_SHOWN = 8
_TEXT_LIMIT = 160
_ADVICE = {Kind.OPERATION_MOVED: "change its place and keep its operationId"}


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run found out.

    Attributes:
        label: Which vendor document this is about.
        version: The present version of the SDK.
        verdict: The changes by effect.
        overlay: What came of our corrections.
        written: What was written, each with what to look at.
        left: What was not written, each with the reason.
    """

    label: str
    version: str
    verdict: Verdict
    overlay: Applied
    written: tuple[tuple[Change, str], ...] = ()
    left: tuple[tuple[Change, str], ...] = ()

    @property
    def groups(self) -> dict[str, tuple[Change, ...]]:
        """The changes by the name of their group."""
        verdict = self.verdict
        return {
            "breaks users": verdict.breaks,
            "new for users": verdict.new,
            "no effect": verdict.no_effect,
            "only ours": verdict.only_ours,
        }

    @property
    def next_version(self) -> str:
        """The version that follows, or the present one if nothing changes for users."""
        if not self.verdict.matters:
            return self.version
        return next_version(self.version, self.verdict.release)


def as_text(report: Report) -> str:
    """Return the report for people."""
    lines = [f"Compared with {printable(report.label)}", ""]
    for name in report.overlay.missed:
        lines.append(
            f"overlay.yaml: {name} hits nothing any more; look at it, then change or delete it"
        )
    for name, path in report.overlay.moved:
        lines.append(f"overlay.yaml: {name} was applied to {printable(path)}; change its target")
    for name in report.overlay.caught_up:
        lines.append(f"overlay.yaml: {name} can go, the document has caught up with it")
    for title, changes in report.groups.items():
        lines += [f"{title.capitalize()} ({len(changes)})"]
        # The title of this group says already what is the matter with each.
        said = f": {Kind.OPERATION_GONE}" if title == Effect.ONLY_OURS else ""
        lines += [f"  {line(change).removesuffix(said)}" for change in changes[:LINE_LIMIT]]
        if len(changes) > LINE_LIMIT:
            lines.append(f"  and {len(changes) - LINE_LIMIT} more, see --json")
        lines.append("")
    for title, entries in (("Written", report.written), ("Left to you", report.left)):
        if entries:
            lines.append(f"{title} ({len(entries)})")
            lines += [f"  {line(change)} - {printable(note)}" for change, note in entries]
            lines.append("")
    if report.verdict.matters:
        lines.append(
            f"Version: {report.verdict.release} ({report.version} -> {report.next_version}),"
            " if all of this is followed"
        )
    else:
        lines.append("Nothing to do.")
    return "\n".join(lines)


def as_json(report: Report) -> dict[str, Any]:
    """Return the report for machines, as JSON data."""
    release: Release | None = report.verdict.release if report.verdict.matters else None
    return {
        "document": report.label,
        "overlay": {
            "missed": list(report.overlay.missed),
            "caught_up": list(report.overlay.caught_up),
            "moved": [list(moved) for moved in report.overlay.moved],
        },
        **{
            title.replace(" ", "_"): [_as_json(change) for change in changes]
            for title, changes in report.groups.items()
        },
        "written": [{**_as_json(change), "note": note} for change, note in report.written],
        "left": [{**_as_json(change), "reason": reason} for change, reason in report.left],
        "release": release,
        "version": {"present": report.version, "next": report.next_version},
    }


def _as_json(change: Change) -> dict[str, Any]:
    return {
        "kind": str(change.kind),
        "side": str(change.side),
        "operation": change.operation,
        "place": change.place,
        "before": change.before,
        "after": change.after,
        **({"because": change.because} if change.because else {}),
    }


def line(change: Change) -> str:
    """Return one change on one line, at most a screen's width or two long."""
    parts = [change.operation, f"{change.side} {change.place}" if change.place else ""]
    values = [_shown(value) for value in (change.before, change.after) if value is not None]
    if change.kind in (Kind.OPERATION_ADDED, Kind.OPERATION_GONE):
        values = []
    elif change.before is None and values:
        values[0] = f"now {values[0]}"
    text = f"{' '.join(filter(None, parts))}: {change.kind}"
    if values:
        text += f" ({' -> '.join(values)})"
    if change.because:
        text += f"; {change.because}"
    if change.kind in _ADVICE:
        text += f"; {_ADVICE[change.kind]}"
    return printable(text)


def _shown(value: Any) -> str:
    if not isinstance(value, list):
        return str(value)
    words = ", ".join(str(word) for word in value[:_WORDS_SHOWN])
    more = len(value) - _WORDS_SHOWN
    return f"{words} and {more} more" if more > 0 else words


def printable(text: str) -> str:
    """Return a text on one line without control characters, cut where it is endless."""
    shown = "".join(
        character if character.isprintable() else ascii(character)[1:-1] for character in text
    )
    return shown if len(shown) <= 2 * _TEXT_LIMIT else f"{shown[: 2 * _TEXT_LIMIT]}..."
