"""Every deed under every fault: a value or our own error, in time, and nothing is left behind.

In process, with a clock that is turned; `test_fault_matrix_sockets` does a part of it over sockets.
"""

from __future__ import annotations

import gc
import re
from pathlib import Path

import attrs
import pytest

from a2e_sdk.sandbox import Fault, ManualClock
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver
from robustness.deeds import (
    ARGUMENTS,
    DEEDS,
    GENERATED,
    KEY,
    PHASE_SECONDS,
    RETRIES,
    Deed,
    ObservedSandbox,
    Scene,
)
from robustness.odd_answers import PASSING, cuts, faults, spoilt_answers
from robustness.outcomes import left_behind, outcome
from robustness.tally import TALLY


def _scene(driver: Driver, clock: ManualClock, folder: Path, deed: Deed) -> Scene:
    sandbox = ObservedSandbox(clock=clock)
    client = driver.client(
        region="sandbox",
        api_key=KEY,
        timeout=PHASE_SECONDS,
        max_retries=RETRIES,
        http_client=SandboxTransport(sandbox),
    )
    scene = Scene(driver, client, sandbox, folder)
    scene.prepare(deed.needs)
    return scene


def _cases(bodies: dict[str, bytes]) -> list[tuple[str, str | None, Fault, int | None]]:
    """Return what to try: a name, the operation that is hit (None for all), the fault, how often."""
    cases: list[tuple[str, str | None, Fault, int | None]] = []
    targets: list[str | None] = list(bodies)
    if len(bodies) > 1:
        targets.append(None)
    for target in targets:
        hit = target or "everything"
        for name, fault in faults():
            cases.append((f"{hit}: {name}, always", target, fault, None))
            if name in PASSING:
                cases.append((f"{hit}: {name}, once", target, fault, 1))
        # The other operations of a deed of several are the first of a simpler deed.
        if target is not None and target == targets[0]:
            for name, fault in cuts(bodies[target]):
                cases.append((f"{hit}: {name}, always", target, fault, None))
            for name, fault in spoilt_answers(bodies[target]):
                cases.append((f"{hit}: {name}, always", target, fault, None))
    return cases


@attrs.frozen
class Defect:
    """Cases of a deed that are known to end otherwise, and why."""

    deed: str
    cases: str
    reason: str


DEFECTS: list[Defect] = []  # What is known and not mended yet; each is a strict xfail.


def _known(deed: Deed, name: str) -> bool:
    return any(
        defect.deed == deed.name and re.match(defect.cases, name) is not None for defect in DEFECTS
    )


def _failures(
    driver: Driver, clock: ManualClock, folder: Path, deed: Deed, *, known: bool
) -> list[str]:
    """Try the cases that are known to fail, or all others; return what is wrong with each."""
    plain = _scene(driver, clock, folder, deed)
    assert outcome(deed, plain) == ("value", None)
    row = TALLY.row(f"{deed.name} ({driver.mode})")
    failures: list[str] = []
    for name, operation, fault, times in _cases(plain.sandbox.bodies):
        if _known(deed, name) != known:
            continue
        scene = _scene(driver, clock, folder, deed)
        scene.sandbox.faults.add(fault, operation=operation, times=times)
        kind, problem = outcome(deed, scene)
        driver.close(scene.client)
        row.tried += 1
        row.failures += problem is not None
        row.known += known and problem is not None
        row.values += problem is None and kind == "value"
        row.errors += problem is None and kind == "error"
        if problem is not None:
            failures.append(f"{name}: {problem}")
    gc.collect()
    return failures


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
def test_a_fault_ends_in_a_value_or_our_error(
    driver: Driver, deed: Deed, turned_clock: ManualClock, tmp_path: Path
) -> None:
    assert _failures(driver, turned_clock, tmp_path, deed, known=False) == []
    assert left_behind(driver) == []


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param(deed, marks=pytest.mark.xfail(strict=True, reason=defect.reason), id=deed.name)
        for defect in DEFECTS
        for deed in DEEDS
        if deed.name == defect.deed
    ],
)
def test_a_known_defect(
    driver: Driver, deed: Deed, turned_clock: ManualClock, tmp_path: Path
) -> None:
    assert _failures(driver, turned_clock, tmp_path, deed, known=True) == []


def test_every_operation_of_the_generated_client_is_tried() -> None:
    assert {deed.name.removeprefix("api ") for deed in GENERATED} == set(ARGUMENTS)
