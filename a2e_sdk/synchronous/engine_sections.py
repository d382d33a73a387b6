# Written by `nox -s generate` from asynchronous/engine_sections.py: edit there, not here.
"""The generation engines as attributes of the client; each is imported when it is first used."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .caller import Caller
    from .engines.actor_swap import ActorSwap
    from .engines.caption_removal import CaptionRemoval
    from .engines.dubbing import Dubbing
    from .engines.flux_2 import Flux2
    from .engines.gpt_image import GptImage
    from .engines.grok import Grok
    from .engines.happy_horse import HappyHorse
    from .engines.head_swap import HeadSwap
    from .engines.image_edit import ImageEdit
    from .engines.image_to_video import ImageToVideo
    from .engines.kling_image import KlingImage
    from .engines.kling_omni import KlingOmni
    from .engines.kling_video import KlingVideo
    from .engines.motion_transfer import MotionTransfer
    from .engines.nano_banana import NanoBanana
    from .engines.photobook import Photobook
    from .engines.product_avatar import ProductAvatar
    from .engines.qwen_image import QwenImage
    from .engines.seedance import Seedance
    from .engines.seedance_2 import Seedance2
    from .engines.sora import Sora
    from .engines.sound import Sound
    from .engines.talking_photo import TalkingPhoto
    from .engines.talking_video import TalkingVideo
    from .engines.text_to_image import TextToImage
    from .engines.upscale import Upscale
    from .engines.veo import Veo
    from .engines.virtual_try_on import VirtualTryOn
    from .engines.wan_25 import Wan25
    from .engines.wan_30 import Wan30
    from .engines.wan_spicy import WanSpicy


class EngineSections:
    """The sections of the generation engines."""

    _api: Caller

    @cached_property
    def dubbing(self) -> Dubbing:
        """The account's dubbing tasks."""
        from .engines.dubbing import Dubbing

        return Dubbing(self._api)

    @cached_property
    def image_to_video(self) -> ImageToVideo:
        """The account's image to video tasks."""
        from .engines.image_to_video import ImageToVideo

        return ImageToVideo(self._api)

    @cached_property
    def caption_removal(self) -> CaptionRemoval:
        """The account's caption removal tasks."""
        from .engines.caption_removal import CaptionRemoval

        return CaptionRemoval(self._api)

    @cached_property
    def talking_photo(self) -> TalkingPhoto:
        """The account's talking photo tasks."""
        from .engines.talking_photo import TalkingPhoto

        return TalkingPhoto(self._api)

    @cached_property
    def talking_video(self) -> TalkingVideo:
        """The account's talking video tasks."""
        from .engines.talking_video import TalkingVideo

        return TalkingVideo(self._api)

    @cached_property
    def virtual_try_on(self) -> VirtualTryOn:
        """The account's virtual try-on tasks."""
        from .engines.virtual_try_on import VirtualTryOn

        return VirtualTryOn(self._api)

    @cached_property
    def motion_transfer(self) -> MotionTransfer:
        """The account's motion transfer tasks."""
        from .engines.motion_transfer import MotionTransfer

        return MotionTransfer(self._api)

    @cached_property
    def head_swap(self) -> HeadSwap:
        """The account's head swap tasks."""
        from .engines.head_swap import HeadSwap

        return HeadSwap(self._api)

    @cached_property
    def actor_swap(self) -> ActorSwap:
        """The account's actor swap tasks."""
        from .engines.actor_swap import ActorSwap

        return ActorSwap(self._api)

    @cached_property
    def product_avatar(self) -> ProductAvatar:
        """The account's product avatar tasks."""
        from .engines.product_avatar import ProductAvatar

        return ProductAvatar(self._api)

    @cached_property
    def image_edit(self) -> ImageEdit:
        """The account's image edit tasks."""
        from .engines.image_edit import ImageEdit

        return ImageEdit(self._api)

    @cached_property
    def photobook(self) -> Photobook:
        """The account's photobook tasks."""
        from .engines.photobook import Photobook

        return Photobook(self._api)

    @cached_property
    def sound(self) -> Sound:
        """The account's sound for a video tasks."""
        from .engines.sound import Sound

        return Sound(self._api)

    @cached_property
    def upscale(self) -> Upscale:
        """The account's upscale tasks."""
        from .engines.upscale import Upscale

        return Upscale(self._api)

    @cached_property
    def text_to_image(self) -> TextToImage:
        """The account's text to image tasks."""
        from .engines.text_to_image import TextToImage

        return TextToImage(self._api)

    @cached_property
    def nano_banana(self) -> NanoBanana:
        """The account's Nano Banana image tasks."""
        from .engines.nano_banana import NanoBanana

        return NanoBanana(self._api)

    @cached_property
    def gpt_image(self) -> GptImage:
        """The account's GPT image tasks."""
        from .engines.gpt_image import GptImage

        return GptImage(self._api)

    @cached_property
    def flux_2(self) -> Flux2:
        """The account's Flux 2 image tasks."""
        from .engines.flux_2 import Flux2

        return Flux2(self._api)

    @cached_property
    def qwen_image(self) -> QwenImage:
        """The account's Qwen image tasks."""
        from .engines.qwen_image import QwenImage

        return QwenImage(self._api)

    @cached_property
    def kling_image(self) -> KlingImage:
        """The account's Kling image tasks."""
        from .engines.kling_image import KlingImage

        return KlingImage(self._api)

    @cached_property
    def kling_video(self) -> KlingVideo:
        """The account's Kling video tasks."""
        from .engines.kling_video import KlingVideo

        return KlingVideo(self._api)

    @cached_property
    def kling_omni(self) -> KlingOmni:
        """The account's Kling Omni tasks."""
        from .engines.kling_omni import KlingOmni

        return KlingOmni(self._api)

    @cached_property
    def wan_25(self) -> Wan25:
        """The account's Wan 2.5 to 2.7 video tasks."""
        from .engines.wan_25 import Wan25

        return Wan25(self._api)

    @cached_property
    def wan_spicy(self) -> WanSpicy:
        """The account's Wan Spicy video tasks."""
        from .engines.wan_spicy import WanSpicy

        return WanSpicy(self._api)

    @cached_property
    def wan_30(self) -> Wan30:
        """The account's Wan 3.0 video tasks."""
        from .engines.wan_30 import Wan30

        return Wan30(self._api)

    @cached_property
    def happy_horse(self) -> HappyHorse:
        """The account's HappyHorse video tasks."""
        from .engines.happy_horse import HappyHorse

        return HappyHorse(self._api)

    @cached_property
    def seedance(self) -> Seedance:
        """The account's Seedance 1.5 video tasks."""
        from .engines.seedance import Seedance

        return Seedance(self._api)

    @cached_property
    def seedance_2(self) -> Seedance2:
        """The account's Seedance 2 video tasks."""
        from .engines.seedance_2 import Seedance2

        return Seedance2(self._api)

    @cached_property
    def veo(self) -> Veo:
        """The account's Veo video tasks."""
        from .engines.veo import Veo

        return Veo(self._api)

    @cached_property
    def grok(self) -> Grok:
        """The account's Grok video tasks."""
        from .engines.grok import Grok

        return Grok(self._api)

    @cached_property
    def sora(self) -> Sora:
        """The account's Sora video tasks."""
        from .engines.sora import Sora

        return Sora(self._api)
