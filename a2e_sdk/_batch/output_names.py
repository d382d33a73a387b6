"""The names of a job's files below the folder of results.

This module owns what an ``output`` may be, what a key becomes, and which names can meet. It is
pure: the names that are taken already are kept elsewhere.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

import attrs

from a2e_sdk._files.media_types import is_media_suffix
from a2e_sdk._files.names import Target, safe_stem, targets

#: The files of a batch itself, and the ends of the names of files beside results.
_BATCH_FILES = ("results.jsonl", "jobs.jsonl", "journal.db", "journal.id")
_OWN_SUFFIXES = (".json", ".jsonl", ".db", ".a2e-part", ".tmp")
_LONGEST_OUTPUT = 1000
_NUMBER = re.compile(r"-[0-9]+$")


@attrs.frozen
class OutputName:
    """The files of one job.

    Attributes:
        stem: Their path below the folder of results, with slashes and without a suffix. The
            results of a job that has several are called ``STEM-1``, ``STEM-2`` and so on.
        suffix: The suffix that was asked for; empty where it follows from the download.
    """

    stem: str
    suffix: str = ""

    def provenance(self, folder: Path) -> Path:
        """Return the path of the file that says how the results were made."""
        return folder / self.provenance_name

    @property
    def provenance_name(self) -> str:
        """The same below the folder of results, with slashes."""
        return self.stem + ".json"

    def targets(self, folder: Path, urls: tuple[str, ...]) -> tuple[Target, ...]:
        """Return where the results go.

        Args:
            folder: The folder of results.
            urls: Their links, in order.
        """
        path = folder / (self.stem + self.suffix)
        if self.suffix:
            return targets(path, is_directory=False, stem=None, urls=urls)
        return targets(path.parent, is_directory=True, stem=path.name, urls=urls)


def output_of(text: object) -> OutputName:
    """Return the name that a row asks for.

    Args:
        text: A path below the folder of results, with slashes; with a suffix or without.

    Raises:
        TypeError: It is no text.
        ValueError: It is empty, leaves the folder, is a file of the batch itself, or has what
            can't be in a file's name on every system.
    """
    if not isinstance(text, str):
        raise TypeError(f"output must be a text, not {type(text).__name__}.")
    shown = repr(text[:120])
    if not text.strip() or len(text) > _LONGEST_OUTPUT:
        raise ValueError(f"output must have 1 to {_LONGEST_OUTPUT} characters; it has {len(text)}.")
    if text.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", text):
        raise ValueError(f"output must be below the folder of results; it is {shown}.")
    if "\\" in text:
        raise ValueError(f"output must have slashes between folders, no backslash; it is {shown}.")
    parts = text.split("/")
    if ".." in parts:
        raise ValueError(f"output must not leave the folder of results; it is {shown}.")
    for part in parts:
        if safe_stem(part) != part:
            raise ValueError(
                f"output must be a name that every system can have; {part[:120]!r} is none."
            )
    last = parts[-1]
    if last.lower() in _BATCH_FILES or last.lower().endswith(_OWN_SUFFIXES):
        raise ValueError(f"output must not be a name of the batch's own files; it is {shown}.")
    stem, suffix = _split(text)
    return OutputName(stem, suffix)


def name_of_key(key: str) -> OutputName:
    """Return the name of the files of a job that asks for none."""
    return OutputName(safe_stem(_split(key)[0]))


def other_name(name: OutputName, key: str) -> OutputName:
    """Return another name for a key whose own is taken: with a digest of the key."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:8]
    return OutputName(safe_stem(f"{name.stem}~{digest}"))


def folded(stem: str) -> str:
    """Return what two names share that are one file on some file systems."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", stem).casefold())


def without_number(stem: str) -> str | None:
    """Return the name whose numbered result a name could be; None where it is none."""
    base = _NUMBER.sub("", stem)
    return base if base and base != stem else None


def _split(text: str) -> tuple[str, str]:
    """Return a name without its suffix, and the suffix where it is that of media."""
    stem, dot, end = text.rpartition(".")
    # A name that begins with the dot has no suffix.
    if dot and stem and not stem.endswith("/") and is_media_suffix(dot + end):
        return stem, dot + end
    return text, ""
