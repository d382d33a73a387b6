"""Presigned uploads: what is signed, what is refused, what is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from a2e_sdk.sandbox import ManualClock, Sandbox, SandboxReply, SandboxRequest, UploadedFile
from a2e_sdk.sandbox.sections.uploads import UPLOAD_URL_PRICE
from api_paths import path_of

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api

    Connect = Callable[[Sandbox], Api]

UPLOADS = path_of("add_upload_url")
PICTURE = b"\xff\xd8\xff\xe0 a face"
JPEG = {"Content-Type": "image/jpeg"}


def sign(api: Api, **fields: Any) -> dict[str, Any]:
    data: dict[str, Any] = api.post(UPLOADS, {"key": "faces/me.jpg"} | fields).data
    return data


def put(
    sandbox: Sandbox, url: str, body: bytes = PICTURE, headers: dict[str, str] | None = None
) -> SandboxReply:
    given = {"Content-Length": str(len(body))} | (JPEG if headers is None else headers)
    return sandbox.handle(SandboxRequest.from_target("PUT", url, given, body))


def get(sandbox: Sandbox, url: str, method: str = "GET", **headers: str) -> SandboxReply:
    return sandbox.handle(SandboxRequest.from_target(method, url, headers))


def test_an_upload_goes_to_the_signed_url_and_comes_from_the_public_one(api: Api) -> None:
    signed = sign(api, contentType="image/jpeg", contentLength=len(PICTURE))
    stored = put(api.sandbox, signed["uploadUrl"])
    assert (stored.status, stored.body) == (200, b"")
    assert dict(api.sandbox.uploads) == {
        signed["cdnUrl"]: UploadedFile(PICTURE, "image/jpeg", stored.headers["etag"])
    }
    served = get(api.sandbox, signed["cdnUrl"])
    assert (served.status, served.body) == (200, PICTURE)
    assert served.headers["content-type"] == "image/jpeg"
    assert served.headers["etag"] == stored.headers["etag"]
    head = get(api.sandbox, signed["cdnUrl"], "HEAD")
    assert (head.headers["content-length"], head.body) == (str(len(PICTURE)), b"")
    assert get(api.sandbox, signed["cdnUrl"], range="bytes=0-2").body == PICTURE[:3]
    assert get(api.sandbox, signed["uploadUrl"]).status == 404


def test_the_public_url_serves_as_the_input_of_a_task(api: Api) -> None:
    signed = sign(api)
    put(api.sandbox, signed["uploadUrl"])
    task_id = api.start(face_url=signed["cdnUrl"])
    assert api.task(task_id)["face_url"] in api.sandbox.uploads


def test_the_key_is_put_below_a_folder_of_the_account(api: Api) -> None:
    signed = sign(api)
    assert signed["key"].startswith("adam2eve/sandbox/user/")
    assert signed["key"].endswith("/faces/me.jpg")
    assert (signed["bucket"], signed["expiresIn"]) == ("3days-apac", 3600)
    chosen = sign(api, bucket="mine", urlPrefix="here", cdnDomain="makefun.ai", expiresIn=60)
    assert chosen["key"].startswith("here/")
    assert (chosen["bucket"], chosen["expiresIn"]) == ("mine", 60)
    assert "/mine/" in chosen["cdnUrl"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=st.text(min_size=1, max_size=20), content=st.binary(max_size=50))
def test_any_key_that_is_signed_works(
    connect: Connect, clock: ManualClock, key: str, content: bytes
) -> None:
    api = connect(Sandbox(clock=clock))
    answer = api.post(UPLOADS, {"key": key})
    if answer.status == 400:
        assert any(name.strip() in ("", ".", "..") for name in key.split("/"))
        return
    signed = answer.data
    assert " " not in signed["cdnUrl"]
    assert unquote(urlsplit(signed["cdnUrl"]).path).endswith(f"/{key}")
    assert put(api.sandbox, signed["uploadUrl"], content).status == 200
    assert get(api.sandbox, signed["cdnUrl"]).body == content


def test_a_signed_url_costs_a_coin_whether_or_not_it_is_used(connect: Connect) -> None:
    api = connect(Sandbox(coins=UPLOAD_URL_PRICE))
    signed = sign(api)
    (entry,) = api.sandbox.coins
    assert (entry.task_id, entry.amount, entry.reason) == (signed["key"], -1, "upload")
    refused = api.post(UPLOADS, {"key": "x"})
    assert (refused.status, refused.json["msg"]) == (400, "insufficient coins")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("key", value) for value in (None, "", "/a", "a//b", "a/../b", "a" * 1025, "\ud800", 1)),
        *(("key", value) for value in (" ", "a/", "..", "./a", "é" * 513)),
        ("bucket", "a/b"),
        *(("bucket", value) for value in ("", " ", "..", "\ud800")),
        *(("urlPrefix", value) for value in ("a//b", "", " ", "..", "é" * 513)),
        ("cdnDomain", " "),
        *(("expiresIn", value) for value in (59, "60", 60.5, True, 604_801)),
        *(("contentLength", value) for value in (-1, 1.5, "1", True, 2**60)),
        ("fileSize", -1),
        ("contentType", ""),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_charged(api: Api, field: str, value: object) -> None:
    answer = api.post(UPLOADS, {"key": "k"} | {field: value})
    assert answer.status == 400
    assert [error["param"] for error in answer.json["errors"]] == [field]
    assert len(api.sandbox.coins) == 0


@pytest.mark.parametrize("name", ["Authorization", "authorization"])
def test_a_token_breaks_the_signature(api: Api, name: str) -> None:
    signed = sign(api)
    refused = put(api.sandbox, signed["uploadUrl"], headers=JPEG | {name: "Bearer sk_test"})
    assert (refused.status, refused.headers["content-type"]) == (403, "application/xml")
    assert refused.body.startswith(b"<?xml")
    assert api.sandbox.uploads == {}


@pytest.mark.parametrize("headers", [{}, {"Content-Type": "image/png"}])
def test_another_type_than_the_signed_one_is_refused(api: Api, headers: dict[str, str]) -> None:
    url = sign(api, contentType="image/jpeg")["uploadUrl"]
    refused = put(api.sandbox, url, headers=headers)
    assert (refused.status, b"Content-Type" in refused.body) == (403, True)


def test_any_type_goes_where_none_was_signed(api: Api) -> None:
    signed = sign(api)
    put(api.sandbox, signed["uploadUrl"], headers={})
    assert api.sandbox.uploads[signed["cdnUrl"]].content_type == "application/octet-stream"


def test_a_signed_url_expires(api: Api, clock: ManualClock) -> None:
    url = sign(api, expiresIn=60)["uploadUrl"]
    clock.advance(59.999)
    assert put(api.sandbox, url).status == 200
    clock.advance(0.001)
    refused = put(api.sandbox, url)
    assert (refused.status, b"Request has expired" in refused.body) == (403, True)


@pytest.mark.parametrize(
    "change",
    [
        lambda url: url.partition("?")[0],
        lambda url: url.replace("expires=", "expires=9"),
        lambda url: url.replace("contentLength=", "contentLength=1"),
        lambda url: url.replace("me.jpg", "you.jpg"),
        lambda url: url[:-1] + ("0" if url[-1] != "0" else "1"),
        lambda url: url + "&more=1",
    ],
)
def test_a_changed_url_is_refused(api: Api, change: Callable[[str], str]) -> None:
    url = sign(api, contentLength=len(PICTURE))["uploadUrl"]
    refused = put(api.sandbox, change(url))
    assert (refused.status, b"SignatureDoesNotMatch" in refused.body) == (403, True)


@pytest.mark.parametrize("field", ["fileSize", "contentLength"])
def test_another_length_than_the_signed_one_is_refused(api: Api, field: str) -> None:
    url = sign(api, **{field: len(PICTURE) + 1})["uploadUrl"]
    assert put(api.sandbox, url).status == 400
    assert put(api.sandbox, url, PICTURE + b".").status == 200
    won = sign(api, fileSize=1, contentLength=float(len(PICTURE)))["uploadUrl"]
    assert put(api.sandbox, won).status == 200


def test_a_length_must_be_stated_and_true(api: Api) -> None:
    url = sign(api)["uploadUrl"]
    unstated = SandboxRequest.from_target("PUT", url, JPEG, PICTURE)
    assert api.sandbox.handle(unstated).status == 411
    assert put(api.sandbox, url, headers=JPEG | {"Content-Length": "1"}).status == 400
    assert api.sandbox.uploads == {}


def test_the_same_key_is_the_same_file(api: Api) -> None:
    first, second = sign(api), sign(api)
    assert first["cdnUrl"] == second["cdnUrl"]
    assert put(api.sandbox, first["uploadUrl"]).status == 200
    assert put(api.sandbox, second["uploadUrl"], b"another").status == 200
    assert [file.content for file in api.sandbox.uploads.values()] == [b"another"]


def test_uploads_are_bounded_in_total(connect: Connect, clock: ManualClock) -> None:
    api = connect(Sandbox(clock=clock, upload_limit=10))
    one, two = sign(api, key="1")["uploadUrl"], sign(api, key="2")["uploadUrl"]
    assert put(api.sandbox, one, b"12345678").status == 200
    assert put(api.sandbox, two, b"123").status == 413
    assert put(api.sandbox, one, b"1234567890").status == 200
    assert put(api.sandbox, two, b"").status == 200
    with pytest.raises(ValueError, match="upload_limit"):
        Sandbox(upload_limit=-1)


def test_nothing_is_served_before_it_is_uploaded(api: Api) -> None:
    assert get(api.sandbox, sign(api)["cdnUrl"]).status == 404
