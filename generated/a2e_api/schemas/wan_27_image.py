"""The JSON Schemas of the input of the section `wan_27_image`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_wan_27_image_task": {
        "body": {
            "type": "object",
            "required": ["prompt"],
            "additionalProperties": True,
            "properties": {
                "name": {"type": "string"},
                "prompt": {"type": "string"},
                "model": {"type": "string"},
                "input_images": {
                    "type": "array",
                    "items": {"type": "string", "x-media": ["image"]},
                },
                "aspect_ratio": {"type": "string"},
                "force_generate": {"type": "boolean"},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_wan_27_image_task": {
        "body": None,
        "body_required": False,
        "path": {
            "_id": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}}
        },
        "query": {},
    },
}
