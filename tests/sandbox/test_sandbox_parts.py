"""The clock, the ledger and the tree of paths, each on its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from a2e_sdk.sandbox import CoinLedger, ManualClock, SandboxRequest, SystemClock
from a2e_sdk.sandbox.protocol.routing import OperationPath, Router
from a2e_sdk.sandbox.state.clock import wire_time
from a2e_sdk.sandbox.state.ledger import InsufficientCoinsError

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def test_the_system_clock_is_aware_and_in_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_a_manual_clock_stands_still_until_it_is_turned() -> None:
    clock = ManualClock(datetime(2026, 5, 1, 14, tzinfo=timezone(timedelta(hours=2))))
    assert clock.now() == clock.now() == NOON
    assert clock.advance(1.5) == clock.now() == NOON + timedelta(seconds=1.5)


def test_a_manual_clock_needs_a_time_zone_and_goes_forward_only() -> None:
    with pytest.raises(ValueError, match="aware"):
        ManualClock(datetime(2026, 5, 1))
    with pytest.raises(ValueError, match="forward"):
        ManualClock().advance(-1)


def test_times_are_written_in_utc_with_milliseconds_cut_off() -> None:
    east = datetime(2024, 6, 21, 5, 20, 22, 436_999, timezone(timedelta(hours=2)))
    assert wire_time(east) == "2024-06-21T03:20:22.436Z"
    assert wire_time(NOON) == "2026-05-01T12:00:00.000Z"


def test_a_ledger_takes_gives_and_remembers() -> None:
    ledger = CoinLedger(10)
    ledger.charge("a", 7, NOON)
    with pytest.raises(InsufficientCoinsError):
        ledger.charge("b", 4, NOON)
    ledger.refund("a", 7, NOON)
    ledger.charge("c", 0, NOON)
    assert ledger.balance == 10
    assert [entry.amount for entry in ledger] == [-7, 7]
    assert ledger[-1].task_id == "a"
    assert ledger[:1] == [ledger[0]]


def test_a_ledger_cannot_start_in_debt() -> None:
    with pytest.raises(ValueError, match="coins"):
        CoinLedger(-1)


def test_a_fixed_segment_wins_over_a_parameter() -> None:
    router = Router(
        [
            OperationPath("one", "GET", "/a/{x}"),
            OperationPath("two", "GET", "/a/b"),
            OperationPath("three", "GET", "/a/{x}/c/{y}"),
            OperationPath("rest", "GET", "/r/{x}/{*y}"),
        ]
    )
    paths = ("/a/b", "/a/z%2Fz", "/a/1/c/2", "/a/{}", "/r/1/2", "/r/1/2%20/3//4", "/r/1/{*}")
    found = {path: router.find("GET", path) for path in paths}
    assert found == {
        "/a/b": ("two", {}),
        "/a/z%2Fz": ("one", {"x": "z/z"}),
        "/a/1/c/2": ("three", {"x": "1", "y": "2"}),
        "/a/{}": ("one", {"x": "{}"}),
        "/r/1/2": ("rest", {"x": "1", "y": "2"}),
        "/r/1/2%20/3//4": ("rest", {"x": "1", "y": "2 /3//4"}),
        "/r/1/{*}": ("rest", {"x": "1", "y": "{*}"}),
    }
    for path in ("/a", "/a/", "/a/1/c", "/a/b/c/2", "", "/r/1", "/r/1/", "/r//2"):
        assert router.find("GET", path) is None
    assert router.find("POST", "/a/b") is None


def test_a_method_is_no_path() -> None:
    router = Router([OperationPath("one", "GET", "/a")])
    assert router.find("GET", "/a/GET") is None
    assert router.find("a", "") is None


@pytest.mark.parametrize("second", [("two", "/a/{y}"), ("one", "/b")])
def test_two_operations_for_one_request_are_refused(second: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="two operations"):
        Router([OperationPath("one", "GET", "/a/{x}"), OperationPath(second[0], "GET", second[1])])


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        ("/a%2Fb?x=1&y=&x=2", "/a%2Fb", {"x": "1", "y": ""}),
        ("https://host/a?q=%E9%A1%94+b", "/a", {"q": "顔 b"}),
        ("//host/a?x=1", "//host/a", {"x": "1"}),
        ("https://host", "/", {}),
        ("", "/", {}),
    ],
)
def test_a_target_is_taken_apart(target: str, path: str, query: dict[str, str]) -> None:
    request = SandboxRequest.from_target("GET", target, {"X-Odd": "1"})
    assert (request.path, request.query) == (path, query)
    assert request.headers == {"x-odd": "1"}


def test_a_target_that_is_no_url_is_refused() -> None:
    with pytest.raises(ValueError, match="IPv6"):
        SandboxRequest.from_target("GET", "http://[", {})
