"""The JSON Schemas of the input of the section `gpt_image`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_gpt_image_task": {
        "body": {
            "type": "object",
            "required": ["prompt"],
            "properties": {
                "name": {"type": "string"},
                "prompt": {"type": "string", "maxLength": 3000},
                "input_images": {
                    "type": "array",
                    "maxItems": 16,
                    "items": {"type": "string", "x-media": ["image"]},
                },
                "model": {
                    "type": "string",
                    "enum": ["gpt-image-1.5", "gpt-image-2"],
                    "default": "gpt-image-1.5",
                },
                "aspect_ratio": {
                    "type": "string",
                    "enum": ["auto", "1:1", "9:16", "21:9", "16:9", "4:3", "3:2", "3:4", "2:3"],
                    "default": "1:1",
                },
                "quality": {"type": "string", "enum": ["medium", "high"], "default": "medium"},
                "resolution": {"type": "string", "enum": ["1K", "2K", "4K"], "default": "1K"},
                "force_generate": {"type": "boolean"},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_gpt_image_tasks": {
        "body": None,
        "body_required": False,
        "path": {},
        "query": {
            "page": {"required": False, "schema": {"type": "integer", "default": 1}},
            "page_size": {"required": False, "schema": {"type": "integer", "default": 20}},
        },
    },
    "get_many_gpt_image_tasks": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_gpt_image_task": {
        "body": None,
        "body_required": False,
        "path": {
            "id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "delete_gpt_image_task": {
        "body": None,
        "body_required": False,
        "path": {
            "id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
