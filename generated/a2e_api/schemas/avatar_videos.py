"""The JSON Schemas of the input of the section `avatar_videos`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_avatar_video": {
        "body": {
            "type": "object",
            "required": ["anchor_id", "anchor_type"],
            "properties": {
                "title": {"type": "string", "maxLength": 40},
                "anchor_id": {"type": "string"},
                "anchor_type": {"type": "integer"},
                "audioSrc": {"type": "string", "x-media": ["audio"]},
                "custom_voice": {"type": "string", "x-media": ["audio"]},
                "resolution": {"type": "integer", "default": 1080},
                "web_bg_width": {"type": "integer", "default": 0},
                "web_bg_height": {"type": "integer", "default": 0},
                "web_people_width": {"type": "integer", "default": 0},
                "web_people_height": {"type": "integer", "default": 0},
                "web_people_x": {"type": "integer", "default": 0},
                "web_people_y": {"type": "integer", "default": 0},
                "web_dist_bg_width": {"type": "integer", "default": -1},
                "web_dist_bg_height": {"type": "integer", "default": -1},
                "web_dist_bg_x": {"type": "integer", "default": 0},
                "web_dist_bg_y": {"type": "integer", "default": 0},
                "back_id": {"type": "string"},
                "custom_back_id": {"type": "string"},
                "color": {"type": "string"},
                "anchor_background_img": {"type": "string", "x-media": ["image"]},
                "anchor_background_color": {"type": "string"},
                "isSkipRs": {"type": "boolean"},
                "isSkipGp": {"type": "boolean"},
                "isAllowReverse": {"type": "string"},
                "isToPublicPool": {"type": "boolean"},
                "isCaptionEnabled": {"type": "boolean"},
                "msg": {"type": "string"},
                "captionAlign": {
                    "type": "object",
                    "properties": {
                        "language": {"type": "string"},
                        "PrimaryColour": {"type": "string"},
                        "OutlineColour": {"type": "string"},
                        "BorderStyle": {"type": "integer"},
                        "BackColour": {"type": "string"},
                        "FontName": {"type": "string"},
                        "Fontsize": {"type": "integer"},
                        "subtitle_position": {"type": ["string", "number"]},
                    },
                },
                "face_swap_id": {"type": "string"},
                "wl_model": {"type": "string"},
                "gp_model": {"type": "object"},
                "lip_model": {"type": "string"},
                "erode_factor": {"type": "number"},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_avatar_video": {
        "body": {"type": "object", "required": ["_id"], "properties": {"_id": {"type": "string"}}},
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_avatar_video_detail": {
        "body": None,
        "body_required": False,
        "path": {},
        "query": {"video_id": {"required": True, "schema": {"type": "string"}}},
    },
    "list_avatar_videos": {
        "body": None,
        "body_required": False,
        "path": {},
        "query": {
            "current": {"required": True, "schema": {"type": "integer"}},
            "pageSize": {"required": False, "schema": {"type": "integer"}},
        },
    },
    "list_avatar_videos_2025": {
        "body": {
            "type": "object",
            "required": ["current"],
            "properties": {
                "current": {"type": ["integer", "string"]},
                "pageSize": {"type": ["integer", "string"]},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_text_language": {
        "body": {"type": "object", "required": ["msg"], "properties": {"msg": {"type": "string"}}},
        "body_required": True,
        "path": {},
        "query": {},
    },
    "update_public_pool": {
        "body": {
            "type": "object",
            "required": ["isAutoToPublicPool"],
            "properties": {"isAutoToPublicPool": {"type": "boolean"}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
}
