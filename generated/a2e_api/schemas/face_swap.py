"""The JSON Schemas of the input of the section `face_swap`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "add_face_swap_image": {
        "body": {
            "type": "object",
            "required": ["face_url"],
            "properties": {"face_url": {"type": "string", "x-media": ["image"]}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_face_swap_images": {"body": None, "body_required": False, "path": {}, "query": {}},
    "delete_face_swap_image": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "add_face_swap_preview": {
        "body": {
            "type": "object",
            "required": ["face_url", "video_url"],
            "properties": {
                "face_url": {"type": "string", "x-media": ["image"]},
                "video_url": {"type": "string", "x-media": ["video", "image"]},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_face_swap_preview_status": {
        "body": None,
        "body_required": False,
        "path": {},
        "query": {
            "_id": {"required": False, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
    },
    "add_face_swap_task": {
        "body": {
            "type": "object",
            "required": ["name", "face_url", "video_url"],
            "properties": {
                "name": {"type": "string"},
                "face_url": {"type": "string", "x-media": ["image"]},
                "video_url": {"type": "string", "x-media": ["video", "image"]},
                "cover_url": {"type": "string", "x-media": ["image"]},
                "model_version": {"type": "string", "enum": ["v1", "v2"]},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_running_face_swap_tasks": {
        "body": None,
        "body_required": False,
        "path": {},
        "query": {"_id": {"required": False, "schema": {"type": "string"}}},
    },
    "list_face_swap_tasks": {
        "body": None,
        "body_required": False,
        "path": {},
        "query": {
            "pageNum": {
                "required": True,
                "schema": {
                    "anyOf": [
                        {"type": "integer", "minimum": 1},
                        {"type": "string", "pattern": "^[1-9][0-9]*$"},
                    ]
                },
            },
            "pageSize": {
                "required": True,
                "schema": {
                    "anyOf": [
                        {"type": "integer", "minimum": 1, "maximum": 100},
                        {"type": "string", "pattern": "^([1-9][0-9]?|100)$"},
                    ]
                },
            },
        },
    },
    "get_many_face_swap_tasks": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_face_swap_task_2025": {
        "body": None,
        "body_required": False,
        "path": {},
        "query": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
    },
    "get_face_swap_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "delete_face_swap_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
