"""A share of things that come one after the other, spread evenly.

This module owns the rule that tells which of them belong to it: of a fifth, every fifth.
"""

from __future__ import annotations

from math import floor

from attrs import define

__all__ = ["EvenShare"]


@define
class EvenShare:
    """Counts things, and says which of them belong to a share.

    Args:
        share: how many of them do, from 0 for none to 1 for all.

    Raises:
        ValueError: the share is not from 0 to 1.
    """

    share: float
    _counted: int = 0

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise ValueError("a share must be from 0 to 1")

    def take(self) -> bool:
        """Count one thing.

        Returns:
            Whether it belongs to the share.
        """
        from fractions import Fraction

        # As it is written: a float's own value of 0.29 would let the hundredth thing off.
        share = Fraction(str(self.share))
        before, self._counted = self._counted, self._counted + 1
        return floor(self._counted * share) > floor(before * share)
