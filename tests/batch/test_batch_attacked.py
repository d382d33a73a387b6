"""A batch under hostile servers, clients and disks: nothing lost, nothing untrue, nothing hangs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from batch_cases import rows, statuses

from a2e_sdk import JobOutcome
from a2e_sdk.sandbox import Sandbox
from driver import Driver

pytestmark = pytest.mark.usefixtures("pauses")

Run = Callable[..., list[JobOutcome]]
NewBatch = Callable[..., Any]


def test_iterated_again_it_goes_on_also_where_it_was_paused(
    driver: Driver, new_batch: NewBatch, sandbox: Sandbox
) -> None:
    sandbox.coins.balance = 200
    batch = new_batch(rows(10))
    assert statuses(driver.items(batch)) == {"succeeded": 4, "paused": 6}
    sandbox.buy_coins(1000)
    assert statuses(driver.items(batch)) == {"succeeded": 10}
    assert batch.progress.reason is None
    assert (batch.progress.done, batch.progress.total, batch.progress.waiting) == (10, 10, 0)
    assert batch.progress.coins == 500


def test_iterated_again_it_goes_on_also_where_it_was_stopped(
    driver: Driver, new_batch: NewBatch
) -> None:
    batch = new_batch(rows(10))
    batch.stop()
    assert statuses(driver.items(batch)) == {"paused": 10}
    assert statuses(driver.items(batch)) == {"succeeded": 10}
