"""The table of task families: one row each.

This module owns the rows; what their fields mean is in ``_wire.families``. A new engine is a
section of the spec and a row here: ``nox -s generate`` writes its class and its place on the
client, and the commands and the sandbox read it from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from .families import TaskFamily

#: Where records have the links of results, as far as any task has shown.
_ANY_RESULT = ("result_url", "result_urls", "result_video_url", "result_image_url")
_VIDEO = (*_ANY_RESULT, "video_url")
_IMAGES = (*_ANY_RESULT, "image_urls")

_ALL = "start list get_many get delete"
#: As far as other clients show it.
_SEEN = "start list get_many get"
_READ = "start get"

_NAMES: Mapping[str, str] = {
    "start": "start_{}_task",
    "list": "list_{}_tasks",
    "running": "list_running_{}_tasks",
    "get_many": "get_many_{}_tasks",
    "get": "get_{}_task",
    "delete": "delete_{}_task",
    "rename": "rename_{}_task",
}


def _engine(name: str, model: str, operations: str = _ALL, **fields: Any) -> TaskFamily:
    """Return the row of a family whose operations are named by the rule."""
    named: dict[str, Any] = {field: _NAMES[field].format(name) for field in operations.split()}
    fields.setdefault("results", _ANY_RESULT)
    fields.setdefault("title", name.replace("_", " "))
    return TaskFamily(name=name, model=model, **named, **fields)


FACE_SWAP = TaskFamily(
    name="face_swap",
    attribute="face_swap.tasks",
    title="face swap",
    start="add_face_swap_task",
    get="get_face_swap_task",
    get_many="get_many_face_swap_tasks",
    list="list_face_swap_tasks",
    running="list_running_face_swap_tasks",
    delete="delete_face_swap_task",
    rows=("rows",),
    model="FaceSwapTask",
    record="face_swap_task",
    progress="face_swap_progress",
)

#: The engines. Their classes are generated, and those of `FACE_SWAP`.
ENGINES: tuple[TaskFamily, ...] = (
    _engine("dubbing", "DubbingTask", "start list running get delete"),
    _engine("image_to_video", "ImageToVideoTask", title="image to video", results=_VIDEO),
    _engine(
        "caption_removal",
        "CaptionRemovalTask",
        f"{_ALL} running",
        title="caption removal",
        results=_VIDEO,
    ),
    _engine("talking_photo", "TalkingPhotoTask", results=_VIDEO),
    _engine("talking_video", "TalkingVideoTask"),
    _engine("virtual_try_on", "VirtualTryOnTask", title="virtual try-on"),
    _engine("motion_transfer", "MotionTransferTask"),
    _engine("head_swap", "HeadSwapTask", label=None),
    _engine("actor_swap", "ActorSwapTask"),
    _engine("product_avatar", "ProductAvatarTask"),
    _engine("image_edit", "ImageEditTask"),
    _engine("photobook", "PhotobookTask", results=_IMAGES),
    _engine("sound", "SoundTask", title="sound for a video"),
    _engine("upscale", "UpscaleTask", results=(*_VIDEO, "image_urls")),
    _engine("text_to_image", "TextToImageTask", results=_IMAGES, many="max_images"),
    _engine("nano_banana", "NanoBananaTask", title="Nano Banana image", results=_IMAGES),
    _engine("gpt_image", "GptImageTask", title="GPT image", results=_IMAGES, page_argument="page"),
    _engine("flux_2", "Flux2Task", title="Flux 2 image", results=_IMAGES, page_argument="page"),
    _engine("qwen_image", "QwenImageTask", title="Qwen image", results=_IMAGES, page_argument=None),
    _engine(
        "kling_image", "KlingImageTask", title="Kling image", results=_IMAGES, page_argument=None
    ),
    _engine("kling_video", "KlingVideoTask", f"{_ALL} rename", title="Kling video"),
    _engine("kling_omni", "KlingOmniTask", f"{_ALL} rename", title="Kling Omni", results=_VIDEO),
    _engine("wan_26_image", "Wan26ImageTask", _READ, title="Wan 2.6 image", results=_IMAGES),
    _engine("wan_27_image", "Wan27ImageTask", _READ, title="Wan 2.7 image", results=_IMAGES),
    _engine("wan_25", "Wan25Task", title="Wan 2.5 to 2.7 video", results=_VIDEO),
    _engine("wan_spicy", "WanSpicyTask", title="Wan Spicy video", results=_VIDEO),
    _engine("wan_30", "Wan30Task", "start list get", title="Wan 3.0 video", results=_VIDEO),
    _engine(
        "wan_26_reference",
        "Wan26ReferenceTask",
        _READ,
        title="Wan 2.6 video from references",
        results=_VIDEO,
    ),
    _engine("happy_horse", "HappyHorseTask", title="HappyHorse video", results=_VIDEO),
    _engine("seedance", "SeedanceTask", "start list", title="Seedance 1.5 video", results=_VIDEO),
    _engine(
        "seedance_2", "Seedance2Task", f"{_ALL} rename", title="Seedance 2 video", results=_VIDEO
    ),
    _engine("hailuo", "HailuoTask", _SEEN, title="Hailuo video", results=_VIDEO),
    _engine("minimax", "MinimaxTask", _SEEN, title="MiniMax H3 video", results=_VIDEO),
    _engine("veo", "VeoTask", title="Veo video", results=_VIDEO),
    _engine("grok", "GrokTask", title="Grok video", results=_VIDEO),
    _engine("sora", "SoraTask", title="Sora video", results=_VIDEO),
)

AVATAR_VIDEOS = TaskFamily(
    name="avatar_videos",
    title="avatar video",
    start="start_avatar_video",
    get="get_avatar_video",
    list="list_avatar_videos",
    page_argument="current",
    rows=("data",),
    total=("total", "count"),
    label="title",
    results=("result",),
    model="AvatarVideo",
    record="avatar_video",
)

AVATAR_TRAININGS = TaskFamily(
    name="avatar_trainings",
    attribute="avatars.trainings",
    section="avatars",
    title="avatar training",
    start="start_avatar_training",
    get="get_avatar_training",
    get_many="get_many_avatar_trainings",
    list="list_avatar_trainings",
    running="list_running_avatar_trainings",
    delete="delete_avatar_training",
    results=("preview_result_url",),
    model="AvatarTraining",
    record="avatar_training",
)

VOICE_CLONES = TaskFamily(
    name="voice_clones",
    attribute="voices.clones",
    section="voices",
    title="voice clone",
    start="start_voice_clone",
    get="get_voice_clone",
    list="list_voice_clones",
    running="list_running_voice_clones",
    delete="delete_voice_clone",
    rename="rename_voice_clone",
    page_argument=None,
    # The list has finished clones only; a new one is among those in training.
    search="running",
    model="VoiceClone",
    record="voice_clone",
)

#: Every family by its name.
TASK_FAMILIES: Mapping[str, TaskFamily] = MappingProxyType(
    {
        family.name: family
        for family in (FACE_SWAP, AVATAR_VIDEOS, AVATAR_TRAININGS, VOICE_CLONES, *ENGINES)
    }
)
