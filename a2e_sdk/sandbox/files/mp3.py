"""Write an MP3 of any length: a tone whose pitch follows from a seed.

This module owns frames of MPEG-1 layer III, mono, 48 kHz, 32 kbit/s. Each granule has one spectral
line, which needs one pair of Huffman codes; the rest of a frame is ancillary data, which decoders
skip. Every frame stands alone and has 96 bytes, so that any part of a file can be written without
what comes before.
"""

from __future__ import annotations

from .bits import Bits

__all__ = ["FRAME_BYTES", "mp3_frame_head", "mp3_tag"]

FRAME_BYTES = 96
"""Bytes of each frame, and of the tag before the first one."""

_HEADER = 0xFFFB14C0
_GAIN = 200
# Pairs of zeros before the line. Each is one bit that is 1, and eleven of them in a row would look
# like the beginning of a frame.
_FEWEST_ZEROS, _MOST_ZEROS = 4, 10


def mp3_tag() -> bytes:
    """Return an ID3 tag without a word, as long as a frame."""
    padding = FRAME_BYTES - 10
    return b"ID3\x04\x00\x00\x00\x00\x00" + bytes((padding,)) + bytes(padding)


def mp3_frame_head(seed: bytes) -> bytes:
    """Return the beginning of a frame, up to its ancillary data.

    Args:
        seed: 1 byte or more.
    """
    # The even line of a pair: (1, 0) of Huffman table 1, with its sign, after pairs of zeros.
    zeros = _FEWEST_ZEROS + seed[0] % (_MOST_ZEROS - _FEWEST_ZEROS + 1)
    bits = Bits()
    bits.put(_HEADER, 32)
    bits.put(0, 9 + 5 + 4)  # main_data_begin, private_bits, scfsi
    for _ in range(2):
        bits.put(zeros + 3, 12)  # part2_3_length
        bits.put(zeros + 1, 9)  # big_values
        bits.put(_GAIN, 8)  # global_gain
        bits.put(0, 4 + 1)  # scalefac_compress, window_switching_flag
        for _ in range(3):
            bits.put(1, 5)  # table_select
        bits.put(7, 4)  # region0_count
        bits.put(7, 3)  # region1_count
        bits.put(0, 3)  # preflag, scalefac_scale, count1table_select
    for sign in (0, 1):
        bits.put((1 << zeros) - 1, zeros)
        bits.put(0b01, 2)
        bits.put(sign, 1)
    return bits.to_bytes()
