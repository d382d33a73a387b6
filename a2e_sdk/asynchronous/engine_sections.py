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
    from .engines.hailuo import AsyncHailuo
    from .engines.happy_horse import AsyncHappyHorse
    from .engines.head_swap import AsyncHeadSwap
    from .engines.image_edit import AsyncImageEdit
    from .engines.image_to_video import AsyncImageToVideo
    from .engines.kling_image import AsyncKlingImage
    from .engines.kling_omni import AsyncKlingOmni
    from .engines.kling_video import AsyncKlingVideo
    from .engines.minimax import AsyncMinimax
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
    from .engines.wan_26_image import AsyncWan26Image
    from .engines.wan_26_reference import AsyncWan26Reference
    from .engines.wan_27_image import AsyncWan27Image
    from .engines.wan_30 import AsyncWan30
    from .engines.wan_spicy import AsyncWanSpicy


class AsyncEngineSections:
    """The sections of the generation engines."""

    _api: AsyncCaller

    @cached_property
    def dubbing(self) -> AsyncDubbing:
        """Translation of what is said in a video."""
        from .engines.dubbing import AsyncDubbing

        return AsyncDubbing(self._api)

    @cached_property
    def image_to_video(self) -> AsyncImageToVideo:
        """Videos made from an image, or from a first and a last one."""
        from .engines.image_to_video import AsyncImageToVideo

        return AsyncImageToVideo(self._api)

    @cached_property
    def caption_removal(self) -> AsyncCaptionRemoval:
        """Removal of burnt-in captions from a video."""
        from .engines.caption_removal import AsyncCaptionRemoval

        return AsyncCaptionRemoval(self._api)

    @cached_property
    def talking_photo(self) -> AsyncTalkingPhoto:
        """Photos that speak or sing."""
        from .engines.talking_photo import AsyncTalkingPhoto

        return AsyncTalkingPhoto(self._api)

    @cached_property
    def talking_video(self) -> AsyncTalkingVideo:
        """Videos whose speaker says something else."""
        from .engines.talking_video import AsyncTalkingVideo

        return AsyncTalkingVideo(self._api)

    @cached_property
    def virtual_try_on(self) -> AsyncVirtualTryOn:
        """Images of a person in other clothes."""
        from .engines.virtual_try_on import AsyncVirtualTryOn

        return AsyncVirtualTryOn(self._api)

    @cached_property
    def motion_transfer(self) -> AsyncMotionTransfer:
        """Videos of a person who moves as in another video."""
        from .engines.motion_transfer import AsyncMotionTransfer

        return AsyncMotionTransfer(self._api)

    @cached_property
    def head_swap(self) -> AsyncHeadSwap:
        """Another head for the person in an image or video."""
        from .engines.head_swap import AsyncHeadSwap

        return AsyncHeadSwap(self._api)

    @cached_property
    def actor_swap(self) -> AsyncActorSwap:
        """Another actor for a video."""
        from .engines.actor_swap import AsyncActorSwap

        return AsyncActorSwap(self._api)

    @cached_property
    def product_avatar(self) -> AsyncProductAvatar:
        """Images of a person who holds a product."""
        from .engines.product_avatar import AsyncProductAvatar

        return AsyncProductAvatar(self._api)

    @cached_property
    def image_edit(self) -> AsyncImageEdit:
        """Images of a person in other clothes, or holding a product."""
        from .engines.image_edit import AsyncImageEdit

        return AsyncImageEdit(self._api)

    @cached_property
    def photobook(self) -> AsyncPhotobook:
        """Series of photos of one face."""
        from .engines.photobook import AsyncPhotobook

        return AsyncPhotobook(self._api)

    @cached_property
    def sound(self) -> AsyncSound:
        """Sound for a video, made by ThinkSound."""
        from .engines.sound import AsyncSound

        return AsyncSound(self._api)

    @cached_property
    def upscale(self) -> AsyncUpscale:
        """Larger versions of images and videos."""
        from .engines.upscale import AsyncUpscale

        return AsyncUpscale(self._api)

    @cached_property
    def text_to_image(self) -> AsyncTextToImage:
        """Images made from a prompt, and avatars made from them."""
        from .engines.text_to_image import AsyncTextToImage

        return AsyncTextToImage(self._api)

    @cached_property
    def nano_banana(self) -> AsyncNanoBanana:
        """Images made or edited by Nano Banana."""
        from .engines.nano_banana import AsyncNanoBanana

        return AsyncNanoBanana(self._api)

    @cached_property
    def gpt_image(self) -> AsyncGptImage:
        """Images made or edited by GPT Image."""
        from .engines.gpt_image import AsyncGptImage

        return AsyncGptImage(self._api)

    @cached_property
    def flux_2(self) -> AsyncFlux2:
        """Images made or edited by Flux 2 Pro."""
        from .engines.flux_2 import AsyncFlux2

        return AsyncFlux2(self._api)

    @cached_property
    def qwen_image(self) -> AsyncQwenImage:
        """Images made or edited by Qwen Image."""
        from .engines.qwen_image import AsyncQwenImage

        return AsyncQwenImage(self._api)

    @cached_property
    def kling_image(self) -> AsyncKlingImage:
        """Images made or edited by Kling."""
        from .engines.kling_image import AsyncKlingImage

        return AsyncKlingImage(self._api)

    @cached_property
    def kling_video(self) -> AsyncKlingVideo:
        """Videos made by Kling 2.6 and 3.0."""
        from .engines.kling_video import AsyncKlingVideo

        return AsyncKlingVideo(self._api)

    @cached_property
    def kling_omni(self) -> AsyncKlingOmni:
        """Videos made by Kling Omni."""
        from .engines.kling_omni import AsyncKlingOmni

        return AsyncKlingOmni(self._api)

    @cached_property
    def wan_26_image(self) -> AsyncWan26Image:
        """Images made or edited by Wan 2.6."""
        from .engines.wan_26_image import AsyncWan26Image

        return AsyncWan26Image(self._api)

    @cached_property
    def wan_27_image(self) -> AsyncWan27Image:
        """Images made or edited by Wan 2.7."""
        from .engines.wan_27_image import AsyncWan27Image

        return AsyncWan27Image(self._api)

    @cached_property
    def wan_25(self) -> AsyncWan25:
        """Videos made by Wan 2.5, 2.6 and 2.7."""
        from .engines.wan_25 import AsyncWan25

        return AsyncWan25(self._api)

    @cached_property
    def wan_spicy(self) -> AsyncWanSpicy:
        """Videos made by the spicy models of Wan."""
        from .engines.wan_spicy import AsyncWanSpicy

        return AsyncWanSpicy(self._api)

    @cached_property
    def wan_30(self) -> AsyncWan30:
        """Videos made by Wan 3.0."""
        from .engines.wan_30 import AsyncWan30

        return AsyncWan30(self._api)

    @cached_property
    def wan_26_reference(self) -> AsyncWan26Reference:
        """Videos made by Wan 2.6 from references."""
        from .engines.wan_26_reference import AsyncWan26Reference

        return AsyncWan26Reference(self._api)

    @cached_property
    def happy_horse(self) -> AsyncHappyHorse:
        """Videos made or edited by HappyHorse."""
        from .engines.happy_horse import AsyncHappyHorse

        return AsyncHappyHorse(self._api)

    @cached_property
    def seedance(self) -> AsyncSeedance:
        """Videos made by Seedance 1.5 Pro."""
        from .engines.seedance import AsyncSeedance

        return AsyncSeedance(self._api)

    @cached_property
    def seedance_2(self) -> AsyncSeedance2:
        """Videos made by Seedance 2.x."""
        from .engines.seedance_2 import AsyncSeedance2

        return AsyncSeedance2(self._api)

    @cached_property
    def hailuo(self) -> AsyncHailuo:
        """Videos made by Hailuo."""
        from .engines.hailuo import AsyncHailuo

        return AsyncHailuo(self._api)

    @cached_property
    def minimax(self) -> AsyncMinimax:
        """Videos made by MiniMax H3."""
        from .engines.minimax import AsyncMinimax

        return AsyncMinimax(self._api)

    @cached_property
    def veo(self) -> AsyncVeo:
        """Videos made by Veo 3.1."""
        from .engines.veo import AsyncVeo

        return AsyncVeo(self._api)

    @cached_property
    def grok(self) -> AsyncGrok:
        """Videos made by Grok Imagine."""
        from .engines.grok import AsyncGrok

        return AsyncGrok(self._api)

    @cached_property
    def sora(self) -> AsyncSora:
        """Videos under the name of Sora 2 Pro, now made by Kling 3.0."""
        from .engines.sora import AsyncSora

        return AsyncSora(self._api)
