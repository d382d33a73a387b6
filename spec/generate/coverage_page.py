"""Generate docs/coverage.md: every operation, how well it is known, and what users call it.

    python spec/generate/coverage_page.py            write docs/coverage.md
    python spec/generate/coverage_page.py --check    print what would change, and exit 1

The friendly methods of task families come from ``a2e_sdk/_wire/family_table.py``. This module owns
the list of the others, and of the operations that have none, with the reason. A test compares both
with the clients and the spec, so that no method names an operation that is gone. The text of the
page is in ``templates/coverage.md.jinja``.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping

import project
from a2e_api.operations import OPERATIONS
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk.sandbox import Sandbox
from generated_files import Files, render, run_generator
from yaml_document import read_document

PAGE = project.ROOT / "docs" / "coverage.md"

#: Operation -> its method on the client, for operations that belong to no family of tasks.
METHODS: Mapping[str, str] = {
    "add_api_token": "tokens.create",
    "add_background": "backgrounds.add",
    "add_face_swap_image": "face_swap.images.add",
    "add_face_swap_preview": "face_swap.previews.create",
    "add_speech": "speech.create",
    "add_streaming_question": "streaming_avatar.session",
    "add_streaming_speech": "streaming_avatar.session",
    "add_transferred_file": "storage.transfer",
    "add_upload_url": "storage.upload",
    "delete_background": "backgrounds.delete",
    "delete_face_swap_image": "face_swap.images.delete",
    "delete_speech_preview": "speech.previews.delete",
    "get_coins": "account.coins",
    "get_face_swap_preview_status": "face_swap.previews.get",
    "get_quote": "account.quote",
    "get_random_background": "backgrounds.random",
    "get_text_language": "avatar_videos.detect_language",
    "leave_streaming_session": "streaming_avatar.session",
    "list_avatars": "avatars.list",
    "list_backgrounds": "backgrounds.list",
    "list_credits": "account.credits",
    "list_face_swap_images": "face_swap.images.list",
    "list_languages": "account.languages",
    "list_public_voices": "voices.list",
    "list_speech_previews": "speech.previews.list",
    "list_streaming_avatars": "streaming_avatar.avatars",
    "list_voice_languages": "voices.languages",
    "start_continued_training": "avatars.trainings.continue_training",
    "start_streaming_session": "streaming_avatar.session",
    "start_voice_clone_from_video": "avatars.trainings.clone_voice",
    "start_watermark": "storage.watermark",
    "update_public_pool": "avatar_videos.public_pool",
    "update_streaming_context": "streaming_avatar.session",
}

_OLDER = "the older form of `{}`"
_UNDESCRIBED = "neither its body nor its answer is described anywhere"

#: Operation -> why it has no friendly method. All of them are there through ``a2e.api``.
LOW_LEVEL_ONLY: Mapping[str, str] = {
    "add_avatar_from_text_to_image": "reported to answer with nothing; what it makes is in no list",
    "add_avatar_upload": _UNDESCRIBED,
    "add_custom_avatar": _UNDESCRIBED,
    "add_first_last_frame_prompt": "its answer, text or events, is not described",
    "add_image_to_video_prompt": "its answer, text or events, is not described",
    "add_legacy_upload_url": _OLDER.format("add_upload_url"),
    "add_user": "for resellers; its body is hardly described",
    "delete_custom_avatar": _UNDESCRIBED,
    "get_avatar_upload_status": _UNDESCRIBED,
    "get_avatar_video_detail": "its answer is not described; `get_avatar_video` has the same video",
    "get_current_user": "a page of the web site; one client reads its keys",
    "get_dubbing_task_2025": _OLDER.format("get_dubbing_task"),
    "get_face_swap_task_2025": _OLDER.format("get_face_swap_task"),
    "get_image_to_video_processing_time": "its answer is not described",
    "get_image_to_video_queue_level": "its answer is not described",
    "get_veo_task_in_full_hd": "its answer, also while it is prepared, is not described",
    "list_anchors": "the 2026 name of `list_avatars`; its answer is not described",
    "list_avatar_records": _UNDESCRIBED,
    "list_avatar_videos_2025": _OLDER.format("list_avatar_videos"),
    "list_avatars_2025": _OLDER.format("list_avatars"),
    "list_custom_avatar_tags": _UNDESCRIBED,
    "list_custom_avatars": _UNDESCRIBED,
    "list_custom_backgrounds": "`list_backgrounds` has them too; its own answer is not described",
    "list_public_voices_by_post": "the same list as `list_public_voices`",
    "list_system_voices": "its answer is not described",
    "mark_image_to_video_copied": "a note for the web site",
    "mark_image_to_video_downloaded": "a note for the web site",
    "mark_image_to_video_shared": "a note for the web site",
    "retry_caption_removal_task": "its body is not described, and it may cost coins",
    "start_avatar_training_job": _UNDESCRIBED,
    "start_avatar_training_retry": "its body is not described, and it may cost coins",
    "start_continued_training_2025": _OLDER.format("start_continued_training"),
    "start_eye_contact": "its answer is not described",
    "start_text_to_image_task_2025": _OLDER.format("start_text_to_image_task"),
    "update_custom_avatar": _UNDESCRIBED,
}

_FAMILY_METHODS = {
    "start": "create",
    "get": "get",
    "get_many": "get_many",
    "list": "list",
    "running": "running",
    "delete": "delete",
    "rename": "rename",
}


def friendly_methods() -> dict[str, str]:
    """Return every operation that has a friendly method, and the method."""
    methods = dict(METHODS)
    for family in TASK_FAMILIES.values():
        for verb, method in _FAMILY_METHODS.items():
            operation = getattr(family, verb)
            if operation is not None:
                methods[operation] = f"{family.attribute}.{method}"
    return methods


def page() -> str:
    """Return the text of the page."""
    rows = list(OPERATIONS.values())
    methods = friendly_methods()
    missing = [row.id for row in rows if row.id not in methods and row.id not in LOW_LEVEL_ONLY]
    if missing:
        raise SystemExit(
            f"{', '.join(missing)}: no line in METHODS or LOW_LEVEL_ONLY of "
            "spec/generate/coverage_page.py, and no row in a2e_sdk/_wire/family_table.py"
        )
    return render(
        "coverage.md.jinja",
        tags=read_document(project.DOCUMENT)["tags"],
        rows=rows,
        evidence=Counter(row.evidence for row in rows),
        methods=methods,
        low_level_only=LOW_LEVEL_ONLY,
        served=Sandbox().operations,
    )


def generate() -> Files:
    """Return the page."""
    present = {PAGE.name: PAGE.read_text(encoding="utf-8")} if PAGE.exists() else {}
    return Files(PAGE.parent, present, {PAGE.name: page()})


if __name__ == "__main__":
    sys.exit(run_generator("Generate docs/coverage.md.", generate))
