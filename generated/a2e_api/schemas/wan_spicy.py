"""The JSON Schemas of the input of the section `wan_spicy`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_wan_spicy_task": {
        "body": {
            "type": "object",
            "required": ["prompt", "image_url", "resolution", "duration"],
            "properties": {
                "prompt": {"type": "string"},
                "image_url": {"type": "string", "x-media": ["image"]},
                "resolution": {"type": "string", "enum": ["480p", "720p", "1080p"]},
                "duration": {"type": "number"},
                "model": {
                    "type": "string",
                    "enum": ["wan2.7-i2v-spicy", "wan2.2-i2v-spicy"],
                    "default": "wan2.7-i2v-spicy",
                },
                "name": {"type": "string"},
                "negative_prompt": {"type": "string"},
                "audio_url": {"type": "string", "x-media": ["audio"]},
                "prompt_extend": {"type": "boolean", "default": True},
                "seed": {"type": "integer"},
                "minor_suspected_skip": {"type": "boolean", "default": False},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_wan_spicy_tasks": {
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
    "get_many_wan_spicy_tasks": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_wan_spicy_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "delete_wan_spicy_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
