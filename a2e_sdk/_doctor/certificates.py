"""Who issued a certificate, read from its bytes.

This module owns the reading of the two names of a certificate (X.509 in DER) that tell a proxy that
intercepts TLS from the server itself. Python reads no certificate that it does not trust. It is
pure.
"""

from __future__ import annotations

from collections.abc import Iterator

_VERSION = 0xA0
#: The object identifiers of what names are made of: organization and common name.
_PARTS = (b"\x55\x04\x0a", b"\x55\x04\x03")
_LONGEST = 100


def issuer_of(certificate: bytes) -> str:
    """Return the organization and the name of who issued a certificate; empty for unreadable ones.

    Args:
        certificate: Its bytes in DER.
    """
    try:
        return _issuer(certificate)
    except (ValueError, IndexError):
        return ""


def _issuer(certificate: bytes) -> str:
    (_, outer), *_ = _values(certificate)
    (_, body), *_ = _values(outer)
    members = [value for tag, value in _values(body) if tag != _VERSION]
    # Serial number, algorithm, issuer.
    found: dict[bytes, str] = {}
    for _, names in _values(members[2]):
        for _, pair in _values(names):
            (_, identifier), (_, text) = list(_values(pair))[:2]
            found.setdefault(identifier, text.decode("utf-8", "replace"))
    texts = [found[part] for part in _PARTS if part in found]
    shown = ", ".join(dict.fromkeys(texts))
    return "".join(letter for letter in shown if letter.isprintable())[:_LONGEST]


def _values(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the tag and the content of each value of a sequence."""
    place = 0
    while place < len(data):
        tag, length, place = data[place], data[place + 1], place + 2
        if length >= 0x80:
            size = length & 0x7F
            length, place = int.from_bytes(data[place : place + size], "big"), place + size
        if place + length > len(data):
            raise ValueError("a value is longer than what it is in")
        yield tag, data[place : place + length]
        place += length
