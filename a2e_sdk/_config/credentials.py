"""The API key: where it comes from, how a pasted one is cleaned, and how it stays unseen.

This module owns the only object that holds the key. It shows the key to nobody but the transport,
which asks for it while it writes the ``Authorization`` header.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from typing import NoReturn

from a2e_sdk._checks.key_search import KeySearch
from a2e_sdk._checks.redaction import redact
from a2e_sdk.errors import ConfigurationError

_BEARER = re.compile(r"(?i)bearer( +|$)")

API_KEY_VARIABLES = ("A2E_API_KEY", "A2E_API_TOKEN")


class ApiKey:
    """An API key that can be used but not seen: no repr, str, format, copy or pickle shows it."""

    __slots__ = ("__search", "__value")

    def __init__(self, value: str) -> None:
        self.__value = value
        self.__search: KeySearch | None = None

    def authorization(self) -> str:
        """Return the value of the ``Authorization`` header."""
        return f"Bearer {self.__value}"

    def redact(self, text: str) -> str:
        """Return the text without the key, and without all that looks like a credential.

        The key is also found broken up by white space, escaped, or in part; see `KeySearch`. It
        takes a few seconds for a million characters: cut the text before.
        """
        if self.__value != SANDBOX_KEY:
            if self.__search is None:
                self.__search = KeySearch(self.__value)
            text = self.__search.hide(text)
        return redact(text)

    def __repr__(self) -> str:
        return "ApiKey('***')"

    def __reduce__(self) -> NoReturn:
        raise TypeError("An API key can't be pickled or copied.")


#: What the in-process sandbox is called with; it is a word, not a secret.
SANDBOX_KEY = "sandbox"


def without_locals(error: BaseException) -> BaseException:
    """Return an exception whose finished frames have no locals left, for whoever logs these.

    The traceback keeps its files and lines. Frames that still run keep their locals: whoever calls
    this deletes what must not be seen of its own.

    Args:
        error: The exception, with those that led to it.
    """
    pending: list[BaseException | None] = [error]
    seen: set[int] = set()
    while pending:
        one = pending.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            pending += (one.__cause__, one.__context__)
            traceback.clear_frames(one.__traceback__)
    return error


def find_api_key(given: str | None, environment: Mapping[str, str]) -> ApiKey:
    """Return the key of the argument, else of ``A2E_API_KEY``, else of ``A2E_API_TOKEN``.

    Raises:
        ConfigurationError: There is no key, or what is given can't be one.
    """
    names = " or ".join(API_KEY_VARIABLES)
    if given is not None:
        return ApiKey(clean_api_key(given, "api_key"))
    for name in API_KEY_VARIABLES:
        if environment.get(name):
            return ApiKey(clean_api_key(environment[name], name))
    raise ConfigurationError(
        f"No API key: pass api_key=..., or set {names} in the environment. "
        "Keys are made on A2E's web site under Account > API Token. "
        "To try the SDK without one, use region='sandbox'."
    )


def clean_api_key(text: str, source: str) -> str:
    """Return a pasted key without stray white space, control characters and a ``Bearer`` prefix.

    Args:
        text: The key as given.
        source: Where it came from, for the message; the key itself is never in a message.

    Raises:
        ConfigurationError: Nothing is left, or what is left can't be sent in a header.
    """
    if not isinstance(text, str):
        raise ConfigurationError(f"{source} must be a str, not {type(text).__name__}.")
    # str.isprintable refuses every control, zero-width and white space character but the space.
    key = "".join(letter for letter in text if letter.isprintable()).strip()
    key = _BEARER.sub("", key, count=1) if _BEARER.match(key) else key
    if not key:
        raise ConfigurationError(f"{source} is empty; an A2E API key begins with 'sk_'.")
    if not key.isascii() or " " in key:
        raise ConfigurationError(
            f"{source} has a space or a letter outside ASCII within it; copy the key again."
        )
    return key
