"""The JSON Schemas of the input of the section `watermarks`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "start_watermark": {
        "body": {
            "type": "object",
            "required": ["media_url", "watermark_type"],
            "properties": {
                "media_url": {"type": "string", "x-media": ["image", "video"]},
                "watermark_type": {"type": "string", "enum": ["text", "image"]},
                "text": {"type": "string"},
                "watermark_image_url": {"type": "string", "x-media": ["image"]},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    }
}
