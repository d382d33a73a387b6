"""The ``a2e`` command: the facade in a terminal.

This package owns arguments, what is printed, and exit codes; what the API does is the facade's
business. This module owns the entry point and the message for an install without the ``cli``
extra, so it imports neither click nor rich.
"""

from __future__ import annotations

import sys

_NEEDED = ("click", "rich")


def main() -> int:
    """Run ``a2e`` with the arguments of this process.

    Returns:
        The exit code: 1 without the packages of the ``cli`` extra, else one of
        `a2e_sdk.cli.exit_codes.ExitCode`.
    """
    from .stop_signals import ending_on_signals

    try:
        # Before all that takes time: a signal may come while modules are imported.
        with ending_on_signals():
            return _run()
    except KeyboardInterrupt as stop:
        return 128 + getattr(stop, "number", 2)


def _run() -> int:
    # Looked up without importing: rich is loaded only by the output that needs it.
    from importlib.util import find_spec

    from a2e_sdk.cli.output.streams import hold_descriptors, prepare_streams, settle_streams

    hold_descriptors()
    prepare_streams()
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        print(
            f'a2e needs {" and ".join(missing)}, which came without: pip install "a2e-sdk[cli]"',
            file=sys.stderr,
        )
        return 1
    try:
        from .app import run

        return run(sys.argv[1:])
    finally:
        settle_streams()
