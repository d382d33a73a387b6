"""The request body `StartAvatarVideoRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset

if TYPE_CHECKING:
    from ..models.caption_align import CaptionAlign
    from ..models.gp_model import GpModel


@define(kw_only=True)
class StartAvatarVideoRequest(RequestModel):
    """The video to make.

    Attributes:
        anchor_id: Id of the avatar, 24 hexadecimal digits: the `_id` of `listAvatars`, not that
            of its training.
        anchor_type: Kind of the avatar: 0 system, 1 custom. Some clients send other numbers.
        title: Title of the video, 40 characters at most by the 2026 reference.
        audio_src: Public URL of the speech. Required unless `custom_voice` is sent.
        custom_voice: Public URL of other speech, in place of `audioSrc`.
        resolution: Resolution of the video in pixels, 1080 or 720. Required by the 2025 page.
            Default 1080.
        web_bg_width: Width of the canvas in pixels, 0 without background matting. Required by the
            2025 page. Default 0.
        web_bg_height: Height of the canvas in pixels, 0 without background matting. Required by
            the 2025 page. Default 0.
        web_people_width: Width of the person in pixels, 0 without background matting. Required by
            the 2025 page. Default 0.
        web_people_height: Height of the person in pixels, 0 without background matting. Required
            by the 2025 page. Default 0.
        web_people_x: Left edge of the person on the canvas in pixels, 0 without background
            matting. Required by the 2025 page. Default 0.
        web_people_y: Upper edge of the person on the canvas in pixels, 0 without background
            matting. Required by the 2025 page. Default 0.
        web_dist_bg_width: Named in the 2026 reference, not described; a width in pixels by its
            name. Default -1.
        web_dist_bg_height: Named in the 2026 reference, not described; a height in pixels by its
            name. Default -1.
        web_dist_bg_x: Named in the 2026 reference, not described; a left edge in pixels by its
            name. Default 0.
        web_dist_bg_y: Named in the 2026 reference, not described; an upper edge in pixels by its
            name. Default 0.
        back_id: Id of a background of the service. Not together with `custom_back_id`.
        custom_back_id: Id of a background of the user. Not together with `back_id`.
        color: Colour of the background, such as rgb(133,137,132) or rgba(0,0,0,1).
        anchor_background_img: Background image that the avatar was taken with; for matting, where
            the avatar has none on record.
        anchor_background_color: Background colour that the avatar was taken with; in place of
            `anchor_background_img`.
        is_skip_rs: Switch of the smart motion adjustment, which trades speed for quality. True
            should be the fast way; clients send true.
        is_skip_gp: Named in the 2026 reference, not described.
        is_allow_reverse: Named on the 2025 page, which types it string.
        is_to_public_pool: Whether a task beyond the dedicated lines goes to the public pool.
        is_caption_enabled: Whether captions are shown. They need `msg`.
        msg: Script of the video, needed for captions; the 2026 reference calls it notes.
        caption_align: How captions look. Seen in clients.
        face_swap_id: Named in the 2026 reference, not described.
        wl_model: Named in the 2026 reference, not described.
        gp_model: An option of the avatar video that the 2026 reference types as an object and
            does not describe.
        lip_model: Named in the 2026 reference, not described.
        erode_factor: Named in the 2026 reference, not described.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    anchor_id: str
    anchor_type: int
    title: str | Unset = UNSET
    audio_src: str | Unset = UNSET
    custom_voice: str | Unset = UNSET
    resolution: int | Unset = UNSET
    web_bg_width: int | Unset = UNSET
    web_bg_height: int | Unset = UNSET
    web_people_width: int | Unset = UNSET
    web_people_height: int | Unset = UNSET
    web_people_x: int | Unset = UNSET
    web_people_y: int | Unset = UNSET
    web_dist_bg_width: int | Unset = UNSET
    web_dist_bg_height: int | Unset = UNSET
    web_dist_bg_x: int | Unset = UNSET
    web_dist_bg_y: int | Unset = UNSET
    back_id: str | Unset = UNSET
    custom_back_id: str | Unset = UNSET
    color: str | Unset = UNSET
    anchor_background_img: str | Unset = UNSET
    anchor_background_color: str | Unset = UNSET
    is_skip_rs: bool | Unset = UNSET
    is_skip_gp: bool | Unset = UNSET
    is_allow_reverse: str | Unset = UNSET
    is_to_public_pool: bool | Unset = UNSET
    is_caption_enabled: bool | Unset = UNSET
    msg: str | Unset = UNSET
    caption_align: CaptionAlign | Unset = UNSET
    face_swap_id: str | Unset = UNSET
    wl_model: str | Unset = UNSET
    gp_model: GpModel | Unset = UNSET
    lip_model: str | Unset = UNSET
    erode_factor: float | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "anchor_id": "anchor_id",
        "anchor_type": "anchor_type",
        "title": "title",
        "audio_src": "audioSrc",
        "custom_voice": "custom_voice",
        "resolution": "resolution",
        "web_bg_width": "web_bg_width",
        "web_bg_height": "web_bg_height",
        "web_people_width": "web_people_width",
        "web_people_height": "web_people_height",
        "web_people_x": "web_people_x",
        "web_people_y": "web_people_y",
        "web_dist_bg_width": "web_dist_bg_width",
        "web_dist_bg_height": "web_dist_bg_height",
        "web_dist_bg_x": "web_dist_bg_x",
        "web_dist_bg_y": "web_dist_bg_y",
        "back_id": "back_id",
        "custom_back_id": "custom_back_id",
        "color": "color",
        "anchor_background_img": "anchor_background_img",
        "anchor_background_color": "anchor_background_color",
        "is_skip_rs": "isSkipRs",
        "is_skip_gp": "isSkipGp",
        "is_allow_reverse": "isAllowReverse",
        "is_to_public_pool": "isToPublicPool",
        "is_caption_enabled": "isCaptionEnabled",
        "msg": "msg",
        "caption_align": "captionAlign",
        "face_swap_id": "face_swap_id",
        "wl_model": "wl_model",
        "gp_model": "gp_model",
        "lip_model": "lip_model",
        "erode_factor": "erode_factor",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
