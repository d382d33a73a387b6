"""The JSON Schemas of the input of the section `text_to_image`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_text_to_image_task": {
        "body": {
            "type": "object",
            "required": ["prompt"],
            "properties": {
                "name": {"type": "string"},
                "prompt": {"type": "string"},
                "width": {"type": "number", "default": 1024},
                "height": {"type": "number", "default": 1024},
                "model_type": {"type": "string", "enum": ["a2e", "seedream"], "default": "a2e"},
                "input_images": {
                    "type": "array",
                    "maxItems": 10,
                    "items": {"type": "string", "x-media": ["image"]},
                },
                "skip_face_enhance": {"type": "boolean", "default": False},
                "aspect_ratio": {
                    "type": "string",
                    "enum": ["1:1", "4:3", "3:4", "16:9", "9:16", "2:3", "3:2", "21:9"],
                },
                "max_images": {"type": "integer", "minimum": 1, "maximum": 8},
                "req_key": {"type": "string", "enum": ["high_aes_general_v21_L", "high_aes"]},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_text_to_image_tasks": {
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
    "get_many_text_to_image_tasks": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_text_to_image_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "delete_text_to_image_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "start_text_to_image_task_2025": {
        "body": {
            "type": "object",
            "properties": {
                "name": {"type": "string"},
                "prompt": {"type": "string"},
                "req_key": {"type": "string", "enum": ["high_aes_general_v21_L", "high_aes"]},
                "width": {"type": "number"},
                "height": {"type": "number"},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "add_avatar_from_text_to_image": {
        "body": {
            "type": "object",
            "required": ["_id"],
            "properties": {
                "_id": {"type": "string"},
                "gender": {"type": "string", "enum": ["female", "male"]},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
}
