"""What a forked child must not share with its parent.

This module owns the moment in which an object finds itself in another process: connections, locks
and what is under way belong to the process that made them. The process id is compared at each use,
because servers that fork in C (uWSGI) don't run Python's fork hooks.
"""

from __future__ import annotations

import os
import threading

_renewing = threading.Lock()


class ForkAware:
    """An object with state that is dropped in a forked child, before it is used there.

    Call `renew_after_fork` at the beginning of each use.
    """

    def __init__(self) -> None:
        self._process = os.getpid()

    def renew_after_fork(self) -> None:
        """Drop what belongs to the parent process, where this is a child of it."""
        if self._process == os.getpid():
            return
        with _renewing:
            if self._process != os.getpid():
                self._drop_inherited()
                self._process = os.getpid()

    def _drop_inherited(self) -> None:
        """Replace locks and connections that the parent process has too."""
        raise NotImplementedError
