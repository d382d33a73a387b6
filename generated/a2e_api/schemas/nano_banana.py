"""The JSON Schemas of the input of the section `nano_banana`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_nano_banana_task": {
        "body": {
            "type": "object",
            "required": ["prompt"],
            "properties": {
                "name": {"type": "string"},
                "prompt": {"type": "string"},
                "model": {
                    "type": "string",
                    "enum": [
                        "nano-banana",
                        "nano-banana-pro",
                        "nano-banana-2",
                        "nano-banana-2-lite",
                    ],
                    "default": "nano-banana-pro",
                },
                "input_images": {
                    "type": "array",
                    "items": {"type": "string", "x-media": ["image"]},
                },
                "aspect_ratio": {
                    "type": "string",
                    "enum": [
                        "auto",
                        "16:9",
                        "1:1",
                        "9:16",
                        "4:3",
                        "3:4",
                        "2:3",
                        "3:2",
                        "4:5",
                        "5:4",
                        "21:9",
                    ],
                    "default": "auto",
                },
                "image_size": {"type": "string", "enum": ["1K", "2K", "4K"], "default": "1K"},
                "google_search": {"type": "boolean", "default": False},
                "force_generate": {"type": "boolean", "default": True},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_nano_banana_tasks": {
        "body": None,
        "body_required": False,
        "path": {},
        "query": {
            "pageNum": {"required": True, "schema": {"type": "integer", "minimum": 1}},
            "pageSize": {
                "required": True,
                "schema": {"type": "integer", "minimum": 1, "maximum": 100},
            },
            "status": {
                "required": False,
                "schema": {
                    "type": "string",
                    "enum": ["initialized", "processing", "completed", "failed"],
                },
            },
        },
    },
    "get_many_nano_banana_tasks": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_nano_banana_task": {
        "body": None,
        "body_required": False,
        "path": {
            "id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "delete_nano_banana_task": {
        "body": None,
        "body_required": False,
        "path": {
            "id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
