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
    from .engines.hailuo import Hailuo
    from .engines.happy_horse import HappyHorse
    from .engines.head_swap import HeadSwap
    from .engines.image_edit import ImageEdit
    from .engines.image_to_video import ImageToVideo
    from .engines.kling_image import KlingImage
    from .engines.kling_omni import KlingOmni
    from .engines.kling_video import KlingVideo
    from .engines.minimax import Minimax
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
    from .engines.wan_26_image import Wan26Image
    from .engines.wan_26_reference import Wan26Reference
    from .engines.wan_27_image import Wan27Image
    from .engines.wan_30 import Wan30
    from .engines.wan_spicy import WanSpicy


class EngineSections:
    """The sections of the generation engines."""

    _api: Caller

    @cached_property
    def dubbing(self) -> Dubbing:
        """Translation of what is said in a video."""
        from .engines.dubbing import Dubbing

        return Dubbing(self._api)

    @cached_property
    def image_to_video(self) -> ImageToVideo:
        """Videos made from an image, or from a first and a last one."""
        from .engines.image_to_video import ImageToVideo

        return ImageToVideo(self._api)

    @cached_property
    def caption_removal(self) -> CaptionRemoval:
        """Removal of burnt-in captions from a video."""
        from .engines.caption_removal import CaptionRemoval

        return CaptionRemoval(self._api)

    @cached_property
    def talking_photo(self) -> TalkingPhoto:
        """Photos that speak or sing."""
        from .engines.talking_photo import TalkingPhoto

        return TalkingPhoto(self._api)

    @cached_property
    def talking_video(self) -> TalkingVideo:
        """Videos whose speaker says something else."""
        from .engines.talking_video import TalkingVideo

        return TalkingVideo(self._api)

    @cached_property
    def virtual_try_on(self) -> VirtualTryOn:
        """Images of a person in other clothes."""
        from .engines.virtual_try_on import VirtualTryOn

        return VirtualTryOn(self._api)

    @cached_property
    def motion_transfer(self) -> MotionTransfer:
        """Videos of a person who moves as in another video."""
        from .engines.motion_transfer import MotionTransfer

        return MotionTransfer(self._api)

    @cached_property
    def head_swap(self) -> HeadSwap:
        """Another head for the person in an image or video."""
        from .engines.head_swap import HeadSwap

        return HeadSwap(self._api)

    @cached_property
    def actor_swap(self) -> ActorSwap:
        """Another actor for a video."""
        from .engines.actor_swap import ActorSwap

        return ActorSwap(self._api)

    @cached_property
    def product_avatar(self) -> ProductAvatar:
        """Images of a person who holds a product."""
        from .engines.product_avatar import ProductAvatar

        return ProductAvatar(self._api)

    @cached_property
    def image_edit(self) -> ImageEdit:
        """Images of a person in other clothes, or holding a product."""
        from .engines.image_edit import ImageEdit

        return ImageEdit(self._api)

    @cached_property
    def photobook(self) -> Photobook:
        """Series of photos of one face."""
        from .engines.photobook import Photobook

        return Photobook(self._api)

    @cached_property
    def sound(self) -> Sound:
        """Sound for a video, made by ThinkSound."""
        from .engines.sound import Sound

        return Sound(self._api)

    @cached_property
    def upscale(self) -> Upscale:
        """Larger versions of images and videos."""
        from .engines.upscale import Upscale

        return Upscale(self._api)

    @cached_property
    def text_to_image(self) -> TextToImage:
        """Images made from a prompt, and avatars made from them."""
        from .engines.text_to_image import TextToImage

        return TextToImage(self._api)

    @cached_property
    def nano_banana(self) -> NanoBanana:
        """Images made or edited by Nano Banana."""
        from .engines.nano_banana import NanoBanana

        return NanoBanana(self._api)

    @cached_property
    def gpt_image(self) -> GptImage:
        """Images made or edited by GPT Image."""
        from .engines.gpt_image import GptImage

        return GptImage(self._api)

    @cached_property
    def flux_2(self) -> Flux2:
        """Images made or edited by Flux 2 Pro."""
        from .engines.flux_2 import Flux2

        return Flux2(self._api)

    @cached_property
    def qwen_image(self) -> QwenImage:
        """Images made or edited by Qwen Image."""
        from .engines.qwen_image import QwenImage

        return QwenImage(self._api)

    @cached_property
    def kling_image(self) -> KlingImage:
        """Images made or edited by Kling."""
        from .engines.kling_image import KlingImage

        return KlingImage(self._api)

    @cached_property
    def kling_video(self) -> KlingVideo:
        """Videos made by Kling 2.6 and 3.0."""
        from .engines.kling_video import KlingVideo

        return KlingVideo(self._api)

    @cached_property
    def kling_omni(self) -> KlingOmni:
        """Videos made by Kling Omni."""
        from .engines.kling_omni import KlingOmni

        return KlingOmni(self._api)

    @cached_property
    def wan_26_image(self) -> Wan26Image:
        """Images made or edited by Wan 2.6."""
        from .engines.wan_26_image import Wan26Image

        return Wan26Image(self._api)

    @cached_property
    def wan_27_image(self) -> Wan27Image:
        """Images made or edited by Wan 2.7."""
        from .engines.wan_27_image import Wan27Image

        return Wan27Image(self._api)

    @cached_property
    def wan_25(self) -> Wan25:
        """Videos made by Wan 2.5, 2.6 and 2.7."""
        from .engines.wan_25 import Wan25

        return Wan25(self._api)

    @cached_property
    def wan_spicy(self) -> WanSpicy:
        """Videos made by the spicy models of Wan."""
        from .engines.wan_spicy import WanSpicy

        return WanSpicy(self._api)

    @cached_property
    def wan_30(self) -> Wan30:
        """Videos made by Wan 3.0."""
        from .engines.wan_30 import Wan30

        return Wan30(self._api)

    @cached_property
    def wan_26_reference(self) -> Wan26Reference:
        """Videos made by Wan 2.6 from references."""
        from .engines.wan_26_reference import Wan26Reference

        return Wan26Reference(self._api)

    @cached_property
    def happy_horse(self) -> HappyHorse:
        """Videos made or edited by HappyHorse."""
        from .engines.happy_horse import HappyHorse

        return HappyHorse(self._api)

    @cached_property
    def seedance(self) -> Seedance:
        """Videos made by Seedance 1.5 Pro."""
        from .engines.seedance import Seedance

        return Seedance(self._api)

    @cached_property
    def seedance_2(self) -> Seedance2:
        """Videos made by Seedance 2.x."""
        from .engines.seedance_2 import Seedance2

        return Seedance2(self._api)

    @cached_property
    def hailuo(self) -> Hailuo:
        """Videos made by Hailuo."""
        from .engines.hailuo import Hailuo

        return Hailuo(self._api)

    @cached_property
    def minimax(self) -> Minimax:
        """Videos made by MiniMax H3."""
        from .engines.minimax import Minimax

        return Minimax(self._api)

    @cached_property
    def veo(self) -> Veo:
        """Videos made by Veo 3.1."""
        from .engines.veo import Veo

        return Veo(self._api)

    @cached_property
    def grok(self) -> Grok:
        """Videos made by Grok Imagine."""
        from .engines.grok import Grok

        return Grok(self._api)

    @cached_property
    def sora(self) -> Sora:
        """Videos under the name of Sora 2 Pro, now made by Kling 3.0."""
        from .engines.sora import Sora

        return Sora(self._api)
