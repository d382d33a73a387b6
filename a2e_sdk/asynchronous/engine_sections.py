# Written by `nox -s generate` from spec/openapi.yaml: edit that, not this.
"""The generation engines as attributes of the client; each is imported when it is first used."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .caller import AsyncCaller
    from .engines.actor_swap import AsyncActorSwap
    from .engines.caption_removal import AsyncCaptionRemoval
    from .engines.dubbing import AsyncDubbing
    from .engines.flux_2 import AsyncFlux2
    from .engines.gpt_image import AsyncGptImage
    from .engines.grok import AsyncGrok
    from .engines.happy_horse import AsyncHappyHorse
    from .engines.head_swap import AsyncHeadSwap
    from .engines.image_edit import AsyncImageEdit
    from .engines.image_to_video import AsyncImageToVideo
    from .engines.kling_image import AsyncKlingImage
    from .engines.kling_omni import AsyncKlingOmni
    from .engines.kling_video import AsyncKlingVideo
    from .engines.motion_transfer import AsyncMotionTransfer
    from .engines.nano_banana import AsyncNanoBanana
    from .engines.photobook import AsyncPhotobook
    from .engines.product_avatar import AsyncProductAvatar
    from .engines.qwen_image import AsyncQwenImage
    from .engines.seedance import AsyncSeedance
    from .engines.seedance_2 import AsyncSeedance2
    from .engines.sora import AsyncSora
    from .engines.sound import AsyncSound
    from .engines.talking_photo import AsyncTalkingPhoto
    from .engines.talking_video import AsyncTalkingVideo
    from .engines.text_to_image import AsyncTextToImage
    from .engines.upscale import AsyncUpscale
    from .engines.veo import AsyncVeo
    from .engines.virtual_try_on import AsyncVirtualTryOn
    from .engines.wan_25 import AsyncWan25
    from .engines.wan_30 import AsyncWan30
    from .engines.wan_spicy import AsyncWanSpicy


class AsyncEngineSections:
    """The sections of the generation engines."""

    _api: AsyncCaller

    @cached_property
    def dubbing(self) -> AsyncDubbing:
        """The account's dubbing tasks."""
        from .engines.dubbing import AsyncDubbing

        return AsyncDubbing(self._api)

    @cached_property
    def image_to_video(self) -> AsyncImageToVideo:
        """The account's image to video tasks."""
        from .engines.image_to_video import AsyncImageToVideo

        return AsyncImageToVideo(self._api)

    @cached_property
    def caption_removal(self) -> AsyncCaptionRemoval:
        """The account's caption removal tasks."""
        from .engines.caption_removal import AsyncCaptionRemoval

        return AsyncCaptionRemoval(self._api)

    @cached_property
    def talking_photo(self) -> AsyncTalkingPhoto:
        """The account's talking photo tasks."""
        from .engines.talking_photo import AsyncTalkingPhoto

        return AsyncTalkingPhoto(self._api)

    @cached_property
    def talking_video(self) -> AsyncTalkingVideo:
        """The account's talking video tasks."""
        from .engines.talking_video import AsyncTalkingVideo

        return AsyncTalkingVideo(self._api)

    @cached_property
    def virtual_try_on(self) -> AsyncVirtualTryOn:
        """The account's virtual try-on tasks."""
        from .engines.virtual_try_on import AsyncVirtualTryOn

        return AsyncVirtualTryOn(self._api)

    @cached_property
    def motion_transfer(self) -> AsyncMotionTransfer:
        """The account's motion transfer tasks."""
        from .engines.motion_transfer import AsyncMotionTransfer

        return AsyncMotionTransfer(self._api)

    @cached_property
    def head_swap(self) -> AsyncHeadSwap:
        """The account's head swap tasks."""
        from .engines.head_swap import AsyncHeadSwap

        return AsyncHeadSwap(self._api)

    @cached_property
    def actor_swap(self) -> AsyncActorSwap:
        """The account's actor swap tasks."""
        from .engines.actor_swap import AsyncActorSwap

        return AsyncActorSwap(self._api)

    @cached_property
    def product_avatar(self) -> AsyncProductAvatar:
        """The account's product avatar tasks."""
        from .engines.product_avatar import AsyncProductAvatar

        return AsyncProductAvatar(self._api)

    @cached_property
    def image_edit(self) -> AsyncImageEdit:
        """The account's image edit tasks."""
        from .engines.image_edit import AsyncImageEdit

        return AsyncImageEdit(self._api)

    @cached_property
    def photobook(self) -> AsyncPhotobook:
        """The account's photobook tasks."""
        from .engines.photobook import AsyncPhotobook

        return AsyncPhotobook(self._api)

    @cached_property
    def sound(self) -> AsyncSound:
        """The account's sound for a video tasks."""
        from .engines.sound import AsyncSound

        return AsyncSound(self._api)

    @cached_property
    def upscale(self) -> AsyncUpscale:
        """The account's upscale tasks."""
        from .engines.upscale import AsyncUpscale

        return AsyncUpscale(self._api)

    @cached_property
    def text_to_image(self) -> AsyncTextToImage:
        """The account's text to image tasks."""
        from .engines.text_to_image import AsyncTextToImage

        return AsyncTextToImage(self._api)

    @cached_property
    def nano_banana(self) -> AsyncNanoBanana:
        """The account's Nano Banana image tasks."""
        from .engines.nano_banana import AsyncNanoBanana

        return AsyncNanoBanana(self._api)

    @cached_property
    def gpt_image(self) -> AsyncGptImage:
        """The account's GPT image tasks."""
        from .engines.gpt_image import AsyncGptImage

        return AsyncGptImage(self._api)

    @cached_property
    def flux_2(self) -> AsyncFlux2:
        """The account's Flux 2 image tasks."""
        from .engines.flux_2 import AsyncFlux2

        return AsyncFlux2(self._api)

    @cached_property
    def qwen_image(self) -> AsyncQwenImage:
        """The account's Qwen image tasks."""
        from .engines.qwen_image import AsyncQwenImage

        return AsyncQwenImage(self._api)

    @cached_property
    def kling_image(self) -> AsyncKlingImage:
        """The account's Kling image tasks."""
        from .engines.kling_image import AsyncKlingImage

        return AsyncKlingImage(self._api)

    @cached_property
    def kling_video(self) -> AsyncKlingVideo:
        """The account's Kling video tasks."""
        from .engines.kling_video import AsyncKlingVideo

        return AsyncKlingVideo(self._api)

    @cached_property
    def kling_omni(self) -> AsyncKlingOmni:
        """The account's Kling Omni tasks."""
        from .engines.kling_omni import AsyncKlingOmni

        return AsyncKlingOmni(self._api)

    @cached_property
    def wan_25(self) -> AsyncWan25:
        """The account's Wan 2.5 to 2.7 video tasks."""
        from .engines.wan_25 import AsyncWan25

        return AsyncWan25(self._api)

    @cached_property
    def wan_spicy(self) -> AsyncWanSpicy:
        """The account's Wan Spicy video tasks."""
        from .engines.wan_spicy import AsyncWanSpicy

        return AsyncWanSpicy(self._api)

    @cached_property
    def wan_30(self) -> AsyncWan30:
        """The account's Wan 3.0 video tasks."""
        from .engines.wan_30 import AsyncWan30

        return AsyncWan30(self._api)

    @cached_property
    def happy_horse(self) -> AsyncHappyHorse:
        """The account's HappyHorse video tasks."""
        from .engines.happy_horse import AsyncHappyHorse

        return AsyncHappyHorse(self._api)

    @cached_property
    def seedance(self) -> AsyncSeedance:
        """The account's Seedance 1.5 video tasks."""
        from .engines.seedance import AsyncSeedance

        return AsyncSeedance(self._api)

    @cached_property
    def seedance_2(self) -> AsyncSeedance2:
        """The account's Seedance 2 video tasks."""
        from .engines.seedance_2 import AsyncSeedance2

        return AsyncSeedance2(self._api)

    @cached_property
    def veo(self) -> AsyncVeo:
        """The account's Veo video tasks."""
        from .engines.veo import AsyncVeo

        return AsyncVeo(self._api)

    @cached_property
    def grok(self) -> AsyncGrok:
        """The account's Grok video tasks."""
        from .engines.grok import AsyncGrok

        return AsyncGrok(self._api)

    @cached_property
    def sora(self) -> AsyncSora:
        """The account's Sora video tasks."""
        from .engines.sora import AsyncSora

        return AsyncSora(self._api)
