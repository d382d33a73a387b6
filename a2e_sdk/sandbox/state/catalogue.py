"""What the server offers to everybody: voices, languages, avatars and backgrounds.

This module owns data only. Names and ids are the sandbox's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["AVATARS", "BACKGROUNDS", "LANGUAGES", "STREAMING_AVATARS", "VOICES"]

_MEDIA = "https://example.com/sandbox"

LANGUAGES: Mapping[str, tuple[str, str]] = {
    "en-US": ("English", "United States"),
    "en-GB": ("English", "United Kingdom"),
    "de-DE": ("German", "Germany"),
    "ja-JP": ("Japanese", "Japan"),
    "zh-CN": ("Chinese", "China"),
}
"""Code of a language with its region -> the names of both."""

VOICES: tuple[tuple[str, str, str, str], ...] = (
    ("5a4d0b0c50f0000000000101", "Ada", "female", "en-US"),
    ("5a4d0b0c50f0000000000102", "Grace", "female", "en-US"),
    ("5a4d0b0c50f0000000000103", "Alan", "male", "en-US"),
    ("5a4d0b0c50f0000000000104", "Dorothy", "female", "en-GB"),
    ("5a4d0b0c50f0000000000105", "George", "male", "en-GB"),
    ("5a4d0b0c50f0000000000106", "Emmy", "female", "de-DE"),
    ("5a4d0b0c50f0000000000107", "Konrad", "male", "de-DE"),
    ("5a4d0b0c50f0000000000108", "Michiko", "female", "ja-JP"),
    ("5a4d0b0c50f0000000000109", "Lin", "female", "zh-CN"),
)
"""Id, name, gender and language of each public voice."""

AVATARS: tuple[Mapping[str, Any], ...] = tuple(
    {
        "_id": identifier,
        "type": "default",
        "name": name,
        "gender": gender,
        "lang": ["en-US"],
        "video_cover": f"{_MEDIA}/{identifier}.jpg",
        "people_img": f"{_MEDIA}/{identifier}.png",
        "base_video": f"{_MEDIA}/{identifier}.mp4",
        "createdAt": "2024-06-01T00:00:00.000Z",
    }
    for identifier, name, gender in (
        ("5a4d0b0c50f0000000000201", "Hedy", "female"),
        ("5a4d0b0c50f0000000000202", "Edsger", "male"),
    )
)
"""The avatars of everybody, as they are on the wire."""

STREAMING_AVATARS: tuple[Mapping[str, Any], ...] = (
    {
        "_id": "5a4d0b0c50f0000000000301",
        "name": "Katherine",
        "type": "default",
        "preview_url": f"{_MEDIA}/katherine.mp4",
    },
    {
        "_id": "5a4d0b0c50f0000000000302",
        "name": "Claude",
        "type": "default",
        "preview_url": f"{_MEDIA}/claude.mp4",
    },
)
"""The avatars that can stream, as they are on the wire."""

BACKGROUNDS: tuple[Mapping[str, Any], ...] = tuple(
    {
        "_id": f"5a4d0b0c50f00000000004{number:02}",
        "type": "default",
        "name": name,
        "img_url": f"{_MEDIA}/{name}.jpg",
    }
    for number, name in enumerate(("office", "studio", "garden"), 1)
)
"""The backgrounds of everybody, as they are on the wire."""
