"""The JSON Schemas of the input of the section `photobook`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_photobook_task": {
        "body": {
            "type": "object",
            "required": ["face_image_url"],
            "properties": {
                "face_image_url": {"type": "string", "x-media": ["image"]},
                "name": {"type": "string"},
                "location": {"type": "string"},
                "clothing": {"type": "string"},
                "total_count": {"type": "integer", "enum": [4, 8, 12, 16], "default": 4},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_photobook_tasks": {
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
    "get_many_photobook_tasks": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_photobook_task": {
        "body": None,
        "body_required": False,
        "path": {
            "id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "delete_photobook_task": {
        "body": None,
        "body_required": False,
        "path": {
            "id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
