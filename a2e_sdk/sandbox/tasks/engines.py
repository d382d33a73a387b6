"""The families of tasks whose records are all alike: the engines of the facade.

This module owns what is the sandbox's own of each: prices, and how results and lists look where the
spec does not say it. Everything else follows from the facade's family and the spec, so that a new
engine needs no entry here. Prices are of the size that was seen in examples; where a result is and
what a list looks like are guesses, as ``docs/sandbox.md`` says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from a2e_sdk._wire.families import TaskFamily
from a2e_sdk._wire.family_table import ENGINES as FACADE_ENGINES
from a2e_sdk.sandbox.files.served_files import JPEG, MP4, FileKind
from a2e_sdk.sandbox.state.progress import StatusWords

from .family import ListShape, SandboxFamily, operations_of
from .rows import RecordRow

__all__ = ["ENGINES", "sandbox_engine"]

_WORDS = StatusWords(running=("sent", "pending", "processing"))
_IMAGE = RecordRow("result_image_url")
_PRICES: Mapping[FileKind, int] = {JPEG: 15, MP4: 50}
"""What a task costs by default, by the kind of file that it gives."""

_OWN: Mapping[str, Mapping[str, Any]] = {
    "dubbing": {"price": 30},
    "image_to_video": {"price": 100, "words": StatusWords(("sent",), ("pending",))},
    "caption_removal": {"price": 20},
    "talking_photo": {"price": 13},
    "talking_video": {"price": 13, "row": RecordRow(others={"cover_url": ""})},
    "virtual_try_on": {"row": _IMAGE},
    "motion_transfer": {"price": 40, "row": RecordRow("result_video_url")},
    "head_swap": {"price": 15},
    "actor_swap": {"price": 40},
    "product_avatar": {"row": _IMAGE},
    "photobook": {"price": 40, "results": "total_count"},
    "sound": {"price": 10},
    "upscale": {"price": 10},
    "text_to_image": {"price": 10, "at_once_with": ("req_key",)},
    "nano_banana": {"shape": ListShape.LIST},
    "gpt_image": {"price": 20, "shape": ListShape.LIST},
    "flux_2": {"price": 20, "shape": ListShape.LIST},
    "qwen_image": {"price": 10},
    "kling_image": {"price": 10, "results": "n"},
    "kling_video": {"price": 60},
    "kling_omni": {"price": 60},
    "wan_26_image": {"price": 10},
    "wan_27_image": {"price": 10},
    "wan_30": {"price": 80},
    "seedance_2": {"price": 80},
    "minimax": {"price": 80},
    "veo": {"price": 100},
    "grok": {"price": 40},
    "sora": {"price": 100},
}
"""What differs from the defaults, by family."""


def sandbox_engine(family: TaskFamily) -> SandboxFamily:
    """Return an engine as the sandbox serves it.

    Args:
        family: the facade's family.
    """
    own = dict(_OWN.get(family.name, {}))
    row = own.setdefault("row", _row_of(family))
    kind = own.setdefault("result", _kind_of(family, row))
    own.setdefault("price", _PRICES[kind])
    own.setdefault("words", _WORDS)
    own.setdefault("shape", ListShape.BARE if family.page_argument is None else ListShape.ROWS)
    return SandboxFamily(
        name=family.name,
        start=str(family.start),
        operations=operations_of(family),
        several=family.many or "",
        **own,
    )


def _row_of(family: TaskFamily) -> RecordRow:
    """Return how records are written: images, and nothing else, come in a list of links."""
    gives_images_alone = "image_urls" in family.results and "video_url" not in family.results
    return RecordRow("image_urls", in_list=True) if gives_images_alone else RecordRow()


def _kind_of(family: TaskFamily, row: RecordRow) -> FileKind:
    """Return the kind of a result: that of its key, or the one that the title names last."""
    if row.in_list:
        return JPEG
    named = re.findall("image|video", row.result) or re.findall("image|video", family.title.lower())
    return JPEG if named[-1:] == ["image"] else MP4


ENGINES: tuple[SandboxFamily, ...] = tuple(map(sandbox_engine, FACADE_ENGINES))
"""Every such family."""
