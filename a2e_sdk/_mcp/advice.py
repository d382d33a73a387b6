"""A refusal that brings its own advice, where the kind of an exception does not tell what to do.

This module owns that exception. It is pure.
"""

from __future__ import annotations


class AdvisedError(ValueError):
    """A call is refused, and what to do next is known where it is raised.

    Attributes:
        name: What agents read as the kind of error, such as ``unknown_key``.
        advice: What to do next.
    """

    def __init__(self, name: str, message: str, advice: str) -> None:
        super().__init__(message)
        self.name = name
        self.advice = advice
