"""Every operation of the API: where its module is, what it does, how well it is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

from ..types import UNSET, Request, path_segment


class Operation(NamedTuple):
    """One operation.

    Attributes:
        id: Its id in snake case, as `Request.operation` has it.
        tag: The package below `a2e_api.api` that has its module, named by its section.
        method: The HTTP method in capitals.
        path: The path, with its parameters in braces.
        effect: `read`, `delete`, `write` or `start`; an empty text where the document does not say.
        evidence: `verified`, `documented`, `reference` or `observed`; likewise.
        deprecated: Whether the server's reference has another operation in its place.
        body: The model of the request body; an empty text without one.
        answer: The model of a successful response.
        parameters: The arguments of `build_request` beside the body, by their name on the wire.
        body_names: The wire names of the body's fields that have another name in Python, by that name.
        data_types: The JSON types that the `data` of a successful response may have beside null; none for any.
        row_keys: Where the `data` has rows, if it is an object that wraps them.
        summary: What it does, in a sentence.
        error_statuses: The HTTP statuses of the errors that the document lists for it.
        success_statuses: The HTTP statuses that the document lists for its success.
    """

    id: str
    tag: str
    method: str
    path: str
    effect: str
    evidence: str
    deprecated: bool
    body: str
    answer: str
    parameters: Mapping[str, str]
    body_names: Mapping[str, str]
    data_types: tuple[str, ...]
    row_keys: tuple[str, ...]
    summary: str
    error_statuses: tuple[int, ...]
    success_statuses: tuple[int, ...]

    @property
    def module(self) -> ModuleType:
        """The operation's module, with `build_request`, `parse`, `sync` and `asyncio`."""
        return import_module(f"a2e_api.api.{self.tag}.{self.id}")

    @property
    def input(self) -> Mapping[str, Any]:
        """The JSON Schemas of its input: `body` (None without one), `query` and `path`."""
        schemas: Mapping[str, Mapping[str, Any]] = _load("schemas", self.tag).SCHEMAS
        return schemas[self.id]

    def request(self, values: Mapping[str, Any]) -> Request:
        """Return the request of plain JSON values, wherever each belongs: path, query or body.

        Args:
            values: The values by their names on the wire or in Python; None and UNSET stand for a parameter
                that is not given. The fields of a body are sent as they are, without a check.

        Returns:
            The request, not sent.

        Raises:
            TypeError: A value has no place, or the path lacks one.
            ValueError: A part of the path is empty or names another path.
        """
        path = self.path
        query: dict[str, Any] = {}
        rest = dict(values)
        for wire, name in self.parameters.items():
            value = rest.pop(wire if wire in rest else name, None)
            place = f"{{{wire}}}"
            if place in path:
                if value is None:
                    raise TypeError(f"{self.id} needs {name!r}.")
                path = path.replace(place, path_segment(value))
            elif value is not None and value is not UNSET:
                query[wire] = value
        if not self.body:
            if rest:
                raise TypeError(f"{self.id} takes no {min(rest)!r}.")
            return Request(self.id, self.method, path, query)
        names = self.body_names
        return Request(
            self.id,
            self.method,
            path,
            query,
            {names.get(key, key): value for key, value in rest.items()},
        )


class _Operations(Mapping[str, Operation]):
    """The operations by their id; the rows of a section are loaded with the first of them."""

    def __getitem__(self, identifier: str) -> Operation:
        rows: Mapping[str, Operation] = _load("operations", _TAGS[identifier]).ROWS
        return rows[identifier]

    def __iter__(self) -> Iterator[str]:
        return iter(_TAGS)

    def __len__(self) -> int:
        return len(_TAGS)


@cache
def _load(package: str, tag: str) -> ModuleType:
    return import_module(f"a2e_api.{package}.{tag}")


#: Every operation by its id.
OPERATIONS: Mapping[str, Operation] = _Operations()

_TAGS: Mapping[str, str] = {
    "add_face_swap_image": "face_swap",
    "list_face_swap_images": "face_swap",
    "delete_face_swap_image": "face_swap",
    "add_face_swap_preview": "face_swap",
    "get_face_swap_preview_status": "face_swap",
    "add_face_swap_task": "face_swap",
    "list_running_face_swap_tasks": "face_swap",
    "list_face_swap_tasks": "face_swap",
    "get_many_face_swap_tasks": "face_swap",
    "get_face_swap_task_2025": "face_swap",
    "get_face_swap_task": "face_swap",
    "delete_face_swap_task": "face_swap",
    "add_upload_url": "storage",
    "add_api_token": "tokens",
    "list_public_voices": "voices",
    "list_public_voices_by_post": "voices",
    "list_system_voices": "voices",
    "list_languages": "account",
    "list_voice_languages": "voices",
    "list_voice_clones": "voices",
    "list_running_voice_clones": "voices",
    "start_voice_clone": "voices",
    "get_voice_clone": "voices",
    "rename_voice_clone": "voices",
    "delete_voice_clone": "voices",
    "add_speech": "speech",
    "list_speech_previews": "speech",
    "delete_speech_preview": "speech",
    "start_avatar_video": "avatar_videos",
    "get_avatar_video": "avatar_videos",
    "get_avatar_video_detail": "avatar_videos",
    "list_avatar_videos": "avatar_videos",
    "list_avatar_videos_2025": "avatar_videos",
    "get_text_language": "avatar_videos",
    "update_public_pool": "avatar_videos",
    "list_avatars": "avatars",
    "list_avatars_2025": "avatars",
    "list_anchors": "avatars",
    "start_avatar_training": "avatars",
    "start_continued_training": "avatars",
    "start_continued_training_2025": "avatars",
    "delete_avatar_training": "avatars",
    "list_avatar_trainings": "avatars",
    "list_running_avatar_trainings": "avatars",
    "get_many_avatar_trainings": "avatars",
    "get_avatar_training": "avatars",
    "start_voice_clone_from_video": "avatars",
    "add_avatar_upload": "avatars",
    "get_avatar_upload_status": "avatars",
    "start_avatar_training_job": "avatars",
    "list_avatar_records": "avatars",
    "start_avatar_training_retry": "avatars",
    "start_eye_contact": "avatars",
    "add_custom_avatar": "avatars",
    "list_custom_avatars": "avatars",
    "delete_custom_avatar": "avatars",
    "list_custom_avatar_tags": "avatars",
    "update_custom_avatar": "avatars",
    "list_backgrounds": "backgrounds",
    "list_custom_backgrounds": "backgrounds",
    "add_background": "backgrounds",
    "delete_background": "backgrounds",
    "get_random_background": "backgrounds",
    "list_streaming_avatars": "streaming_avatar",
    "start_streaming_session": "streaming_avatar",
    "update_streaming_context": "streaming_avatar",
    "add_streaming_question": "streaming_avatar",
    "add_streaming_speech": "streaming_avatar",
    "leave_streaming_session": "streaming_avatar",
    "get_coins": "account",
    "list_credits": "account",
    "get_quote": "account",
    "get_current_user": "account",
    "add_user": "account",
    "add_transferred_file": "storage",
    "add_legacy_upload_url": "storage",
    "start_watermark": "watermarks",
    "start_dubbing_task": "dubbing",
    "list_dubbing_tasks": "dubbing",
    "list_running_dubbing_tasks": "dubbing",
    "get_dubbing_task_2025": "dubbing",
    "get_dubbing_task": "dubbing",
    "delete_dubbing_task": "dubbing",
    "start_image_to_video_task": "image_to_video",
    "list_image_to_video_tasks": "image_to_video",
    "get_many_image_to_video_tasks": "image_to_video",
    "get_image_to_video_task": "image_to_video",
    "delete_image_to_video_task": "image_to_video",
    "get_image_to_video_processing_time": "image_to_video",
    "get_image_to_video_queue_level": "image_to_video",
    "mark_image_to_video_shared": "image_to_video",
    "mark_image_to_video_downloaded": "image_to_video",
    "mark_image_to_video_copied": "image_to_video",
    "add_image_to_video_prompt": "image_to_video",
    "add_first_last_frame_prompt": "image_to_video",
    "start_caption_removal_task": "caption_removal",
    "list_caption_removal_tasks": "caption_removal",
    "list_running_caption_removal_tasks": "caption_removal",
    "get_many_caption_removal_tasks": "caption_removal",
    "get_caption_removal_task": "caption_removal",
    "delete_caption_removal_task": "caption_removal",
    "retry_caption_removal_task": "caption_removal",
    "start_text_to_image_task": "text_to_image",
    "list_text_to_image_tasks": "text_to_image",
    "get_many_text_to_image_tasks": "text_to_image",
    "get_text_to_image_task": "text_to_image",
    "delete_text_to_image_task": "text_to_image",
    "start_text_to_image_task_2025": "text_to_image",
    "add_avatar_from_text_to_image": "text_to_image",
    "start_nano_banana_task": "nano_banana",
    "list_nano_banana_tasks": "nano_banana",
    "get_many_nano_banana_tasks": "nano_banana",
    "get_nano_banana_task": "nano_banana",
    "delete_nano_banana_task": "nano_banana",
    "start_gpt_image_task": "gpt_image",
    "list_gpt_image_tasks": "gpt_image",
    "get_many_gpt_image_tasks": "gpt_image",
    "get_gpt_image_task": "gpt_image",
    "delete_gpt_image_task": "gpt_image",
    "start_flux_2_task": "flux_2",
    "list_flux_2_tasks": "flux_2",
    "get_many_flux_2_tasks": "flux_2",
    "get_flux_2_task": "flux_2",
    "delete_flux_2_task": "flux_2",
    "start_qwen_image_task": "qwen_image",
    "list_qwen_image_tasks": "qwen_image",
    "get_many_qwen_image_tasks": "qwen_image",
    "get_qwen_image_task": "qwen_image",
    "delete_qwen_image_task": "qwen_image",
    "start_kling_image_task": "kling_image",
    "list_kling_image_tasks": "kling_image",
    "get_many_kling_image_tasks": "kling_image",
    "get_kling_image_task": "kling_image",
    "delete_kling_image_task": "kling_image",
    "start_wan_26_image_task": "wan_26_image",
    "get_wan_26_image_task": "wan_26_image",
    "start_wan_27_image_task": "wan_27_image",
    "get_wan_27_image_task": "wan_27_image",
    "start_wan_25_task": "wan_25",
    "list_wan_25_tasks": "wan_25",
    "get_many_wan_25_tasks": "wan_25",
    "get_wan_25_task": "wan_25",
    "delete_wan_25_task": "wan_25",
    "start_wan_spicy_task": "wan_spicy",
    "list_wan_spicy_tasks": "wan_spicy",
    "get_many_wan_spicy_tasks": "wan_spicy",
    "get_wan_spicy_task": "wan_spicy",
    "delete_wan_spicy_task": "wan_spicy",
    "start_wan_30_task": "wan_30",
    "list_wan_30_tasks": "wan_30",
    "get_wan_30_task": "wan_30",
    "start_wan_26_reference_task": "wan_26_reference",
    "get_wan_26_reference_task": "wan_26_reference",
    "start_happy_horse_task": "happy_horse",
    "list_happy_horse_tasks": "happy_horse",
    "get_many_happy_horse_tasks": "happy_horse",
    "get_happy_horse_task": "happy_horse",
    "delete_happy_horse_task": "happy_horse",
    "start_seedance_task": "seedance",
    "list_seedance_tasks": "seedance",
    "start_seedance_2_task": "seedance_2",
    "list_seedance_2_tasks": "seedance_2",
    "get_many_seedance_2_tasks": "seedance_2",
    "get_seedance_2_task": "seedance_2",
    "rename_seedance_2_task": "seedance_2",
    "delete_seedance_2_task": "seedance_2",
    "start_hailuo_task": "hailuo",
    "list_hailuo_tasks": "hailuo",
    "get_many_hailuo_tasks": "hailuo",
    "get_hailuo_task": "hailuo",
    "start_minimax_task": "minimax",
    "list_minimax_tasks": "minimax",
    "get_many_minimax_tasks": "minimax",
    "get_minimax_task": "minimax",
    "start_veo_task": "veo",
    "list_veo_tasks": "veo",
    "get_many_veo_tasks": "veo",
    "get_veo_task": "veo",
    "delete_veo_task": "veo",
    "get_veo_task_in_full_hd": "veo",
    "start_grok_task": "grok",
    "list_grok_tasks": "grok",
    "get_many_grok_tasks": "grok",
    "get_grok_task": "grok",
    "delete_grok_task": "grok",
    "start_kling_video_task": "kling_video",
    "list_kling_video_tasks": "kling_video",
    "get_many_kling_video_tasks": "kling_video",
    "get_kling_video_task": "kling_video",
    "rename_kling_video_task": "kling_video",
    "delete_kling_video_task": "kling_video",
    "start_kling_omni_task": "kling_omni",
    "list_kling_omni_tasks": "kling_omni",
    "get_many_kling_omni_tasks": "kling_omni",
    "get_kling_omni_task": "kling_omni",
    "rename_kling_omni_task": "kling_omni",
    "delete_kling_omni_task": "kling_omni",
    "start_sora_task": "sora",
    "list_sora_tasks": "sora",
    "get_many_sora_tasks": "sora",
    "get_sora_task": "sora",
    "delete_sora_task": "sora",
    "start_image_edit_task": "image_edit",
    "list_image_edit_tasks": "image_edit",
    "get_many_image_edit_tasks": "image_edit",
    "get_image_edit_task": "image_edit",
    "delete_image_edit_task": "image_edit",
    "start_head_swap_task": "head_swap",
    "list_head_swap_tasks": "head_swap",
    "get_many_head_swap_tasks": "head_swap",
    "get_head_swap_task": "head_swap",
    "delete_head_swap_task": "head_swap",
    "start_actor_swap_task": "actor_swap",
    "list_actor_swap_tasks": "actor_swap",
    "get_many_actor_swap_tasks": "actor_swap",
    "get_actor_swap_task": "actor_swap",
    "delete_actor_swap_task": "actor_swap",
    "start_product_avatar_task": "product_avatar",
    "list_product_avatar_tasks": "product_avatar",
    "get_many_product_avatar_tasks": "product_avatar",
    "get_product_avatar_task": "product_avatar",
    "delete_product_avatar_task": "product_avatar",
    "start_photobook_task": "photobook",
    "list_photobook_tasks": "photobook",
    "get_many_photobook_tasks": "photobook",
    "get_photobook_task": "photobook",
    "delete_photobook_task": "photobook",
    "start_sound_task": "sound",
    "list_sound_tasks": "sound",
    "get_many_sound_tasks": "sound",
    "get_sound_task": "sound",
    "delete_sound_task": "sound",
    "start_upscale_task": "upscale",
    "list_upscale_tasks": "upscale",
    "get_many_upscale_tasks": "upscale",
    "get_upscale_task": "upscale",
    "delete_upscale_task": "upscale",
    "start_talking_photo_task": "talking_photo",
    "list_talking_photo_tasks": "talking_photo",
    "get_many_talking_photo_tasks": "talking_photo",
    "get_talking_photo_task": "talking_photo",
    "delete_talking_photo_task": "talking_photo",
    "start_talking_video_task": "talking_video",
    "list_talking_video_tasks": "talking_video",
    "get_many_talking_video_tasks": "talking_video",
    "get_talking_video_task": "talking_video",
    "delete_talking_video_task": "talking_video",
    "start_virtual_try_on_task": "virtual_try_on",
    "list_virtual_try_on_tasks": "virtual_try_on",
    "get_many_virtual_try_on_tasks": "virtual_try_on",
    "get_virtual_try_on_task": "virtual_try_on",
    "delete_virtual_try_on_task": "virtual_try_on",
    "start_motion_transfer_task": "motion_transfer",
    "list_motion_transfer_tasks": "motion_transfer",
    "get_many_motion_transfer_tasks": "motion_transfer",
    "get_motion_transfer_task": "motion_transfer",
    "delete_motion_transfer_task": "motion_transfer",
}
