"""The one road from an HTTP answer to a payload or a typed error."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from a2e_sdk import errors
from a2e_sdk._http.error_codes import error_code
from a2e_sdk._http.messages import HttpResponse
from a2e_sdk._http.response import read_response


def answer(status: int, body: Any, **headers: str) -> HttpResponse:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return HttpResponse(status, {"content-type": "application/json", **headers}, content)


def refusal(status: int, body: Any, **headers: str) -> errors.APIError:
    with pytest.raises(errors.APIError) as caught:
        read_response("get_x", answer(status, body, **headers))
    return caught.value


@pytest.mark.parametrize(
    "payload",
    [
        {"code": 0, "data": {"rows": []}, "trace_id": "t"},
        {"code": "0", "data": None},
        {"code": 200, "data": 1},
        {"code": None, "data": 1},
        {"data": 1},
        {"code": 0, "success": True},
        {},
    ],
)
def test_success(payload: Any) -> None:
    assert read_response("get_x", answer(200, payload)) == payload


def test_a_bare_array_is_the_data() -> None:
    assert read_response("get_x", answer(200, [1, 2])) == {"code": 0, "data": [1, 2]}


@pytest.mark.parametrize(
    ("number", "error_class"),
    [
        (400, errors.BadRequestError),
        (401, errors.AuthenticationError),
        (402, errors.InsufficientCreditsError),
        (403, errors.PermissionDeniedError),
        (404, errors.NotFoundError),
        (409, errors.APIStatusError),
        (418, errors.APIStatusError),
        (422, errors.BadRequestError),
        (429, errors.RateLimitError),
        (500, errors.InternalServerError),
        (502, errors.InternalServerError),
        (503, errors.ServiceBusyError),
        (504, errors.InternalServerError),
        (520, errors.InternalServerError),
    ],
)
def test_a_number_gives_the_same_class_as_status_and_as_code(
    number: int, error_class: type[errors.APIError]
) -> None:
    as_status = refusal(number, {"msg": "why"})
    as_code = refusal(200, {"code": number, "msg": "why"})
    as_text_code = refusal(200, {"code": str(number), "msg": "why"})
    assert type(as_status) is type(as_code) is type(as_text_code) is error_class
    assert (as_status.http_status, as_status.code) == (number, None)
    assert (as_code.http_status, as_code.code) == (200, number)


@pytest.mark.parametrize("status", [200, 400, 403, 500])
@pytest.mark.parametrize(
    ("code", "error_class"),
    [
        (1001, errors.ServiceBusyError),
        (1003, errors.ContentRejectedError),
        (1004, errors.ContentRejectedError),
        (30005, errors.BadRequestError),
    ],
)
def test_the_servers_own_codes_win_over_the_status(
    status: int, code: int, error_class: type[errors.APIError]
) -> None:
    assert type(refusal(status, {"code": code, "msg": "why"})) is error_class


@pytest.mark.parametrize(
    ("status", "payload", "error_class"),
    [
        (400, {"msg": "insufficient coins"}, errors.InsufficientCreditsError),
        (200, {"code": -1, "msg": "Not enough coins, please recharge"}, errors.InsufficientCreditsError),
        (200, {"code": 1, "message": "NSFW content detected"}, errors.ContentRejectedError),
        (403, {"msg": "blocked by moderation"}, errors.ContentRejectedError),
        (403, {"msg": "voice clone limit exceeded"}, errors.PermissionDeniedError),
        (404, {"msg": "no moderation record"}, errors.NotFoundError),
        (200, {"code": -1, "msg": "wrong"}, errors.APIStatusError),
        (200, {"success": False}, errors.APIStatusError),
        (200, {"code": "E42", "msg": "x"}, errors.APIStatusError),
    ],
)  # fmt: skip
def test_a_text_tells_more_only_where_code_and_status_do_not(
    status: int, payload: Any, error_class: type[errors.APIError]
) -> None:
    assert type(refusal(status, payload)) is error_class


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        ({"msg": "one", "message": "two"}, "one"),
        ({"message": " two "}, "two"),
        ({"error": {"message": "three"}}, "three"),
        ({"errors": [{"msg": "four"}, "five"]}, "four; five"),
        ({"err_message": "six"}, "six"),
        ({"detail": {"field": "x"}}, '{"field": "x"}'),
        ({"msg": "", "reason": "seven"}, "seven"),
        ({}, "the server refused the call without saying why"),
    ],
)
def test_the_message_is_found_wherever_it_stands(payload: Any, message: str) -> None:
    assert refusal(400, payload).message == message


def test_an_error_carries_what_support_asks_for() -> None:
    error = refusal(
        429, {"code": 429, "msg": "slow down", "trace_id": "t-1"}, **{"retry-after": "7"}
    )
    assert isinstance(error, errors.RateLimitError)
    assert (error.http_status, error.code, error.trace_id) == (429, 429, "t-1")
    assert (error.operation, error.attempts, error.retry_after) == ("get_x", 1, 7.0)
    assert error.body_excerpt is not None
    assert str(error).startswith("get_x: slow down (HTTP 429, code 429, trace id t-1)")


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (answer(200, b"<html>login</html>", **{"content-type": "text/html"}), "HTML"),
        (answer(200, b"  <!doctype html>"), "HTML"),
        (answer(200, b""), "empty"),
        (answer(200, b'{"code":0,"data":{"ro'), "cut"),
        (answer(200, b"\xff\xfe\x00"), "cut"),
        (answer(200, 7), "not an object"),
        (answer(200, b"[" * 100_000), "cut"),
        (answer(302, b"", location="https://evil.example/?sig=1"), "redirect"),
        (answer(304, b""), "redirect"),
    ],
)
def test_what_is_no_answer_of_this_api_is_said(reply: HttpResponse, message: str) -> None:
    with pytest.raises(errors.UnexpectedResponseError, match=message) as caught:
        read_response("get_x", reply)
    assert caught.value.http_status == reply.status
    assert "sig=1" not in str(caught.value)


@pytest.mark.parametrize("status", [404, 502, 520, 401])
def test_an_html_page_under_an_error_status_keeps_the_class_of_the_status(status: int) -> None:
    error = refusal(status, b"<html><body>nginx</body></html>")
    assert type(error) is error_code(status, None).error
    assert "nginx" in (error.body_excerpt or "")


def test_a_byte_order_mark_and_another_charset_are_read() -> None:
    assert read_response("get_x", answer(200, b'\xef\xbb\xbf{"code":0}')) == {"code": 0}
    assert read_response("get_x", answer(200, b'{"code":0,"msg":"\xe9"}'))["code"] == 0


@pytest.mark.parametrize("value", [b"{}", b"[]", b"[{}]"])
def test_more_objects_and_arrays_than_any_response_has_are_not_made(value: bytes) -> None:
    marks = value.count(b"{") + value.count(b"[")
    most = (100_000 - 2) // marks  # Two are around them.
    for number in (most, most + 1):
        body = b'{"data":[' + b",".join([value] * number) + b"]}"
        if number == most:
            assert len(read_response("get_x", answer(200, body))["data"]) == number
        else:
            assert type(refusal(200, body)) is errors.UnexpectedResponseError


@given(st.integers(100, 999), st.binary(max_size=200))
@example(200, b"[" * 5000)
@example(200, b'{"code": 1e999}')
@example(200, b'{"code": NaN, "msg": {"msg": {"msg": []}}}')
def test_any_bytes_give_a_payload_or_an_error_of_ours(status: int, body: bytes) -> None:
    try:
        payload = read_response("get_x", HttpResponse(status, {}, body))
    except errors.APIError as error:
        assert str(error)
        assert error.http_status == status
    else:
        assert isinstance(payload, dict)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)  # fmt: skip


@given(
    st.integers(100, 999),
    st.dictionaries(
        st.sampled_from(["code", "data", "msg", "message", "error", "errors", "success", "trace_id"]),
        json_values,
    ),
)  # fmt: skip
def test_any_envelope_gives_a_payload_or_an_error_of_ours(
    status: int, envelope: dict[str, Any]
) -> None:
    try:
        read_response("get_x", answer(status, envelope))
    except errors.APIError as error:
        assert isinstance(error.message, str)
        assert error.message
        assert isinstance(str(error), str)
