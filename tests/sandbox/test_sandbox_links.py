"""Result links that expire, the content behind them, and downloads that go wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from a2e_sdk.sandbox import Fault, ManualClock, Sandbox, SandboxReply, SandboxRequest
from a2e_sdk.sandbox.files.links import LinkProblem, check_link, expiry_after, signed_link

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api

DAY = 86_400


def get(sandbox: Sandbox, url: str, **headers: str) -> SandboxReply:
    return sandbox.handle(SandboxRequest.from_target("GET", url, headers))


def finished(clock: ManualClock, **options: Any) -> tuple[Sandbox, str]:
    """A sandbox with one finished task, and the task's id."""
    sandbox = Sandbox(clock=clock, seed_records=False, **options)
    return sandbox, sandbox.add_face_swap_task()


def link(sandbox: Sandbox) -> str:
    """Read the task, which hands out a link."""
    url: str = sandbox.face_swap_tasks()[0]["result_url"]
    return url


def test_a_link_carries_its_expiry_and_signature(clock: ManualClock) -> None:
    sandbox, task_id = finished(clock)
    parts = urlsplit(link(sandbox))
    assert parts.path == f"/files/userFaceSwapTask/{task_id}/result.mp4"
    query = parse_qs(parts.query)
    assert query.keys() == {"expires", "signature"}
    assert query["expires"] == [str(int(clock.now().timestamp()) + 3 * DAY)]


@pytest.mark.parametrize("lifetime", [1, 60, 3 * DAY])
def test_a_link_works_for_its_lifetime_and_a_fresh_one_after_it(
    clock: ManualClock, lifetime: float
) -> None:
    sandbox, _ = finished(clock, link_lifetime=lifetime)
    old = link(sandbox)
    clock.advance(lifetime - 0.001)
    assert get(sandbox, old).status == 200
    clock.advance(0.001)
    expired = get(sandbox, old)
    assert (expired.status, expired.headers["content-type"]) == (403, "application/xml")
    assert b"<Code>AccessDenied</Code>" in expired.body
    assert get(sandbox, link(sandbox)).status == 200


@pytest.mark.parametrize("status", [403, 404, 410])
def test_the_status_of_an_expired_link_can_be_chosen(clock: ManualClock, status: int) -> None:
    sandbox, _ = finished(clock, expired_status=status)
    old = link(sandbox)
    clock.advance(3 * DAY)
    assert get(sandbox, old).status == status


def test_a_result_can_be_gone_for_good(clock: ManualClock) -> None:
    sandbox, _ = finished(clock, link_lifetime=60, result_lifetime=100)
    clock.advance(90)
    last = link(sandbox)
    assert get(sandbox, last).status == 200
    clock.advance(10)
    assert get(sandbox, last).status == get(sandbox, link(sandbox)).status == 403


@pytest.mark.parametrize(
    "options",
    [
        {"link_lifetime": -1},
        {"link_lifetime": float("inf")},
        {"result_lifetime": -1},
        {"result_lifetime": float("nan")},
        {"result_size": -1},
        {"expired_status": 500},
    ],
)
def test_impossible_lifetimes_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"lifetimes|expired_status"):
        Sandbox(**options)


@given(
    path=st.text(min_size=1),
    terms=st.dictionaries(
        st.text().filter(lambda name: name not in ("expires", "signature")), st.text()
    ),
    changed=st.sampled_from(["path", "expires", "signature", "term", "more"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_changed_in_a_link_is_found(
    clock: ManualClock, path: str, terms: dict[str, str], changed: str
) -> None:
    expires = expiry_after(clock.now(), 60)
    request = SandboxRequest.from_target("GET", "/" + signed_link(path, expires, terms), {})
    query = dict(request.query)
    assert check_link(path, query, clock.now()) is None
    if changed == "path":
        path += "x"
    elif changed == "term" and terms:
        del query[next(iter(terms))]
    else:
        name = {"term": "expires"}.get(changed, changed)
        query[name] = query.get(name, "") + "0"
    assert check_link(path, query, clock.now()) is LinkProblem.SIGNATURE


@pytest.mark.once
@pytest.mark.parametrize("query", ["", "?expires=9999999999", "?expires=x&signature=0"])
def test_a_link_that_was_not_handed_out_is_refused(clock: ManualClock, query: str) -> None:
    sandbox, _ = finished(clock)
    refused = get(sandbox, link(sandbox).partition("?")[0] + query)
    assert (refused.status, b"SignatureDoesNotMatch" in refused.body) == (403, True)


def test_reading_at_the_same_time_gives_the_same_link(api: Api, clock: ManualClock) -> None:
    task_id = api.start()
    clock.advance(3)
    urls = {api.task(task_id)["result_url"], api.page(1, 1)["rows"][0]["result_url"]}
    assert len(urls) == 1
    clock.advance(1)
    assert api.task(task_id)["result_url"] not in urls


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=st.integers(0, 300_000), data=st.data())
def test_parts_of_a_result_are_parts_of_the_same_whole(
    clock: ManualClock, size: int, data: st.DataObject
) -> None:
    sandbox, _ = finished(clock, result_size=size)
    whole = get(sandbox, link(sandbox)).body
    assert len(whole) == size
    cut = data.draw(st.integers(0, size))
    rest = get(sandbox, link(sandbox), range=f"bytes={cut}-")
    assert whole[:cut] + rest.body == whole
    assert rest.status == (206 if cut < size else 416)


def test_no_two_blocks_of_a_result_are_equal(clock: ManualClock) -> None:
    sandbox, _ = finished(clock, result_size=8 * 65_536)
    whole = get(sandbox, link(sandbox)).body
    assert len({whole[start : start + 65_536] for start in range(0, len(whole), 65_536)}) == 8


def test_results_can_be_replaced(clock: ManualClock) -> None:
    sandbox, _ = finished(clock)
    url = link(sandbox)
    before = get(sandbox, url)
    sandbox.replace_results()
    after = get(sandbox, url, **{"range": "bytes=0-9", "if-range": before.headers["etag"]})
    assert (after.status, len(after.body)) == (200, len(before.body))
    assert after.body != before.body
    assert after.headers["etag"] != before.headers["etag"]


def test_a_range_can_be_ignored_or_mislabelled(clock: ManualClock) -> None:
    sandbox, _ = finished(clock)
    url = link(sandbox)
    whole = get(sandbox, url).body
    sandbox.faults.add(Fault.ignored_range(), operation="download_file")
    ignored = get(sandbox, url, range="bytes=10-")
    assert (ignored.status, ignored.body) == (200, whole)
    assert not {"content-range", "accept-ranges"} & ignored.headers.keys()
    sandbox.faults.add(Fault.mislabelled_range("bytes 0-9/65536"), operation="download_file")
    mislabelled = get(sandbox, url, range="bytes=10-")
    assert (mislabelled.status, mislabelled.body) == (206, whole[10:])
    assert mislabelled.headers["content-range"] == "bytes 0-9/65536"
    assert get(sandbox, url, range="bytes=10-").headers["content-range"] == "bytes 10-65535/65536"


@pytest.mark.parametrize("etag", ['W/"weak"', '"other"', None])
def test_an_entity_tag_can_be_weak_another_or_missing(clock: ManualClock, etag: str | None) -> None:
    sandbox, _ = finished(clock)
    url = link(sandbox)
    sandbox.faults.add(Fault.etag(etag))
    assert get(sandbox, url).headers.get("etag") == etag
    if etag is not None:
        assert get(sandbox, url, **{"range": "bytes=1-", "if-range": etag}).status == 200


def test_a_length_can_be_missing_and_a_link_lead_elsewhere(clock: ManualClock) -> None:
    sandbox, _ = finished(clock)
    url = link(sandbox)
    sandbox.faults.add(Fault.unknown_length())
    reply = get(sandbox, url)
    assert "content-length" not in reply.headers
    assert len(reply.body) == 65_536
    sandbox.faults.add(Fault.redirect("https://elsewhere.test/x", 307))
    reply = get(sandbox, url)
    assert (reply.status, reply.headers["location"]) == (307, "https://elsewhere.test/x")


def test_a_file_can_come_late_or_its_link_expire_by_a_fault(clock: ManualClock) -> None:
    sandbox, _ = finished(clock)
    url = link(sandbox)
    sandbox.faults.add(Fault.http(404), operation="download_file", times=2)
    assert [get(sandbox, url).status for _ in range(3)] == [404, 404, 200]
    sandbox.faults.add(Fault.expired_link(410))
    expired = get(sandbox, url)
    assert (expired.status, b"<Error>" in expired.body) == (410, True)
