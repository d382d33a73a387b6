"""The JSON Schemas of the input of the section `caption_removal`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_caption_removal_task": {
        "body": {
            "type": "object",
            "required": ["name", "source_url"],
            "properties": {
                "name": {"type": "string"},
                "source_url": {"type": "string", "x-media": ["video"]},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_caption_removal_tasks": {
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
    "list_running_caption_removal_tasks": {
        "body": None,
        "body_required": False,
        "path": {},
        "query": {},
    },
    "get_many_caption_removal_tasks": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_caption_removal_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "delete_caption_removal_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "retry_caption_removal_task": {
        "body": {"type": "object"},
        "body_required": False,
        "path": {},
        "query": {},
    },
}
