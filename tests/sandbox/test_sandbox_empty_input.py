"""What is empty is judged by one rule: null is left out, a required text is not blank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api_paths import path_of

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api

SWAP = path_of("add_face_swap_task")
UPLOAD = path_of("add_upload_url")
LEGACY = path_of("add_legacy_upload_url")
FILE = "https://example.com/a.mp4"
GOOD: dict[str, dict[str, Any]] = {
    SWAP: {"name": "x", "face_url": "https://example.com/a.jpg", "video_url": FILE},
    UPLOAD: {"key": "a.mp4"},
    LEGACY: {"key": "a.mp4"},
    path_of("start_wan_25_task"): {"name": "x", "prompt": "rain", "image_url": FILE},
}


@pytest.mark.parametrize("path", GOOD)
def test_null_for_an_optional_field_is_a_field_that_was_left_out(api: Api, path: str) -> None:
    optional = ("cover_url", "model_version", "webhook_url", "webhook_token", "urlPrefix", "bucket")
    body = GOOD[path] | dict.fromkeys((*optional, "cdnDomain", "contentType", "fileSize"))
    assert api.post(path, body).json["code"] == 0


@pytest.mark.parametrize("value", [None, "", " \n"])
@pytest.mark.parametrize(
    ("path", "name"), [(SWAP, "name"), (SWAP, "face_url"), (UPLOAD, "key"), (LEGACY, "key")]
)
def test_a_required_text_is_there_and_not_blank(
    api: Api, path: str, name: str, value: str | None
) -> None:
    answer = api.post(path, GOOD[path] | {name: value})
    assert answer.json["code"] == 400
    assert [error["param"] for error in answer.json["errors"]] == [name]
    assert len(api.sandbox.coins) == 0


@pytest.mark.parametrize("name", ["cover_url", "webhook_url"])
def test_an_empty_address_is_no_address(api: Api, name: str) -> None:
    answer = api.post(SWAP, GOOD[SWAP] | {name: ""})
    assert [error["param"] for error in answer.json["errors"]] == [name]
