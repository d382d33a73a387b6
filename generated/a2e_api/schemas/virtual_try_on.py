"""The JSON Schemas of the input of the section `virtual_try_on`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_virtual_try_on_task": {
        "body": {
            "type": "object",
            "required": ["image_urls"],
            "properties": {
                "image_urls": {
                    "type": "array",
                    "minItems": 2,
                    "maxItems": 4,
                    "items": {"type": "string", "x-media": ["image"]},
                },
                "name": {"type": "string"},
                "timeout": {"type": "number", "default": 120},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_virtual_try_on_tasks": {
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
    "get_many_virtual_try_on_tasks": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_virtual_try_on_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "delete_virtual_try_on_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
