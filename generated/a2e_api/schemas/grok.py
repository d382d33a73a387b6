"""The JSON Schemas of the input of the section `grok`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_grok_task": {
        "body": {
            "type": "object",
            "properties": {
                "name": {"type": "string"},
                "model_type": {
                    "type": "string",
                    "enum": ["text-to-video", "image-to-video"],
                    "default": "text-to-video",
                },
                "model_version": {"type": "string", "enum": ["legacy", "1.5"], "default": "legacy"},
                "prompt": {"type": "string"},
                "mode": {"type": "string", "enum": ["fun", "normal", "spicy"], "default": "normal"},
                "image_urls": {"type": "array", "items": {"type": "string", "x-media": ["image"]}},
                "image_url": {"type": "string", "x-media": ["image"]},
                "aspect_ratio": {
                    "type": "string",
                    "enum": ["auto", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3"],
                    "default": "16:9",
                },
                "duration": {"type": "string", "enum": ["6", "10", "15"], "default": "6"},
                "nsfw_checker": {"type": "boolean", "default": False},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_grok_tasks": {
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
    "get_many_grok_tasks": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_grok_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "delete_grok_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
