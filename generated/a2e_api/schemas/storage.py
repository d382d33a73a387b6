"""The JSON Schemas of the input of the section `storage`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "add_upload_url": {
        "body": {
            "type": "object",
            "required": ["key"],
            "properties": {
                "key": {
                    "type": "string",
                    "maxLength": 1024,
                    "pattern": "^(?!\\s*$|\\.{1,2}(/|$))[^/\\uD800-\\uDFFF]+(/(?!\\.{1,2}(/|$))[^/\\uD800-\\uDFFF]+)*$",
                },
                "bucket": {
                    "type": "string",
                    "pattern": "^(?!\\s*$|\\.{1,2}$)[^/\\uD800-\\uDFFF]+$",
                },
                "urlPrefix": {
                    "type": "string",
                    "maxLength": 1024,
                    "pattern": "^(?!\\s*$|\\.{1,2}(/|$))[^/\\uD800-\\uDFFF]+(/(?!\\.{1,2}(/|$))[^/\\uD800-\\uDFFF]+)*$",
                },
                "cdnDomain": {"type": "string", "pattern": "\\S"},
                "expiresIn": {"type": "integer", "minimum": 60, "maximum": 604800},
                "contentType": {"type": "string", "pattern": "\\S"},
                "fileSize": {"type": "integer", "minimum": 0, "maximum": 9007199254740991},
                "contentLength": {"type": "integer", "minimum": 0, "maximum": 9007199254740991},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "add_transferred_file": {
        "body": {
            "type": "object",
            "required": ["url"],
            "properties": {"url": {"type": "string", "pattern": "^https?://[^ ]*$"}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "add_legacy_upload_url": {
        "body": {
            "type": "object",
            "required": ["key"],
            "properties": {
                "key": {
                    "type": "string",
                    "maxLength": 1024,
                    "pattern": "^(?!\\s*$|\\.{1,2}(/|$))[^/\\uD800-\\uDFFF]+(/(?!\\.{1,2}(/|$))[^/\\uD800-\\uDFFF]+)*$",
                },
                "bucket": {
                    "type": "string",
                    "pattern": "^(?!\\s*$|\\.{1,2}$)[^/\\uD800-\\uDFFF]+$",
                    "default": "3days-apac",
                },
                "urlPrefix": {
                    "type": "string",
                    "maxLength": 1024,
                    "pattern": "^(?!\\s*$|\\.{1,2}(/|$))[^/\\uD800-\\uDFFF]+(/(?!\\.{1,2}(/|$))[^/\\uD800-\\uDFFF]+)*$",
                    "default": "adam2eve",
                },
                "cdnDomain": {"type": "string", "pattern": "\\S"},
                "expiresIn": {"type": "integer", "minimum": 60, "maximum": 604800},
                "contentType": {"type": "string", "pattern": "\\S"},
                "fileSize": {"type": "integer", "minimum": 0, "maximum": 9007199254740991},
                "contentLength": {"type": "integer", "minimum": 0, "maximum": 9007199254740991},
            },
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
}
