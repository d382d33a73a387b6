"""Every scenario under every fault: a value or our own error, in time, and nothing is left behind.

In process, with a clock that is turned; `test_fault_matrix_sockets` does a part of it over sockets.
"""

from __future__ import annotations

import gc
import re
from pathlib import Path

import attrs
import pytest

from a2e_api.operations import OPERATIONS
from a2e_sdk.sandbox import Fault, ManualClock, SandboxReply
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver
from robustness.client_pairs import EVERYTHING, on_one_client
from robustness.odd_responses import PASSING, cuts, faults, few_faults, spoilt_answers
from robustness.operation_scenarios import GENERATED
from robustness.outcomes import left_behind, outcome
from robustness.scenarios import (
    FACE_SWAP,
    KEY,
    PHASE_SECONDS,
    RETRIES,
    ObservedSandbox,
    Scenario,
    Scene,
)
from robustness.section_scenarios import SECTIONS
from robustness.tally import TALLY

SCENARIOS = [*FACE_SWAP, *SECTIONS, *GENERATED]


def _scene(
    driver: Driver, clock: ManualClock, folder: Path, scenario: Scenario, last: Scene | None = None
) -> Scene:
    # Making a sandbox takes most of the time, so that one in which nothing changed is used again.
    is_as_new = last is not None and not last.sandbox.changes and not scenario.needs
    sandbox = last.sandbox if last is not None and is_as_new else ObservedSandbox(clock=clock)
    client = driver.client(
        region="sandbox",
        api_key=KEY,
        timeout=PHASE_SECONDS,
        max_retries=RETRIES,
        http_client=SandboxTransport(sandbox),
    )
    scene = Scene(driver, client, sandbox, folder)
    scene.prepare(scenario.needs)
    return scene


#: A client tries every n-th case of a thorough scenario, and of one that is composed of others.
_EVERY, _EVERY_COMPOSED = 2, 8

#: A name, the operation that is hit (None for all), the fault, how often (None for always).
Case = tuple[str, str | None, Fault, int | None]


def _cases(scenario: Scenario, replies: dict[str, SandboxReply]) -> list[Case]:
    """Return what to try on a scenario that asked for some operations when nothing went wrong."""
    if not scenario.thorough:
        return [(name, None, fault, None) for name, fault in few_faults()]
    cases: list[Case] = []
    targets: list[str | None] = list(replies)
    if len(replies) > 1:
        targets.append(None)
    for target in targets:
        hit = target or "everything"
        for name, fault in faults():
            cases.append((f"{hit}: {name}, always", target, fault, None))
            if name in PASSING:
                cases.append((f"{hit}: {name}, once", target, fault, 1))
        # The other operations of a scenario of several are the first of a simpler scenario.
        if target is not None and target == targets[0]:
            body = replies[target].body
            for name, fault in [*cuts(body), *spoilt_answers(body)]:
                cases.append((f"{hit}: {name}, always", target, fault, None))
    return cases


@attrs.frozen
class Defect:
    """Cases of a scenario that are known to end otherwise, and why."""

    scenario: str
    cases: str
    reason: str


DEFECTS: list[Defect] = []  # What is known and not mended yet; each is a strict xfail.


def _part(driver: Driver, scenario: Scenario, cases: list[Case]) -> list[Case]:
    """Return the cases that a client tries: of thorough scenarios each of the two takes the half.

    The sync client is generated from the async one, so that a case on one of them tells what there
    is to tell. Where other scenarios meet each fault at each step of a scenario, it meets every
    fourth; these differ from scenario to scenario. `nox -s robustness_nightly` tries all on both.
    """
    if EVERYTHING or not scenario.thorough or driver.mode == "trio":
        return cases
    every = _EVERY_COMPOSED if scenario.composed else _EVERY
    first = SCENARIOS.index(scenario) + every // 2 * (driver.mode == "async")
    return cases[first % every :: every]


def _known(scenario: Scenario, name: str) -> bool:
    return any(
        defect.scenario == scenario.name and re.match(defect.cases, name) is not None
        for defect in DEFECTS
    )


def _failures(
    driver: Driver, clock: ManualClock, folder: Path, scenario: Scenario, *, known: bool
) -> list[str]:
    """Try the cases that are known to fail, or all others; return what is wrong with each."""
    plain = _scene(driver, clock, folder, scenario)
    kind, problem = outcome(scenario, plain)
    assert problem is None
    assert kind == "value" or not scenario.thorough
    named = scenario.name if scenario.thorough else "all other operations"
    row = TALLY.row(f"{named} ({driver.mode})")
    failures: list[str] = []
    scene = plain
    cases = _part(driver, scenario, _cases(scenario, dict(plain.sandbox.replies)))
    for name, operation, fault, times in cases:
        if _known(scenario, name) != known:
            continue
        scene = _scene(driver, clock, folder, scenario, scene)
        scene.sandbox.faults.add(fault, operation=operation, times=times)
        kind, problem = outcome(scenario, scene)
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


@on_one_client("scenario", {scenario.name: (scenario, scenario.thorough) for scenario in SCENARIOS})
def test_a_fault_ends_in_a_value_or_our_error(
    driver: Driver, scenario: Scenario, turned_clock: ManualClock, tmp_path: Path
) -> None:
    assert _failures(driver, turned_clock, tmp_path, scenario, known=False) == []
    assert left_behind(driver) == []


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(
            scenario, marks=pytest.mark.xfail(strict=True, reason=defect.reason), id=scenario.name
        )
        for defect in DEFECTS
        for scenario in SCENARIOS
        if scenario.name == defect.scenario
    ],
)
def test_a_known_defect(
    driver: Driver, scenario: Scenario, turned_clock: ManualClock, tmp_path: Path
) -> None:
    assert _failures(driver, turned_clock, tmp_path, scenario, known=True) == []


def test_what_a_start_did_is_seen(
    driver: Driver, turned_clock: ManualClock, tmp_path: Path
) -> None:
    """Else the promise that nothing starts twice would hold of anything."""
    (scenario,) = [scenario for scenario in FACE_SWAP if scenario.name == "tasks.create"]
    scene = _scene(driver, turned_clock, tmp_path, scenario)
    assert outcome(scenario, scene) == ("value", None)
    assert scene.sandbox.changes == {"add_face_swap_task": 1}
    kind, problem = outcome(scenario, scene)
    assert (kind, problem) == ("value", "add_face_swap_task was carried out 2 times")


def test_a_session_that_is_not_left_is_seen(
    driver: Driver, turned_clock: ManualClock, tmp_path: Path
) -> None:
    (scenario,) = [scenario for scenario in SECTIONS if scenario.name == "streaming session"]
    scene = _scene(driver, turned_clock, tmp_path, scenario)
    assert outcome(scenario, scene) == ("value", None)
    scene.sandbox.attempts.clear()
    assert scenario.promise(scene, None) == "the session was not left"


def test_every_operation_of_the_generated_client_is_tried() -> None:
    assert {scenario.name.removeprefix("api ") for scenario in GENERATED} == set(OPERATIONS)
