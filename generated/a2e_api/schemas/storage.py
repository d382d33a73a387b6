"""The JSON Schemas of the input of the section `storage`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "add_upload_url": {
        "body": {
            "type": "object",
            "required": ["key"],
            "properties": {
                "key": {"type": "string"},
                "bucket": {"type": "string"},
                "urlPrefix": {"type": "string"},
                "cdnDomain": {"type": "string"},
                "expiresIn": {"type": "integer", "minimum": 60},
                "contentType": {"type": "string"},
                "fileSize": {"type": "number"},
                "contentLength": {"type": "number"},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "add_transferred_file": {
        "body": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}}},
        "body_required": True,
        "path": {},
        "query": {},
    },
    "add_legacy_upload_url": {
        "body": {
            "type": "object",
            "required": ["key"],
            "properties": {
                "key": {"type": "string"},
                "bucket": {"type": "string", "default": "3days-apac"},
                "urlPrefix": {"type": "string", "default": "adam2eve"},
                "cdnDomain": {"type": "string"},
                "expiresIn": {"type": "integer", "minimum": 60},
                "contentType": {"type": "string"},
                "fileSize": {"type": "number"},
                "contentLength": {"type": "number"},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
}
