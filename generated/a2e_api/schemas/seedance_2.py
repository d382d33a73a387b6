"""The JSON Schemas of the input of the section `seedance_2`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_seedance_2_task": {
        "body": {
            "type": "object",
            "required": ["prompt"],
            "properties": {
                "prompt": {"type": "string"},
                "name": {"type": "string"},
                "mode": {
                    "type": "string",
                    "enum": ["text-to-video", "image-to-video", "first-last-frames", "reference"],
                    "default": "text-to-video",
                },
                "model_version": {
                    "type": "string",
                    "enum": ["standard", "mini", "fast", "2.5"],
                    "default": "standard",
                },
                "omni_reference_task_type": {
                    "type": "string",
                    "enum": ["reference", "edit", "extend"],
                },
                "image_url": {"type": "string", "x-media": ["image"]},
                "first_frame_url": {"type": "string", "x-media": ["image"]},
                "last_frame_url": {"type": "string", "x-media": ["image"]},
                "reference_urls": {
                    "type": "array",
                    "maxItems": 30,
                    "items": {"type": "string", "x-media": ["image"]},
                },
                "video_urls": {
                    "type": "array",
                    "maxItems": 10,
                    "items": {"type": "string", "x-media": ["video"]},
                },
                "audio_urls": {
                    "type": "array",
                    "maxItems": 10,
                    "items": {"type": "string", "x-media": ["audio"]},
                },
                "input_video_duration": {"type": "number", "minimum": 2, "maximum": 45.5},
                "duration": {"type": "integer", "default": 5},
                "aspect_ratio": {
                    "type": "string",
                    "enum": ["adaptive", "21:9", "16:9", "4:3", "1:1", "3:4", "9:16"],
                    "default": "16:9",
                },
                "resolution": {
                    "type": "string",
                    "enum": ["480p", "720p", "1080p", "4k"],
                    "default": "720p",
                },
                "generate_audio": {"type": "boolean", "default": True},
                "minor_suspected_skip": {"type": "boolean", "default": False},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_seedance_2_tasks": {
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
    "get_many_seedance_2_tasks": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_seedance_2_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "rename_seedance_2_task": {
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
    "delete_seedance_2_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
