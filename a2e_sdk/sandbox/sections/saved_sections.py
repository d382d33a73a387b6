"""What the sections keep beside tasks, as it is saved.

This module owns the form of it only; each part is read and filled by its section.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from attrs import frozen

from .made_files import SavedFile
from .streaming import Session
from .uploads import UploadedFile

__all__ = ["SavedSections"]


@frozen(kw_only=True)
class SavedSections:
    """All that the sections keep.

    Args:
        faces: the saved faces, by id.
        backgrounds: the user's backgrounds, by id.
        custom_avatars: the user's custom avatars, by id.
        speech_previews: spoken texts with the time at which each was made, by id.
        streaming_sessions: the sessions that nobody has left, by channel.
        uploads: the uploaded files, by bucket and key.
        made_files: files that were made without a task.
    """

    faces: dict[str, dict[str, Any]]
    backgrounds: dict[str, dict[str, Any]]
    custom_avatars: dict[str, dict[str, Any]]
    speech_previews: dict[str, tuple[datetime, dict[str, Any]]]
    streaming_sessions: dict[str, Session]
    uploads: dict[str, UploadedFile]
    made_files: list[SavedFile]
