"""``spec/openapi.yaml`` as data, for every test that compares with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

SPEC_PATH = Path(__file__).parents[1] / "spec" / "openapi.yaml"

# The loader in C is seven times as fast; it is there wherever a wheel of PyYAML is.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_spec() -> dict[str, Any]:
    """Return the document, a copy of its own for each caller."""
    document: dict[str, Any] = yaml.load(SPEC_PATH.read_text(encoding="utf-8"), _LOADER)
    return document
