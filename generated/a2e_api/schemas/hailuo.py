"""The JSON Schemas of the input of the section `hailuo`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_hailuo_task": {
        "body": {
            "type": "object",
            "required": ["prompt", "image_urls"],
            "additionalProperties": True,
            "properties": {
                "prompt": {"type": "string"},
                "image_urls": {
                    "type": "array",
                    "minItems": 1,
                    "items": {"type": "string", "x-media": ["image"]},
                },
                "name": {"type": "string"},
                "duration": {"type": "string", "pattern": "^[0-9]+$"},
                "resolution": {"type": "string"},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_hailuo_tasks": {
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
    "get_many_hailuo_tasks": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_hailuo_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
