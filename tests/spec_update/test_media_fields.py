"""Promises about fields that take the URL of a file: named as such, for the maintainer to confirm."""

from __future__ import annotations

import pytest
from update_cases import Workplace

from media_fields import media_of

SCHEMA = (
    "$.paths['/api/v1/userText2image/start'].post.requestBody.content['application/json'].schema"
)


@pytest.mark.parametrize(
    ("name", "form", "description", "expected"),
    [
        ("video_url", None, "", ["video"]),
        ("referenceImageUrls", None, "Up to three.", ["image"]),
        ("source", "uri", "URL of the video or image to work on.", ["image", "video"]),
        ("webhook_url", "uri", "Called when the video is there.", []),
        ("video_name", None, "", []),
        ("page_url", "uri", "Where to go on.", []),
        ("background_music_url", None, "", ["audio"]),
    ],
)
def test_the_kind_of_a_file_is_taken_from_name_and_text(
    name: str, form: str | None, description: str, expected: list[str]
) -> None:
    assert media_of(name, form, description) == expected


def test_a_new_field_for_a_file_is_to_be_marked(workplace: Workplace) -> None:
    added = {"video_url": {"type": "string", "description": "A clip to go by."}}
    source = workplace.vendor([{"target": f"{SCHEMA}.properties", "update": added}])
    assert workplace.run(source) == 1
    note = "likely the URL of a file: mark it with x-media: [video]"
    assert f"request body.video_url: field added; {note}" in workplace.printed
    assert workplace.run(source, "--write") == 0
    assert f"added to the schema; it is {note}" in workplace.printed
