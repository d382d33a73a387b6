"""A journal that can't be used stops a start before anything is sent, and says what to do.

What became of a start that was sent already is never held against its caller: it is written down as
soon as that works.
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from journal_cases import FACE_SWAP, WAN, client, require_sums_agree, rows, starts

from a2e_sdk import EntryState, errors
from a2e_sdk._journal import database as database_module
from a2e_sdk._journal import sqlite as sqlite_module
from a2e_sdk._journal import sqlite_problems
from a2e_sdk._journal.sqlite_schema import APPLICATION_ID, MIGRATIONS, VERSION
from a2e_sdk.sandbox import SandboxForTests
from driver import Driver

FIXTURES = Path(__file__).parent / "versions"


def problem(driver: Driver, sandbox: SandboxForTests, path: Path, *also: str) -> str:
    """Return what is said of a journal, with which nothing is sent, whichever call it is."""
    a2e = client(driver, sandbox, path)
    before = len(sandbox.requests)
    for call in (
        lambda: a2e.wan_25.create(**WAN),
        lambda: a2e.wan_25.create(key="one", **WAN),
        lambda: a2e.face_swap.tasks.run(**FACE_SWAP),
        lambda: a2e.journal.get("one"),
        lambda: a2e.journal.spent(),
    ):
        with pytest.raises(errors.JournalError) as caught:
            driver.run(call())
    operations = [request.operation for request in list(sandbox.requests)[before:]]
    assert set(operations) <= {"get_coins"}, "the server's time is all that is asked"
    text = str(caught.value)
    for part in (path.name, *also):
        assert part in text, text
    assert type(caught.value) is errors.JournalError
    return text


def made(driver: Driver, sandbox: SandboxForTests, path: Path, starts: int = 1) -> list[str]:
    """Make a journal with some starts; return their tasks."""
    a2e = client(driver, sandbox, path)
    return [
        driver.run(a2e.wan_25.create(key=f"key {number}", **WAN)).id for number in range(starts)
    ]


def test_a_file_that_is_no_database_is_left_as_it_is(
    driver: Driver, sandbox: SandboxForTests, path: Path
) -> None:
    content = b"my notes of the year\n" * 1_000
    path.write_bytes(content)
    problem(driver, sandbox, path, "no journal of this SDK", "Give the path")
    assert path.read_bytes() == content
    path.write_bytes(b"short")
    problem(driver, sandbox, path, "no journal of this SDK")
    assert path.read_bytes() == b"short"


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_a_database_of_another_program_is_left_as_it_is(
    driver: Driver, sandbox: SandboxForTests, path: Path, mode: str
) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA journal_mode={mode}")
    connection.execute("CREATE TABLE facts (name, value)")
    connection.commit()
    connection.close()
    content = path.read_bytes()
    problem(driver, sandbox, path, "no journal of this SDK")
    assert path.read_bytes() == content


def test_an_empty_file_becomes_a_journal(
    driver: Driver, sandbox: SandboxForTests, path: Path
) -> None:
    path.touch()
    assert made(driver, sandbox, path)


def test_a_directory_is_no_journal(driver: Driver, sandbox: SandboxForTests, path: Path) -> None:
    path.mkdir()
    problem(driver, sandbox, path, "is a directory")


def test_a_journal_in_no_directory_is_not_made_up(
    driver: Driver, sandbox: SandboxForTests, tmp_path: Path
) -> None:
    a2e = client(driver, sandbox, tmp_path / "missing" / "jobs.db")
    with pytest.raises(errors.JournalError, match=r"no directory '.*missing' for the journal"):
        driver.run(a2e.wan_25.create(**WAN))
    assert not (tmp_path / "missing").exists()


@pytest.mark.parametrize("what", ["file", "directory"])
def test_what_is_read_only_is_refused(
    driver: Driver,
    sandbox: SandboxForTests,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
) -> None:
    """By what the system says of the access, since tests may be run by root, who may do all."""
    made(driver, sandbox, path)
    refused, access = path if what == "file" else path.parent, os.access
    monkeypatch.setattr(
        os, "access", lambda place, mode: Path(place) != refused and access(place, mode)
    )
    later = path.with_name("copy.db") if what == "directory" else path
    a2e = client(driver, sandbox, later)
    new = database_module.Database(sqlite_module.SqliteStore(later))
    a2e.api.journal.database = new
    with pytest.raises(errors.JournalError, match=r"read-only.*can be written"):
        driver.run(a2e.wan_25.create(**WAN))
    assert starts(sandbox) == 1


def test_what_sqlite_says_is_read_only_is_refused_too(
    driver: Driver,
    sandbox: SandboxForTests,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made(driver, sandbox, path)
    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda place, **o: connect(f"file:{place}?mode=ro", uri=True, **o)
    )
    a2e = client(driver, sandbox, path)
    a2e.api.journal.database = database_module.Database(sqlite_module.SqliteStore(path))
    with pytest.raises(errors.JournalError, match=r"can't be written.*Nothing was started"):
        driver.run(a2e.wan_25.create(**WAN))
    assert starts(sandbox) == 1


def copy_of(driver: Driver, sandbox: SandboxForTests, path: Path, starts: int) -> Path:
    """Return a journal that nobody has open, to be spoilt."""
    made(driver, sandbox, path, starts)
    copy = path.with_name("spoilt.db")
    shutil.copy(path, copy)
    return copy


def test_a_damaged_journal_is_told_and_kept(
    driver: Driver, sandbox: SandboxForTests, path: Path
) -> None:
    copy = copy_of(driver, sandbox, path, 40)
    before = starts(sandbox)
    content = bytearray(copy.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 : page * 4096 + 200] = b"\xa5" * 200
    copy.write_bytes(content)
    problem(driver, sandbox, copy, "damaged", "backup")
    assert copy.read_bytes() == bytes(content)
    assert starts(sandbox) == before


@pytest.mark.parametrize("size", [50, 100, 512, 4096, 5000])
def test_a_journal_that_was_cut_off_is_told(
    driver: Driver, sandbox: SandboxForTests, path: Path, size: int
) -> None:
    copy = copy_of(driver, sandbox, path, 20)
    with copy.open("r+b") as file:
        file.truncate(size)
    text = problem(driver, sandbox, copy)
    assert "damaged" in text or "no journal of this SDK" in text


def test_a_journal_of_a_newer_version_is_not_touched(
    driver: Driver, sandbox: SandboxForTests, path: Path
) -> None:
    copy = copy_of(driver, sandbox, path, 1)
    connection = sqlite3.connect(copy)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    content = copy.read_bytes()
    problem(driver, sandbox, copy, "newer version of a2e-sdk", "pip install -U a2e-sdk")
    assert copy.read_bytes() == content


def test_a_journal_of_another_account_or_server_is_refused(
    driver: Driver, sandbox: SandboxForTests, path: Path
) -> None:
    made(driver, sandbox, path)
    for options in (
        {"api_key": "sk_test_another_0123456789", "base_url": "https://a2e.example"},
        {"api_key": "sk_test_0123456789", "base_url": "https://a2e.example"},
    ):
        other = driver.client(journal=path, http_client=_Refusing(), **options)
        with pytest.raises(errors.JournalError, match=r"another account.*a2e journal adopt") as no:
            driver.run(other.wan_25.create(key="key 0", **WAN))
        assert str(path) in str(no.value)
        assert "sk_test" not in str(no.value)
        with pytest.raises(errors.JournalError, match="another account"):
            driver.run(other.journal.spent())


class _Refusing:
    def send_request(self, request: Any) -> Any:
        raise AssertionError("nothing is sent")

    async def send_request_async(self, request: Any) -> Any:
        raise AssertionError("nothing is sent")

    def close(self) -> None:
        pass

    async def aclose(self) -> None:
        pass


def test_a_journal_that_was_adopted_is_the_new_account_s(
    driver: Driver, sandbox: SandboxForTests, path: Path
) -> None:
    task = made(driver, sandbox, path)[0]
    other = driver.client(
        api_key="sk_test_0123456789", base_url="https://a2e.example", journal=path
    )
    journal = other.api.journal
    journal.database.submit(journal.adopt, lambda: None)
    assert driver.run(other.journal.get("key 0")).task_id == task
    with pytest.raises(errors.JournalError, match="another account"):
        driver.run(client(driver, sandbox, path).journal.get("key 0"))


def test_a_journal_that_another_program_holds_is_waited_for_and_then_refused(
    driver: Driver, sandbox: SandboxForTests, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(driver, sandbox, path)
    monkeypatch.setattr(sqlite_module, "BUSY_SECONDS", 0.2)
    monkeypatch.setattr(sqlite_problems, "BUSY_SECONDS", 0.2)
    holder = sqlite3.connect(path, isolation_level=None)
    try:
        holder.execute("BEGIN EXCLUSIVE")
        a2e = client(driver, sandbox, path)
        a2e.api.journal.database = database_module.Database(sqlite_module.SqliteStore(path))
        with pytest.raises(errors.JournalError, match=r"another program has held it for 0\.2 sec"):
            driver.run(a2e.wan_25.create(key="one", **WAN))
        assert starts(sandbox) == 1
        holder.execute("ROLLBACK")
        assert driver.run(a2e.wan_25.create(key="one", **WAN)).id, "and works when it is free"
    finally:
        holder.close()


@pytest.mark.parametrize("how", ["deleted", "replaced", "moved"])
def test_a_journal_that_is_not_there_any_more_is_not_made_anew(
    driver: Driver, sandbox: SandboxForTests, path: Path, how: str
) -> None:
    a2e = client(driver, sandbox, path)
    task = driver.run(a2e.wan_25.create(key="one", **WAN))
    aside = path.with_name("aside.db")
    path.rename(aside)
    if how == "replaced":
        path.touch()
    for key in ("one", "two"):
        with pytest.raises(errors.JournalError, match=r"(deleted or moved|replaced).*Put it back"):
            driver.run(a2e.wan_25.create(key=key, **WAN))
    if how != "replaced":
        assert not path.exists()
    assert starts(sandbox) == 1
    aside.replace(path)
    assert driver.run(a2e.wan_25.create(key="one", **WAN)).id == task.id
    assert driver.run(a2e.wan_25.create(key="two", **WAN)).id != task.id


def test_a_symlink_is_the_same_journal(
    driver: Driver, sandbox: SandboxForTests, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = made(driver, sandbox, path)[0]
    link = path.with_name("link.db")
    link.symlink_to(path)
    a2e = client(driver, sandbox, link)
    assert driver.run(a2e.wan_25.create(key="key 0", **WAN)).id == task
    assert not link.with_name("link.db-locks").exists()
    monkeypatch.chdir(path.parent)
    relative = client(driver, sandbox, Path(path.name))
    monkeypatch.chdir("/")
    assert driver.run(relative.wan_25.create(key="key 0", **WAN)).id == task
    assert starts(sandbox) == 1


# A full disk


class FullDisk:
    """Lets a journal's transactions fail as on a full disk, from the next one on."""

    def __init__(self, a2e: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_full = False
        connect = sqlite_module.connect

        def connected(path: Path | None) -> sqlite3.Connection:
            self.connection = connect(path)
            return self.connection

        monkeypatch.setattr(sqlite_module, "connect", connected)
        commit = database_module.Database._commit

        def checked(database: Any, connection: Any, group: Any) -> None:
            # What has a page limit says SQLITE_FULL, as a disk does.
            pages = connection.connection.execute("PRAGMA page_count").fetchone()[0]
            limit = pages if self.is_full else 1_000_000
            connection.connection.execute(f"PRAGMA max_page_count = {limit}")
            commit(database, connection, group)

        monkeypatch.setattr(database_module.Database, "_commit", checked)


LONG = {"prompt": "x" * 1_900}


@pytest.mark.trio_nightly
def test_nothing_is_sent_while_the_disk_is_full(
    driver: Driver,
    sandbox: SandboxForTests,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    disk = FullDisk(None, monkeypatch)
    a2e = client(driver, sandbox, path)
    while True:  # Until the next start needs a page more.
        sandbox_before = starts(sandbox)
        driver.run(a2e.wan_25.create(**LONG))
        disk.is_full = True
        try:
            driver.run(a2e.wan_25.create(key="one", prompt="y" * 1_900))
        except errors.JournalError as error:
            assert "the disk is full" in str(error)
            assert "Make room" in str(error)
            assert str(error).endswith("Nothing was started.")
            break
        disk.is_full = False
        driver.run(a2e.journal.resolve("one", decision="start_again"))
        assert starts(sandbox) == sandbox_before + 2
    assert starts(sandbox) == sandbox_before + 1
    disk.is_full = False
    assert driver.run(a2e.wan_25.create(key="one", prompt="y" * 1_900)).id
    require_sums_agree(path)


def test_a_start_whose_end_cannot_be_written_gives_its_task_and_is_written_with_the_next_step(
    driver: Driver,
    sandbox: SandboxForTests,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    a2e = client(driver, sandbox, path)
    driver.run(a2e.wan_25.create(**WAN))
    failing = [False]
    commit = database_module.Database._commit

    def checked(database: Any, connection: Any, group: Any) -> None:
        if failing[0]:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorname = "SQLITE_FULL"
            raise error
        commit(database, connection, group)

    monkeypatch.setattr(database_module.Database, "_commit", checked)
    real = a2e.api.transport

    class FillsTheDisk:
        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def send_request(self, request: Any) -> Any:
            failing[0] = failing[0] or request.method == "POST"
            return real.send_request(request)

        async def send_request_async(self, request: Any) -> Any:
            failing[0] = failing[0] or request.method == "POST"
            return await real.send_request_async(request)

    a2e.api.transport = FillsTheDisk()
    with caplog.at_level(logging.WARNING):
        task = driver.run(a2e.wan_25.create(key="one", **WAN))
    assert task.id
    warning = caplog.records[-1].getMessage()
    assert "not written down yet" in warning
    assert "the disk is full" in warning
    assert "Nothing was started" not in warning
    with pytest.raises(errors.JournalError, match="the disk is full"):
        driver.run(a2e.wan_25.create(key="two", **WAN))
    assert starts(sandbox) == 2
    assert rows(path, "SELECT state FROM entries WHERE key = 'one'") == [("intended",)]
    failing[0] = False
    a2e.api.transport = real
    assert driver.run(a2e.wan_25.create(key="one", **WAN)).id == task.id
    assert driver.run(a2e.journal.get("one")).state is EntryState.STARTED
    assert starts(sandbox) == 2
    require_sums_agree(path)


def test_a_note_that_cannot_be_written_at_all_does_not_stop_the_others(
    driver: Driver,
    sandbox: SandboxForTests,
    path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from a2e_sdk._journal.journal import Journal

    a2e = client(driver, sandbox, path)
    started = Journal.started

    def broken(journal: Any, session: Any, entry: int, *values: Any, **options: Any) -> bool:
        session.execute("INSERT INTO facts (name, value) VALUES (NULL, NULL)")
        raise AssertionError("it is refused")

    monkeypatch.setattr(Journal, "started", broken)
    with caplog.at_level(logging.WARNING):
        task = driver.run(a2e.wan_25.create(key="one", **WAN))
    assert "could not be written down" in caplog.records[-1].getMessage()
    monkeypatch.setattr(Journal, "started", started)
    assert driver.run(a2e.wan_25.create(key="two", **WAN)).id != task.id
    assert [state for (state,) in rows(path, "SELECT state FROM entries ORDER BY id")] == [
        "intended",
        "started",
    ]
    assert driver.run(client(driver, sandbox, path).wan_25.create(key="one", **WAN)).id == task.id
    assert starts(sandbox) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of the system")
def test_a_real_limit_of_a_file_s_size_is_a_clear_error(path: Path) -> None:
    program = textwrap.dedent(
        f"""
        import resource, signal
        from a2e_sdk import errors
        from a2e_sdk.sandbox import SandboxForTests

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        sandbox = SandboxForTests(seed_records=False)
        a2e = sandbox.client(journal={str(path)!r})
        a2e.wan_25.create(prompt="x")
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
        made = 1
        try:
            while True:
                a2e.wan_25.create(key=f"key {{made}}", prompt="x" * 1900)
                made += 1
        except errors.JournalError as error:
            print(error)
        assert sandbox.requests.count("start_wan_25_task") == made, made
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
        """
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    assert "Nothing was started" in ran.stdout
    assert str(path) in ran.stdout
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]


# Earlier versions


def test_there_is_a_journal_of_every_earlier_version() -> None:
    assert [int(file.stem.removeprefix("v")) for file in sorted(FIXTURES.glob("v*.sql"))] == list(
        range(1, VERSION + 1)
    )
    assert len(MIGRATIONS) == VERSION


@pytest.mark.parametrize("file", sorted(FIXTURES.glob("v*.sql")), ids=lambda file: file.stem)
def test_a_journal_of_an_earlier_version_is_brought_to_today_s_and_read(
    driver: Driver, sandbox: SandboxForTests, path: Path, file: Path
) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(file.read_text())
    connection.close()
    assert rows(path, "PRAGMA application_id") == [(APPLICATION_ID,)]
    a2e = client(driver, sandbox, path)
    states = {entry.key: entry.state for entry in driver.items(a2e.journal.entries())}
    assert states == {
        None: EntryState.STARTED,
        "started": EntryState.STARTED,
        "finished": EntryState.SUCCEEDED,
        "failed": EntryState.FAILED,
        "refused": EntryState.REFUSED,
        "unknown": EntryState.UNKNOWN,
    }
    assert rows(path, "PRAGMA user_version") == [(VERSION,)]
    new = path.with_name("new.db")
    made(driver, sandbox, new)
    schema = "SELECT type, name, sql FROM sqlite_schema ORDER BY name"
    assert rows(path, schema) == rows(new, schema), "as if it were made today"
    assert driver.run(a2e.wan_25.create(key="refused", **WAN)).id
    with pytest.raises(errors.SubmissionUnknownError):
        driver.run(a2e.wan_25.create(key="unknown", **WAN))
    with pytest.raises(errors.KeyConflictError):
        driver.run(a2e.wan_25.create(key="started", prompt="other"))
    require_sums_agree(path)


def test_two_processes_that_make_a_journal_at_once_make_one(tmp_path: Path) -> None:
    program = textwrap.dedent(
        """
        import sys
        from a2e_sdk.sandbox import SandboxForTests

        a2e = SandboxForTests(seed_records=False).client(journal=sys.argv[1])
        sys.stdin.read(1)
        a2e.wan_25.create(prompt="x")
        """
    )
    path = tmp_path / "jobs.db"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(path)], stdin=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for process in running:
        process.communicate("x", timeout=60)
    assert [process.returncode for process in running] == [0] * 4
    assert rows(path, "SELECT count(*) FROM entries") == [(4,)]
    assert rows(path, "SELECT count(*) FROM facts") == [(2,)]
