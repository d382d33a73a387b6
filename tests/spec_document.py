"""``spec/openapi.yaml`` as data, for every test that compares with it."""

from __future__ import annotations

import pickle
import re
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


def used_components(text: str, components: str) -> str:
    """Leave out the components that a text refers to neither directly nor through others.

    Args:
        text: All that is kept of the document before its components.
        components: The components, to the end of the document.
    """
    parts = re.split(r"(?m)^(?=  (?:  )?\w+:)", components)
    names = [re.match(r"    (\w+):", part) for part in parts]
    texts = {name[1]: part for name, part in zip(names, parts, strict=True) if name}
    needed, waiting = {"bearerAuth"}, [text]
    while waiting:
        found = set(re.findall(r"#/components/\w+/(\w+)", waiting.pop())) - needed
        needed |= found
        waiting += [texts[name] for name in found]
    kept = [part for name, part in zip(names, parts, strict=True) if not name or name[1] in needed]
    return "".join(kept)


def load_spec() -> dict[str, Any]:
    """Return the document, a copy of its own for each caller; it is parsed once a process."""
    document: dict[str, Any] = pickle.loads(_pickled())
    return document
