"""The JSON Schemas of the input of the section `speech`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "add_speech": {
        "body": {
            "type": "object",
            "required": ["msg"],
            "properties": {
                "msg": {"type": "string", "minLength": 1, "maxLength": 3000},
                "tts_id": {"type": "string"},
                "user_voice_id": {"type": "string"},
                "country": {"type": "string", "default": "en"},
                "region": {"type": "string", "default": "US"},
                "speechRate": {"type": "number", "minimum": 0.5, "maximum": 2, "default": 1},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "list_speech_previews": {
        "body": None,
        "body_required": False,
        "path": {},
        "query": {
            "current": {"required": False, "schema": {"type": "integer", "default": 1}},
            "pageSize": {
                "required": False,
                "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
            },
        },
    },
    "delete_speech_preview": {
        "body": None,
        "body_required": False,
        "path": {
            "id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
