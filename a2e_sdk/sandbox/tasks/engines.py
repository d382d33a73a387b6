"""The table of the families of tasks whose records are all alike: one row each.

Owns their prices, results and shapes. What a column means is in `task_family`. Prices are the
sandbox's own, of the size that was seen in examples; where the spec does not say where a result is
or what a list looks like, the row is a guess, as ``docs/sandbox.md`` says.
"""

from __future__ import annotations

from attrs import evolve

from a2e_api.operations import OPERATIONS
from a2e_sdk.sandbox.files.served_files import JPEG, MP4, MediaKind

from .family import Action, ListShape, TaskFamily, operations_of
from .progress import StatusWords
from .rows import RecordRow

__all__ = ["ENGINES"]

# Their names alone: what is known of each is loaded when it is needed.
_KNOWN = frozenset(OPERATIONS)

_WORDS = StatusWords(running=("sent", "pending", "processing"))

_VIDEO = RecordRow()
_IMAGE = RecordRow("result_image_url")
_IMAGES = RecordRow("image_urls", in_list=True)


def _engine(
    name: str,
    price: int,
    row: RecordRow = _VIDEO,
    *,
    words: StatusWords = _WORDS,
    shape: ListShape = ListShape.ROWS,
    result_like: str = "",
    results: str = "",
) -> TaskFamily:
    kind: MediaKind = MP4 if row.result in ("result_url", "result_video_url") else JPEG
    return TaskFamily(
        name=name,
        operations=operations_of(name, _KNOWN),
        row=row,
        words=words,
        price=price,
        result=kind,
        result_like=result_like,
        results=results,
        shape=shape,
    )


def _with_older_detail(family: TaskFamily) -> TaskFamily:
    older = {f"get_{family.name}_task_2025": Action.DETAIL}
    return evolve(family, operations={**family.operations, **older})


_TEXT_TO_IMAGE = _engine("text_to_image", 10, _IMAGES)

ENGINES: tuple[TaskFamily, ...] = (
    _with_older_detail(_engine("dubbing", 30, result_like="source_url")),
    _engine("image_to_video", 100, words=StatusWords(("sent",), ("pending",))),
    _engine("caption_removal", 20),
    _engine("talking_photo", 13),
    _engine("talking_video", 13, RecordRow(others={"cover_url": ""})),
    _engine("virtual_try_on", 15, _IMAGE),
    _engine("motion_transfer", 40, RecordRow("result_video_url")),
    _engine("head_swap", 15, result_like="target_image_url"),
    _engine("actor_swap", 40),
    _engine("product_avatar", 15, _IMAGE),
    evolve(_engine("image_edit", 15), result=JPEG),
    _engine("photobook", 40, _IMAGES, results="total_count"),
    _engine("sound", 10),
    _engine("upscale", 10, result_like="source_url"),
    # One start may make several tasks, and answers with an array. To a server that ignores the case
    # of paths its older form is the same one.
    evolve(
        _TEXT_TO_IMAGE,
        operations={
            **_TEXT_TO_IMAGE.operations,
            "start_text_to_image_task": Action.START_IN_ARRAY,
            "start_text_to_image_task_2025": Action.START_IN_ARRAY,
        },
        several="max_images",
        at_once_with=("req_key",),
    ),
    _engine("nano_banana", 15, _IMAGES, shape=ListShape.LIST),
    _engine("gpt_image", 20, _IMAGES, shape=ListShape.LIST),
    _engine("flux_2", 20, _IMAGES, shape=ListShape.LIST),
    _engine("qwen_image", 10, _IMAGES, shape=ListShape.BARE),
    _engine("kling_image", 10, _IMAGES, shape=ListShape.BARE, results="n"),
    _engine("kling_video", 60),
    _engine("kling_omni", 60),
    _engine("wan_26_image", 10, _IMAGES),
    _engine("wan_27_image", 10, _IMAGES),
    _engine("wan_25", 50),
    _engine("wan_spicy", 50),
    _engine("wan_30", 80),
    _engine("wan_26_reference", 50),
    _engine("happy_horse", 50),
    _engine("seedance", 50),
    _engine("seedance_2", 80),
    _engine("hailuo", 50),
    _engine("minimax", 80),
    _engine("veo", 100),
    _engine("grok", 40),
    _engine("sora", 100),
)
"""Every such family."""
