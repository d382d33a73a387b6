"""What users type and what the server writes: one table of words that differ.

This module owns the names. Whatever is not in the table follows two rules: camel case becomes snake
case, and a key for a URL that takes files loses its ``_url`` (``end_image_url`` is ``end_image``).
It is pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

#: The user's word -> the server's keys for it. The first one is sent; all are read, in this order.
FIELD_ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": ("_id", "id"),
    "status": ("current_status", "status"),
    "failed_message": (
        *("failed_message", "faild_message", "error_message", "fail_reason", "error"),
    ),
    "error_code": ("failed_code", "error_code"),
    "created_at": ("createdAt", "created_at"),
    "updated_at": ("updatedAt", "updated_at"),
    "initialized_at": ("initialized_time",),
    "processing_at": ("processing_time",),
    "completed_at": ("completed_time", "end_success_date"),
    "total": ("count", "total"),
    "items": ("rows", "list", "data"),
    "page": ("pageNum", "page", "current"),
    "page_size": ("pageSize", "page_size"),
    "negative_prompt": ("negative_prompt", "negative_prmpt"),
    "background_color": ("video_background_color", "video_backgroud_color"),
    "background_image": ("video_background_image", "video_backgroud_image"),
    "face": ("face_url", "face_image_url"),
    "video": ("video_url",),
    "source": ("source_url",),
    "audio": ("audio_url", "audioSrc"),
    "prompt": ("prompt", "positive_prompt"),
    "text": ("msg",),
    "speech_rate": ("speechRate",),
    "avatar": ("anchor_id",),
    "voice": ("tts_id",),
    "samples": ("voice_urls",),
    "images": ("image_urls", "imageUrls"),
    "seed": ("seed", "seeds"),
    # A switch of Wan, whose sound file is its `audio_url`.
    "sound": ("sound", "audio"),
    "server_timeout": ("timeout",),
    "references": ("reference_urls",),
    "videos": ("video_urls",),
    "audios": ("audio_urls",),
}

#: Keys that go out in all their spellings, because the eras of the reference disagree and the
#: server ignores what it does not know.
SENT_IN_EVERY_SPELLING = frozenset({"background_color", "background_image"})

#: Keys of starts that the SDK does not offer. The low-level client has them.
NOT_OFFERED: Mapping[str, str] = {
    "minor_suspected_skip": "skips a safety check of the server",
    "negative_prmpt": "an older spelling of negative_prompt",
    "video_length": "replaced by video_time",
}

_FRIENDLY = {wire: friendly for friendly, keys in FIELD_ALIASES.items() for wire in keys}


def python_name(wire: str, *, is_file: bool = False) -> str:
    """Return what users call a key of the server.

    Args:
        wire: The server's key, such as ``negative_prmpt``.
        is_file: Whether it holds the URL of a file that the server fetches, so that users can give
            the file itself.
    """
    if wire in _FRIENDLY:
        return _FRIENDLY[wire]
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", wire).lower()
    if is_file:
        return re.sub(r"_urls$", "s", re.sub(r"_url$", "", name))
    return name


def first_alias(record: Mapping[str, object], friendly: str) -> object:
    """Return a value of a record under any of its spellings; None where all are absent or empty.

    Args:
        record: The server's own object.
        friendly: The user's word, a key of `FIELD_ALIASES`.
    """
    for key in FIELD_ALIASES[friendly]:
        value = record.get(key)
        if value not in (None, ""):
            return value
    return None
