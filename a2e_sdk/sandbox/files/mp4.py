"""Write a small MP4: a video whose colours follow from a seed.

This module owns six frames of 96 by 64 pixels in H.264 baseline. Every macroblock is stored as it
is (I_PCM), so that no prediction, transform or entropy coding is needed; every frame stands alone.
"""

from __future__ import annotations

import struct

from .bits import Bits

__all__ = ["mp4", "mp4_padding_head"]

_COLUMNS, _ROWS, _FRAMES = 6, 4, 6
_WIDTH, _HEIGHT = 16 * _COLUMNS, 16 * _ROWS
_SCALE, _TICKS = 1_000, 250
_DURATION = _FRAMES * _TICKS
_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_I_PCM = 25
_FTYP_BRANDS = b"isom\x00\x00\x02\x00isommp42"


def mp4(seed: bytes) -> bytes:
    """Return the video of a seed.

    Args:
        seed: 8 bytes or more.
    """
    samples = [_sample(seed, number) for number in range(_FRAMES)]
    start = _box(b"ftyp", _FTYP_BRANDS)
    sizes = [len(sample) for sample in samples]
    # The place of the data is a number of fixed width in the header before it.
    data_at = len(start) + len(_moov(sizes, 0)) + 8
    return start + _moov(sizes, data_at) + _box(b"mdat", b"".join(samples))


def mp4_padding_head(rest: int) -> bytes:
    """Return the beginning of a box that players skip.

    Args:
        rest: bytes of the whole box; with less than 8 there is none, and players stop before them.
    """
    if rest >= 2**32:
        return struct.pack(">I4sQ", 1, b"free", rest)
    return struct.pack(">I4s", rest, b"free") if rest >= 8 else b""


def _box(name: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I4s", len(content) + 8, name) + content


def _full_box(name: bytes, *parts: bytes, flags: int = 0) -> bytes:
    return _box(name, struct.pack(">I", flags), *parts)


def _sequence_parameters() -> bytes:
    bits = Bits()
    bits.put(0x6742C01E, 32)  # NAL type 7; baseline, constrained; level 3.0
    bits.put_golomb(0, 0, 2, 0)  # id, log2_max_frame_num - 4, order of output, reference frames
    bits.put(0, 1)
    bits.put_golomb(_COLUMNS - 1, _ROWS - 1)
    bits.put(0b1100, 4)  # frames only, direct_8x8, neither cropping nor VUI
    bits.put(1, 1)
    return bits.to_bytes()


def _picture_parameters() -> bytes:
    bits = Bits()
    bits.put(0x68, 8)  # NAL type 8
    bits.put_golomb(0, 0)
    bits.put(0, 2)  # CAVLC
    bits.put_golomb(0, 0, 0)
    bits.put(0, 3)
    bits.put_golomb(0, 0, 0)
    bits.put(0, 3)
    bits.put(1, 1)
    return bits.to_bytes()


def _sample(seed: bytes, number: int) -> bytes:
    bits = Bits()
    bits.put(0x65, 8)  # NAL type 5: a frame that stands alone
    bits.put_golomb(0, 7, 0)  # first macroblock, only intra, picture parameters
    bits.put(0, 4)  # frame_num
    bits.put_golomb(number % 2)  # Two such frames in a row have different numbers.
    bits.put(0, 2)
    bits.put_golomb(0, _I_PCM)  # quantiser, type of the first macroblock
    head = bits.to_bytes()
    later = Bits()
    later.put_golomb(_I_PCM)
    between = later.to_bytes()
    blocks = [
        _macroblock(seed, column, row, number) for row in range(_ROWS) for column in range(_COLUMNS)
    ]
    unit = head + between.join(blocks) + b"\x80"
    return struct.pack(">I", len(unit)) + unit


def _macroblock(seed: bytes, column: int, row: int, number: int) -> bytes:
    """Return 16 by 16 pixels: a gradient, through which a bright bar moves.

    No byte is 0, so that nothing looks like the start code of H.264.
    """
    is_bar = column == (number + seed[0]) % _COLUMNS
    lines = [
        bytes((90 + 100 * is_bar + (row * 16 + line + seed[1] % 40) % 60,)) * 16
        for line in range(16)
    ]
    blue = 48 + (seed[2] + column * 20 + number * 8) % 160
    red = 48 + (seed[3] + row * 30) % 160
    return b"".join(lines) + bytes((blue,)) * 64 + bytes((red,)) * 64


def _moov(sizes: list[int], data_at: int) -> bytes:
    sequence, picture = _sequence_parameters(), _picture_parameters()
    configuration = _box(
        b"avcC",
        bytes((1, *sequence[1:4], 0xFF, 0xE1)),
        struct.pack(">H", len(sequence)) + sequence,
        b"\x01" + struct.pack(">H", len(picture)) + picture,
    )
    entry = _box(
        b"avc1",
        struct.pack(">6xH16xHHIIIH32xHh", 1, _WIDTH, _HEIGHT, 72 << 16, 72 << 16, 0, 1, 24, -1),
        configuration,
    )
    table = _box(
        b"stbl",
        _full_box(b"stsd", struct.pack(">I", 1), entry),
        _full_box(b"stts", struct.pack(">III", 1, len(sizes), _TICKS)),
        _full_box(b"stsc", struct.pack(">IIII", 1, 1, len(sizes), 1)),
        _full_box(b"stsz", struct.pack(f">II{len(sizes)}I", 0, len(sizes), *sizes)),
        _full_box(b"stco", struct.pack(">II", 1, data_at)),
    )
    references = _box(
        b"dinf", _full_box(b"dref", struct.pack(">I", 1), _full_box(b"url ", flags=1))
    )
    media = _box(
        b"mdia",
        _full_box(b"mdhd", struct.pack(">IIIIHH", 0, 0, _SCALE, _DURATION, 0x55C4, 0)),
        _full_box(b"hdlr", struct.pack(">I4s12x", 0, b"vide"), b"video\x00"),
        _box(b"minf", _full_box(b"vmhd", bytes(8), flags=1), references, table),
    )
    size = struct.pack(">II", _WIDTH << 16, _HEIGHT << 16)
    track = _box(
        b"trak",
        _full_box(b"tkhd", struct.pack(">IIIII16x", 0, 0, 1, 0, _DURATION), _MATRIX, size, flags=7),
        media,
    )
    header = struct.pack(">IIIIIH10x", 0, 0, _SCALE, _DURATION, 0x10000, 0x100)
    return _box(
        b"moov", _full_box(b"mvhd", header, _MATRIX, bytes(24), struct.pack(">I", 2)), track
    )
