"""``spec/openapi.yaml`` as data, for every test that compares with it."""

from __future__ import annotations

import pickle
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SPEC_PATH = Path(__file__).parents[1] / "spec" / "openapi.yaml"

# The loader in C is seven times as fast; it is there wherever a wheel of PyYAML is.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _pickled() -> bytes:
    return pickle.dumps(yaml.load(SPEC_PATH.read_text(encoding="utf-8"), _LOADER))


def load_spec() -> dict[str, Any]:
    """Return the document, a copy of its own for each caller; it is parsed once a process."""
    document: dict[str, Any] = pickle.loads(_pickled())
    return document
