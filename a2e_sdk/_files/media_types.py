"""Which kind of file some bytes are.

This module owns the one table of image, video and audio types: how their first bytes look, their
names on the wire and the suffixes of their file names. It is pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from posixpath import splitext

import attrs

#: How many of a file's first bytes `media_type_of` looks at.
HEAD_BYTES = 64


class MediaKind(StrEnum):
    """What a file is for people."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"


@attrs.frozen
class MediaType:
    """One type of file.

    Attributes:
        content_type: Its name on the wire, such as ``video/mp4``.
        suffixes: Ends of file names, the usual one first.
        looks: What the first bytes match; None for a type that is told by the file's name only.
        container: A name shared by types whose first bytes can be the same.
    """

    content_type: str
    suffixes: tuple[str, ...]
    looks: re.Pattern[bytes] | None
    container: str = ""

    @property
    def kind(self) -> MediaKind:
        """What it is for people."""
        return MediaKind(self.content_type.partition("/")[0])

    @property
    def suffix(self) -> str:
        """The usual end of such a file's name."""
        return self.suffixes[0]


def _type(content_type: str, suffixes: str, looks: bytes | None, container: str = "") -> MediaType:
    pattern = None if looks is None else re.compile(looks, re.DOTALL)
    return MediaType(content_type, tuple(suffixes.split()), pattern, container)


#: Every type, in the order in which the first bytes are tried.
MEDIA_TYPES: tuple[MediaType, ...] = (
    _type("image/jpeg", ".jpg .jpeg .jfif", rb"\xff\xd8\xff"),
    _type("image/png", ".png", rb"\x89PNG\r\n\x1a\n"),
    _type("image/gif", ".gif", rb"GIF8[79]a"),
    _type("image/webp", ".webp", rb"RIFF.{4}WEBP"),
    _type("image/bmp", ".bmp", rb"BM.{4}\x00{4}"),
    _type("image/tiff", ".tiff .tif", rb"II\*\x00|MM\x00\*"),
    _type("image/avif", ".avif", rb".{4}ftypavi[fs]"),
    _type("image/heic", ".heic .heif", rb".{4}ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1)"),
    _type("video/quicktime", ".mov .qt", rb".{4}(ftypqt  |moov|mdat|wide|free|skip)", "iso"),
    _type("audio/mp4", ".m4a .m4b", rb".{4}ftypM4[AB]", "iso"),
    _type("video/3gpp", ".3gp", rb".{4}ftyp3g", "iso"),
    _type("video/mp4", ".mp4 .m4v", rb".{4}ftyp", "iso"),
    _type("video/webm", ".webm", rb"\x1aE\xdf\xa3.{0,56}webm", "matroska"),
    _type("audio/webm", ".weba", None, "matroska"),
    _type("video/x-matroska", ".mkv", rb"\x1aE\xdf\xa3", "matroska"),
    _type("audio/x-matroska", ".mka", None, "matroska"),
    _type("video/x-msvideo", ".avi", rb"RIFF.{4}AVI "),
    _type("video/mpeg", ".mpg .mpeg", rb"\x00\x00\x01[\xb3\xba]"),
    _type("video/x-flv", ".flv", rb"FLV\x01"),
    _type("video/x-ms-wmv", ".wmv .asf", rb"0&\xb2u\x8ef\xcf\x11", "asf"),
    _type("audio/x-ms-wma", ".wma", None, "asf"),
    _type("video/ogg", ".ogv", rb"OggS.{24}\x80theora", "ogg"),
    _type("audio/ogg", ".ogg .oga .opus", rb"OggS", "ogg"),
    _type("audio/wav", ".wav", rb"RIFF.{4}WAVE"),
    _type("audio/flac", ".flac", rb"fLaC"),
    _type("audio/aac", ".aac", rb"\xff[\xf0\xf1\xf8\xf9]"),
    _type("audio/mpeg", ".mp3", rb"ID3|\xff[\xe2\xe3\xf2-\xf7\xfa-\xfd]"),
    _type("audio/amr", ".amr", rb"#!AMR"),
)

_BY_SUFFIX = {suffix: media for media in MEDIA_TYPES for suffix in media.suffixes}
_BY_CONTENT_TYPE = {media.content_type: media for media in MEDIA_TYPES} | {
    "image/jpg": _BY_SUFFIX[".jpg"],
    "audio/mp3": _BY_SUFFIX[".mp3"],
    "audio/x-wav": _BY_SUFFIX[".wav"],
    "audio/x-m4a": _BY_SUFFIX[".m4a"],
}

# What is often saved under the name of a picture or a video without being one.
_NO_MEDIA = re.compile(rb"\s*(<|\{|%PDF|PK\x03\x04)|\xef\xbb\xbf|version https://git-lfs")


def media_type_of(
    head: bytes, name: str | None, accepts: Collection[MediaKind]
) -> MediaType | None:
    """Return the type of a file: by its first bytes, and only then by its name.

    Some containers hold pictures and sound or sound alone behind the same first bytes; there the
    name decides where only one of both is accepted.

    Args:
        head: The first `HEAD_BYTES` bytes, or all there are.
        name: The file's name; None where it has none.
        accepts: The kinds that are of use.

    Returns:
        The type, of whatever kind; None where neither bytes nor name tell it.
    """
    named = _BY_SUFFIX.get(splitext(name or "")[1].lower())
    found = next((media for media in MEDIA_TYPES if media.looks and media.looks.match(head)), None)
    if found is None:
        return None if _NO_MEDIA.match(head) else named
    if (
        named is not None
        and found.kind not in accepts
        and named.kind in accepts
        and named.container
        and named.container == found.container
    ):
        return named
    return found


def suffix_of_content_type(content_type: str | None) -> str | None:
    """Return the usual suffix of a ``Content-Type``; None where the table does not have it."""
    media = _BY_CONTENT_TYPE.get((content_type or "").partition(";")[0].strip().lower())
    return None if media is None else media.suffix


def is_media_suffix(suffix: str) -> bool:
    """Tell whether the table has this end of a file's name."""
    return suffix.lower() in _BY_SUFFIX
