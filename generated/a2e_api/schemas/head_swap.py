"""The JSON Schemas of the input of the section `head_swap`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_head_swap_task": {
        "body": {
            "type": "object",
            "required": ["image_url", "target_image_url"],
            "properties": {
                "image_url": {"type": "string", "x-media": ["image"]},
                "target_image_url": {"type": "string", "x-media": ["image", "video"]},
                "minor_suspected_skip": {"type": "boolean", "default": False},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_head_swap_tasks": {
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
    "get_many_head_swap_tasks": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_head_swap_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "delete_head_swap_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
