"""Write a small JPEG: a mosaic whose colours follow from a seed.

This module owns a baseline JPEG of 320 by 180 pixels in which each block of 8 by 8 has one colour,
so that a block is its mean alone and no cosine transform is needed.
"""

from __future__ import annotations

import struct

from .bits import Bits

__all__ = ["jpeg"]

_WIDTH, _HEIGHT = 320, 180
_COLUMNS, _ROWS = -(-_WIDTH // 8), -(-_HEIGHT // 8)
# Codes of 4 bits for the 12 sizes of a difference; 1 bit for "nothing else in this block".
_SIZES = bytes((0, 0, 0, 12)) + bytes(12) + bytes(range(12))
_END_OF_BLOCK = b"\x01" + bytes(15) + b"\x00"


def jpeg(seed: bytes) -> bytes:
    """Return the picture of a seed.

    Args:
        seed: 8 bytes or more.
    """
    components = b"".join(bytes((number, 0x11, 0)) for number in (1, 2, 3))
    scans = b"".join(bytes((number, 0x00)) for number in (1, 2, 3))
    return b"".join(
        (
            b"\xff\xd8",
            _segment(0xE0, b"JFIF\x00\x01\x01\x00" + struct.pack(">HHBB", 1, 1, 0, 0)),
            # A mean is stored eight times as large, and divided by 8 here.
            _segment(0xDB, b"\x00" + b"\x08" * 64),
            _segment(0xC0, struct.pack(">BHHB", 8, _HEIGHT, _WIDTH, 3) + components),
            _segment(0xC4, b"\x00" + _SIZES),
            _segment(0xC4, b"\x10" + _END_OF_BLOCK),
            _segment(0xDA, b"\x03" + scans + b"\x00\x3f\x00"),
            # Within the data, a byte of ones is followed by a 0.
            _blocks(seed).replace(b"\xff", b"\xff\x00"),
            b"\xff\xd9",
        )
    )


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _blocks(seed: bytes) -> bytes:
    bits = Bits()
    before = [0, 0, 0]
    for row in range(_ROWS):
        for column in range(_COLUMNS):
            for component, level in enumerate(_colour(seed, column, row)):
                _put_mean(bits, level - before[component])
                before[component] = level
    return bits.to_bytes("1")


def _colour(seed: bytes, column: int, row: int) -> tuple[int, int, int]:
    """Return light and colour of a block, each from -128 to 127: a gradient with stripes."""
    light = (column * (1 + seed[0] % 3) + row * 3 + seed[1]) % 96 - 40
    if (column + row * (1 + seed[2] % 2)) % (6 + seed[3] % 5) == 0:
        light += 40
    blue = (seed[4] + column * 2) % 160 - 80
    red = (seed[5] + row * 5) % 160 - 80
    return light, blue, red


def _put_mean(bits: Bits, difference: int) -> None:
    size = abs(difference).bit_length()
    bits.put(size, 4)
    bits.put(difference if difference > 0 else difference + (1 << size) - 1, size)
    bits.put(0, 1)
