"""The JSON Schemas of the input of the section `wan_30`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_wan_30_task": {
        "body": {
            "type": "object",
            "required": ["model", "input", "parameters"],
            "properties": {
                "model": {
                    "type": "string",
                    "enum": ["wan3.0-video", "wan3.0-video-prime"],
                    "default": "wan3.0-video",
                },
                "mode": {
                    "type": "string",
                    "enum": ["text-to-video", "first-frame", "first-last-frames", "reference"],
                    "default": "text-to-video",
                },
                "input": {
                    "type": "object",
                    "properties": {
                        "prompt": {"type": "string"},
                        "media": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "properties": {
                                    "type": {"type": "string"},
                                    "url": {"type": "string", "x-media": ["image", "video"]},
                                    "duration": {"type": "number"},
                                },
                            },
                        },
                    },
                },
                "parameters": {
                    "type": "object",
                    "properties": {
                        "resolution": {"type": "string"},
                        "ratio": {"type": "string"},
                        "duration": {"type": "number"},
                        "audio": {"type": "boolean"},
                        "prompt_extend": {"type": "boolean", "default": False},
                        "seed": {"type": "integer"},
                        "watermark": {"type": "boolean"},
                    },
                },
                "name": {"type": "string"},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_wan_30_tasks": {
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
    "get_wan_30_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
