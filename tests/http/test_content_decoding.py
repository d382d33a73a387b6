"""Compressed bodies are decoded whole and exactly, and never beyond the limit."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from a2e_sdk._http.transports.content_decoding import (
    BLOCK_BYTES,
    ContentDecodingError,
    ContentTooLarge,
    decoder_for,
)

MEBIBYTE = 1024 * 1024


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


CODINGS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "capitals": (" GZIP ", gzip.compress),
    "with identity": ("identity, gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "raw deflate": ("deflate", raw_deflate),
}
by_coding = pytest.mark.parametrize(("field", "encode"), CODINGS.values(), ids=CODINGS.keys())


def decoded(field: str, chunks: list[bytes], limit: int = 64 * MEBIBYTE) -> bytes:
    decoder = decoder_for({"content-encoding": field}, limit)
    assert decoder is not None
    body = b"".join(decoder.feed(chunk) for chunk in chunks)
    decoder.finish()
    return body


def pieces(body: bytes, sizes: list[int]) -> list[bytes]:
    cut: list[bytes] = []
    for size in sizes:
        cut.append(body[:size])
        body = body[size:]
    return [*cut, body]


@pytest.mark.parametrize(
    "headers", [{}, {"content-encoding": "identity"}, {"content-encoding": ""}]
)
def test_a_plain_body_needs_no_decoder(headers: dict[str, str]) -> None:
    assert decoder_for(headers) is None


@by_coding
@given(body=st.binary(max_size=3000), sizes=st.lists(st.integers(0, 40), max_size=30))
def test_a_body_comes_back_whole_however_it_was_cut(
    field: str, encode: Callable[[bytes], bytes], body: bytes, sizes: list[int]
) -> None:
    assert decoded(field, pieces(encode(body), sizes)) == body


@given(
    members=st.lists(st.binary(max_size=200), min_size=1, max_size=6),
    sizes=st.lists(st.integers(0, 40), max_size=30),
    padding=st.sampled_from([b"", b"\0" * 9, b"\x1f", b"trailing"]),
)
def test_several_members_of_gzip_are_one_body_and_what_follows_is_left_out(
    members: list[bytes], sizes: list[int], padding: bytes
) -> None:
    encoded = b"".join(map(gzip.compress, members)) + padding
    assert decoded("gzip", pieces(encoded, sizes)) == b"".join(members)


@by_coding
@given(data=st.data())
def test_a_cut_body_is_refused(
    field: str, encode: Callable[[bytes], bytes], data: st.DataObject
) -> None:
    encoded = encode(b"some text that is long enough to be cut")
    length = data.draw(st.integers(1, len(encoded) - 1))
    with pytest.raises(ContentDecodingError, match="cut"):
        decoded(field, [encoded[:length]])


def test_a_member_that_was_cut_is_refused() -> None:
    encoded = gzip.compress(b"one") + gzip.compress(b"two")
    with pytest.raises(ContentDecodingError, match="cut"):
        decoded("gzip", [encoded[:-3]])


@by_coding
def test_a_body_of_no_bytes_is_empty(field: str, encode: Callable[[bytes], bytes]) -> None:
    assert decoded(field, []) == b""
    assert decoded(field, [b""]) == b""


@by_coding
@given(body=st.binary(min_size=1, max_size=300))
def test_what_is_no_such_coding_is_refused_and_nothing_else_is_raised(
    field: str, encode: Callable[[bytes], bytes], body: bytes
) -> None:
    try:
        decoded(field, [body], limit=MEBIBYTE)
    except ContentDecodingError as error:
        assert str(error).isprintable()


@by_coding
def test_a_broken_body_is_refused(field: str, encode: Callable[[bytes], bytes]) -> None:
    encoded = bytearray(encode(bytes(range(256)) * 40))
    encoded[len(encoded) // 2] ^= 0xFF
    encoded[len(encoded) // 2 + 1] ^= 0xFF
    if encode is raw_deflate:
        encoded = bytearray(b"\x06" + bytes(encoded))  # It has no checksum: an unknown block type.
    with pytest.raises(ContentDecodingError):
        decoded(field, [bytes(encoded)])


@pytest.mark.parametrize(
    "field",
    [
        *("br", "zstd", "compress", "gzip, gzip", "gzip,gzip,gzip", "gzip, br", "deflate, gzip"),
        *("utf-8", "\x1b[31m", "g" * 10_000),
    ],
)
def test_codings_that_were_not_asked_for_are_refused_at_once(field: str) -> None:
    with pytest.raises(ContentDecodingError, match="only gzip or deflate") as caught:
        decoder_for({"content-encoding": field})
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 200


@by_coding
def test_a_body_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(
    field: str, encode: Callable[[bytes], bytes]
) -> None:
    limit = 3 * BLOCK_BYTES
    assert len(decoded(field, [encode(b"a" * limit)], limit)) == limit
    with pytest.raises(ContentTooLarge, match="larger than"):
        decoded(field, [encode(b"a" * (limit + 1))], limit)


BOMB = b"\0" * (100 * MEBIBYTE)
BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    name: (field, partial(encode, BOMB)) for name, (field, encode) in CODINGS.items()
}
# Each member stays below the limit; all of them together don't.
BOMBS["members"] = ("gzip", lambda: gzip.compress(bytes(MEBIBYTE)) * 60)


@pytest.mark.once
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_takes_no_more_memory_than_the_limit(name: str) -> None:
    limit = 2 * MEBIBYTE
    field, make = BOMBS[name]
    bomb = make()
    for chunks in ([bomb], pieces(bomb, [1000] * (len(bomb) // 1000))):
        decoder = decoder_for({"content-encoding": field}, limit)
        assert decoder is not None
        tracemalloc.start()
        try:
            with pytest.raises(ContentTooLarge):
                [decoder.feed(chunk) for chunk in chunks]
            assert tracemalloc.get_traced_memory()[1] < limit + 16 * BLOCK_BYTES
        finally:
            tracemalloc.stop()


def test_an_endless_row_of_empty_members_ends_and_takes_linear_time() -> None:
    limit = MEBIBYTE
    decoder = decoder_for({"content-encoding": "gzip"}, limit)
    assert decoder is not None
    member = gzip.compress(b"")
    row = member * (limit // len(member))
    began = time.monotonic()
    assert decoder.feed(row) == b""
    with pytest.raises(ContentTooLarge):
        decoder.feed(row)
    assert time.monotonic() - began < 20


@settings(max_examples=30)
@given(st.binary(max_size=200), st.integers(0, 250))
def test_the_limit_holds_for_any_body(body: bytes, limit: int) -> None:
    encoded = gzip.compress(body)
    try:
        assert decoded("gzip", [encoded], limit) == body
    except ContentTooLarge:
        assert max(len(body), len(encoded)) > limit
