"""Promises about documents that can't be used: refused with a reason, and nothing happens."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from update_cases import DOCUMENTS, Workplace

from plain_data import RefusedDocument, parse
from vendor_document import (
    SIZE_LIMIT,
    check_shape,
    read_document,
)

VENDOR = (DOCUMENTS / "vendor.yaml").read_bytes()
REASONS = {
    "alias_bomb.yaml": "values",
    "another_json.json": "not OpenAPI",
    "cut_at_a_line.yaml": "missing: half a download",
    "cut_before_security.yaml": "it ends within `paths`, at GET /x: it defines bearerAuth",
    "cut_behind_a_path.yaml": "it ends within `paths`, at GET /x, and `components` is missing",
    "cut_in_an_operation.yaml": "it ends within GET /y, whose `responses` are missing",
    "cut_in_half.json": "half a download",
    "cut_in_half.yaml": "does not end with a line break",
    "empty.yaml": "empty",
    "endless_alias.yaml": "levels",
    "file_reference.yaml": "never fetched",
    "key_twice.json": "the key 'summary' is there twice in paths > /x > get,",
    "key_twice.yaml": "'200' is there twice in paths > /x > get > responses (lines 5 and 5)",
    "missing_reference.json": "missing",
    "no_operations.yaml": "no operations",
    "no_title.yaml": "info.title",
    "not_text.yaml": "not UTF-8",
    "one_path_twice.yaml": "GET is there for /x/{id} and for /x/{_id}, which are one path",
    "operation_is_a_list.yaml": "is no object",
    "python_object.yaml": "not YAML",
    "reference_circle.json": "'#/components/schemas/Loop', which refers to itself in a circle",
    "remote_reference.yaml": "never fetched",
    "scheme_not_defined.yaml": "GET /x uses the security scheme 'tokenAuth', which",
    "security_is_text.yaml": "`security` of the whole API has 'bearerAuth', which is no object",
    "swagger_2.json": "it is Swagger 2.0",
    "web_page.html": "web page",
}


def test_every_unusable_document_has_its_reason_here() -> None:
    assert {path.name for path in (DOCUMENTS / "refused").iterdir()} == set(REASONS)


@pytest.mark.parametrize("name", REASONS)
def test_an_unusable_document_is_refused_with_the_reason(
    workplace: Workplace, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workplace.root)
    before = workplace.tree()
    assert workplace.run(str(DOCUMENTS / "refused" / name), "--write") == 2
    assert workplace.errors.startswith("refused: ")
    assert REASONS[name] in workplace.errors
    assert workplace.printed == ""
    assert workplace.tree() == before


@pytest.mark.parametrize(
    "text",
    ['{"openapi": ' + "[" * 100_000, '{"a": ' * 200 + "1" + "}" * 200, "[" * 5_000 + "\n", "- " * 500 + "x\n"],
)  # fmt: skip
def test_deep_nesting_is_refused(text: str) -> None:
    with pytest.raises(RefusedDocument):
        parse(text.encode())


def test_a_document_beyond_the_size_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(SIZE_LIMIT + 1)
    with pytest.raises(RefusedDocument, match="larger than"):
        read_document(str(path))


def test_a_file_that_is_not_there_is_refused(workplace: Workplace) -> None:
    assert workplace.run("nowhere.json") == 2
    assert "can't be read" in workplace.errors


@pytest.mark.parametrize("seed", range(40))
def test_a_document_cut_anywhere_is_refused(seed: int) -> None:
    data = json.dumps(parse(VENDOR)).encode()
    cut = random.Random(seed).randrange(1, len(data))
    with pytest.raises(RefusedDocument):
        check_shape(parse(data[:cut]))


def test_a_document_with_less_than_half_the_operations_of_the_one_before_is_refused(
    workplace: Workplace,
) -> None:
    vendor = parse(VENDOR)
    for path in list(vendor["paths"])[2:]:
        del vendor["paths"][path]
    cut = workplace.root / "cut.json"
    cut.write_text(json.dumps(vendor), "utf-8")
    assert workplace.run(str(cut)) == 0
    assert workplace.run(str(cut), "--previous", str(DOCUMENTS / "vendor.yaml")) == 2
    assert "it has 2 operations, the previous one 7" in workplace.errors


@pytest.mark.parametrize("share", [0.6, 0.8, 0.95])
def test_yaml_that_ends_within_the_paths_of_the_document_before_is_refused(
    workplace: Workplace, share: float
) -> None:
    whole = parse(VENDOR)
    template = whole["paths"]["/api/v1/userFaceSwapTask/status"]
    whole["paths"] |= {f"/api/v1/extra/{number}": template for number in range(60)}
    # Everything else stands before the paths, so that nothing is missing from the text alone.
    whole["paths"] = whole.pop("paths")
    paths = list(whole["paths"].items())
    cut = {**whole, "paths": dict(paths[: int(share * len(paths))])}
    older, newer = workplace.root / "older.yaml", workplace.root / "newer.yaml"
    older.write_text(yaml.safe_dump(whole, sort_keys=False), "utf-8")
    newer.write_text(yaml.safe_dump(cut, sort_keys=False), "utf-8")
    assert workplace.run(str(newer), "--previous", str(older)) == 2
    gone = len(paths) - len(cut["paths"])
    assert f"exactly the last {gone} paths of the previous document are missing" in workplace.errors
    # JSON shows where it ends: the same document was shortened by the vendor.
    newer.write_text(json.dumps(cut), "utf-8")
    assert workplace.run(str(newer), "--previous", str(older)) != 2


def test_yaml_without_the_keys_behind_the_paths_of_the_document_before_is_refused(
    workplace: Workplace,
) -> None:
    whole = parse(VENDOR)
    whole["tags"] = [{"name": "all"}]
    cut = {key: whole[key] for key in ("openapi", "info", "servers", "components", "security")}
    cut["paths"] = dict(list(whole["paths"].items())[:-1])
    older, newer = workplace.root / "older.yaml", workplace.root / "newer.yaml"
    older.write_text(yaml.safe_dump(whole, sort_keys=False), "utf-8")
    newer.write_text(yaml.safe_dump(cut, sort_keys=False), "utf-8")
    assert workplace.run(str(newer), "--previous", str(older)) == 2
    assert "tags of the previous document is missing: half a download?" in workplace.errors


def test_merge_keys_are_read_and_do_not_multiply() -> None:
    assert parse(b"a: &a {x: 1, y: 2}\nb: {<<: *a, x: 3}\n")["b"] == {"x": 3, "y": 2}
    bomb = "a0: &a0 {x: 1, y: 2}\n" + "".join(
        f"a{level}: &a{level} {{<<: [{', '.join([f'*a{level - 1}'] * 20)}]}}\n"
        for level in range(1, 30)
    )
    assert parse(bomb.encode())["a29"] == {"x": 1, "y": 2}


def test_yaml_within_brackets_is_read() -> None:
    assert parse(b"{a: 1, b: [x, {c: d}]}") == {"a": 1, "b": ["x", {"c": "d"}]}
    with pytest.raises(RefusedDocument, match="half a download"):
        parse(b"{a: 1, b: [x, {c: d}")


def test_a_key_called_ref_and_examples_are_no_references() -> None:
    document = parse(VENDOR)
    document["paths"]["/x"] = {
        "get": {"responses": {"200": {"description": "", "example": {"$ref": "https://x.y"}}}},
        "x-note": {"$ref": "file:///etc/passwd"},
    }
    document["components"]["schemas"] = {"A": {"properties": {"$ref": {"type": "string"}}}}
    check_shape(document)


def test_words_and_dates_of_yaml_stay_text() -> None:
    assert parse(b"a: no\nb: 2024-06-21\nc: 0123\nd: 1:30\n200: on\ne: 12\nf: ~\n") == {
        **{"a": "no", "b": "2024-06-21", "c": "0123", "d": "1:30", "200": "on", "e": 12, "f": None},
    }


# Over the network.

ADDRESS = "https://vendor.example/dev/openapi-spec"


def fetch(respond: Callable[[httpx.Request], httpx.Response], address: str = ADDRESS) -> Any:
    with httpx.Client(transport=httpx.MockTransport(respond)) as client:
        return read_document(address, client=client)


def test_a_document_is_read_from_an_address() -> None:
    document = fetch(lambda request: httpx.Response(200, content=VENDOR))
    assert document.content == parse(VENDOR)
    assert document.label.startswith("A2E Developer API 1.0.0 (sha256 ")


def test_plain_http_is_refused_also_behind_a_redirect() -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"location": "http://vendor.example/spec"})

    for address in (ADDRESS, "http://vendor.example/spec", "file:///etc/passwd"):
        with pytest.raises(RefusedDocument, match="not an https address"):
            fetch(respond, address)


def test_a_redirect_over_https_is_followed_but_not_for_ever() -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/new":
            return httpx.Response(200, content=VENDOR)
        location = "/new" if request.url.path == "/dev/openapi-spec" else str(request.url)
        return httpx.Response(301, headers={"location": location})

    assert fetch(respond).content == parse(VENDOR)
    with pytest.raises(RefusedDocument, match="redirects"):
        fetch(respond, "https://vendor.example/circle")


def test_an_error_page_and_an_endless_download_are_refused() -> None:
    with pytest.raises(RefusedDocument, match="answers 503"):
        fetch(lambda request: httpx.Response(503, content=VENDOR))
    endless = (b" " * 1_000_000 for _ in iter(int, 1))
    with pytest.raises(RefusedDocument, match="larger than"):
        fetch(lambda request: httpx.Response(200, content=endless))


def test_a_broken_connection_is_refused() -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("gone", request=request)

    with pytest.raises(RefusedDocument, match="download"):
        fetch(respond)


def test_a_reference_is_never_fetched(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: Any, **options: Any) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("socket.socket.connect", refuse)
    assert workplace.run(str(DOCUMENTS / "refused" / "remote_reference.yaml")) == 2


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_whatever_the_bytes_are_they_are_read_or_refused(data: bytes) -> None:
    try:
        check_shape(parse(data))
    except RefusedDocument as error:
        assert str(error)


@given(JSON)
def test_json_comes_out_as_it_went_in(value: Any) -> None:
    try:
        text = json.dumps(value, allow_nan=False)
    except ValueError:
        return
    if text[0] in "{[":
        assert parse(text.encode()) == value
