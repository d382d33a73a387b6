"""The JSON Schemas of the input of the section `kling_image`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_kling_image_task": {
        "body": {
            "type": "object",
            "required": ["name", "prompt"],
            "properties": {
                "name": {"type": "string"},
                "prompt": {"type": "string"},
                "input_images": {
                    "type": "array",
                    "items": {"type": "string", "x-media": ["image"]},
                },
                "aspect_ratio": {
                    "type": "string",
                    "enum": ["1:1", "16:9", "9:16", "4:3", "3:4", "2:3", "3:2", "21:9"],
                    "default": "9:16",
                },
                "resolution": {"type": "string", "enum": ["1k", "2k"], "default": "1k"},
                "n": {"type": "integer", "minimum": 1, "maximum": 9},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_kling_image_tasks": {"body": None, "body_required": False, "path": {}, "query": {}},
    "get_many_kling_image_tasks": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_kling_image_task": {
        "body": None,
        "body_required": False,
        "path": {
            "id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "delete_kling_image_task": {
        "body": None,
        "body_required": False,
        "path": {
            "id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
