"""The JSON Schemas of the input of the section `streaming_avatar`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "list_streaming_avatars": {"body": None, "body_required": False, "path": {}, "query": {}},
    "start_streaming_session": {
        "body": {
            "type": "object",
            "required": ["avatar_id"],
            "properties": {"avatar_id": {"type": "string"}, "expire_seconds": {"type": "integer"}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "update_streaming_context": {
        "body": {
            "type": "object",
            "required": ["channel", "text"],
            "properties": {
                "channel": {"type": "string"},
                "text": {"type": "string", "maxLength": 5000},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "add_streaming_question": {
        "body": {
            "type": "object",
            "required": ["channel", "text"],
            "properties": {"channel": {"type": "string"}, "text": {"type": "string"}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "add_streaming_speech": {
        "body": {
            "type": "object",
            "required": ["channel", "text"],
            "properties": {"channel": {"type": "string"}, "text": {"type": "string"}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "leave_streaming_session": {
        "body": {
            "type": "object",
            "required": ["channel"],
            "properties": {"channel": {"type": "string"}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
}
