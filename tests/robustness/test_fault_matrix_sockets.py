"""The faults that sockets have, over sockets: a value or our own error, and nothing is left behind.

Warnings are errors here, so a socket that is not closed fails the test. Pauses turn the clock; only
a stalled answer really takes its short time-out.
"""

from __future__ import annotations

import gc
import gzip
from functools import cache
from pathlib import Path

import pytest

from a2e_sdk._http.messages import MAX_ANSWER_BYTES
from a2e_sdk.sandbox import Fault, ManualClock
from a2e_sdk.sandbox.http_server import serve
from driver import Driver
from robustness.client_pairs import EVERYTHING
from robustness.odd_responses import Named
from robustness.operation_scenarios import GENERATED
from robustness.outcomes import left_behind, outcome
from robustness.scenarios import FACE_SWAP, KEY, MANY_REQUESTS, ObservedSandbox, Scenario, Scene
from robustness.section_scenarios import SECTIONS
from robustness.tally import TALLY

#: The scenarios that meet a response which decodes to more than it may: to read and to start. It is
#: refused by the transport, as the other contents which can't be decoded are.
BOMBED = ("tasks.page", "tasks.create")


@cache
def bomb() -> Fault:
    body = gzip.compress(bytes(MAX_ANSWER_BYTES + 1), 9)
    return Fault(headers={"content-encoding": "gzip"}, body=body)


FAULTS = [
    ("drop before", Fault.drop_before()),
    ("drop after read", Fault.drop_after_read()),
    ("cut at 20", Fault.cut(20)),
    ("cut at 0", Fault.cut(0)),
    ("429", Fault.rate_limited(retry_after=1)),
    ("HTML 520", Fault.http(520)),
    ("HTML 200", Fault(status=200, headers={"content-type": "text/html"}, body=b"<html>")),
    ("empty 200", Fault(status=200)),
    ("truncated", Fault.truncated_json()),
    ("redirect", Fault.redirect("http://127.0.0.1:9/elsewhere")),
    ("wrong length", Fault(headers={"content-length": "7"})),
    ("not gzip", Fault(headers={"content-encoding": "gzip"})),
    ("gzip in gzip in gzip", Fault(headers={"content-encoding": "gzip, gzip, gzip"})),
    ("br", Fault(headers={"content-encoding": "br"})),
    ("chunked and cut", Fault(headers={"content-length": None}, cut_after=9)),
]
# Waits look many times, each of them over a socket; a few methods that loop stand for all of them.
_LIKE_OTHERS = ("tasks.run", "tasks.wait_many", "wan_25.run", "avatar_videos.run")
SOCKET_SCENARIOS = [
    scenario
    for scenario in (*FACE_SWAP, *SECTIONS, *GENERATED)
    if scenario.thorough and scenario.name not in _LIKE_OTHERS
]


def faults_of(driver: Driver, scenario: Scenario) -> list[Named]:
    """Return the faults that a client meets: every second, the other client meets the others.

    With which fault a client begins changes from scenario to scenario.
    """
    named: list[Named] = [*FAULTS, ("stall", Fault.stall(60))]
    if not EVERYTHING:
        named = named[(SOCKET_SCENARIOS.index(scenario) + (driver.mode == "async")) % 2 :: 2]
    if EVERYTHING or scenario.name in BOMBED:
        named.append(("a bomb", bomb()))
    return named


@pytest.mark.usefixtures("pauses")
@pytest.mark.parametrize("scenario", SOCKET_SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_fault_over_a_socket_ends_in_a_value_or_our_error(
    driver: Driver, scenario: Scenario, clock: ManualClock, tmp_path: Path
) -> None:
    row = TALLY.row(f"{scenario.name} (sockets, {driver.mode})")
    failures: list[str] = []
    # A download goes on for as long as each attempt brings a byte, so its file is a small one.
    sandbox = ObservedSandbox(clock=clock, result_size=200)
    with serve(sandbox) as server:
        for name, fault in faults_of(driver, scenario):
            stalls = name == "stall"
            client = driver.client(
                api_key=KEY,
                base_url=server.url,
                timeout=0.05 if stalls else 5,
                max_retries=0 if stalls else 1,
            )
            scene = Scene(driver, client, sandbox, tmp_path)
            sandbox.forget()
            scene.prepare(scenario.needs)
            sandbox.faults.add(fault, times=1 if stalls else None)
            kind, problem = outcome(scenario, scene)
            driver.close(client)
            if sandbox.attempts.total() > MANY_REQUESTS:
                problem = f"it sent more than {MANY_REQUESTS} requests"
            row.tried += 1
            row.failures += problem is not None
            row.values += problem is None and kind == "value"
            row.errors += problem is None and kind == "error"
            if problem is not None:
                failures.append(f"{name}: {problem}")
    gc.collect()
    assert failures == []
    assert left_behind(driver) == []
