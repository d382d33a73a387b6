"""The JSON Schemas of the input of the section `avatars`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "list_avatars": {
        "body": None,
        "body_required": False,
        "path": {},
        "query": {
            "type": {"required": False, "schema": {"type": "string"}},
            "user_video_twin_id": {"required": False, "schema": {"type": "string"}},
        },
    },
    "list_avatars_2025": {
        "body": {
            "type": "object",
            "properties": {"type": {"type": "string"}, "user_video_twin_id": {"type": "string"}},
        },
        "body_required": False,
        "path": {},
        "query": {},
    },
    "list_anchors": {
        "body": {
            "type": "object",
            "properties": {"web_type": {"type": "string", "enum": ["a2e", "tyzn"]}},
        },
        "body_required": False,
        "path": {},
        "query": {},
    },
    "start_avatar_training": {
        "body": {
            "type": "object",
            "properties": {
                "name": {"type": "string"},
                "gender": {"type": "string", "enum": ["female", "male"]},
                "video_url": {"type": "string", "x-media": ["video"]},
                "image_url": {"type": "string", "x-media": ["image"]},
                "video_background_color": {"type": "string"},
                "video_background_image": {"type": "string", "x-media": ["image"]},
                "video_backgroud_color": {"type": "string"},
                "video_backgroud_image": {"type": "string", "x-media": ["image"]},
                "model_version": {"type": "string"},
                "prompt": {"type": "string"},
                "negative_prompt": {"type": "string"},
                "skipPreview": {"type": "boolean"},
                "isTranscoding": {"type": "boolean"},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "start_continued_training": {
        "body": {"type": "object", "required": ["_id"], "properties": {"_id": {"type": "string"}}},
        "body_required": True,
        "path": {},
        "query": {},
    },
    "start_continued_training_2025": {
        "body": {"type": "object", "required": ["_id"], "properties": {"_id": {"type": "string"}}},
        "body_required": True,
        "path": {},
        "query": {},
    },
    "delete_avatar_training": {
        "body": {"type": "object", "required": ["_id"], "properties": {"_id": {"type": "string"}}},
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_avatar_trainings": {
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
            "status": {
                "required": False,
                "schema": {
                    "type": "string",
                    "enum": ["pending", "processing", "completed", "failed"],
                },
            },
        },
    },
    "list_running_avatar_trainings": {
        "body": None,
        "body_required": False,
        "path": {},
        "query": {},
    },
    "get_many_avatar_trainings": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_avatar_training": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "start_voice_clone_from_video": {
        "body": {"type": "object", "required": ["_id"], "properties": {"_id": {"type": "string"}}},
        "body_required": True,
        "path": {},
        "query": {},
    },
    "add_avatar_upload": {
        "body": {"type": "object"},
        "body_required": False,
        "path": {},
        "query": {},
    },
    "get_avatar_upload_status": {"body": None, "body_required": False, "path": {}, "query": {}},
    "start_avatar_training_job": {
        "body": {"type": "object"},
        "body_required": False,
        "path": {},
        "query": {},
    },
    "list_avatar_records": {"body": None, "body_required": False, "path": {}, "query": {}},
    "start_avatar_training_retry": {
        "body": {"type": "object"},
        "body_required": False,
        "path": {},
        "query": {},
    },
    "start_eye_contact": {
        "body": {"type": "object", "properties": {"_id": {"type": "string"}}},
        "body_required": False,
        "path": {},
        "query": {},
    },
    "add_custom_avatar": {
        "body": {"type": "object"},
        "body_required": False,
        "path": {},
        "query": {},
    },
    "list_custom_avatars": {
        "body": {"type": "object"},
        "body_required": False,
        "path": {},
        "query": {},
    },
    "delete_custom_avatar": {
        "body": {"type": "object"},
        "body_required": False,
        "path": {},
        "query": {},
    },
    "list_custom_avatar_tags": {"body": None, "body_required": False, "path": {}, "query": {}},
    "update_custom_avatar": {
        "body": {"type": "object"},
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
