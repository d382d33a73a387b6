"""The JSON Schemas of the input of the section `happy_horse`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_happy_horse_task": {
        "body": {
            "type": "object",
            "required": ["mode"],
            "properties": {
                "mode": {"type": "string", "enum": ["t2v", "i2v", "r2v", "video-edit"]},
                "name": {"type": "string"},
                "model_version": {"type": "string", "enum": ["1.0", "1.1"], "default": "1.0"},
                "prompt": {"type": "string"},
                "image_url": {"type": "string", "x-media": ["image"]},
                "reference_image_urls": {
                    "type": "array",
                    "items": {"type": "string", "x-media": ["image"]},
                },
                "edit_video_url": {"type": "string", "x-media": ["video"]},
                "input_video_seconds": {"type": "number"},
                "duration": {
                    "type": "string",
                    "enum": ["3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"],
                    "default": "5",
                },
                "resolution": {
                    "type": "string",
                    "enum": ["480P", "720P", "1080P"],
                    "default": "720P",
                },
                "ratio": {
                    "type": "string",
                    "enum": ["16:9", "9:16", "1:1", "4:3", "3:4", "4:5", "5:4", "9:21", "21:9"],
                    "default": "16:9",
                },
                "audio_setting": {"type": "string", "enum": ["auto", "origin"], "default": "auto"},
                "seed": {"type": "integer"},
                "watermark": {"type": "boolean", "default": True},
                "minor_suspected_skip": {"type": "boolean", "default": False},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_happy_horse_tasks": {
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
    "get_many_happy_horse_tasks": {
        "body": {
            "type": "object",
            "required": ["ids"],
            "properties": {"ids": {"type": "array", "maxItems": 200, "items": {"type": "string"}}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_happy_horse_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "delete_happy_horse_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
