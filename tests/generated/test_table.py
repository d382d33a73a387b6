"""One test for each fault of the stock generator that our templates mend (table in spec/README.md).

Run with `A2E_STOCK_PACKAGE`, each of these must fail, and for the reason that its mark names.
"""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from package_under_test import TOKEN, Package

NOTHING_RAISED = pytest.fail.Exception


@pytest.mark.row("HTTPStatus knows the IANA list only", stock=ValueError)
def test_a_status_outside_the_iana_list_is_reported_with_its_number(package: Package) -> None:
    with pytest.raises(package.error("UnexpectedStatus")) as caught:
        package.answer(520, text="<html>origin unreachable</html>")
    assert caught.value.status_code == 520
    assert "520" in str(caught.value)


@pytest.mark.parametrize("status", [401, 403, 418, 500])
@pytest.mark.row(
    "an error status is a return value, undocumented ones are None", stock=NOTHING_RAISED
)
def test_an_error_status_raises(package: Package, status: int) -> None:
    with pytest.raises(package.error("UnexpectedStatus")) as caught:
        package.answer(status, json={"code": status, "msg": "no"})
    assert caught.value.status_code == status


@pytest.mark.parametrize("code", [1001, "1001", -1])
@pytest.mark.row("the code in the body is not looked at", stock=NOTHING_RAISED)
def test_a_failure_under_http_200_raises(
    package: Package, records: dict[str, Any], code: int
) -> None:
    failure = {**records, "code": code, "msg": "hosts are occupied", "trace_id": "t-1"}
    with pytest.raises(package.error("UnexpectedCode")) as caught:
        package.answer(json=failure)
    assert caught.value.code == int(code)
    assert caught.value.message == "hosts are occupied"
    assert caught.value.trace_id == "t-1"
    assert caught.value.status_code == 200


@pytest.mark.parametrize("data", [None, {"rows": None, "count": 0}])
@pytest.mark.row("null is iterated", stock=TypeError)
def test_null_data_and_null_rows_decode(package: Package, data: Any) -> None:
    answer = package.answer(json={"code": 0, "data": data}).parsed
    assert answer.to_dict() == {"code": 0, "data": data}
    assert answer.data is None or answer.data.rows is None


@pytest.mark.row("a null row is decoded as an object", stock=TypeError)
def test_a_null_row_is_left_out_of_the_rows_and_kept_in_the_dict(
    package: Package, records: dict[str, Any]
) -> None:
    records["data"]["rows"].insert(1, None)
    page = package.parse("list_face_swap_tasks", records).data
    assert [row.id[-1] for row in page.rows] == ["1", "2"]
    assert page.to_dict() == records["data"]


@pytest.mark.row("the body is decoded as JSON whatever it is", stock=json.JSONDecodeError)
def test_html_raises_with_a_bounded_excerpt(package: Package) -> None:
    page = "<html><title>Not found</title>" + "x" * 100_000
    with pytest.raises(package.error("UnexpectedBody")) as caught:
        package.answer(text=page)
    assert "<title>Not found" in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.row("a closed enum", stock=ValueError)
def test_an_unknown_status_word_is_kept(package: Package, records: dict[str, Any]) -> None:
    records["data"]["rows"][0]["current_status"] = "reticulating"
    first, second = package.parse("list_face_swap_tasks", records).data.rows
    assert first.current_status == "reticulating"
    assert second.current_status is type(second.current_status).COMPLETED
    assert first.to_dict() == records["data"]["rows"][0]


@pytest.mark.row("a required key is taken for granted", stock=KeyError)
def test_a_missing_required_key_is_none(package: Package, records: dict[str, Any]) -> None:
    del records["data"]["rows"][0]["_id"]
    first, second = package.parse("list_face_swap_tasks", records).data.rows
    assert first.id is None
    assert second.id is not None
    assert "_id" not in first.to_dict()


@pytest.mark.row("null is decoded as a date-time", stock=TypeError)
def test_null_where_a_time_was_promised_is_none(package: Package, records: dict[str, Any]) -> None:
    records["data"]["rows"][0]["createdAt"] = None
    first = package.parse("list_face_swap_tasks", records).data.rows[0]
    assert first.created_at is None
    assert first.to_dict()["createdAt"] is None


@pytest.mark.row("wrong types go through as they are", stock=AssertionError)
def test_a_neighbouring_type_is_converted_and_given_back_as_it_was(
    package: Package, records: dict[str, Any]
) -> None:
    records["data"]["count"] = "6"
    records["data"]["rows"][0]["name"] = 20240607
    page = package.parse("list_face_swap_tasks", records).data
    assert (page.count, page.rows[0].name) == (6, "20240607")
    assert page.to_dict() == records["data"]


@pytest.mark.parametrize("show", [repr, str])
@pytest.mark.row("attrs prints every attribute", stock=AssertionError)
def test_a_client_does_not_print_its_token(package: Package, show: Callable[[Any], str]) -> None:
    assert TOKEN not in show(package.client())


@pytest.mark.row("the token is pickled", stock=AssertionError)
def test_a_client_does_not_pickle_its_token(package: Package) -> None:
    try:
        pickled = pickle.dumps(package.client())
    except TypeError as refusal:
        pickled = str(refusal).encode()
    assert TOKEN.encode() not in pickled


@pytest.mark.row("with_timeout changes the live client", stock=AssertionError)
def test_with_timeout_leaves_the_original_alone(package: Package) -> None:
    original = package.client()
    before = copy.deepcopy(original.get_httpx_client().timeout)
    changed = original.with_timeout(httpx.Timeout(1.5))
    assert original.get_httpx_client().timeout == before
    assert changed.get_httpx_client().timeout == httpx.Timeout(1.5)
    assert changed.get_httpx_client() is not original.get_httpx_client()


@pytest.mark.row("with_headers changes the live client", stock=AssertionError)
def test_with_headers_leaves_the_original_alone(package: Package) -> None:
    original = package.client(headers={"x-lang": "en-US"})
    original.get_httpx_client()
    changed = original.with_headers({"x-more": "1"})
    assert "x-more" not in original.get_httpx_client().headers
    headers = changed.get_httpx_client().headers
    assert (headers["x-lang"], headers["x-more"]) == ("en-US", "1")
    assert headers["Authorization"] == f"Bearer {TOKEN}"


@pytest.mark.row("the first use is not guarded", stock=AssertionError)
def test_eight_threads_share_one_httpx_client(
    package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[httpx.Client] = []
    meeting = threading.Barrier(8)

    class Slow(httpx.Client):
        def __init__(self, **settings: Any) -> None:
            made.append(self)
            # Without a lock all eight meet here; with one nobody else comes.
            try:
                meeting.wait(timeout=0.3)
            except threading.BrokenBarrierError:
                meeting.abort()
            super().__init__(transport=httpx.MockTransport(lambda _: httpx.Response(200)))

    monkeypatch.setattr(httpx, "Client", Slow)
    client = package.client()
    threads = [threading.Thread(target=client.get_httpx_client) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


@pytest.mark.row("no timeout at all", stock=AssertionError)
def test_every_phase_has_a_default_timeout(package: Package) -> None:
    timeout = package.client().get_httpx_client().timeout.as_dict()
    assert all(seconds is not None and 0 < seconds <= 120 for seconds in timeout.values()), timeout


def _parts(sent: httpx.Request) -> dict[str, Message]:
    head = f"Content-Type: {sent.headers['Content-Type']}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + sent.content)
    return {
        str(part.get_param("name", header="content-disposition")): part
        for part in message.get_payload()
    }  # type: ignore[union-attr]


@pytest.mark.generator
@pytest.mark.row("the boundary is always +++", stock=AssertionError)
def test_a_file_that_looks_like_a_boundary_arrives_whole(
    other_kinds_module: Callable[[str], ModuleType],
) -> None:
    content = b"before\r\n--+++\r\nafter\r\n--+++--\r\nend"
    file = other_kinds_module("types").File(
        payload=BytesIO(content), file_name="a.bin", mime_type="a/b"
    )
    body = other_kinds_module("models.upload").Upload(file=file, note="hello", size=7)
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        request.read()
        seen.append(request)
        return httpx.Response(200, json={})

    transport = httpx.MockTransport(handler)
    client = other_kinds_module("client").Client(
        base_url="https://api.test", httpx_args={"transport": transport}
    )
    add_file = other_kinds_module("api.other.add_file")
    for _ in range(2):
        file.payload.seek(0)
        add_file.sync_detailed(client=client, body=body)
    parts = _parts(seen[0])
    assert parts["file"].get_payload(decode=True) == content
    assert parts["note"].get_payload(decode=True) == b"hello"
    assert seen[0].headers["Content-Type"] != seen[1].headers["Content-Type"]


LOADED = """
import sys
sys.path.insert(0, {path!r})
import a2e_api.models
models = [name for name in sys.modules if name.startswith("a2e_api.models.")]
assert models == [], models
import a2e_api.api.face_swap.delete_face_swap_task
models = [name for name in sys.modules if name.startswith("a2e_api.models.")]
assert models == ["a2e_api.models.delete_response"], models
assert "httpx" not in sys.modules
assert a2e_api.models.FaceSwapTask.__name__ == "FaceSwapTask"
assert set(a2e_api.models.__all__) <= set(dir(a2e_api.models))
"""


@pytest.mark.row("every model and httpx are imported at once", stock=AssertionError)
def test_models_and_httpx_are_loaded_on_first_use(package: Package) -> None:
    script = LOADED.format(path=str(package.directory().parent))
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.row("ruff's cache is left in the package", stock=AssertionError)
def test_nothing_but_python_is_in_the_package(package: Package) -> None:
    files = [path for path in package.directory().rglob("*") if path.is_file()]
    odd = [path.name for path in files if path.suffix not in {".py", ".pyc"}]
    assert odd == ["py.typed"]


def test_the_package_is_the_only_thing_in_generated(package: Package) -> None:
    generated = Path(__file__).parents[2] / "generated"
    assert {path.name for path in generated.iterdir()} - {"__pycache__"} == {"a2e_api"}
