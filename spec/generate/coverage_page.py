"""Write docs/coverage.md: every operation, how well it is known, and what users call it.

    python spec/coverage_page.py            write docs/coverage.md
    python spec/coverage_page.py --check    print what would change, exit with 1 if anything would

The friendly methods of task families come from ``a2e_sdk/family_table.py``; this module owns the
list of the others, and of the operations that have none, with the reason. A test holds both to
the clients and to the spec, so that no method points at an operation that is gone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from ruamel.yaml import YAML

from generate import update_files

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "generated")]

from a2e_api.operations import OPERATIONS, Operation  # noqa: E402
from a2e_sdk.family_table import TASK_FAMILIES  # noqa: E402
from a2e_sdk.sandbox import Sandbox  # noqa: E402

PAGE = HERE.parent / "docs" / "coverage.md"

#: Operation -> its methods on the client, for what is no verb of a task family.
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

_HEAD = """\
# What is covered

Written by `nox -s generate` from `spec/openapi.yaml` and the clients; a check in CI compares them.

{count} operations, {friendly} with a friendly method. All of them can be called by the low-level client with
the facade's key, retries and errors:

```python
from a2e_api.api.voices import list_system_voices

answer = list_system_voices.sync(client=a2e.api)
```

How well an operation is known:

| evidence | | operations |
|---|---|---|
| documented | a page of A2E's documentation was seen, answer included | {documented} |
| reference | A2E's 2026 reference lists it: the request is known, the answer is not described | {reference} |
| observed | only the code of other clients shows it | {observed} |

None of it was checked against the live service by this project. The sandbox serves {sandbox} of them, by the
same knowledge.

"""


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
    methods = friendly_methods()
    served = Sandbox().operations
    rows = list(OPERATIONS.values())
    evidence = {
        word: sum(row.evidence == word for row in rows)
        for word in ("documented", "reference", "observed")
    }
    text = _HEAD.format(
        count=len(rows),
        friendly=sum(row.id in methods for row in rows),
        sandbox=sum(row.id in served for row in rows),
        **evidence,
    )
    return text + "\n".join(_sections(rows, methods, served))


def _sections(
    rows: list[Operation], methods: Mapping[str, str], served: frozenset[str]
) -> Iterator[str]:
    document = YAML(typ="safe").load(HERE / "openapi.yaml")
    for tag in document["tags"]:
        of_tag = [row for row in rows if row.tag == tag["name"]]
        yield f"## {tag['name']}\n\n{tag['description']}\n"
        yield "| operation | evidence | friendly method | sandbox |\n|---|---|---|---|"
        for row in of_tag:
            method = methods.get(row.id)
            shown = f"`a2e.{method}`" if method else f"none: {LOW_LEVEL_ONLY[row.id]}"
            old = " (deprecated)" if row.deprecated else ""
            yield (
                f"| `{row.id}`<br>`{row.method} {row.path}`{old} | {row.evidence} | {shown} | "
                f"{'yes' if row.id in served else 'no'} |"
            )
        yield ""


def main() -> int:
    """Run the command line and return the exit code: 0 for success, 1 for a difference."""
    parser = argparse.ArgumentParser(description="Write docs/coverage.md.")
    parser.add_argument("--check", action="store_true", help="write nothing, print what differs")
    options = parser.parse_args()
    present = {PAGE.name: PAGE.read_text(encoding="utf-8")} if PAGE.exists() else {}
    return update_files(PAGE.parent, present, {PAGE.name: page()}, check=options.check)


if __name__ == "__main__":
    sys.exit(main())
