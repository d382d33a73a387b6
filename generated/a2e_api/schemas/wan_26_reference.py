"""The JSON Schemas of the input of the section `wan_26_reference`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_wan_26_reference_task": {
        "body": {
            "type": "object",
            "required": ["prompt", "reference_urls"],
            "additionalProperties": True,
            "properties": {
                "prompt": {"type": "string"},
                "reference_urls": {
                    "type": "array",
                    "minItems": 1,
                    "items": {"type": "string", "x-media": ["image", "video"]},
                },
                "name": {"type": "string"},
                "model": {"type": "string"},
                "duration": {"type": "string", "pattern": "^[0-9]+$"},
                "resolution": {"type": "string"},
                "aspect_ratio": {"type": "string"},
                "shot_type": {"type": "string"},
                "audio": {"type": "boolean"},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_wan_26_reference_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
