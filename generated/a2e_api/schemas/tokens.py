"""The JSON Schemas of the input of the section `tokens`."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "add_api_token": {
        "body": {
            "type": "object",
            "required": ["alias"],
            "properties": {"alias": {"type": "string"}},
        },
        "body_required": True,
        "path": {},
        "query": {},
    }
}
