"""The JSON Schemas of the input of the section `kling_video`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_kling_video_task": {
        "body": {
            "type": "object",
            "required": ["mode", "prompt"],
            "properties": {
                "mode": {
                    "type": "string",
                    "enum": ["text-to-video", "image-to-video", "motion-control"],
                },
                "prompt": {"type": "string"},
                "name": {"type": "string"},
                "version": {"type": "string", "enum": ["2.6", "3.0"], "default": "2.6"},
                "model_version": {
                    "type": "string",
                    "enum": ["standard", "fast"],
                    "default": "standard",
                },
                "resolution": {"type": "string", "enum": ["720p", "1080p"], "default": "720p"},
                "quality_mode": {"type": "string", "enum": ["std", "pro", "4k"], "default": "std"},
                "duration": {
                    "type": "string",
                    "enum": ["3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"],
                    "default": "5",
                },
                "image_url": {"type": "string", "x-media": ["image"]},
                "video_url": {"type": "string", "x-media": ["video"]},
                "aspect_ratio": {
                    "type": "string",
                    "enum": ["16:9", "9:16", "1:1"],
                    "default": "16:9",
                },
                "sound": {"type": "boolean", "default": False},
                "end_image_url": {"type": "string", "x-media": ["image"]},
                "character_orientation": {
                    "type": "string",
                    "enum": ["video", "image"],
                    "default": "video",
                },
                "negative_prompt": {"type": "string"},
                "seed": {"type": "number"},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_kling_video_tasks": {
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
                "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
            },
        },
    },
    "get_many_kling_video_tasks": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_kling_video_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "rename_kling_video_task": {
        "body": {
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"type": "string"}},
        },
        "body_required": True,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "delete_kling_video_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
