"""The JSON Schemas of the input of the section `minimax`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_minimax_task": {
        "body": {
            "type": "object",
            "required": ["prompt"],
            "additionalProperties": True,
            "properties": {
                "prompt": {"type": "string"},
                "name": {"type": "string"},
                "mode": {"type": "string"},
                "first_frame_url": {"type": "string", "x-media": ["image"]},
                "duration": {"type": "string", "pattern": "^[0-9]+$"},
                "resolution": {"type": "string"},
                "aspect_ratio": {"type": "string"},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_minimax_tasks": {
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
    "get_many_minimax_tasks": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_minimax_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
