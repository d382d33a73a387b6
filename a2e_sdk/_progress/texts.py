"""The words and the HTML in which progress is shown.

This module owns both. It is pure.
"""

from __future__ import annotations

from a2e_sdk._display.markup import card, status, text
from a2e_sdk._display.texts import elapsed_text, printable, size_text
from a2e_sdk.models.progress import Progress

_BAR = "width:100%;height:10px"


def progress_line(progress: Progress, width: int) -> str:
    """Return one line of a terminal.

    Args:
        progress: How far a call is.
        width: How many characters there are.
    """
    line = "  ".join((_title(progress), *_details(progress), elapsed_text(progress.seconds)))
    return printable(line)[: max(width - 1, 1)]


def progress_html(progress: Progress) -> str:
    """Return a card for a notebook."""
    states = " &nbsp;".join(
        f"{count:,} {status(word)}" for word, count in progress.counts.items() if count
    )
    fields = [
        *([("state", states)] if states else []),
        ("time", elapsed_text(progress.seconds)),
        *([("paused", text(progress.note))] if progress.note else []),
    ]
    return card(text(_title(progress)), fields, bar_html(progress))


def bar_html(progress: Progress) -> str:
    """Return the bar; empty where it is not known how much there is."""
    if not progress.total:
        return ""
    done = min(progress.done, progress.total)
    return (
        f'<progress style="{_BAR}" value="{done}" max="{progress.total}" '
        'aria-label="progress"></progress>'
    )


def _title(progress: Progress) -> str:
    done, total = progress.done, progress.total
    match progress.activity:
        case "starting":
            return "Starting"
        case "uploading" | "downloading":
            whole = "" if total is None else f" of {size_text(total)}"
            return f"{progress.activity.capitalize()} {size_text(done)}{whole}"
        case "waiting":
            if progress.task_id is not None:
                return f"Task {progress.task_id}"
            return f"{done:,} of {total or 0:,} tasks have ended"
        case "batch":
            return f"{done:,} of {total or 0:,} jobs"


def _details(progress: Progress) -> list[str]:
    counts = [
        f"{count:,} {word}" if len(progress.counts) > 1 or count > 1 else word
        for word, count in progress.counts.items()
        if count
    ]
    return [*([", ".join(counts)] if counts else []), *([progress.note] if progress.note else [])]
