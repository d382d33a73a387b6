"""The JSON Schemas of the input of the section `qwen_image`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_qwen_image_task": {
        "body": {
            "type": "object",
            "required": ["name", "prompt"],
            "properties": {
                "name": {"type": "string"},
                "prompt": {"type": "string"},
                "model": {
                    "type": "string",
                    "enum": [
                        "qwen-image-2.0",
                        "qwen-image-2.0-pro",
                        "qwen-image-3.0",
                        "qwen-image-3.0-pro",
                    ],
                    "default": "qwen-image-2.0",
                },
                "input_images": {
                    "type": "array",
                    "items": {"type": "string", "x-media": ["image"]},
                },
                "size": {
                    "type": "string",
                    "enum": [
                        "1024*1024",
                        "1328*880",
                        "880*1328",
                        "1152*864",
                        "864*1152",
                        "1280*720",
                        "720*1280",
                        "1512*648",
                        "2048*2048",
                        "2048*1365",
                        "1365*2048",
                        "2048*1536",
                        "1536*2048",
                        "2048*1152",
                        "1152*2048",
                    ],
                    "default": "1024*1024",
                },
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_qwen_image_tasks": {"body": None, "body_required": False, "path": {}, "query": {}},
    "get_many_qwen_image_tasks": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_qwen_image_task": {
        "body": None,
        "body_required": False,
        "path": {
            "id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "delete_qwen_image_task": {
        "body": None,
        "body_required": False,
        "path": {
            "id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
