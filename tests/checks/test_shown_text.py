"""A server's text is shown redacted, bounded and on one line, in bounded time (promise 3)."""

from __future__ import annotations

import io
import json
import logging
import pickle
import re
import time
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from a2e_sdk import Hooks, Task, TaskStatus, errors
from a2e_sdk._checks.key_search import SHORTEST_PART, KeySearch
from a2e_sdk._checks.redaction import excerpt, redact, safe_text
from a2e_sdk._config.credentials import SANDBOX_KEY, ApiKey
from a2e_sdk._http.messages import HttpResponse
from a2e_sdk._http.response import message_of, read_response
from a2e_sdk._tasks.polling import PendingTask, failure_text, timeout_text
from driver import Driver
from scripted_api import ScriptedApi

# It has none of the looks by which a key is known without knowing it.
KEY = "Zx8Qm4Wd7Lp2Rv9Tk3Hs6Bn1"
LIST = "list_face_swap_tasks"
#: Seconds of the processor: so many that only something quadratic takes them, on a busy machine too.
A_HANG = 5.0


def without_marks(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def shows_key(text: str, key: str = KEY) -> bool:
    """Tell whether a text shows as much of a key as nobody should see, whatever stands between."""
    letters, shown = without_marks(key), without_marks(text)
    return any(
        letters[start : start + SHORTEST_PART] in shown
        for start in range(len(letters) - SHORTEST_PART + 1)
    )


# A text that breaks lines, steers a terminal, reorders what is read, and can't be encoded.
HOSTILE = (
    f"one\r\ntwo {KEY} \x1b[2J\x1b]0;x\x07 \u202egnp\u2028 \x00 \ud800 Bearer abc.def "
    "https://user:pass@host.example/f?X-Amz-Signature=feed " + "long " * 100_000
)


def assert_safe(text: str | None, length: int = 3000) -> None:
    assert text is not None
    assert text.isprintable()
    assert len(text) <= length
    text.encode()
    assert not shows_key(text)
    assert not re.search(r"abc\.def|pass@|feed", text)


@pytest.mark.parametrize("status", [200, 400, 429, 500])
def test_nothing_of_a_hostile_refusal_reaches_errors_events_or_the_log(
    driver: Driver, status: int
) -> None:
    body = {"code": HOSTILE, "msg": HOSTILE, "trace_id": HOSTILE, "data": HOSTILE}
    headers = {"retry-after": HOSTILE, "content-type": HOSTILE, "location": HOSTILE}
    api = ScriptedApi(**{LIST: HttpResponse(status, headers, json.dumps(body).encode())})
    events: list[Any] = []
    hooks = Hooks(on_response=events.append, on_retry=events.append)
    error, logged = failing_call(driver, api, hooks)
    for text in (str(error), repr(error), error.message, error.body_excerpt, error.trace_id):
        assert_safe(text)
    assert_safe(str(error.code), 40)
    assert len(error.trace_id or "") <= 100
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error)
    for value in vars(again).values():
        assert_safe(str(value))
    assert events
    for event in events:
        assert_safe(repr(event))
    assert "trace id" in logged
    for line in logged.splitlines():
        assert_safe(line)


def failing_call(driver: Driver, api: ScriptedApi, hooks: Hooks) -> tuple[errors.APIError, str]:
    stream = io.StringIO()
    logger = logging.getLogger("a2e_sdk")
    handler, level = logging.StreamHandler(stream), logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        client = driver.client(
            api_key=KEY,
            base_url="https://api.example.com",
            http_client=api,
            hooks=hooks,
            max_retries=0,
        )
        with pytest.raises(errors.APIError) as caught:
            driver.run(client.face_swap.tasks.page(1))
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    return caught.value, stream.getvalue()


def test_the_trace_id_of_a_success_is_safe_too(driver: Driver) -> None:
    body = {"code": 0, "data": None, "trace_id": HOSTILE}
    events: list[Any] = []
    api = ScriptedApi(**{LIST: HttpResponse(200, {}, json.dumps(body).encode())})
    client = driver.client(
        api_key=KEY,
        base_url="https://api.example.com",
        http_client=api,
        hooks=Hooks(on_response=events.append),
    )
    driver.run(client.face_swap.tasks.page(1))
    assert_safe(events[0].trace_id, 100)
    assert_safe(repr(events[0]))


def test_a_redirect_shows_neither_a_query_nor_a_line_of_its_own(driver: Driver) -> None:
    location = f"/login?next=secretplace\r\nx: {KEY}\x1b[2J" + "z" * 10_000
    with pytest.raises(errors.UnexpectedResponseError, match="redirects to") as caught:
        read_response("get_x", HttpResponse(302, {"location": location}, b""), ApiKey(KEY).redact)
    assert_safe(str(caught.value), 400)
    assert "secretplace" not in str(caught.value)


def test_the_text_of_a_failed_task_is_safe_and_its_value_stays_what_the_server_sent(
    driver: Driver,
) -> None:
    record = {"_id": "a" * 24, "current_status": "failed", "faild_message": HOSTILE}
    api = ScriptedApi(
        list_face_swap_tasks={"rows": [record], "count": 1}, get_face_swap_task_status=[record]
    )
    client = driver.client(api_key=KEY, base_url="https://api.example.com", http_client=api)
    with pytest.raises(errors.TaskFailedError) as caught:
        driver.run(client.face_swap.tasks.wait("a" * 24, timeout=5))
    assert_safe(str(caught.value), 1200)
    assert_safe(repr(caught.value), 1300)
    task = caught.value.task
    assert task is not None
    assert task.failed_message == task.raw["faild_message"] == HOSTILE


def test_the_texts_about_tasks_take_no_hostile_word() -> None:
    task = Task(id=HOSTILE, raw_status=HOSTILE, failed_message=HOSTILE, error_code=HOSTILE)
    hide = ApiKey(KEY).redact
    assert_safe(failure_text(task, hide))
    watched = PendingTask("a" * 24, "face_swap", task, 0.0)
    assert_safe(timeout_text([watched], 5.0, hide), 400)
    assert failure_text(Task(id="a", failed_message="\x1b\n", status=TaskStatus.FAILED)).endswith(
        "the server did not say why"
    )


# The key itself, in all the ways in which a server may write it down.

separators = st.text(alphabet=" \t\r\n\u00a0\u2003\u200b\x00.,-_/\"'|", max_size=3)


@given(
    st.text(max_size=30),
    st.lists(separators, min_size=len(KEY), max_size=len(KEY)),
    st.text(max_size=30),
)
def test_the_key_is_found_with_anything_between_its_letters(
    before: str, between: list[str], after: str
) -> None:
    broken = "".join(letter + mark for letter, mark in zip(KEY, between, strict=True))
    assert not shows_key(ApiKey(KEY).redact(f"{before} {broken} {after}"))


def html_escaped(key: str) -> str:
    return "".join(f"&#{ord(letter)};" for letter in key)


@pytest.mark.parametrize("key", [KEY, "sk_test-4f1e/9d0c+7b2a==", "eyJhbGciOi.eyJzdWIiOi.c2lnbmF0"])
@pytest.mark.parametrize(
    "write",
    [
        lambda key: quote(key, safe=""),
        lambda key: "".join(f"%{ord(letter):02x}" for letter in key),
        lambda key: quote(quote("".join(f"%{ord(letter):02X}" for letter in key))),
        lambda key: "".join(f"\\u{ord(letter):04x}" for letter in key),
        lambda key: "".join(f"\\\\u{ord(letter):04X}" for letter in key),
        lambda key: "".join(f"\\x{ord(letter):02x}" for letter in key),
        lambda key: key.replace("/", "\\/"),
        lambda key: key[:9] + "\\n" + key[9:],
        html_escaped,
        lambda key: "".join(f"&#x{ord(letter):x};" for letter in key),
        lambda key: "<b>" + "</b><b>".join(key) + "</b>",
        lambda key: "<i title='7'>" + "</i>\n<i title='7'>".join(key) + "</i>",
        lambda key: f"<{key}>",
        lambda key: "".join(f"\\{ord(letter):03o}" for letter in key),
        lambda key: "".join(f"\\\\{ord(letter):03o}" for letter in key),
        lambda key: "".join(f"={ord(letter):02X}" for letter in key),
        lambda key: "".join(f"<b>={ord(letter):02X}</b>" for letter in key),
        lambda key: "".join(f"&amp;#{ord(letter)};" for letter in key),
        lambda key: "".join(f"&#38;#x{ord(letter):x};" for letter in key),
        lambda key: "".join(f"&amp;amp;#{ord(letter)};" for letter in key),
        lambda key: "\\".join(key),
        lambda key: "=".join(key),
        lambda key: key.upper(),
        lambda key: key.encode("utf-16-le").decode("latin-1"),
        lambda key: key[: len(key) // 2],
        lambda key: key[len(key) // 2 :],
        lambda key: "x" + key + "x",
        lambda key: key[3 : 3 + SHORTEST_PART + 4],
    ],
)
def test_the_key_is_found_escaped_and_in_part(key: str, write: Any) -> None:
    written = write(key)
    hidden = ApiKey(key).redact(f"it says ({written}) there")
    assert "***" in hidden
    assert written not in hidden
    assert not shows_key(hidden, key)
    assert hidden.startswith("it says (")


@given(st.integers(0, 600), st.sampled_from(["", "\n", "  "]), st.booleans())
def test_no_part_of_the_key_stays_at_the_edge_of_what_is_shown(
    place: int, between: str, many: bool
) -> None:
    key = between.join(KEY)
    body = "w " * (place // 2) + "w" * (place % 2) + (f"{key} " * 500 if many else key)
    assert not shows_key(excerpt(body.encode(), hide=ApiKey(KEY).redact) or "")
    assert not shows_key(safe_text(body, 100, ApiKey(KEY).redact))


@pytest.mark.parametrize(
    "unit", ["<", "<a", "\\", "\\1", "\\16", "=7", "=73", "&amp;", "&#38;", "&amp;#1", "%25", "<b>a</b>=41", "x"]
)  # fmt: skip
def test_the_time_of_the_search_is_linear(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        search = KeySearch(KEY)
        began = time.process_time()
        search.hide(text)
        return time.process_time() - began

    # Where it is quadratic, ten times the text takes a hundred times as long.
    assert min(seconds(100_000) for _ in range(3)) < 40 * max(
        min(seconds(10_000) for _ in range(3)), 0.0005
    )


@given(st.text())
@example("the sandbox answers, sandbox-like, in a sandbox")
def test_the_sandboxs_key_is_a_word_and_stays(text: str) -> None:
    assert ApiKey(SANDBOX_KEY).redact(text) == redact(text)


@pytest.mark.parametrize(
    ("key", "text", "shown"),
    [
        ("test", "the latest test: t e s t", "the latest ***: ***"),
        ("hunter2", "hunter2 hunter22 (hunter2)", "*** hunter22 (***)"),
        ("sk_live_production_key_1", "a production of videos", "a *** of videos"),
        (KEY, "face swap of 6674f1765699df7e9d25311a", "face swap of 6674f1765699df7e9d25311a"),
        ("--------", "a -------- b", "a -------- b"),
    ],
)
def test_ordinary_words_stay_unless_the_key_is_made_of_them(
    key: str, text: str, shown: str
) -> None:
    assert ApiKey(key).redact(text) == shown


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ,.\n", max_size=500))
def test_a_text_without_the_key_stays_as_it_is(text: str) -> None:
    assert ApiKey("Q7" * 12).redact(text) == redact(text)


# What is shown is bounded, and so is the time it takes.


@given(st.text() | st.binary().map(lambda body: body.decode("utf-8", "surrogateescape")))
def test_a_safe_text_is_one_bounded_line_that_can_be_written(text: str) -> None:
    for length in (1, 10, 300):
        safe = safe_text(text, length)
        assert len(safe) <= length
        assert safe.isprintable()
        assert safe == safe.strip()
        safe.encode()


def test_how_a_login_is_written_is_no_login() -> None:
    advice = "http://USER:PASSWORD@HOST:PORT or postgresql://USER@HOST:PORT/DATABASE"
    assert redact(advice) == advice
    assert redact("http://USERS:PASSWORD@h") == redact("http://me:secret@h") == "http://***@h"


@pytest.mark.parametrize(
    ("secret", "hidden"),
    [
        (r"{\"api_key\":\"qwerty\"}", "qwerty"),
        ('{"password": "two words; and more"}', "more"),
        (r"https:\/\/cdn.example\/a.mp4?sig=feed", "feed"),
        ("wss://host.example/x?token=feed", "feed"),
        ("https://host.example/x#access_token=feed", "feed"),
        ("socks5://user:pass@host", "pass"),
        ("user_token=feed", "feed"),
        (r"why\nsk_abcdef0123", "abcdef0123"),
        ("Authorization: Basic dXNlcjpwdw==", "dXNlcjpwdw"),
        ("Bearer%20abcdefg", "abcdefg"),
        ("https://user:" + "p" * 3000 + "@host/", "ppp"),
    ],
)
def test_other_secrets_are_taken_out_of_many_spellings(secret: str, hidden: str) -> None:
    assert hidden not in safe_text(secret)


SEEDS = [
    "http://a", "http://a@", "//a", "//", "\\/", "\\", "eyJ-", "eyJa.", "sk_", "-sk_", "bearer ",
    "bearer+", "token ", "token:", 'token"', 'token: "', "api_key=", "%25", "%", "&#0", "&#x", "\\u",
    "https:", "a", " ", "\n", '"', "{", "insufficient ", "a" * 50 + ".", "<Code>", "?", "#", "@",
]  # fmt: skip


@pytest.mark.once
@pytest.mark.parametrize("seed", SEEDS)
def test_a_text_of_any_make_is_redacted_in_linear_time(seed: str) -> None:
    text = seed * (300_000 // len(seed))
    began = time.thread_time()
    redact(text)
    safe_text(text, hide=ApiKey(KEY).redact)
    body = json.dumps({"code": 1, "msg": text, "trace_id": text}).encode()
    for status in (200, 302, 500):
        reply = HttpResponse(status, {"location": text, "content-type": text}, body)
        with pytest.raises(errors.APIError):
            read_response("get_x", reply, ApiKey(KEY).redact)
    assert time.thread_time() - began < A_HANG


@pytest.mark.once
@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(SEEDS), min_size=1, max_size=6))
def test_a_text_of_mixed_make_is_redacted_in_linear_time(parts: list[str]) -> None:
    text = "".join(parts)
    text *= 50_000 // len(text) + 1
    began = time.thread_time()
    redact(text)
    assert time.thread_time() - began < A_HANG


def test_a_body_of_megabytes_costs_no_more_than_its_beginning() -> None:
    body = (f'{{"msg": "{KEY} ' + "http://a" * 4_000_000 + '"}').encode()
    began = time.thread_time()
    for _ in range(20):
        text = excerpt(body, hide=ApiKey(KEY).redact)
        assert text is not None
        assert not shows_key(text)
    assert time.thread_time() - began < A_HANG


def nested(depth: int, kind: str) -> bytes:
    opening, closing = {"array": ("[", "]"), "msg": ('{"msg":', "}"), "x": ('{"x":', "}")}[kind]
    return (opening * depth + '"why"' + closing * depth).encode()


@pytest.mark.parametrize("depth", [1, 5, 60, 300, 600, 900, 20_000])
@pytest.mark.parametrize("kind", ["array", "msg", "x"])
@pytest.mark.parametrize("key", ["msg", "errors", "trace_id", "code", "data"])
def test_an_answer_nested_however_deep_gives_an_error_of_ours(
    depth: int, kind: str, key: str
) -> None:
    body = f'{{"code": 5, "{key}": '.encode() + nested(depth, kind) + b"}"
    for status in (200, 400):
        with pytest.raises(errors.APIError) as caught:
            read_response("get_x", HttpResponse(status, {}, body))
        assert_safe(str(caught.value), 1500)


def test_a_message_is_found_some_levels_down_and_a_wide_one_is_bounded() -> None:
    assert message_of(json.loads(nested(6, "msg"))) == "why"
    wide: Any = "w" * 10_000
    for _ in range(5):
        wide = [wide] * 10
    began = time.thread_time()
    assert len(message_of({"errors": wide}) or "") == 1000
    assert time.thread_time() - began < A_HANG


@pytest.mark.parametrize("depth", [100, 600, 900])
def test_a_record_whose_fields_are_nested_deep_is_listed_all_the_same(
    driver: Driver, depth: int
) -> None:
    deep = nested(depth, "array").decode()
    fields = ("name", "faild_message", "error_code", "current_status", "result_url", "createdAt")
    members = ",".join(f'"{field}": {deep}' for field in fields)
    rows = f'{{"_id": "{"a" * 24}", {members}}}, {{{members}}}, {{{members}}}, {{"name": "b"}}'
    body = f'{{"code": 0, "data": {{"rows": [{rows}], "count": 4}}}}'.encode()
    for family, operation in (
        ("face_swap.tasks", LIST),
        ("image_to_video", "list_image_to_video_tasks"),
    ):
        api = ScriptedApi(**{operation: HttpResponse(200, {}, body)})
        listing: Any = api.client(driver, max_retries=0)
        for name in family.split("."):
            listing = getattr(listing, name)
        try:
            tasks = driver.items(listing.list())
        except errors.UnexpectedResponseError:
            continue  # Deeper than JSON is read here.
        assert [task.id for task in tasks] == ["a" * 24, "", ""], "equal rows without an id are one"
        assert repr(tasks[0])
        assert tasks[0].raw["name"] is not None
