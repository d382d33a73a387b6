"""The key of a job that was given none: made of its content, so that it is the same for ever.

This module owns what the content of a job is. It is pure.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from a2e_sdk._wire.families import TaskFamily
from a2e_sdk._wire.start_arguments import start_arguments

from .engines import engine_word
from .local_files import LocalFile

#: How many digits of the digest a key has; more only where two jobs share the first.
_DIGITS = (12, 20, 64)


def content_digest(
    family: TaskFamily, arguments: Mapping[str, Any], files: Sequence[LocalFile]
) -> str:
    """Return the digest of what a job is: its engine, its arguments, and the bytes of its files.

    Where a local file is and what it is called does not count.

    Args:
        family: Its engine.
        arguments: Its arguments, plain JSON data with the paths of local files.
        files: The local files.
    """
    digests = {file.path: {"sha256": file.sha256} for file in files}
    known = start_arguments(family)
    content = {
        name: _with_digests(value, digests) if known[name].argument.media else value
        for name, value in arguments.items()
    }
    text = json.dumps(
        {"engine": family.name, "arguments": content},
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _with_digests(value: Any, digests: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [digests.get(item, item) for item in cast("list[str]", value)]
    return digests.get(value, value)


def keys_of_content(family: TaskFamily, content: str) -> Iterator[str]:
    """Yield the keys that a job without one may get, such as ``wan-25-3f9a0c12ab34``.

    Args:
        family: Its engine.
        content: Its `content_digest`.
    """
    for digits in _DIGITS:
        yield f"{engine_word(family)}-{content[:digits]}"
