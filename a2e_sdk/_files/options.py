"""What callers say about the files they give and want, checked.

This module owns the arguments that uploads and downloads have in both clients, and the messages
about wrong ones. Local content itself is looked at in ``_files.sources``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict

import attrs

from a2e_sdk._checks.validation import require_one_of, require_whole_number
from a2e_sdk._config.settings import Timeout, TimeoutLike, as_timeout
from a2e_sdk._runtime.lazy_types import LazyType

from .media_types import MediaKind
from .sources import FileInput

if TYPE_CHECKING:
    from a2e_sdk.models.progress import ProgressOption
else:
    ProgressOption = LazyType("models.progress", "ProgressOption")

#: Called with the bytes sent so far, and with those there are in all.
UploadProgress: TypeAlias = Callable[[int, int], object]

#: Called with the bytes that are there, and with those there will be (None where nobody says).
DownloadProgress: TypeAlias = Callable[[int, int | None], object]

#: What becomes of a file that is at the final path already.
Existing: TypeAlias = Literal["error", "overwrite", "skip"]


class DownloadArguments(TypedDict, total=False):
    """The keyword arguments of ``download``, as its overloads take them."""

    on_progress: DownloadProgress | None
    progress: ProgressOption
    existing: Existing
    max_bytes: int | None
    sha256: str | None
    timeout: float | TimeoutLike | None
    max_seconds: float | None


_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


@attrs.frozen
class FileArgument:
    """One argument that names a file for the API.

    Args:
        value: A URL, a path, bytes, or a file open for reading bytes.
        name: The argument's name, for messages.
        accepts: The kinds of file that local content may be.
    """

    value: FileInput = attrs.field(repr=False)
    name: str
    accepts: Collection[MediaKind]


@attrs.frozen(kw_only=True)
class DownloadOptions:
    """What a caller of ``download`` asked for, beside the file itself.

    Attributes:
        existing: ``"error"``, ``"overwrite"`` or ``"skip"``.
        max_bytes: The size above which a file is refused; None for any.
        sha256: The digest it must have, in lower case; None for any.
        timeout: The time-outs of one attempt.
        on_progress: Called as the bytes arrive.
    """

    existing: Existing
    max_bytes: int | None
    sha256: str | None
    timeout: Timeout
    on_progress: DownloadProgress


def download_options(
    *,
    existing: Existing,
    max_bytes: int | None,
    sha256: str | None,
    timeout: float | TimeoutLike | None,
    configured: Timeout,
    on_progress: DownloadProgress | None,
) -> DownloadOptions:
    """Check the options of a download.

    Raises:
        TypeError: ``max_bytes`` is no int, or ``sha256`` no str.
        ValueError: An option is out of range.
        ConfigurationError: ``timeout`` is no time-out.
    """
    require_one_of(existing, "existing", ("error", "overwrite", "skip"))
    if max_bytes is not None:
        require_whole_number(max_bytes, "max_bytes", minimum=1)
    if sha256 is not None and not _SHA256.fullmatch(sha256):
        raise ValueError("sha256 must be the 64 hexadecimal digits of a digest.")
    return DownloadOptions(
        existing=existing,
        max_bytes=max_bytes,
        sha256=None if sha256 is None else sha256.lower(),
        timeout=configured if timeout is None else as_timeout(timeout),
        on_progress=on_progress or _show_nothing,
    )


def _show_nothing(_received: int, _total: int | None) -> None:
    pass
