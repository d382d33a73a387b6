# Written by `nox -s generate` from spec/openapi.yaml: edit that, not this.
"""The tasks of each engine. They differ by their class only, so that none is taken for another."""

from __future__ import annotations

from typing import ClassVar

from .generation import GenerationTask

__all__ = [
    "ActorSwapTask",
    "CaptionRemovalTask",
    "DubbingTask",
    "Flux2Task",
    "GptImageTask",
    "GrokTask",
    "HailuoTask",
    "HappyHorseTask",
    "HeadSwapTask",
    "ImageEditTask",
    "ImageToVideoTask",
    "KlingImageTask",
    "KlingOmniTask",
    "KlingVideoTask",
    "MinimaxTask",
    "MotionTransferTask",
    "NanoBananaTask",
    "PhotobookTask",
    "ProductAvatarTask",
    "QwenImageTask",
    "Seedance2Task",
    "SeedanceTask",
    "SoraTask",
    "SoundTask",
    "TalkingPhotoTask",
    "TalkingVideoTask",
    "TextToImageTask",
    "UpscaleTask",
    "VeoTask",
    "VirtualTryOnTask",
    "Wan25Task",
    "Wan26ImageTask",
    "Wan26ReferenceTask",
    "Wan27ImageTask",
    "Wan30Task",
    "WanSpicyTask",
]


class DubbingTask(GenerationTask):
    """A dubbing task."""

    family: ClassVar[str] = "dubbing"


class ImageToVideoTask(GenerationTask):
    """A image to video task."""

    family: ClassVar[str] = "image_to_video"


class CaptionRemovalTask(GenerationTask):
    """A caption removal task."""

    family: ClassVar[str] = "caption_removal"


class TalkingPhotoTask(GenerationTask):
    """A talking photo task."""

    family: ClassVar[str] = "talking_photo"


class TalkingVideoTask(GenerationTask):
    """A talking video task."""

    family: ClassVar[str] = "talking_video"


class VirtualTryOnTask(GenerationTask):
    """A virtual try-on task."""

    family: ClassVar[str] = "virtual_try_on"


class MotionTransferTask(GenerationTask):
    """A motion transfer task."""

    family: ClassVar[str] = "motion_transfer"


class HeadSwapTask(GenerationTask):
    """A head swap task."""

    family: ClassVar[str] = "head_swap"


class ActorSwapTask(GenerationTask):
    """A actor swap task."""

    family: ClassVar[str] = "actor_swap"


class ProductAvatarTask(GenerationTask):
    """A product avatar task."""

    family: ClassVar[str] = "product_avatar"


class ImageEditTask(GenerationTask):
    """A image edit task."""

    family: ClassVar[str] = "image_edit"


class PhotobookTask(GenerationTask):
    """A photobook task."""

    family: ClassVar[str] = "photobook"


class SoundTask(GenerationTask):
    """A sound for a video task."""

    family: ClassVar[str] = "sound"


class UpscaleTask(GenerationTask):
    """A upscale task."""

    family: ClassVar[str] = "upscale"


class TextToImageTask(GenerationTask):
    """A text to image task."""

    family: ClassVar[str] = "text_to_image"


class NanoBananaTask(GenerationTask):
    """A Nano Banana image task."""

    family: ClassVar[str] = "nano_banana"


class GptImageTask(GenerationTask):
    """A GPT image task."""

    family: ClassVar[str] = "gpt_image"


class Flux2Task(GenerationTask):
    """A Flux 2 image task."""

    family: ClassVar[str] = "flux_2"


class QwenImageTask(GenerationTask):
    """A Qwen image task."""

    family: ClassVar[str] = "qwen_image"


class KlingImageTask(GenerationTask):
    """A Kling image task."""

    family: ClassVar[str] = "kling_image"


class KlingVideoTask(GenerationTask):
    """A Kling video task."""

    family: ClassVar[str] = "kling_video"


class KlingOmniTask(GenerationTask):
    """A Kling Omni task."""

    family: ClassVar[str] = "kling_omni"


class Wan26ImageTask(GenerationTask):
    """A Wan 2.6 image task."""

    family: ClassVar[str] = "wan_26_image"


class Wan27ImageTask(GenerationTask):
    """A Wan 2.7 image task."""

    family: ClassVar[str] = "wan_27_image"


class Wan25Task(GenerationTask):
    """A Wan 2.5 to 2.7 video task."""

    family: ClassVar[str] = "wan_25"


class WanSpicyTask(GenerationTask):
    """A Wan Spicy video task."""

    family: ClassVar[str] = "wan_spicy"


class Wan30Task(GenerationTask):
    """A Wan 3.0 video task."""

    family: ClassVar[str] = "wan_30"


class Wan26ReferenceTask(GenerationTask):
    """A Wan 2.6 video from references task."""

    family: ClassVar[str] = "wan_26_reference"


class HappyHorseTask(GenerationTask):
    """A HappyHorse video task."""

    family: ClassVar[str] = "happy_horse"


class SeedanceTask(GenerationTask):
    """A Seedance 1.5 video task."""

    family: ClassVar[str] = "seedance"


class Seedance2Task(GenerationTask):
    """A Seedance 2 video task."""

    family: ClassVar[str] = "seedance_2"


class HailuoTask(GenerationTask):
    """A Hailuo video task."""

    family: ClassVar[str] = "hailuo"


class MinimaxTask(GenerationTask):
    """A MiniMax H3 video task."""

    family: ClassVar[str] = "minimax"


class VeoTask(GenerationTask):
    """A Veo video task."""

    family: ClassVar[str] = "veo"


class GrokTask(GenerationTask):
    """A Grok video task."""

    family: ClassVar[str] = "grok"


class SoraTask(GenerationTask):
    """A Sora video task."""

    family: ClassVar[str] = "sora"
