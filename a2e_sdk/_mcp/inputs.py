"""The inputs of a start, as an agent names them: files of the folder, and https URLs.

This module owns the way from an agent's ``arguments`` to those of ``create``. Which file a name
stands for is decided in ``folder``, what an argument may be in ``_wire``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Mapping
from typing import Any, cast

from a2e_sdk._batch.checks import built
from a2e_sdk._checks.validation import require_sendable, require_url
from a2e_sdk._files.sources import is_url
from a2e_sdk._wire.families import TaskFamily

from .engines import offered_arguments
from .folder import Folder, RefusedName


@contextlib.contextmanager
def opened_arguments(
    family: TaskFamily, arguments: Mapping[str, Any], folder: Folder, *, allow_private: bool
) -> Generator[dict[str, Any], None, None]:
    """Return the arguments of ``create``, with open files in the place of names, closed at the end.

    Args:
        family: What is started.
        arguments: What the agent gave.
        folder: Where its files are.
        allow_private: Whether the server is this machine's own, whose URLs are plain http.

    Raises:
        RefusedName: A file is none of the folder.
        ValueError, TypeError: A value is not allowed.
        OSError: A file can't be read.
    """
    known = offered_arguments(family)
    with contextlib.ExitStack() as files:

        def input_of(name: str, value: object) -> Any:
            if not isinstance(value, str):
                raise TypeError(f"{name} must be a file name or a URL, not {type(value).__name__}.")
            require_sendable(value, name)
            if is_url(value):
                return _url(name, value, allow_private=allow_private)
            if "://" in value:
                raise ValueError(f"{name} must be a file of the folder or an https URL.")
            try:
                return files.enter_context(folder.open(value))
            except RefusedName as problem:
                raise RefusedName(f"{name}: {problem}") from None

        values: dict[str, Any] = {}
        for name, value in arguments.items():
            argument = known[name].argument
            if value is None or not argument.media:
                values[name] = value
            elif argument.is_list:
                if not isinstance(value, list):
                    raise TypeError(f"{name} must be a list of file names or URLs.")
                items = cast("list[object]", value)
                values[name] = [input_of(f"{name}[{n}]", item) for n, item in enumerate(items)]
            else:
                values[name] = input_of(name, value)
        yield built(family, values)


def _url(name: str, value: str, *, allow_private: bool) -> str:
    if not allow_private and not value.lower().startswith("https://"):
        raise ValueError(f"{name} must be an https URL.")
    return require_url(value, name, allow_private=allow_private)
