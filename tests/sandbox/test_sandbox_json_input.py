"""JSON that `json.loads` takes and that nobody could read again."""

from __future__ import annotations

import json

import pytest

from a2e_sdk.sandbox import Fault, Sandbox, SandboxReply, SandboxRequest
from a2e_sdk.sandbox.control.dispatch import Control
from a2e_sdk.sandbox.protocol.json_input import MAX_DEPTH, read_json
from api_paths import path_of

HEADERS = {"authorization": "Bearer x", "content-type": "application/json"}


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_depth_is_counted_in_arrays_and_objects(opening: bytes) -> None:
    closing = b"]" if opening == b"[" else b"}"
    for depth, fits in ((MAX_DEPTH - 1, True), (MAX_DEPTH, False)):
        content = opening * depth + b"{}" + closing * depth
        if fits:
            read_json(content)
        else:
            with pytest.raises(ValueError, match="nested too deep, more than 64 levels"):
                read_json(content)


def test_many_brackets_side_by_side_are_not_deep() -> None:
    assert read_json(b"[%s]" % b",".join([nested(3)] * 100)) == [[[[]]]] * 100
    assert read_json(b'["%s"]' % (b"[" * 100)) == ["[" * 100]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (b"1e400", "1e400 is too large"),
        (b"-1e400", "-1e400 is too large"),
        (b"NaN", "NaN is not JSON"),
        (b"Infinity", "Infinity is not JSON"),
        (nested(300), "nested too deep"),
        (nested(600), "nested too deep"),
        (nested(100_000), "nested too deep"),
    ],
)
@pytest.mark.parametrize("name", ["name", "unknown"])
def test_a_start_with_such_a_value_is_refused(value: bytes, said: str, name: str) -> None:
    sandbox = Sandbox()
    body = b'{"prompt": "a calm sea", "%s": %s}' % (name.encode(), value)
    reply = sandbox.handle(SandboxRequest("POST", path_of("start_wan_25_task"), {}, HEADERS, body))
    envelope = json.loads(reply.body)
    assert envelope["code"] == 400
    assert said in envelope["msg"]
    assert len(sandbox.coins) == 0


def test_a_number_without_json_that_a_test_puts_in_is_shown_as_text() -> None:
    sandbox = Sandbox()
    envelope = {"code": float("nan"), "inner": [{"x": float("-inf")}], "text": "NaN"}
    sandbox.faults.add(Fault.json(envelope))

    def refuse(word: str) -> None:
        raise AssertionError(word)

    reply = Control(sandbox).handle(SandboxRequest("GET", "/__sandbox__/faults"))
    assert isinstance(reply, SandboxReply)
    (row,) = json.loads(reply.body, parse_constant=refuse)["faults"]
    shown = {"code": "nan", "inner": [{"x": "-inf"}], "text": "NaN"}
    assert row["arguments"]["envelope"] == shown
    assert int(reply.headers["content-length"]) == len(reply.body)
