"""The JSON Schemas of the input of the section `image_to_video`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_image_to_video_task": {
        "body": {
            "type": "object",
            "required": ["image_url"],
            "properties": {
                "image_url": {"type": "string", "x-media": ["image"]},
                "name": {"type": "string"},
                "prompt": {"type": "string"},
                "negative_prompt": {"type": "string"},
                "negative_prmpt": {"type": "string"},
                "lora": {"type": "string"},
                "model_type": {
                    "type": "string",
                    "enum": ["GENERAL", "FLF2V"],
                    "default": "GENERAL",
                },
                "model_version": {"type": "string", "enum": ["a2e", "a2e-v2", "a2e-v2-flash"]},
                "end_image_url": {"type": "string", "x-media": ["image"]},
                "extend_prompt": {"type": "boolean", "default": True},
                "number_of_images": {"type": "integer", "minimum": 1, "maximum": 8, "default": 1},
                "video_time": {"type": "integer", "enum": [5, 10, 15, 20], "default": 5},
                "video_length": {"type": "integer", "minimum": 1, "maximum": 1000},
                "skip_face_enhance": {"type": "boolean", "default": False},
                "mask_face": {"type": "boolean"},
                "minor_suspected_skip": {"type": "boolean", "default": False},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_image_to_video_tasks": {
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
    "get_many_image_to_video_tasks": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_image_to_video_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "delete_image_to_video_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "get_image_to_video_processing_time": {
        "body": None,
        "body_required": False,
        "path": {},
        "query": {},
    },
    "get_image_to_video_queue_level": {
        "body": None,
        "body_required": False,
        "path": {},
        "query": {},
    },
    "mark_image_to_video_shared": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "mark_image_to_video_downloaded": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "mark_image_to_video_copied": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "add_image_to_video_prompt": {
        "body": {
            "type": "object",
            "required": ["reference_id", "image_url", "prompt", "negative_prompt"],
            "properties": {
                "reference_id": {"type": "string"},
                "image_url": {"type": "string", "x-media": ["image"]},
                "prompt": {"type": "string"},
                "negative_prompt": {"type": "string"},
                "lang": {"type": "string", "default": "en"},
                "max_length": {"type": "integer"},
                "stream": {"type": "boolean"},
                "template": {"type": "string", "enum": ["default", "cinematic"]},
                "shot_count": {"type": "integer", "default": 2},
                "with_audio": {"type": "boolean", "default": True},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "add_first_last_frame_prompt": {
        "body": {
            "type": "object",
            "required": ["reference_id", "image_url", "end_image_url", "prompt", "negative_prompt"],
            "properties": {
                "reference_id": {"type": "string"},
                "image_url": {"type": "string", "x-media": ["image"]},
                "end_image_url": {"type": "string", "x-media": ["image"]},
                "prompt": {"type": "string"},
                "negative_prompt": {"type": "string"},
                "lang": {"type": "string", "default": "en"},
                "max_length": {"type": "integer"},
                "stream": {"type": "boolean"},
                "template": {"type": "string", "enum": ["default", "cinematic"]},
                "shot_count": {"type": "integer", "default": 2},
                "with_audio": {"type": "boolean", "default": True},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
}
