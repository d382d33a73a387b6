"""The pure decisions at their very bounds, where one step more or less changes the answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from a2e_sdk import errors
from a2e_sdk._checks.validation import (
    require_page_size,
    require_seconds,
    require_text,
    require_url,
    require_webhook_url,
    require_whole_number,
)
from a2e_sdk._config.regions import BASE_URLS, Region, resolve_address
from a2e_sdk._http.failures import Delivery, TransportFailure
from a2e_sdk._http.messages import HttpResponse
from a2e_sdk._http.request import connection_error
from a2e_sdk._http.response import class_for, envelope_code, message_of, read_response
from a2e_sdk._http.retry import (
    Effect,
    may_ask_elsewhere,
    may_retry,
    pause_before_retry,
    retry_after_seconds,
)
from a2e_sdk._tasks.polling import (
    GRACE_SECONDS,
    PendingTask,
    PendingTasks,
    failure_text,
    interval,
    timeout_text,
)
from a2e_sdk._tasks.recovery import SEARCH_SECONDS, may_have_started, search_pause
from a2e_sdk.models import Task
from a2e_sdk.models.status import TaskStatus
from a2e_sdk.models.submission import Submission

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def error(
    error_class: type[errors.APIError], status: int | None = None, **attributes: Any
) -> errors.APIError:
    made = error_class("why", http_status=status)
    for name, value in attributes.items():
        setattr(made, name, value)
    return made


# When a call is sent again.


@pytest.mark.parametrize(
    ("refusal", "read", "start"),
    [
        (error(errors.RateLimitError, 429), True, True),
        (error(errors.RateLimitError, 429, retry_after=60.0), True, True),
        (error(errors.RateLimitError, 429, retry_after=60.5), False, False),
        (error(errors.ServiceBusyError, 503), True, False),
        (error(errors.ServiceBusyError, 503, retry_after=0.0), True, True),
        (error(errors.ServiceBusyError, 503, retry_after=60.5), False, False),
        (error(errors.ServiceBusyError, 200, retry_after=1.0), True, False),
        (error(errors.InternalServerError, 500), True, False),
        (error(errors.InternalServerError, 502), True, False),
        (error(errors.InternalServerError, 504, retry_after=1.0), True, False),
        (error(errors.APIStatusError, 407), False, False),
        (error(errors.APIStatusError, 408), True, False),
        (error(errors.APIStatusError, 409), False, False),
        (error(errors.UnexpectedResponseError, 200), True, False),
        (error(errors.UnexpectedResponseError, 299), True, False),
        (error(errors.UnexpectedResponseError, 300), False, False),
        (error(errors.UnexpectedResponseError), False, False),
    ],
)
def test_an_answer_says_whether_a_read_and_a_start_are_sent_again(
    refusal: errors.APIError, read: bool, start: bool
) -> None:
    assert may_retry(Effect.READ, refusal) is read
    assert may_retry(Effect.DELETE, refusal) is read
    assert may_retry(Effect.START, refusal) is start


@pytest.mark.parametrize("effect", list(Effect))
@pytest.mark.parametrize("delivery", list(Delivery))
def test_only_a_read_that_provably_never_arrived_is_sent_to_another_region(
    effect: Effect, delivery: Delivery
) -> None:
    unseen_read = (effect, delivery) == (Effect.READ, Delivery.NOT_SENT)
    lost = connection_error(TransportFailure("cut", delivery), "get_x")
    assert may_ask_elsewhere(effect, lost) is unseen_read
    repeatable = delivery is Delivery.NOT_SENT or effect is not Effect.START
    assert may_retry(effect, lost) is repeatable


@pytest.mark.parametrize(
    ("retries", "retry_after", "chance", "seconds"),
    [
        (0, None, 1.0, 0.5),
        (1, None, 1.0, 1.0),
        (2, None, 0.5, 1.0),
        (3, None, 1.0, 4.0),
        (4, None, 1.0, 8.0),
        (5, None, 1.0, 8.0),
        (10**6, None, 1.0, 8.0),
        (3, None, 0.0, 0.0),
        (0, 7.0, 0.0, 7.0),
        (0, 7.0, 1.0, 7.5),
        (9, 7.0, 1.0, 8.0),
    ],
)
def test_pauses_double_up_to_eight_seconds_and_follow_what_the_server_asks(
    retries: int, retry_after: float | None, chance: float, seconds: float
) -> None:
    assert pause_before_retry(retries, retry_after, chance) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("-0.5", None),
        ("Sun, 22 Nov 2026 12:00:30 GMT", 30.0),
        ("Sun, 22 Nov 2026 14:00:30 +0200", 30.0),
        ("Sun, 22 Nov 2026 12:00:30 -0000", 30.0),
        ("Sun, 22 Nov 2026 12:00:00 GMT", 0.0),
    ],
)
def test_retry_after_of_no_pause_and_in_every_time_zone(value: str, seconds: float | None) -> None:
    assert retry_after_seconds(value, NOW) == seconds


def test_a_retry_after_date_counts_from_the_present_moment() -> None:
    assert retry_after_seconds("Wed, 01 Jan 2020 00:00:00 GMT") == 0.0
    assert (retry_after_seconds("Fri, 01 Jan 2100 00:00:00 GMT") or 0.0) > 60.0


# Which error an answer is.


@pytest.mark.parametrize(
    ("status", "code", "error_class"),
    [
        (399, None, errors.APIStatusError),
        (400, None, errors.BadRequestError),
        (499, None, errors.APIStatusError),
        (500, None, errors.InternalServerError),
        (599, None, errors.InternalServerError),
        (600, None, errors.APIStatusError),
        (500, 404, errors.NotFoundError),
        (404, 200, errors.NotFoundError),
        (404, 7, errors.NotFoundError),
        (404, 499, errors.NotFoundError),
        (404, 500, errors.InternalServerError),
        (404, "1003", errors.NotFoundError),
        (403, 1000, errors.PermissionDeniedError),
        (403, 1002, errors.PermissionDeniedError),
        (403, 1005, errors.PermissionDeniedError),
    ],
)
def test_the_code_is_asked_before_the_status(
    status: int, code: int | str | None, error_class: type[errors.APIError]
) -> None:
    assert class_for(status, code, "why") is error_class


@pytest.mark.parametrize(
    ("code", "read"),
    [
        (None, None),
        (True, None),
        (False, None),
        (7, 7),
        (" -7 ", -7),
        ("E" * 40, "E" * 40),
        ("E" * 50, "E" * 39 + "…"),
        (1.5, "1.5"),
    ],
)
def test_a_code_is_a_number_where_it_is_one_and_a_short_word_elsewhere(
    code: object, read: int | str | None
) -> None:
    assert envelope_code({"code": code}) == read


@pytest.mark.parametrize(
    ("envelope", "message"),
    [
        ({}, None),
        ({"msg": " ", "message": "two"}, "two"),
        ({"msg": 7, "message": "two"}, "two"),
        ({"msg": [], "message": "two"}, "two"),
        ({"msg": "word " * 200}, ("word " * 200).strip()),
        ({"msg": "word " * 300}, ("word " * 200)[:999] + "…"),
        ({"errors": [f"e{number}" for number in range(12)]}, "; ".join(f"e{n}" for n in range(10))),
        ({"detail": {"why": "é"}}, '{"why": "é"}'),
    ],
)
def test_a_message_is_the_first_that_says_something_and_is_bounded(
    envelope: dict[str, Any], message: str | None
) -> None:
    assert message_of(envelope) == message


def read(status: int, body: bytes, **headers: str) -> Any:
    return read_response("get_x", HttpResponse(status, headers, body))


@pytest.mark.parametrize(
    ("status", "error_class"),
    [
        (199, errors.APIStatusError),
        (300, errors.UnexpectedResponseError),
        (301, errors.UnexpectedResponseError),
        (399, errors.UnexpectedResponseError),
        (400, errors.BadRequestError),
    ],
)
def test_only_a_status_from_200_to_299_is_a_success(
    status: int, error_class: type[errors.APIError]
) -> None:
    assert read(200, b'{"code": 0}') == read(299, b'{"code": 0}') == {"code": 0}
    with pytest.raises(errors.APIError) as caught:
        read(status, b'{"code": 0}')
    assert type(caught.value) is error_class
    said = "redirects" if 300 <= status < 400 else "without saying why"
    assert said in caught.value.message


@pytest.mark.parametrize(
    ("body", "success"),
    [
        (b'{"code": 0, "success": false}', False),
        (b'{"code": 1}', False),
        (b'{"code": -1}', False),
        (b'{"code": 199}', False),
        (b'{"code": 201}', False),
        (b'{"code": "x"}', False),
        (b'{"success": true}', True),
        (b'{"code": 200, "success": null}', True),
    ],
)
def test_an_envelope_is_a_success_by_its_code_unless_it_says_otherwise(
    body: bytes, success: bool
) -> None:
    if success:
        assert read(200, body)
    else:
        with pytest.raises(errors.APIStatusError):
            read(200, body)


@pytest.mark.parametrize(("status", "code"), [(429, 429), (503, 0), (200, 1001)])
def test_what_may_be_tried_later_carries_retry_after(status: int, code: int) -> None:
    with pytest.raises(errors.APIStatusError) as caught:
        read(status, b'{"code": %d, "trace_id": 7}' % code, **{"retry-after": "9"})
    assert isinstance(caught.value, errors.RateLimitError | errors.ServiceBusyError)
    assert caught.value.retry_after == 9.0
    assert caught.value.trace_id is None, "a trace id is a text"


def test_an_answer_that_is_none_is_described_by_what_it_is() -> None:
    with pytest.raises(errors.UnexpectedResponseError, match=r"redirects to x{199}…;"):
        read(302, b"", location="x" * 300)
    with pytest.raises(errors.UnexpectedResponseError, match="the response is empty"):
        read(299, b"")
    with pytest.raises(errors.UnexpectedResponseError, match="an HTML page"):
        read(200, b"login", **{"content-type": "text/html; charset=utf-8"})


# Whether a lost start began, and which task is its own.


@pytest.mark.parametrize(
    ("failure", "possible"),
    [
        (error(errors.APIConnectionError, sent=True), True),
        (error(errors.APIConnectionError, sent=False), False),
        (error(errors.UnexpectedResponseError), True),
        (error(errors.UnexpectedResponseError, 299), True),
        (error(errors.UnexpectedResponseError, 300), False),
        (error(errors.UnexpectedResponseError, 399), False),
        (error(errors.UnexpectedResponseError, 400), True),
        (error(errors.RateLimitError, 429), False),
        (error(errors.ServiceBusyError, 503), True),
        (error(errors.ServiceBusyError, 503, retry_after=1.0), False),
        (error(errors.ServiceBusyError, 503, code=1001), False),
        (error(errors.ServiceBusyError, 503, code=1002), True),
        (error(errors.ServiceBusyError, 503, code=1000), True),
        (error(errors.ServiceBusyError, 200), False),
        (error(errors.InternalServerError, 200), True),
        (error(errors.APIStatusError), False),
        (error(errors.APIStatusError, 407), False),
        (error(errors.APIStatusError, 408), True),
        (error(errors.APIStatusError, 409), False),
        (error(errors.APIStatusError, 499), False),
        (error(errors.APIStatusError, 500), True),
        (error(errors.APIStatusError, 600), True),
    ],
)
def test_a_failure_says_whether_the_start_may_have_begun(
    failure: errors.APIError, possible: bool
) -> None:
    assert may_have_started(failure) is possible


def test_looks_for_a_lost_start_double_up_to_eight_seconds() -> None:
    assert [search_pause(looks) for looks in (0, 1, 2, 3, 4, 5, 5000)] == [0.5, 1, 2, 4, 8, 8, 8]


def test_a_lost_start_and_a_missing_task_are_looked_for_as_long_as_promised() -> None:
    assert (SEARCH_SECONDS, GRACE_SECONDS) == (30.0, 30.0), "what the docstrings promise"


def submission(*, unique_name: bool = False, **inputs: str) -> Submission:
    return Submission(family="face_swap", name="mine", unique_name=unique_name, inputs=inputs)


@pytest.mark.parametrize(
    ("exact", "unique_name", "tolerance"),
    [
        (True, False, timedelta(seconds=5)),
        (True, True, timedelta(seconds=5)),
        (False, False, timedelta(minutes=5)),
        (False, True, None),
    ],
)
def test_a_record_is_too_old_once_it_dates_from_before_the_start_and_the_tolerance(
    exact: bool, unique_name: bool, tolerance: timedelta | None
) -> None:
    begun = submission(unique_name=unique_name, face_url="f").began(NOW, exact=exact)
    dates = [NOW - (tolerance or timedelta(days=9)) - timedelta(seconds=s) for s in (0, 1)]
    raw = {"name": "mine", "face_url": "f"}
    tasks = [Task(id="1", name="mine", created_at=date, raw=raw) for date in dates]
    too_old = [False, tolerance is not None]
    # Behind the newest records, a search ends with the first that is too old for any name.
    assert [begun.ends_search(task, 100, 100) for task in tasks] == [
        old or begun.not_before is None for old in too_old
    ]
    # Among them, a name of our own needs no date, so that no clock can end its search too early.
    ends_early = [old and not unique_name for old in too_old]
    assert [begun.ends_search(task, 99, 100) for task in tasks] == ends_early
    assert [begun.matches(task) for task in tasks] == [not early for early in ends_early]


@pytest.mark.parametrize("unique_name", [True, False])
def test_without_a_date_the_newest_records_are_compared_and_no_more(unique_name: bool) -> None:
    own = submission(unique_name=unique_name)
    undated = Task(id="1", name="mine")
    dated = Task(id="1", name="mine", created_at=NOW - timedelta(days=9))
    for begun, task in ((own.began(NOW, exact=True), undated), (own, dated), (own, undated)):
        assert [begun.ends_search(task, at, 100) for at in (0, 99, 100)] == [False, False, True]


def record(**raw: Any) -> Task:
    return Task(id="1", raw=raw)


def test_a_record_is_ours_by_its_name_and_its_inputs_or_by_a_name_that_we_made() -> None:
    address = "https://example.com/a.png"
    plain = submission(face_url=address)
    ours = submission(face_url=address, unique_name=True)
    same = record(name="mine", face_url=address)
    assert (plain.matches(same), ours.matches(same)) == (True, True)
    # A record that shows none of the inputs proves nothing, unless its name does.
    bare = record(name="mine")
    assert (plain.matches(bare), ours.matches(bare)) == (False, True)
    differs = record(name="mine", face_url="https://example.com/b.png")
    assert (plain.matches(differs), ours.matches(differs)) == (False, True)
    other = record(name="other", face_url=address)
    assert (plain.matches(other), ours.matches(other)) == (False, False)
    nameless = record(face_url=address)
    assert (plain.matches(nameless), ours.matches(nameless)) == (False, False)
    assert plain.fingerprint == ours.fingerprint != submission().fingerprint


def test_every_input_that_a_record_shows_has_to_be_the_same() -> None:
    two = submission(face_url="f", prompt="p")
    assert two.matches(record(name="mine", face_url="f")) is True, "it does not show the prompt"
    assert two.matches(record(name="mine", face_url="f", prompt="p")) is True
    assert two.matches(record(name="mine", face_url="f", prompt="q")) is False
    assert two.matches(record(name="mine", face_url="f", prompt=None)) is False


def test_the_name_is_compared_under_the_key_that_its_family_has_for_it() -> None:
    titled = Submission(
        family="avatar_videos", label="title", name="mine", unique_name=True, inputs={}
    )
    assert titled.matches(record(title="mine")) is True
    assert titled.matches(record(title="other", name="mine")) is False


def test_a_family_without_names_is_told_apart_by_its_inputs_alone() -> None:
    unnamed = Submission(
        family="head_swap", label=None, name=None, unique_name=False, inputs={"image_url": "i"}
    )
    assert unnamed.matches(record(image_url="i", name="whatever")) is True
    assert unnamed.matches(record(image_url="j")) is False
    assert unnamed.matches(record()) is False


# When running tasks are looked at.


@pytest.mark.parametrize(
    ("elapsed", "chance", "seconds"),
    [
        (-5.0, 0.5, 1.0),
        (0.0, 0.0, 0.9),
        (0.0, 1.0, 1.1),
        (5.0, 0.5, 1.0),
        (50.0, 0.5, 10.0),
        (100.0, 0.5, 20.0),
        (1000.0, 0.5, 20.0),
    ],
)
@pytest.mark.parametrize("known", [[], [5000.0] * 4])
def test_without_enough_durations_looks_are_a_fifth_of_the_time_from_1_to_20_seconds(
    elapsed: float, chance: float, seconds: float, known: list[float]
) -> None:
    assert interval(elapsed, known, chance) == pytest.approx(seconds)


def test_beyond_all_durations_looks_are_a_smaller_share_of_the_time() -> None:
    assert interval(100.0, [10.0] * 5, 0.5) == pytest.approx(8.0)
    assert interval(10.0, [10.0] * 5, 0.5) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("elapsed", "durations", "chance", "seconds"),
    [
        # Before the first record: five sevenths of it, and 0.3 of a look.
        (0.0, [70.0] * 5, 0.5, 50.0 + 0.3 * 4.0),
        (-5.0, [70.0] * 5, 0.5, 50.0 + 0.3 * 4.0),
        (60.0, [70.0] * 5, 0.5, 10.0**0.5),
        (0.0, [2.0] * 5, 0.5, 10.0 / 7.0 + 0.3 * 0.5),
        # Among the records: the square root of the chance per second, spread by a tenth.
        (35.5, [float(n) for n in range(30, 50)], 0.5, 4.2**0.5),
        (35.5, [float(n) for n in range(30, 50)], 0.0, 0.9 * 4.2**0.5),
        (35.5, [float(n) for n in range(30, 50)], 1.0, 1.1 * 4.2**0.5),
        # Records that are all alike: dense looks, but never more often than each half second.
        (69.95, [70.0] * 5, 0.5, 0.5),
        (69.95, [70.0] * 100, 0.5, 0.4**0.5),
        # A gap between records is crossed in steps of a tenth.
        (50.0, [50.0, 70.0, 70.0, 70.0, 70.0], 0.5, 5.0 + 0.3 * 12.0**0.5),
        (50.0, [10.0, 11.0, 12.0, 13.0, 100.0], 0.5, 5.0 + 0.3 * 4.4),
        (100.0, [10.0, 11.0, 12.0, 13.0, 101.0], 0.5, 1.0 + 0.3 * 0.4**0.5),
    ],
)
def test_known_durations_say_when_the_next_look_is_worth_its_price(
    elapsed: float, durations: list[float], chance: float, seconds: float
) -> None:
    assert interval(elapsed, durations, chance) == pytest.approx(seconds)


def watchlist(*ids: str, family: str = "face_swap") -> PendingTasks:
    made = PendingTasks(0.0)
    for task_id in ids:
        made.add(task_id, family, None)
    return made


def test_what_is_due_is_read_in_full_batches_that_take_along_what_is_due_next() -> None:
    watched = watchlist("a", "b", "c", "d", "e")
    watched.postpone(["a"], 3.0)
    watched.postpone(["b"], 1.0)
    watched.postpone(["c", "d", "e"], 2.0)
    assert watched.next_due == 1.0
    assert watched.batches(0.5, 2) == []
    assert watched.batches(1.0, 2) == [("face_swap", ["b", "c"])]
    assert watched.batches(2.0, 2) == [("face_swap", ["b", "c"]), ("face_swap", ["d", "e"])]
    assert watched.batches(2.0, 3) == [("face_swap", ["b", "c", "d"]), ("face_swap", ["e", "a"])]
    watched.add("z", "other", None)
    assert watched.batches(1.0, 2) == [("face_swap", ["b", "c"]), ("other", ["z"])]
    assert len(watched) == 6


def test_a_task_is_missing_for_good_after_the_grace_counted_from_the_first_miss() -> None:
    watched = watchlist("a")
    assert watched.record_missing("a", 10.0, 11.0) is False
    assert watched.next_due == 11.0
    assert watched.record_missing("a", 9.5 + GRACE_SECONDS, 12.0) is False
    assert watched.record_missing("a", 10.0 + GRACE_SECONDS, 13.0) is True
    watched.record(Task(id="a"), 14.0)
    assert watched.record_missing("a", 90.0, 91.0) is False, "it was seen in between"


def test_a_task_that_is_seen_tells_whether_it_changed_and_leaves_when_it_ends() -> None:
    watched = watchlist("a", "b")
    running = Task(id="a", status=TaskStatus.RUNNING)
    assert watched.record(running, 5.0) is True
    assert watched.record(running, 6.0) is False
    assert [(member.task_id, member.due) for member in watched.running] == [("a", 6.0), ("b", 0.0)]
    assert watched.record(Task(id="a", status=TaskStatus.SUCCEEDED), 7.0) is True
    watched.drop("b")
    assert len(watched) == 0


def test_the_texts_of_a_wait_name_the_tasks_and_their_states() -> None:
    failed = Task(id="a", failed_message="no face", error_code="7")
    assert failure_text(failed) == " task a failed: no face (code 7)"
    assert failure_text(Task(id="a")) == " task a failed: the server did not say why"
    members = [PendingTask(str(number), "f", None, 0.0) for number in range(6)]
    seen = PendingTask("a", "f", Task(id="a", raw_status="processing"), 0.0)
    assert timeout_text([seen], 2.5).startswith("task a is still processing after 2.5 s;")
    assert timeout_text(members[:1], 2.5).startswith("task 0 could not be read after 2.5 s;")
    assert "5 tasks have not ended after 9 s: 0, 1, 2, 3, 4; what" in timeout_text(members[:5], 9)
    assert "6 tasks have not ended after 9 s: 0, 1, 2, 3, 4 and 1 more;" in timeout_text(members, 9)
    missing = [PendingTask(str(number), "f", None, 0.0, missing_since=1.0) for number in range(2)]
    assert timeout_text(missing[:1], 9) == "the server does not know task 0 (after 9 s)"
    both = timeout_text([seen, *missing], 9)
    assert both.endswith("; the server does not know 2 tasks: 0, 1")
    assert both.startswith("task a is still processing after 9 s;")


# Where calls go.


@pytest.mark.parametrize("region", list(Region))
def test_only_the_sandbox_is_served_within_the_process(region: Region) -> None:
    by_name = resolve_address(region, None, {})
    by_url = resolve_address(None, BASE_URLS[region], {})
    assert by_name == by_url == (region, BASE_URLS[region], region is Region.SANDBOX)


# Which arguments are taken.


def test_numbers_texts_and_addresses_are_taken_up_to_their_bounds() -> None:
    assert [require_page_size(size) for size in (1, 100)] == [1, 100]
    for size in (0, 101):
        with pytest.raises(ValueError, match=f"from 1 to 100; it is {size}"):
            require_page_size(size)
    assert require_whole_number(10**9, "n", minimum=3) == 10**9
    with pytest.raises(ValueError, match="at least 3; it is 2"):
        require_whole_number(2, "n", minimum=3)
    assert [require_seconds(seconds, "s") for seconds in (1e-9, 0.5, 1e9)] == [1e-9, 0.5, 1e9]
    for seconds in (0, 0.0, -1, float("inf"), float("nan")):
        with pytest.raises(ValueError, match="above 0"):
            require_seconds(seconds, "s")
    assert [require_text(text, "t", maximum=3) for text in ("a", "abc")] == ["a", "abc"]
    for text in ("", "abcd"):
        with pytest.raises(ValueError, match=f"1 to 3 characters; it has {len(text)}"):
            require_text(text, "t", maximum=3)
    address = "https://example.com/"
    longest = address + "x" * (2048 - len(address))
    assert require_webhook_url(longest) == longest
    with pytest.raises(ValueError, match="1 to 2048 characters"):
        require_webhook_url(longest + "x")


@pytest.mark.parametrize("value", [True, False, "1", None])
def test_a_truth_value_and_a_text_are_no_numbers(value: Any) -> None:
    with pytest.raises(TypeError):
        require_page_size(value)
    with pytest.raises(TypeError):
        require_seconds(value, "s")


@pytest.mark.parametrize(
    ("host", "reachable"),
    [
        ("example.com", True),
        ("8.8.8.8", True),
        ("10.0.0.1", False),
        ("127.0.0.1", False),
        ("localhost", False),
        ("intranet", False),
        ("printer.local", False),
        ("[::1]", False),
    ],
)
def test_a_host_that_the_servers_can_not_reach_is_refused_unless_that_is_allowed(
    host: str, reachable: bool
) -> None:
    address = f"http://{host}/a.png"
    assert require_url(address, "face", allow_private=True) == address
    if reachable:
        assert require_url(address, "face") == address
    else:
        with pytest.raises(ValueError, match="can't reach"):
            require_url(address, "face")
