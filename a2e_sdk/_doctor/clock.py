"""The computer's clock beside the server's.

This module owns how far they may be apart. It is pure.
"""

from __future__ import annotations

from datetime import datetime

from .checks import Check, ok, problem, skipped, warning

#: In seconds. Signed links and certificates bear some minutes, not more.
_NOTICED, _TOO_MUCH = 30.0, 300.0


def check_clock(here: datetime, server: datetime | None) -> Check:
    """Compare the clock with the server's.

    Args:
        here: The time by this computer.
        server: The time by the server's response, to the second; None where none was told.
    """
    if server is None:
        return skipped("clock", "the server has told no time")
    seconds = (here - server).total_seconds()
    if abs(seconds) <= _NOTICED:
        return ok("clock", "agrees with the server's")
    side = "ahead of" if seconds > 0 else "behind"
    detail = f"this computer's clock is {_span(abs(seconds))} {side} the server's"
    make = problem if abs(seconds) > _TOO_MUCH else warning
    return make("clock", detail, "Let the system set the clock by the network (NTP).")


def _span(seconds: float) -> str:
    for size, name in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 1.5 * size:
            return f"{seconds / size:.1f} {name}"
    return f"{seconds:.0f} seconds"
