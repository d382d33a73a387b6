"""The JSON Schemas of the input of the section `seedance`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_seedance_task": {
        "body": {
            "type": "object",
            "required": ["prompt"],
            "properties": {
                "prompt": {"type": "string"},
                "name": {"type": "string"},
                "mode": {
                    "type": "string",
                    "enum": ["text-to-video", "image-to-video"],
                    "default": "text-to-video",
                },
                "image_url": {"type": "string", "x-media": ["image"]},
                "end_image_url": {"type": "string", "x-media": ["image"]},
                "duration": {"type": "string", "enum": ["5", "10"], "default": "5"},
                "aspect_ratio": {
                    "type": "string",
                    "enum": ["16:9", "9:16", "1:1"],
                    "default": "16:9",
                },
                "resolution": {"type": "string", "enum": ["480p", "720p"], "default": "720p"},
                "camera_fixed": {"type": "boolean", "default": False},
                "generate_audio": {"type": "boolean", "default": False},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_seedance_tasks": {
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
}
