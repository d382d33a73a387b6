"""The JSON Schemas of the input of the section `account`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "list_languages": {
        "body": None,
        "body_required": False,
        "path": {},
        "query": {"lang": {"required": False, "schema": {"type": "string"}}},
    },
    "get_coins": {"body": None, "body_required": False, "path": {}, "query": {}},
    "list_credits": {
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
            "is_consumption": {"required": False, "schema": {"type": "boolean"}},
            "startDate": {"required": False, "schema": {"type": "string"}},
            "endDate": {"required": False, "schema": {"type": "string"}},
        },
    },
    "get_quote": {
        "body": {
            "type": "object",
            "required": ["endpoint", "requestBody"],
            "properties": {"endpoint": {"type": "string"}, "requestBody": {"type": "object"}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    },
    "get_current_user": {"body": None, "body_required": False, "path": {}, "query": {}},
    "add_user": {
        "body": {"type": "object", "properties": {"username": {"type": "string"}}},
        "body_required": True,
        "path": {},
        "query": {},
    },
}
