"""Decoding of compressed response bodies, bounded while it decodes.

This module owns the content codings that the SDK asks for (gzip and deflate), the refusal of all
others, and the bound of a body that is read into memory. It is pure: bytes in, bytes out, and never
more of them than a response may have.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Protocol

from a2e_sdk._checks.redaction import safe_text
from a2e_sdk._http.messages import MAX_ANSWER_BYTES

#: zlib writes at most so much at a time.
BLOCK_BYTES = 64 * 1024
# zlib copies what it has not read yet after each block, so it is given little at a time.
_INPUT_BYTES = 16 * 1024

_GZIP_MAGIC = b"\x1f\x8b"
_MAX_CODING_LENGTH = 80


class ContentDecodingError(Exception):
    """The body can't be decoded: broken, cut, or in a coding that was not asked for."""


class ContentTooLarge(ContentDecodingError):
    """The body has more bytes than a response may have; the rest of it was not decoded."""


class Decoder(Protocol):
    """Decodes one body, piece by piece."""

    def feed(self, chunk: bytes) -> bytes:
        """Return what some more bytes of the body decode to.

        Args:
            chunk: The next bytes as they came.

        Raises:
            ContentTooLarge: The body has more than the limit.
            ContentDecodingError: It is not in the coding that it claims.
        """
        ...

    def finish(self) -> None:
        """Make sure that the body is whole.

        Raises:
            ContentDecodingError: It was cut.
        """
        ...


def decoder_for(headers: Mapping[str, str], limit: int = MAX_ANSWER_BYTES) -> Decoder | None:
    """Return what decodes a body; None where the bytes on the wire are the body.

    Args:
        headers: The header fields, names in lower case.
        limit: How many bytes the body may have, compressed and decoded. Default 64 MiB.

    Raises:
        ContentDecodingError: The body has several codings, or one that was not asked for.
    """
    field = headers.get("content-encoding")
    if field is None:
        return None
    codings = [name for part in field.split(",") if (name := part.strip().lower())]
    codings = [name for name in codings if name != "identity"]
    if not codings:
        return None
    if len(codings) == 1 and codings[0] in ("gzip", "x-gzip"):
        return _GzipDecoder(limit)
    if codings == ["deflate"]:
        return _DeflateDecoder(limit)
    shown = safe_text(field, _MAX_CODING_LENGTH)
    raise ContentDecodingError(
        f"the response's content coding is {shown!r}; only gzip or deflate was asked for"
    )


class _ZlibDecoder:
    """What both codings share: the limit, and blocks of bounded size.

    Args:
        limit: How many bytes may come in, and how many may go out.
    """

    _coding = ""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._received = 0
        self._decoded = 0
        self._stream: zlib._Decompress | None = None

    def feed(self, chunk: bytes) -> bytes:
        """Return what some more bytes of the body decode to."""
        self._received += len(chunk)
        # An endless row of empty members decodes to nothing, so that the input is bounded too.
        if self._received > self._limit:
            raise self._too_large()
        blocks: list[bytes] = []
        try:
            for start in range(0, len(chunk), _INPUT_BYTES):
                self._decode(chunk[start : start + _INPUT_BYTES], blocks)
        except zlib.error as error:
            raise ContentDecodingError(
                f"the response is not the {self._coding} that it claims to be ({error})"
            ) from None
        return blocks[0] if len(blocks) == 1 else b"".join(blocks)

    def finish(self) -> None:
        """Make sure that the body is whole."""
        # A body of no bytes at all is what responses without a body have.
        if self._received and (self._stream is None or not self._stream.eof):
            raise ContentDecodingError(f"the response's {self._coding} was cut")

    def _decode(self, chunk: bytes, blocks: list[bytes]) -> None:
        raise NotImplementedError

    def _inflate(self, stream: zlib._Decompress, chunk: bytes, blocks: list[bytes]) -> bytes:
        """Decode to the end of the input or of the stream; return what lies beyond the stream."""
        while not stream.eof:
            # One byte more than may come, so that a body of exactly the limit is not refused.
            room = min(BLOCK_BYTES, self._limit + 1 - self._decoded)
            block = stream.decompress(chunk, room)
            self._decoded += len(block)
            if self._decoded > self._limit:
                raise self._too_large()
            if block:
                blocks.append(block)
            chunk = stream.unconsumed_tail
            if not chunk and len(block) < room:
                break
        return stream.unused_data

    def _too_large(self) -> ContentTooLarge:
        return ContentTooLarge(f"the response is larger than {self._limit} bytes")


class _GzipDecoder(_ZlibDecoder):
    """Decodes gzip, also of several members; what follows the last one is left out."""

    _coding = "gzip"

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self._beyond = b""
        self._ended = False

    def _decode(self, chunk: bytes, blocks: list[bytes]) -> None:
        while not self._ended:
            if self._stream is None or self._stream.eof:
                chunk, self._beyond = self._beyond + chunk, b""
                if self._stream is not None:
                    if len(chunk) < len(_GZIP_MAGIC):
                        self._beyond = chunk
                        return
                    if not chunk.startswith(_GZIP_MAGIC):
                        self._ended = True
                        return
                self._stream = zlib.decompressobj(16 + zlib.MAX_WBITS)
            chunk = self._inflate(self._stream, chunk, blocks)
            if not self._stream.eof:
                return


class _DeflateDecoder(_ZlibDecoder):
    """Decodes deflate: in the zlib format, as the standard says, or raw, as some servers do."""

    _coding = "deflate"

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self._beginning = b""

    def _decode(self, chunk: bytes, blocks: list[bytes]) -> None:
        if self._stream is None:
            chunk = self._beginning + chunk
            if len(chunk) < 2:
                self._beginning = chunk
                return
            in_zlib_format = chunk[0] & 0x0F == zlib.DEFLATED and chunk[0] * 256 + chunk[1]
            wrapped = bool(in_zlib_format) and in_zlib_format % 31 == 0
            self._stream = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
        if not self._stream.eof:
            self._inflate(self._stream, chunk, blocks)


class BoundedBody:
    """The body of one response, decoded as it comes and never larger than `MAX_ANSWER_BYTES`.

    Args:
        headers: The header fields, names in lower case.

    Raises:
        ContentDecodingError: It has a coding that was not asked for.
    """

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._decoder = decoder_for(headers)
        self._received: list[bytes] = []
        self._size = 0

    def add(self, chunk: bytes) -> None:
        """Take in the next bytes from the wire.

        Raises:
            ContentDecodingError: They are too many, or broken.
        """
        if self._decoder is not None:
            chunk = self._decoder.feed(chunk)
        self._size += len(chunk)
        if self._size > MAX_ANSWER_BYTES:
            raise ContentTooLarge(f"the response is larger than {MAX_ANSWER_BYTES} bytes")
        self._received.append(chunk)

    def whole(self) -> bytes:
        """Return the body, at its end.

        Raises:
            ContentDecodingError: It was cut.
        """
        if self._decoder is not None:
            self._decoder.finish()
        return b"".join(self._received)
