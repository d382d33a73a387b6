"""The JSON Schemas of the input of the section `voices`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "list_public_voices": {
        "body": None,
        "body_required": False,
        "path": {},
        "query": {
            "country": {"required": False, "schema": {"type": "string", "default": "en"}},
            "region": {"required": False, "schema": {"type": "string", "default": "US"}},
            "voice_map_type": {"required": False, "schema": {"type": "string", "default": "en-US"}},
        },
    },
    "list_public_voices_by_post": {
        "body": {
            "type": "object",
            "properties": {
                "country": {"type": "string"},
                "region": {"type": "string"},
                "voice_map_type": {"type": "string"},
            },
        },
        "body_required": False,
        "path": {},
        "query": {},
    },
    "list_system_voices": {"body": None, "body_required": False, "path": {}, "query": {}},
    "list_voice_languages": {
        "body": {"type": "object", "properties": {"voice_map_type": {"type": "string"}}},
        "body_required": False,
        "path": {},
        "query": {},
    },
    "list_voice_clones": {"body": None, "body_required": False, "path": {}, "query": {}},
    "list_running_voice_clones": {"body": None, "body_required": False, "path": {}, "query": {}},
    "start_voice_clone": {
        "body": {
            "type": "object",
            "required": ["name", "voice_urls"],
            "properties": {
                "name": {"type": "string"},
                "voice_urls": {
                    "type": "array",
                    "minItems": 1,
                    "items": {"type": "string", "x-media": ["audio", "video"]},
                },
                "gender": {"type": "string", "enum": ["female", "male"], "default": "female"},
                "denoise": {"type": "boolean"},
                "enhance_voice_similarity": {"type": "boolean"},
                "model": {
                    "type": "string",
                    "enum": ["a2e", "cartesia", "minimax", "elevenlabs"],
                    "default": "a2e",
                },
                "language": {"type": "string"},
                "webhook_url": {"type": "string", "maxLength": 2048, "pattern": "^https://"},
                "webhook_token": {"type": "string", "maxLength": 256},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_voice_clone": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "rename_voice_clone": {
        "body": {
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"type": "string"}},
        },
        "body_required": True,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
    "delete_voice_clone": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
