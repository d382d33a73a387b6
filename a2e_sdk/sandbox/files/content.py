"""The bytes of result files: real media first, then what players skip.

This module owns how a file of any size is written block by block, the same each time, so that a
part of a large file costs no more than the part. What a picture, a sound or a video looks like is
left to `jpeg`, `mp3` and `mp4`. It is loaded when a file is served.

A file that is to be smaller than its media is cut off where it is to end.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from .jpeg import jpeg
from .mp3 import FRAME_BYTES, mp3_frame_head, mp3_tag
from .mp4 import mp4, mp4_padding_head

__all__ = ["part_of"]

# A whole number of MP3 frames.
_BLOCK = FRAME_BYTES * 684
# Noise without bytes that look like the beginning of an MP3 frame, which has eleven ones.
_NO_SYNC = bytes(value & 0x7F for value in range(256))


def part_of(suffix: str, seed: str, size: int, start: int, stop: int) -> bytes:
    """Return a part of a file.

    Args:
        suffix: ``".jpg"``, ``".mp3"`` or ``".mp4"``.
        seed: what the bytes follow from.
        size: bytes of the whole file.
        start: the first byte.
        stop: the byte behind the last one.
    """
    first = start // _BLOCK
    block = _sound if suffix == ".mp3" else _picture
    blocks = (block(suffix, seed, size, number) for number in range(first, -(-stop // _BLOCK)))
    return b"".join(blocks)[start - first * _BLOCK : stop - first * _BLOCK]


def _picture(suffix: str, seed: str, size: int, number: int) -> bytes:
    noise = _noise(seed, number)
    head = b"" if number else _head(suffix, seed, size)
    return head + noise[len(head) :]


@lru_cache(maxsize=16)
def _head(suffix: str, seed: str, size: int) -> bytes:
    """Return the media, which must fit into the first block, and the beginning of what follows."""
    if suffix == ".jpg":
        return jpeg(_digest(seed))  # No program reads on behind the end of a picture.
    video = mp4(_digest(seed))
    return video + mp4_padding_head(size - len(video))


def _sound(_suffix: str, seed: str, _size: int, number: int) -> bytes:
    block = bytearray(_noise(seed, number).translate(_NO_SYNC))
    head = mp3_frame_head(_digest(seed))
    for place in range(0, _BLOCK, FRAME_BYTES):
        block[place : place + len(head)] = head
    if not number:
        block[:FRAME_BYTES] = mp3_tag()
    return bytes(block)


def _digest(seed: str) -> bytes:
    return hashlib.blake2s(seed.encode()).digest()


def _noise(seed: str, number: int) -> bytes:
    return hashlib.shake_128(f"{seed}#{number}".encode()).digest(_BLOCK)
