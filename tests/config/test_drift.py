"""What the server sends that the spec does not know is counted: names only, and only if asked for."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from openapi_schema_validator import OAS31Validator

from a2e_api.operations import OPERATIONS
from a2e_sdk import A2E, AsyncA2E, DriftObserver, errors
from a2e_sdk._config.drift import (
    NOT_A_NAME,
    Finding,
    findings_in,
    load,
    name_of,
    overlay,
    overlay_yaml,
)
from a2e_sdk._http.messages import HttpResponse
from driver import Driver
from examples import examples
from scripted_transport import ScriptedTransport
from spec_document import load_spec

SPEC = load_spec()
TASK = "$.components.schemas.FaceSwapTask"
ROW: dict[str, Any] = {
    "_id": "6674f1765699df7e9d25311a",
    "name": "x",
    "video_url": "v",
    "face_url": "f",
    "duration": 6,
    "current_status": "completed",
    "result_url": "r",
    "error_code": "0",
    "faild_message": None,
    "createdAt": "2024-06-21T03:20:22.436Z",
    "updatedAt": "2024-06-21T03:20:22.436Z",
}


def page_of(**changes: Any) -> dict[str, Any]:
    return {"code": 0, "data": {"rows": [{**ROW, **changes}], "count": 1}}


def seen(payload: Any, operation: str = "list_face_swap_tasks") -> list[Finding]:
    return list(findings_in(payload, {"$ref": OPERATIONS[operation].answer}, operation))


def test_an_answer_that_the_spec_describes_has_no_findings() -> None:
    assert seen(page_of()) == []


@pytest.mark.parametrize(
    ("change", "kind", "place", "name"),
    [
        ({"quality": 3}, "field", TASK, "quality"),
        ({"name": None}, "null", f"{TASK}.properties['name']", "null"),
        ({"duration": "6"}, "type", f"{TASK}.properties['duration']", "string"),
        ({"current_status": "paused"}, "word", "$.components.schemas.FaceSwapTaskStatus", "paused"),
    ],
)
def test_what_is_unknown_is_named_where_it_belongs(
    change: dict[str, Any], kind: str, place: str, name: str
) -> None:
    (finding,) = seen(page_of(**change))
    assert (finding.kind, finding.place, finding.name) == (kind, place, name)


def test_what_no_reference_describes_can_have_anything() -> None:
    answer = {"code": 0, "data": {"anything": [{"at": "all"}, None, 3]}}
    assert seen(answer, "list_system_voices") == []


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_no_value_is_ever_kept(value: str) -> None:
    """Not even where the server uses data for a key, or an unknown word is no word."""
    secret = f"sk_{value}_0123456789abcdef"
    findings = seen(page_of(name=secret, **{secret: 1}, current_status=secret))
    assert findings
    assert "0123456789abcdef" not in json.dumps(findings)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("result_url", True),
        ("createdAt", True),
        ("x" * 49, False),
        ("", False),
        ("a b", False),
        ("6674f1765699df7e9d25311a", False),
        ("user_13800000000", False),
        ("a@example.com", False),
        ("sk_live_abc", False),
    ],
)
def test_names_are_told_from_data(text: str, kept: bool) -> None:
    assert name_of(text) == (text if kept else NOT_A_NAME)


@examples(200)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
        max_leaves=20,
    ),
    st.sampled_from(sorted(OPERATIONS)),
)
def test_no_answer_disturbs_the_observer(payload: Any, operation: str) -> None:
    observer = DriftObserver()
    observer.answered(operation, payload)
    overlay(observer.counts)


def test_the_overlay_makes_what_was_seen_part_of_the_spec() -> None:
    """Applied by hand here; a test of spec/update/overlay.py applies it with the tool."""
    findings = Counter(seen(page_of(quality=3, name=None, current_status="paused")))
    schemas = json.loads(json.dumps(SPEC["components"]["schemas"]))
    for action in overlay(findings)["actions"]:
        update = action["update"]
        name, _, rest = action["target"].removeprefix("$.components.schemas.").partition(".")
        schema = schemas[name]
        if rest:
            schema = schema["properties"][rest.split("'")[1]]
        if "properties" in update:
            schema["properties"].update(update["properties"])
        if "enum" in update:
            schema["enum"] += update["enum"]
        if "type" in update:
            schema["type"] = update["type"]
        assert action["x-evidence"] == "observed"
        assert "list_face_swap_tasks" in action["x-evidence-source"]
    validator = OAS31Validator(
        {
            "$ref": "#/components/schemas/ListFaceSwapTasksResponse",
            "components": {"schemas": schemas},
        }
    )
    validator.validate(page_of(quality=3, name=None, current_status="paused"))
    assert schemas["FaceSwapTask"]["properties"]["quality"]["type"] == "integer"
    assert "paused" in schemas["FaceSwapTaskStatus"]["enum"]


def test_the_overlay_as_yaml_is_the_same_document() -> None:
    for counts in ({}, Counter(seen(page_of(quality=3, name=None, current_status="paused")))):
        assert yaml.safe_load(overlay_yaml(counts)) == overlay(counts)


def test_a_client_counts_answers_and_codes_if_asked_for(driver: Driver) -> None:
    answers = [page_of(quality=1), page_of(quality=2), {"code": 7777, "msg": "no"}]
    transport = ScriptedTransport(
        lambda _: HttpResponse(200, {}, json.dumps(answers.pop(0)).encode())
    )
    observer = DriftObserver()
    client = driver.client(api_key="sk_x", http_client=transport, drift=observer, max_retries=0)
    driver.run(client.face_swap.tasks.page(1))
    driver.run(client.face_swap.tasks.page(1))
    with pytest.raises(errors.APIStatusError):
        driver.run(client.face_swap.tasks.page(1))
    assert {(f.kind, f.name): count for f, count in observer.counts.items()} == {
        ("field", "quality"): 2,
        ("code", "7777"): 1,
    }


def test_closing_the_client_adds_the_counts_to_the_file_of_the_environment(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "drift.json"
    monkeypatch.setenv("A2E_DRIFT_FILE", str(path))
    for _ in range(2):
        transport = ScriptedTransport(
            lambda _: HttpResponse(200, {}, json.dumps(page_of(quality=1)).encode())
        )
        client = driver.client(api_key="sk_x", http_client=transport)
        driver.run(client.face_swap.tasks.page(1))
        driver.close(client)
    assert [(finding.name, count) for finding, count in load(path).items()] == [("quality", 2)]
    assert [entry.name for entry in tmp_path.iterdir()] == ["drift.json"]


def test_threads_lose_no_count() -> None:
    observer = DriftObserver()

    def work() -> None:
        for _ in range(200):
            observer.answered("list_face_swap_tasks", page_of(quality=1))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(observer.counts.values()) == [800]


SPOILT = {
    "nested": "[" * 100_000,
    "infinity": '[["a","b","c","d",[],Infinity]]',
    "mixed": '[[1,"b","c","d",[],1],["a","b","c","d",[],1]]',
    "types": '[["a","b","c","d",[1],1]]',
    "no types": '[["a","b","c","d","e",1]]',
    "float": '[["a","b","c","d",[],1.5]]',
    "true": '[["a","b","c","d",[],true]]',
    "zero": '[["a","b","c","d",[],0]]',
    "digits": '[["a","b","c","d",[],1' + "0" * 4000 + "]]",
    "no UTF-8": "\udcff",
    "large": " " * 10_000_001,
}


@pytest.mark.parametrize(
    "content", ["", "{}", "[1]", '[["a"]]', "nonsense", *(pytest.param(text, id=name) for name, text in SPOILT.items())]
)  # fmt: skip
def test_another_file_is_not_overwritten(
    tmp_path: Path, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "mine.json"
    path.write_text(content, errors="surrogateescape")
    observer = DriftObserver(path)
    observer.refused("get_coins", 7777)
    observer.save()
    assert "no file of drift counts" in caplog.text
    assert path.read_text(errors="surrogateescape") == content
    assert observer.counts


@pytest.mark.parametrize("place", ["/dev/zero", "/dev/full", "pipe"])
def test_what_is_no_regular_file_is_neither_read_nor_waited_for_nor_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    observer = DriftObserver(place)
    observer.refused("get_coins", 7777)
    observer.save()
    assert "no regular file" in caplog.text
    assert not Path(place).is_file()
    assert observer.counts


@pytest.mark.parametrize("part", [slice(None), slice(8, None), slice(None, 16)])
@pytest.mark.parametrize("place", ["member", "word", "code"])
def test_a_key_that_the_server_echoes_is_not_written(
    driver: Driver, tmp_path: Path, place: str, part: slice
) -> None:
    key = "Q7w8E9r0T1y2U3i4O5p6zz"
    echo = key[part]
    row = {"_id": "6674f1765699df7e9d25311a"} | {
        "member": {echo: 1}, "word": {"current_status": echo}, "code": {}
    }[place]  # fmt: skip
    answer: Any = {"code": 0, "data": {"rows": [row], "count": 1}}
    if place == "code":
        answer = {"code": echo, "msg": "no"}
    path = tmp_path / "drift.json"
    transport = ScriptedTransport(lambda _: HttpResponse(200, {}, json.dumps(answer).encode()))
    client = driver.client(
        api_key=key, http_client=transport, drift=DriftObserver(path), max_retries=0
    )
    with contextlib.suppress(errors.A2EError):
        driver.items(client.face_swap.tasks.list())
    driver.close(client)
    assert NOT_A_NAME in path.read_text()
    assert echo not in path.read_text()


@pytest.mark.parametrize("place", ["/proc/drift.json", "file/below", "x" * 300, "a\0b"])
def test_a_file_that_cannot_be_written_never_breaks_a_close(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("")
    observer = DriftObserver(place)
    with A2E(region="sandbox", drift=observer) as a2e:
        observer.refused("get_coins", 7777)
        assert a2e.face_swap.tasks.page(1).items
    assert [record.name for record in caplog.records] == ["a2e_sdk.drift"]
    assert observer.counts


def test_a_pickled_client_leaves_the_observer_behind() -> None:
    for client in (A2E, AsyncA2E):
        copy = pickle.loads(pickle.dumps(client(region="sandbox", drift=DriftObserver())))
        assert copy.api.configuration.drift is None


def test_without_an_observer_nothing_of_it_is_loaded() -> None:
    code = (
        "import sys; from a2e_sdk import A2E; A2E(region='sandbox').face_swap.tasks.page(1);"
        "print(sorted({'a2e_sdk._config.drift', 'a2e_api.schemas.answers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
