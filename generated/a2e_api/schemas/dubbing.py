"""The JSON Schemas of the input of the section `dubbing`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_dubbing_task": {
        "body": {
            "type": "object",
            "required": ["source_url", "target_lang"],
            "properties": {
                "name": {"type": "string"},
                "source_url": {"type": "string", "x-media": ["video", "audio"]},
                "source_lang": {"type": "string"},
                "target_lang": {"type": "string"},
                "num_speakers": {"type": "integer"},
                "drop_background_audio": {"type": "boolean"},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_dubbing_tasks": {
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
    "list_running_dubbing_tasks": {"body": None, "body_required": False, "path": {}, "query": {}},
    "get_dubbing_task_2025": {
        "body": None,
        "body_required": False,
        "path": {},
        "query": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
    },
    "get_dubbing_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "delete_dubbing_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
