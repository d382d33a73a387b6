"""What costs coins and starts no task keeps to the budget too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from a2e_sdk import errors
from a2e_sdk.sandbox import Fault, Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture
def frugal(driver: Driver, sandbox: Sandbox, path: Path) -> Any:
    """A client with a budget of 12 coins."""
    sandbox.set_price("add_speech", 5)
    return driver.client(
        region="sandbox",
        http_client=SandboxTransport(sandbox),
        journal=path,
        budget=12,
        max_retries=0,
    )


def spent(driver: Driver, a2e: Any) -> tuple[float, float]:
    found = driver.run(a2e.journal.spent())
    return found.spent, found.reserved


def test_speech_is_counted_and_refused_before_it_is_sent(
    driver: Driver, sandbox: Sandbox, frugal: Any
) -> None:
    driver.run(frugal.speech.create("one"))
    driver.run(frugal.speech.create("two"))
    assert spent(driver, frugal) == (10, 0)
    with pytest.raises(errors.BudgetExceededError) as refused:
        driver.run(frugal.speech.create("three"))
    assert (refused.value.limit, refused.value.spent, refused.value.price) == (12, 10, 5)
    assert sandbox.requests.count("add_speech") == 2


def test_a_refused_call_gives_its_coins_back(driver: Driver, sandbox: Sandbox, frugal: Any) -> None:
    sandbox.faults.add(Fault.code(1003, "Content policy"), "add_speech")
    with pytest.raises(errors.ContentRejectedError):
        driver.run(frugal.speech.create("one"))
    assert spent(driver, frugal) == (0, 0)


def test_a_call_whose_response_is_lost_keeps_its_coins_back(
    driver: Driver, sandbox: Sandbox, frugal: Any
) -> None:
    sandbox.faults.add(Fault.drop_after_read(), "add_speech")
    with pytest.raises(errors.APIConnectionError):
        driver.run(frugal.speech.create("one"))
    assert spent(driver, frugal) == (0, 5)
    (entry,) = driver.run(frugal.journal.unknown())
    assert (entry.family, entry.state) == ("add_speech", "unknown")


def test_uploads_are_counted_once_alone_and_within_a_start(
    driver: Driver, sandbox: Sandbox, frugal: Any
) -> None:
    driver.run(frugal.storage.upload(PNG))
    assert spent(driver, frugal) == (1, 0)
    driver.run(frugal.face_swap.tasks.create(face=PNG, video="https://x.org/v.mp4"))
    assert -sum(entry.amount for entry in sandbox.coins) == 12
    assert spent(driver, frugal) == (12, 0)
    with pytest.raises(errors.BudgetExceededError):
        driver.run(frugal.storage.upload(PNG + b"1"))


def test_what_is_free_needs_no_price(driver: Driver, sandbox: Sandbox, frugal: Any) -> None:
    driver.run(frugal.face_swap.images.add("https://x.org/me.png"))
    driver.run(frugal.account.coins())
    assert sandbox.requests.count("get_quote") == 0


def test_what_has_no_price_is_refused(driver: Driver, sandbox: Sandbox, frugal: Any) -> None:
    sandbox.faults.add(Fault.http(400), "get_quote")
    with pytest.raises(errors.BudgetExceededError, match="gives no price for add_speech") as error:
        driver.run(frugal.speech.create("one"))
    assert error.value.price is None
    assert sandbox.requests.count("add_speech") == 0


def test_without_a_budget_nothing_is_asked(driver: Driver, sandbox: Sandbox, path: Path) -> None:
    a2e = driver.client(region="sandbox", http_client=SandboxTransport(sandbox), journal=path)
    driver.run(a2e.speech.create("one"))
    assert sandbox.requests.count("get_quote") == 0
