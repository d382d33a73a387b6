"""A journal on PostgreSQL that can't be used: each reason has its sentence, and nothing is started.

No password stands in any of them, nor anywhere else where a client shows what it is made of.
"""

from __future__ import annotations

import logging
import pickle
import re
import secrets
import sys
from collections.abc import Callable, Iterator
from importlib import util
from typing import Any

import pytest
from journal_cases import WAN, starts

from a2e_sdk import A2E, errors
from a2e_sdk._config.journal_place import journal_place
from a2e_sdk._journal import postgres as postgres_module
from a2e_sdk._journal.postgres_schema import VERSION
from a2e_sdk.sandbox import SandboxForTests
from driver import Driver
from postgres_server import connected, with_schema

pytest.importorskip("psycopg")

PASSWORD = "correct-horse"
Refused = Callable[..., str]


@pytest.fixture
def admin(postgres: str) -> Iterator[Any]:
    """A connection of the superuser."""
    import psycopg

    with psycopg.connect(postgres, autocommit=True) as connection:
        yield connection


@pytest.fixture
def role(admin: Any) -> Iterator[str]:
    """A role with a password and few rights."""
    name = f"r{secrets.token_hex(4)}"
    admin.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}' IN ROLE has_password")
    yield name
    admin.execute(f"DROP OWNED BY {name} CASCADE")
    admin.execute(f"DROP ROLE {name}")


@pytest.fixture
def database(admin: Any, role: str) -> Iterator[str]:
    """A database that a role may connect to, and no more."""
    yield from made_database(admin)


def made_database(admin: Any, options: str = "") -> Iterator[str]:
    name = f"d{secrets.token_hex(4)}"
    admin.execute(f"CREATE DATABASE {name} {options}")
    yield name
    admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def url_of(postgres: str, user: str, database: str, password: str = PASSWORD) -> str:
    """Return the URL of a journal that is not there yet."""
    _, _, where = postgres.partition("/postgres?")
    return with_schema(f"postgresql://{user}:{password}@/{database}?{where}")


@pytest.fixture
def refused(
    driver: Driver,
    new_client: Callable[..., Any],
    sandbox: SandboxForTests,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Refused:
    """Return what is said of a journal by each call of a client and by the CLI."""
    from a2e_sdk.cli.app import run

    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("A2E_API_KEY", "sandbox")
    monkeypatch.setenv("A2E_REGION", "sandbox")

    def said(url: str, *parts: str, start: bool = True) -> str:
        a2e, before = new_client(url), len(sandbox.requests)
        calls: list[Callable[[], Any]] = [lambda: a2e.journal.get("one")]
        if start:
            calls.append(lambda: a2e.wan_25.create(key="one", **WAN))
        for call in calls:
            with pytest.raises(errors.JournalError) as caught:
                driver.run(call())
        operations = {request.operation for request in list(sandbox.requests)[before:]}
        assert operations <= {"get_coins"}, "the server's time is all that is asked"
        assert starts(sandbox) == 0
        assert type(caught.value) is errors.JournalError
        text = str(caught.value)
        assert not start or text.endswith("Nothing was started.")
        assert "LostConnection" not in text
        capsys.readouterr()
        code = int(run(["wan-25", "create", "--prompt", "x", "--key", "one", "--journal", url]))
        printed = capsys.readouterr()
        assert code == 2, printed
        shown = "".join([text, repr(a2e), repr(a2e.api.configuration), *printed, caplog.text])
        assert PASSWORD not in shown
        assert PASSWORD.encode() not in pickle.dumps(a2e.api.configuration)
        on_one_line = " ".join(re.sub(r"[^\x20-\x7e]", " ", printed.err).split())
        for part in parts:
            assert part in text, text
            assert part in on_one_line, printed.err
        return text

    return said


@pytest.mark.parametrize(
    ("where", "parts"),
    [
        ("127.0.0.1:1", ("the server can't be reached", "Connection refused")),
        ("nowhere.invalid", ("the server can't be reached",)),
        ("/?host=/nowhere", ("the server can't be reached", "No such file or directory")),
    ],
)
def test_a_server_that_cannot_be_reached(
    refused: Refused, where: str, parts: tuple[str, ...]
) -> None:
    host = where if where.startswith("/") else f"{where}/postgres"
    text = refused(f"postgresql://someone:{PASSWORD}@{host}", *parts, "its address is right")
    assert f"the journal 'postgresql://someone@{where[:5]}" in text


def test_a_wrong_user_or_password(refused: Refused, postgres: str, role: str) -> None:
    wrong = url_of(postgres, role, "postgres", PASSWORD + "er")
    text = refused(wrong, "the server does not let this user in", "Check the user and its password")
    assert "password authentication failed" in text
    refused(url_of(postgres, "nobody", "postgres"), 'role "nobody" does not exist')


def test_no_such_database(refused: Refused, postgres: str, role: str) -> None:
    refused(url_of(postgres, role, "nowhere"), "the server has no such database", "Make it")


def test_a_database_that_is_not_utf8(
    refused: Refused, postgres: str, role: str, admin: Any
) -> None:
    options = "ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"
    for name in made_database(admin, options):
        refused(url_of(postgres, role, name), "whose encoding is not UTF8", "CREATE DATABASE")


def test_a_role_that_may_not_create(
    refused: Refused, postgres: str, role: str, database: str
) -> None:
    refused(url_of(postgres, role, database), "the user may not do that", "Grant it CREATE")


def test_a_schema_that_the_role_may_not_use_or_not_create_in(
    refused: Refused, postgres: str, role: str, database: str
) -> None:
    import psycopg

    url = url_of(postgres, role, database)
    schema = url.partition("schema=")[2]
    with psycopg.connect(postgres, dbname=database, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        refused(url, "the user may not use its schema", "Grant it USAGE and CREATE")
        connection.execute(f"GRANT USAGE ON SCHEMA {schema} TO {role}")
        refused(url, "the user may not do that", "or on its schema")


def test_a_schema_of_an_administrator_is_enough(
    driver: Driver,
    new_client: Callable[..., Any],
    sandbox: SandboxForTests,
    postgres: str,
    role: str,
    database: str,
) -> None:
    """The role may create nothing in the database, and no table once the journal is there."""
    import psycopg

    url = url_of(postgres, role, database)
    schema = url.partition("schema=")[2]
    with psycopg.connect(postgres, dbname=database, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        connection.execute(f"GRANT USAGE, CREATE ON SCHEMA {schema} TO {role}")
        assert driver.run(new_client(url).wan_25.create(key="one", **WAN)).id
        connection.execute(f"REVOKE CREATE ON SCHEMA {schema} FROM {role}")
        assert driver.run(new_client(url).wan_25.create(key="two", **WAN)).id
    assert starts(sandbox) == 2


def test_a_server_that_only_lets_read(
    refused: Refused, postgres: str, role: str, admin: Any
) -> None:
    admin.execute(f"ALTER ROLE {role} SET default_transaction_read_only = on")
    refused(url_of(postgres, role, "postgres"), "the server only lets read", "primary server")


def test_too_many_connections(refused: Refused, postgres: str, role: str, admin: Any) -> None:
    admin.execute(f"ALTER ROLE {role} CONNECTION LIMIT 0")
    url = url_of(postgres, role, "postgres")
    refused(url, "the server takes no more connections", "Raise its max_connections")


def test_a_schema_with_tables_of_another_program(refused: Refused, path: str) -> None:
    with other_tables(path, "CREATE TABLE songs (id INT)"):
        refused(path, "no journal of this SDK", "'songs' of another program", "?schema=spring")
    with other_tables(path, "CREATE TABLE facts (name TEXT, value TEXT)"):
        refused(path, "no journal of this SDK", "'facts' of another program")


def other_tables(path: str, statement: str) -> Any:
    connection = connected(path)
    schema = path.partition("schema=")[2]
    connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
    connection.execute(f"CREATE SCHEMA {schema}")
    connection.execute(statement)
    return connection


def test_a_journal_of_a_newer_version(
    driver: Driver, new_client: Callable[..., Any], refused: Refused, path: str
) -> None:
    driver.run(new_client(path).journal.spent())
    with connected(path) as connection:
        connection.execute("UPDATE facts SET value = '99' WHERE name = 'version'")
    end_connections(path)
    known = f"schema 99; this one knows up to {VERSION}"
    refused(path, "written by a newer version", known, "pip install -U a2e-sdk")


def end_connections(path: str) -> None:
    """End the connections that are open to a journal, so that it is looked at again."""
    with connected(path) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'a2e-sdk'"
        )


def test_a_journal_of_another_account(
    driver: Driver, new_client: Callable[..., Any], sandbox: SandboxForTests, path: str
) -> None:
    with_password = path.replace("postgres:@", f"postgres:{PASSWORD}@")
    assert driver.run(new_client(with_password).wan_25.create(key="one", **WAN)).id
    options = {"api_key": "sk_another_0123456789", "base_url": "https://a2e.example"}
    other = driver.client(journal=with_password, **options)
    with pytest.raises(errors.JournalError, match="is of another account") as caught:
        driver.run(other.journal.spent())
    assert "a2e journal adopt --journal 'postgresql://postgres@/postgres" in str(caught.value)
    assert PASSWORD not in str(caught.value)
    assert starts(sandbox) == 1


def test_tables_that_are_dropped_while_the_journal_is_in_use(
    driver: Driver, new_client: Callable[..., Any], sandbox: SandboxForTests, path: str
) -> None:
    a2e = new_client(path)
    assert driver.run(a2e.wan_25.create(key="one", **WAN)).id
    with connected(path) as connection:
        connection.execute(f"DROP SCHEMA {path.partition('schema=')[2]} CASCADE")
    for _ in range(2):
        with pytest.raises(errors.JournalError, match="its tables were removed") as caught:
            driver.run(a2e.wan_25.create(key="two", **WAN))
        assert str(caught.value).endswith("Put them back from a backup. Nothing was started.")
    assert starts(sandbox) == 1


def test_a_journal_that_another_program_holds(
    driver: Driver,
    new_client: Callable[..., Any],
    sandbox: SandboxForTests,
    path: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = postgres_module._SETTINGS | {"lock_timeout": "200ms"}
    monkeypatch.setattr(postgres_module, "_SETTINGS", settings)
    a2e = new_client(path)
    assert driver.run(a2e.wan_25.create(key="one", **WAN)).id
    number = a2e.api.journal.database.store.lock_number
    with connected(path) as connection:
        connection.execute(f"SELECT pg_advisory_lock({number})")
        with pytest.raises(errors.JournalError, match="another program has held it for") as caught:
            driver.run(a2e.wan_25.create(key="two", **WAN))
        assert "End that program, and run the same again. Nothing was" in str(caught.value)
        assert starts(sandbox) == 1
    assert driver.run(a2e.wan_25.create(key="two", **WAN)).id


def test_a_full_disk(
    driver: Driver,
    new_client: Callable[..., Any],
    sandbox: SandboxForTests,
    path: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import psycopg

    a2e = new_client(path)
    assert driver.run(a2e.wan_25.create(key="one", **WAN)).id
    connection = a2e.api.journal.database._connection
    assert connection is not None
    insert = postgres_module.PostgresConnection.insert

    def full(*arguments: Any) -> int:
        raise psycopg.errors.DiskFull("could not extend file: No space left on device")

    monkeypatch.setattr(postgres_module.PostgresConnection, "insert", full)
    with pytest.raises(errors.JournalError, match=r"the server's disk is full .*Make room"):
        driver.run(a2e.wan_25.create(key="two", **WAN))
    assert starts(sandbox) == 1
    monkeypatch.setattr(postgres_module.PostgresConnection, "insert", insert)
    assert driver.run(a2e.wan_25.create(key="two", **WAN)).id


def test_a_pooler_that_gives_each_transaction_another_connection(
    driver: Driver, new_client: Callable[..., Any], sandbox: SandboxForTests, path: str
) -> None:
    """Seen by the server's number of the connection, which is another one than at its beginning."""
    a2e = new_client(path)
    assert driver.run(a2e.wan_25.create(key="one", **WAN)).id
    connection = a2e.api.journal.database._connection
    connection._backend += 1
    with pytest.raises(errors.JournalError, match="reached through a pooler"):
        driver.run(a2e.wan_25.create(key="two", **WAN))
    assert starts(sandbox) == 1


# What is refused before anything is connected to.


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        (
            f"postgresql://u:{PASSWORD}@h/db?colour=red",
            ("the parameter 'colour'", "Write postgres"),
        ),
        (f"postgresql://u@h/db?pasword={PASSWORD}", ("the parameter 'pasword'",)),
        (f"postgresql://u:{PASSWORD}@h/db?schema=My-Schema", ("the schema", "'My-Schema'")),
        (f"postgresql://u:{PASSWORD}@h/db?schema=", ("the schema",)),
        (f"postgresql://u:{PASSWORD}@h/db?schema=pg_x", ("the schema", "pg_ is PostgreSQL's")),
        (f"postgresql://u:a@{PASSWORD}@h/db", ("write @ as %40",)),
        (f"postgresql://u:a/{PASSWORD}@h/db", ("/ as %2F",)),
        (f"postgresql://u:{PASSWORD}#a@h/db", ("# as %23",)),
        (f"postgresql://u:{PASSWORD}?a@h/db", ("Write postgresql://USER",)),
        (f"postgresql://u:{PASSWORD}@h:port/db", ("Write postgresql://USER",)),
        (f"postgresql://u:{PASSWORD}%zz@h/db", ("Write postgresql://USER",)),
        (f"mysql://u:{PASSWORD}@h/db", ("a file or a postgresql:// URL", "'mysql'")),
    ],
)
def test_a_url_that_is_none(
    url: str,
    parts: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from a2e_sdk.cli.app import run

    with pytest.raises(errors.ConfigurationError) as caught:
        A2E(region="sandbox", journal=url)
    assert PASSWORD not in repr(caught.value)
    for part in parts:
        assert part in str(caught.value)
    monkeypatch.setenv("A2E_JOURNAL", url)
    assert run(["journal", "list"]) == 2
    assert PASSWORD not in "".join(capsys.readouterr())


@pytest.mark.parametrize("missing", ["psycopg", "libpq"])
def test_psycopg_that_is_not_there(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    if missing == "psycopg":
        find = util.find_spec
        hidden = lambda name, package=None: None if name == "psycopg" else find(name, package)  # noqa: E731
        monkeypatch.setattr("a2e_sdk._config.journal_place.find_spec", hidden)
    else:
        monkeypatch.setitem(sys.modules, "psycopg.conninfo", None)
    with pytest.raises(errors.ConfigurationError, match=r'pip install "a2e-sdk\[postgres\]"'):
        A2E(region="sandbox", journal=f"postgresql://u:{PASSWORD}@h/db")


def test_a_pickle_has_no_password_and_finds_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"postgresql://u:{PASSWORD}@h/db?schema=spring&sslpassword={PASSWORD}"
    place = journal_place(url)
    pickled = pickle.dumps(place)
    assert PASSWORD.encode() not in pickled
    assert PASSWORD not in repr(place) + str(place)
    assert pickle.loads(pickled) == journal_place("postgresql://u@h/db?schema=spring")
    monkeypatch.setenv("A2E_JOURNAL", url)
    assert pickle.loads(pickled) == place
    monkeypatch.setenv("A2E_JOURNAL", url.replace("spring", "autumn"))
    assert pickle.loads(pickled) != place


def test_what_a_server_says_is_shown_without_the_password() -> None:
    from a2e_sdk._journal.postgres_problems import problem_text

    place: Any = journal_place("postgresql://u:p%40ss-word@h/db?sslpassword=an%20other")
    error = RuntimeError("it is p@ss-word, p%40ss-word\n or an other.")
    text = problem_text(place, error)
    assert "(it is [hidden], [hidden] or [hidden])" in text
