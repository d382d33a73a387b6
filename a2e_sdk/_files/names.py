"""Where downloaded files go: their names, from what a caller, a task and a link say.

This module owns the rules for names, those of part files included. Nothing that comes from a server
can lead out of the chosen directory, and no name is longer than a file system takes: its limit is
in bytes. It is pure: whether a path is a directory or a file is there, it is told.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import attrs

from .media_types import is_media_suffix, suffix_of_content_type

#: The longest name of a file, in bytes: the limit of nearly every file system.
MAX_NAME_BYTES = 255

_PART = ".a2e-part"
_LONGEST_PART = len(f"{_PART}-00000000.json")
#: With a number, a suffix and the part file's own suffix, it stays below `MAX_NAME_BYTES`.
_LONGEST_STEM = 200
_NOT_IN_NAMES = re.compile(
    r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+'
)
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@attrs.frozen
class Target:
    """Where one file goes.

    Attributes:
        path: The file, without its suffix where that is not known yet.
        needs_suffix: Whether the suffix follows from the response's ``Content-Type``.
    """

    path: Path
    needs_suffix: bool = False

    def final(self, content_type: str | None) -> Path:
        """Return the file's path, once the type of the response is known."""
        suffix = suffix_of_content_type(content_type) if self.needs_suffix else None
        return self.path.with_name(self.path.name + suffix) if suffix else self.path


def targets(
    path: Path, *, is_directory: bool, stem: str | None, urls: tuple[str, ...]
) -> tuple[Target, ...]:
    """Return where the results of one task go.

    Args:
        path: What the caller gave.
        is_directory: Whether it is a directory, which gets a name from the task or the link.
        stem: The task's id; None where there is only a link.
        urls: The links, in order.

    Returns:
        A target for each link; several are numbered: ``out-1.mp4``, ``out-2.mp4`` ...
    """
    found: list[Target] = []
    for number, url in enumerate(urls, 1):
        mark = f"-{number}" if len(urls) > 1 else ""
        if not is_directory:
            end = mark + path.suffix
            room = MAX_NAME_BYTES - len(os.fsencode(end))
            found.append(Target(path.with_name(_shortened(path.stem, room) + end)))
            continue
        name, suffix = _name_in(url)
        safe = safe_stem(name if stem is None else stem)
        found.append(Target(path / (safe + mark + suffix), needs_suffix=not suffix))
    return tuple(found)


def safe_stem(text: str) -> str:
    """Return a text that can be a file's name, without its suffix, on every system.

    It has at most 200 bytes; one that was cut ends with a digest of the whole.
    """
    encoding = sys.getfilesystemencoding()
    text = text.encode(encoding, "replace").decode(encoding)  # What it lacks becomes "?".
    name = _shortened(_NOT_IN_NAMES.sub("_", text).strip(" ."), _LONGEST_STEM)
    if _DEVICES.fullmatch(name):
        name = f"_{name}"
    return name or "result"


def part_path(target: Path, mark: str = "") -> Path:
    """Return the path of a part file of a target, beside it: ``NAME.a2e-part``.

    Args:
        target: The final path, or the beginning of it.
        mark: Tells several apart, in up to 8 characters.
    """
    name = _shortened(target.name, MAX_NAME_BYTES - _LONGEST_PART)
    return target.with_name(name + _PART + (f"-{mark}" if mark else ""))


def _shortened(text: str, limit: int) -> str:
    """Return a text of at most some bytes, cut between characters; two texts never become one."""
    encoded = os.fsencode(text)
    if len(encoded) <= limit:
        return text
    digest = "~" + hashlib.sha256(encoded).hexdigest()[:8]
    kept = encoded[: max(limit - len(digest), 0)]
    return kept.decode(sys.getfilesystemencoding(), "ignore") + digest


def _name_in(url: str) -> tuple[str, str]:
    """Return the last part of a link's path, and its suffix where that is a file's of media."""
    try:
        last = unquote(urlsplit(url).path).replace("\\", "/").rpartition("/")[2]
    except ValueError:
        return "", ""
    stem, dot, suffix = last.rpartition(".")
    if dot and stem and is_media_suffix(dot + suffix):
        return stem, dot + suffix.lower()
    return last, ""
