"""Where a client's journal is kept: in a file, or on a PostgreSQL server.

This module owns the reading of ``journal=`` and ``A2E_JOURNAL``, and that a password of a server is
in no message and no pickle.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

import attrs

from a2e_sdk._checks.hosts import LOGIN_ESCAPES
from a2e_sdk._checks.json_schema import shown_value
from a2e_sdk.errors import ConfigurationError

VARIABLE = "A2E_JOURNAL"
#: The schema of a server's database that has the journal's tables, where the URL names none.
DEFAULT_SCHEMA = "a2e_journal"
_SCHEMES = ("postgresql", "postgres")
#: The parameters of libpq that are secrets.
SECRETS = frozenset(
    {"password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key"}
)
_WRITE = "Write postgresql://USER@HOST:PORT/DATABASE?schema=NAME."
_NO_URL = f"journal is no URL that PostgreSQL takes. {_WRITE}"
_INSTALL = 'pip install "a2e-sdk[postgres]"'
# Compiled when a URL is given: every program loads this module.
_SCHEMA_NAME = r"(?!pg_)[a-z_][a-z0-9_]{0,62}"
_HOST = r"(\[[^\[\]]*\]|[^:\[\],]*)(:[0-9]*)?"
_HOSTS = f"{_HOST}(,{_HOST})*"


@attrs.frozen
class PostgresAddress:
    """A journal on a PostgreSQL server.

    A pickle of it has no password: that is read where it is unpickled, from ``A2E_JOURNAL`` if that
    names the same journal, else as libpq finds it (``PGPASSWORD``, the password file).

    Attributes:
        given: What was given, with the password where there was one.
        url: How to connect, with the same.
        schema: The schema that has the tables.
        shown: The URL without passwords.
    """

    given: str = attrs.field(repr=False)
    url: str = attrs.field(repr=False)
    schema: str
    shown: str

    def __str__(self) -> str:
        return self.shown

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.shown,)


JournalPlace: TypeAlias = Path | PostgresAddress


def journal_place(journal: str | os.PathLike[str] | None) -> JournalPlace | None:
    """Return where a journal is kept; None for none.

    Args:
        journal: The path of a file, or a ``postgresql://`` URL.

    Raises:
        ConfigurationError: It is neither, or psycopg is not installed for a URL.
    """
    if journal is None or journal == "":
        return None
    try:
        text = os.fsdecode(journal)
    except TypeError:
        raise ConfigurationError(
            "journal must be the path of a file or a postgresql:// URL, not "
            f"{type(journal).__name__}."
        ) from None
    scheme, separator, _ = text.partition("://")
    if separator and scheme.lower() in _SCHEMES:
        return _postgres_address(text)
    if separator or "\0" in text:
        raise ConfigurationError(
            f"journal must be the path of a file or a postgresql:// URL; it is "
            f"{shown_value(scheme)}..."
        )
    return Path(text).expanduser()


def place_argument(place: JournalPlace) -> str:
    """Return what names a place to `journal_place`, with the password of a server."""
    return place.given if isinstance(place, PostgresAddress) else str(place)


def _postgres_address(url: str) -> PostgresAddress:
    try:
        parts = urlsplit(url)
        parameters = parse_qsl(
            parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)
        )
    except ValueError:
        raise ConfigurationError(_NO_URL) from None
    _require_separable(parts)
    schema = dict(parameters).get("schema", DEFAULT_SCHEMA)
    if not re.fullmatch(_SCHEMA_NAME, schema):
        raise ConfigurationError(
            f"the schema of a journal is {shown_value(schema)}: give it a name of up to 63 small "
            "letters, digits and underscores, such as ?schema=spring; pg_ is PostgreSQL's."
        )
    given = [pair for pair in parameters if pair[0] != "schema"]
    connected = _joined(parts, parts.netloc, given)
    _require_known(connected)
    open_ones = [pair for pair in parameters if pair[0] not in SECRETS]
    return PostgresAddress(
        given=url,
        url=connected,
        schema=schema,
        shown=_joined(parts, _without_password(parts.netloc), open_ones),
    )


def _require_separable(parts: SplitResult) -> None:
    """Refuse a URL of which nobody can tell where its password ends; nothing of it is shown."""
    user, at, hosts = parts.netloc.rpartition("@")
    elsewhere = not at and "@" in parts.path
    if "@" in user or elsewhere or parts.fragment or not re.fullmatch(_HOSTS, hosts):
        raise ConfigurationError(f"{_NO_URL} {LOGIN_ESCAPES}")


def _require_known(url: str) -> None:
    """Refuse a URL that libpq does not take, before anything is connected to.

    Raises:
        ConfigurationError: It does not, or psycopg is not installed.
    """
    if find_spec("psycopg") is None:
        raise ConfigurationError(
            "a journal on PostgreSQL needs psycopg, which is not installed. Get it with: "
            f"{_INSTALL}"
        )
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ImportError:
        raise ConfigurationError(
            "a journal on PostgreSQL needs psycopg with libpq, which was not found. Get it with: "
            f"{_INSTALL}"
        ) from None
    try:
        conninfo_to_dict(url)
        return
    except psycopg.Error as error:
        # What libpq says of anything else may have a part of a password.
        name = re.search(r'invalid URI query parameter: "([^"]*)"', str(error))
    if name is None:
        raise ConfigurationError(_NO_URL)
    raise ConfigurationError(
        f"the URL of a journal has the parameter {shown_value(name[1])}, which PostgreSQL does not "
        f"know. {_WRITE}"
    )


def _joined(parts: SplitResult, netloc: str, parameters: Iterable[tuple[str, str]]) -> str:
    # libpq reads percent signs, and takes a plus sign for itself.
    query = urlencode(list(parameters), quote_via=quote)
    return f"postgresql://{netloc}{parts.path}" + (f"?{query}" if query else "")


def _without_password(netloc: str) -> str:
    user, at, hosts = netloc.rpartition("@")
    return user.partition(":")[0] + at + hosts


def _again(shown: str) -> PostgresAddress:
    """Return the place that was pickled, with the password that this process has for it."""
    here = os.environ.get(VARIABLE, "")
    if here.partition("://")[0].lower() in _SCHEMES:
        found = _postgres_address(here)
        if found.shown == shown:
            return found
    return _postgres_address(shown)
