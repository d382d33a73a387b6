"""The JSON Schemas of the input of the section `flux_2`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_flux_2_task": {
        "body": {
            "type": "object",
            "required": ["name", "prompt"],
            "properties": {
                "name": {"type": "string"},
                "prompt": {"type": "string"},
                "input_images": {
                    "type": "array",
                    "maxItems": 8,
                    "items": {"type": "string", "x-media": ["image"]},
                },
                "aspect_ratio": {
                    "type": "string",
                    "enum": [
                        "1:1",
                        "16:9",
                        "9:16",
                        "4:3",
                        "3:4",
                        "2:3",
                        "3:2",
                        "custom",
                        "match_input_image",
                    ],
                    "default": "9:16",
                },
                "resolution": {"type": "string", "enum": ["1K", "2K"], "default": "1K"},
                "force_generate": {"type": "boolean", "default": True},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_flux_2_tasks": {
        "body": None,
        "body_required": False,
        "path": {},
        "query": {
            "page": {"required": False, "schema": {"type": "integer", "minimum": 1, "default": 1}},
            "page_size": {
                "required": False,
                "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
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
    "get_many_flux_2_tasks": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_flux_2_task": {
        "body": None,
        "body_required": False,
        "path": {
            "id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "delete_flux_2_task": {
        "body": None,
        "body_required": False,
        "path": {
            "id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
