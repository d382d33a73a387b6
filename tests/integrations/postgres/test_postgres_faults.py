"""A connection that is lost at any moment of a start: nothing is paid twice, and nothing is lost.

A proxy cuts the connection at each statement of an unbroken start: before it arrives, as soon as it
has arrived, and after it was carried out but before its answer is back. So the commit whose outcome
the client does not know is among them.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from journal_cases import FACE_SWAP, WAN, paid, require_sums_agree, rows, spent, starts

from a2e_sdk import EntryState, errors
from a2e_sdk.sandbox import SandboxForTests
from driver import Driver
from postgres_proxy import AFTER, ANSWER, BEFORE, MOMENTS, Proxy
from postgres_server import with_schema

pytest.importorskip("psycopg")
pytestmark = pytest.mark.usefixtures("impatient")

BUDGET = 100_000
Call = Callable[[Any, str], Any]


def picture(key: str) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + key.encode() + bytes(100)


CASES: dict[str, tuple[Call, float | None]] = {
    "key": (lambda a2e, key: a2e.wan_25.create(key=key, **WAN), None),
    "no key": (lambda a2e, key: a2e.wan_25.create(**WAN), None),
    "budget": (lambda a2e, key: a2e.wan_25.create(key=key, **WAN), BUDGET),
    "upload": (
        lambda a2e, key: a2e.face_swap.tasks.create(key=key, **FACE_SWAP | {"face": picture(key)}),
        BUDGET,
    ),
}


def unbroken(proxy: Proxy, driver: Driver, a2e: Any, call: Call, key: str) -> list[str]:
    """Return the statements of a start that nothing breaks."""
    proxy.reset()
    assert driver.run(call(a2e, key)).id
    assert any(map(is_commit, proxy.statements))
    return list(proxy.statements)


def require_one_entry_for_each_payment(url: str, sandbox: SandboxForTests) -> None:
    """Nothing was written twice, nothing is lost, and all sums agree."""
    assert set(paid(sandbox).values()) == {1}
    assert rows(url, "SELECT count(*) FROM tasks") == [(starts(sandbox),)]
    assert rows(
        url, "SELECT count(*), count(DISTINCT id) FROM entries WHERE state = 'started'"
    ) == [(starts(sandbox), starts(sandbox))]
    require_sums_agree(url)


@pytest.mark.parametrize(
    # A start with files has all the steps of one without, so that of a budget it tells all.
    ("driver", "name"),
    [
        *(("sync", name) for name in CASES if name != "budget"),
        pytest.param("sync", "budget", marks=pytest.mark.nightly),
        ("async", "upload"),
    ],
    indirect=["driver"],
)
@pytest.mark.parametrize("moment", MOMENTS)
def test_cut_at_any_statement_a_start_is_made_once_and_written_down_once(
    driver: Driver,
    new_client: Callable[..., Any],
    sandbox: SandboxForTests,
    proxy: Proxy,
    path: str,
    name: str,
    moment: str,
) -> None:
    call, budget = CASES[name]
    a2e = new_client(path, budget=budget)
    unbroken(proxy, driver, a2e, call, "first")
    # Statements are prepared by their sixth use, which changes nothing of their number.
    statements = unbroken(proxy, driver, a2e, call, "recorded")
    for at in range(len(statements)):
        before = starts(sandbox)
        proxy.cut_at(at, moment)
        task = driver.run(call(a2e, f"key {at}"))
        assert proxy.cuts == 1
        assert starts(sandbox) == before + 1, statements[at]
        if name != "no key":
            assert driver.run(call(a2e, f"key {at}")).id == task.id
            assert starts(sandbox) == before + 1
    assert rows(path, "SELECT count(*) FROM entries") == [(starts(sandbox),)], "none twice"
    require_one_entry_for_each_payment(path, sandbox)
    if budget is not None:
        spending = driver.run(a2e.journal.spent())
        assert spending.reserved == 0
        assert spending.spent == spent(sandbox)


@pytest.mark.parametrize("driver", ["sync"], indirect=True)
@pytest.mark.parametrize("moment", MOMENTS)
def test_cut_at_any_statement_of_the_first_connection_the_journal_is_made_once(
    driver: Driver,
    new_client: Callable[..., Any],
    sandbox: SandboxForTests,
    proxy: Proxy,
    path: str,
    moment: str,
) -> None:
    call, _ = CASES["key"]
    statements = unbroken(proxy, driver, new_client(path), call, "recorded")
    # Behind the first commit it is a connection like any other.
    for at in range(statements.index("COMMIT") + 1):
        url, before = with_schema(proxy.url), starts(sandbox)
        proxy.cut_at(at, moment)
        task = driver.run(call(new_client(url), "key"))
        assert proxy.cuts == 1
        assert starts(sandbox) == before + 1
        assert driver.run(call(new_client(url), "key")).id == task.id
        assert starts(sandbox) == before + 1
        assert rows(url, "SELECT count(*) FROM entries") == [(1,)]
        require_sums_agree(url)


@pytest.mark.parametrize(
    ("driver", "seed"), [("sync", 0), ("async", 1), ("trio", 2)], indirect=["driver"]
)
def test_in_a_storm_of_cuts_every_start_ends_and_is_paid_once(
    driver: Driver,
    new_client: Callable[..., Any],
    sandbox: SandboxForTests,
    proxy: Proxy,
    path: str,
    seed: int,
) -> None:
    """Also what makes a connection anew is cut, again and again."""
    chance = random.Random(seed)
    a2e = new_client(path, budget=BUDGET)
    unbroken(proxy, driver, a2e, CASES["budget"][0], "first")
    proxy.reset(lambda at, text: chance.choice(MOMENTS) if chance.random() < 0.04 else None)
    keys = [f"key {number}" for number in range(20)]
    for number, key in enumerate(keys):
        call, _ = CASES["upload" if number % 3 == 0 else "budget"]
        assert driver.run(call(a2e, key)).id
    assert proxy.cuts > 10
    proxy.reset()
    assert starts(sandbox) == 21
    assert rows(path, "SELECT count(*) FROM entries") == [(21,)], "none twice"
    require_one_entry_for_each_payment(path, sandbox)
    assert driver.run(a2e.journal.spent()).spent == spent(sandbox)


def is_commit(text: str) -> bool:
    return text.endswith("COMMIT")


def test_a_server_that_never_confirms_a_commit_is_refused_in_bounded_time(
    driver: Driver,
    new_client: Callable[..., Any],
    sandbox: SandboxForTests,
    proxy: Proxy,
    path: str,
    impatient: Callable[[float], None],
) -> None:
    call, _ = CASES["key"]
    a2e = new_client(path)
    unbroken(proxy, driver, a2e, call, "first")
    impatient(0.3)
    proxy.reset(lambda at, text: BEFORE if is_commit(text) else None)
    with pytest.raises(errors.JournalError, match="can't be found out") as caught:
        driver.run(call(a2e, "key"))
    assert str(caught.value).endswith("Nothing was started.")
    assert starts(sandbox) == 1
    proxy.reset()
    assert driver.run(call(a2e, "key")).id
    assert starts(sandbox) == 2
    require_one_entry_for_each_payment(path, sandbox)


def test_a_commit_in_doubt_is_not_done_again_when_the_server_comes_back_too_late(
    driver: Driver,
    new_client: Callable[..., Any],
    sandbox: SandboxForTests,
    proxy: Proxy,
    path: str,
    impatient: Callable[[float], None],
) -> None:
    """It was written, the answer was lost, and the server was away for longer than is waited."""
    call, _ = CASES["no key"]
    a2e = new_client(path)
    unbroken(proxy, driver, a2e, call, "first")
    impatient(0.3)
    lost: list[int] = []

    def away(at: int, text: str) -> str | None:
        if not lost and is_commit(text):
            lost.append(at)
            return ANSWER
        return BEFORE if lost else None

    proxy.reset(away)
    with pytest.raises(errors.JournalError, match="can't be found out"):
        driver.run(call(a2e, "key"))
    proxy.reset()
    assert starts(sandbox) == 1, "nothing was sent"
    assert driver.run(call(a2e, "key")).id
    states = rows(path, "SELECT state, count(*) FROM entries GROUP BY state ORDER BY state")
    assert states == [("intended", 1), ("started", 2)], "what is in doubt was written once"
    require_sums_agree(path)
    # Nobody is at work on it, so that it can be decided.
    assert rows(path, "SELECT count(*) FROM holds") == [(0,)]


@pytest.mark.parametrize("moment", [AFTER, ANSWER])
def test_the_end_of_a_start_that_cannot_be_written_is_written_with_the_next_step(
    driver: Driver,
    new_client: Callable[..., Any],
    sandbox: SandboxForTests,
    proxy: Proxy,
    path: str,
    impatient: Callable[[float], None],
    caplog: pytest.LogCaptureFixture,
    moment: str,
) -> None:
    call, _ = CASES["key"]
    a2e = new_client(path)
    unbroken(proxy, driver, a2e, call, "first")
    impatient(0.3)

    def away(at: int, text: str) -> str | None:
        # The server is away from the moment on at which the start has arrived.
        return moment if starts(sandbox) == 2 else None

    proxy.reset(away)
    task = driver.run(call(a2e, "key"))
    assert task.id
    assert "not written down yet" in caplog.text
    proxy.reset()
    assert driver.run(call(a2e, "other")).id
    assert driver.run(a2e.journal.get("key")).state is EntryState.STARTED
    assert driver.run(call(a2e, "key")).id == task.id
    assert starts(sandbox) == 3
    require_one_entry_for_each_payment(path, sandbox)
