"""Write numbers bit by bit, as the formats of media files do.

This module owns the bit string; what the bits mean is known to the modules of the formats.
"""

from __future__ import annotations

__all__ = ["Bits"]


class Bits:
    """Bits in the order in which they are written."""

    def __init__(self) -> None:
        self._words: list[str] = []

    def put(self, value: int, count: int) -> None:
        """Write a number.

        Args:
            value: the number, 0 or more.
            count: how many bits it takes.
        """
        if count:
            self._words.append(f"{value:0{count}b}")

    def put_golomb(self, *values: int) -> None:
        """Write numbers as Exp-Golomb codes (H.264's ``ue(v)``).

        Args:
            values: the numbers, 0 or more.
        """
        for value in values:
            self.put(value + 1, 2 * (value + 1).bit_length() - 1)

    def to_bytes(self, fill: str = "0") -> bytes:
        """Return the bytes, the last one filled up.

        Args:
            fill: the bit that fills it up.
        """
        text = "".join(self._words)
        text += fill * (-len(text) % 8)
        return int(f"0{text}", 2).to_bytes(len(text) // 8, "big")
