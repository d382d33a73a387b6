"""The JSON Schemas of the input of the section `wan_25`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_wan_25_task": {
        "body": {
            "type": "object",
            "required": ["prompt"],
            "properties": {
                "prompt": {"type": "string"},
                "name": {"type": "string"},
                "image_url": {"type": "string", "x-media": ["image"]},
                "negative_prompt": {"type": "string"},
                "duration": {
                    "type": "string",
                    "enum": [
                        "2",
                        "3",
                        "4",
                        "5",
                        "6",
                        "7",
                        "8",
                        "9",
                        "10",
                        "11",
                        "12",
                        "13",
                        "14",
                        "15",
                    ],
                    "default": "5",
                },
                "resolution": {
                    "type": "string",
                    "enum": ["480p", "720p", "1080p"],
                    "default": "720p",
                },
                "ratio": {
                    "type": "string",
                    "enum": ["16:9", "9:16", "1:1", "4:3", "3:4"],
                    "default": "16:9",
                },
                "enable_prompt_expansion": {"type": "boolean", "default": False},
                "multi_shots": {"type": "boolean", "default": False},
                "model": {
                    "type": "string",
                    "enum": ["wan2.5-i2v-preview", "wan2.6-i2v", "wan2.6-i2v-flash", "wan2.7-i2v"],
                    "default": "wan2.5-i2v-preview",
                },
                "task_type": {
                    "type": "string",
                    "enum": [
                        "text_to_video",
                        "first_frame",
                        "first_last_frame",
                        "reference_image",
                        "video_extend",
                        "video_edit",
                    ],
                    "default": "first_frame",
                },
                "last_frame_url": {"type": "string", "x-media": ["image"]},
                "first_clip_url": {"type": "string", "x-media": ["video"]},
                "edit_video_url": {"type": "string", "x-media": ["video"]},
                "reference_image_urls": {
                    "type": "array",
                    "items": {"type": "string", "x-media": ["image"]},
                },
                "reference_media": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 5,
                    "items": {"type": "object"},
                },
                "seed": {"type": "number", "minimum": 0, "maximum": 2147483647},
                "audio": {"type": "boolean", "default": True},
                "audio_url": {"type": "string", "x-media": ["audio"]},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_wan_25_tasks": {
        "body": None,
        "body_required": False,
        "path": {},
        "query": {
            "pageNum": {
                "required": False,
                "schema": {"type": "integer", "minimum": 1, "default": 1},
            },
            "pageSize": {
                "required": False,
                "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 10},
            },
        },
    },
    "get_many_wan_25_tasks": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_wan_25_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "delete_wan_25_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
