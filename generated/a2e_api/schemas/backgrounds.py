"""The JSON Schemas of the input of the section `backgrounds`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "list_backgrounds": {"body": None, "body_required": False, "path": {}, "query": {}},
    "list_custom_backgrounds": {
        "body": {"type": "object"},
        "body_required": False,
        "path": {},
        "query": {},
    },
    "add_background": {
        "body": {
            "type": "object",
            "required": ["img_url"],
            "properties": {
                "img_url": {"type": "string", "x-media": ["image"]},
                "name": {"type": "string"},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "delete_background": {
        "body": {"type": "object", "required": ["_id"], "properties": {"_id": {"type": "string"}}},
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_random_background": {
        "body": {"type": "object"},
        "body_required": False,
        "path": {},
        "query": {},
    },
}
