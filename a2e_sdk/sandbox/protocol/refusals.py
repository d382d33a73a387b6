"""Which HTTP errors each operation answers with, as the spec lists them.

Owns this one table. A refusal that the spec does not list comes under HTTP 200, where only the
envelope's code tells; 401 is listed for all operations that want a token. A test compares the table
with ``spec/openapi.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["REFUSALS", "WITHOUT_TOKEN", "lists_refusal"]

REFUSALS: Mapping[int, frozenset[str]] = {
    400: frozenset(
        [
            "add_face_swap_image",
            "add_face_swap_preview",
            "add_face_swap_task",
            "add_speech",
            "add_streaming_question",
            "add_streaming_speech",
            "add_upload_url",
            "delete_caption_removal_task",
            "delete_dubbing_task",
            "delete_face_swap_image",
            "delete_face_swap_task",
            "delete_head_swap_task",
            "delete_image_to_video_task",
            "delete_motion_transfer_task",
            "delete_photobook_task",
            "delete_product_avatar_task",
            "delete_sound_task",
            "delete_virtual_try_on_task",
            "get_face_swap_task",
            "get_face_swap_task_2025",
            "get_head_swap_task",
            "get_motion_transfer_task",
            "get_product_avatar_task",
            "get_quote",
            "get_sound_task",
            "get_virtual_try_on_task",
            "get_voice_clone",
            "leave_streaming_session",
            "list_credits",
            "list_face_swap_tasks",
            "list_streaming_avatars",
            "start_flux_2_task",
            "start_head_swap_task",
            "start_streaming_session",
            "start_talking_photo_task",
            "start_wan_30_task",
            "update_streaming_context",
        ]
    ),
    402: frozenset({"start_flux_2_task"}),
    403: frozenset(["start_head_swap_task", "start_voice_clone"]),
    404: frozenset(
        [
            "delete_head_swap_task",
            "delete_kling_omni_task",
            "delete_kling_video_task",
            "delete_nano_banana_task",
            "delete_photobook_task",
            "delete_product_avatar_task",
            "delete_speech_preview",
            "get_flux_2_task",
            "get_head_swap_task",
            "get_image_to_video_task",
            "get_kling_omni_task",
            "get_kling_video_task",
            "get_nano_banana_task",
            "get_photobook_task",
            "get_product_avatar_task",
            "get_text_to_image_task",
            "rename_kling_omni_task",
            "rename_kling_video_task",
        ]
    ),
}
"""HTTP status -> the operations that answer with it; the others that the spec lists never occur
here."""

WITHOUT_TOKEN = frozenset({"get_random_background"})
"""The operations that the spec lets anybody call."""


def lists_refusal(operation: str, status: int) -> bool:
    """Tell whether an operation answers with an HTTP error.

    Args:
        operation: its id.
        status: the HTTP status.
    """
    return operation in REFUSALS.get(status, ())
