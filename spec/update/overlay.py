"""Applying our corrections (overlay.yaml, OpenAPI Overlay 1.0) to a vendor's document.

This module owns the form of an action and its application: `description` says why it is there,
`x-evidence` how we know, and `x-name` names it in reports. Applying tells which actions the
vendor's document has caught up with, and which match nothing any more. The document given is never
changed. Comparing the result is left to comparison.py.

Written here on python-jsonpath (RFC 9535, as the standard wants): the only kept-up Python tool,
oas-patch 0.6.0, fails on every element of an array, takes `remove: false` for true, and lets two
places share one object.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jsonpath

_PATHS = jsonpath.JSONPathEnvironment(strict=True)


class OverlayError(Exception):
    """The overlay itself is wrong; the message says where."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of an overlay.

    Attributes:
        document: The corrected document.
        caught_up: Names of actions that change nothing any more, which can go.
        missed: Names of actions that hit nothing, which have to be looked at.
        moved: Names of actions that were applied where their operation has moved, with its path.
    """

    document: dict[str, Any]
    caught_up: tuple[str, ...]
    missed: tuple[str, ...]
    moved: tuple[tuple[str, str], ...] = ()


def check_overlay(overlay: Any) -> list[Mapping[str, Any]]:
    """Check the form of an overlay.

    Args:
        overlay: The overlay as plain data.

    Returns:
        Its actions.

    Raises:
        OverlayError: It is no overlay, or an action lacks its name, reason, evidence or effect.
    """
    if not isinstance(overlay, dict) or overlay.get("overlay") != "1.0.0":
        raise OverlayError("not an OpenAPI Overlay 1.0.0")
    info = overlay.get("info")
    if not isinstance(info, dict) or not {"title", "version"} <= info.keys():
        raise OverlayError("info needs a title and a version")
    actions = overlay.get("actions")
    if not isinstance(actions, list) or not actions:
        raise OverlayError("it has no actions")
    names = set()
    for number, action in enumerate(actions):
        for key in ("x-name", "target", "description", "x-evidence"):
            if not isinstance(action.get(key), str) or not action[key].strip():
                raise OverlayError(f"action {number} has no {key}")
        if ("update" in action) == (action.get("remove") is True):
            raise OverlayError(f"{action['x-name']} needs either `update` or `remove: true`")
        if action["x-name"] in names:
            raise OverlayError(f"two actions are called {action['x-name']}")
        names.add(action["x-name"])
    return actions


def apply_overlay(
    document: Mapping[str, Any], overlay: Any, moved_paths: Mapping[str, str] | None = None
) -> Applied:
    """Apply an overlay.

    Args:
        document: An OpenAPI document as plain data.
        overlay: The overlay as plain data.
        moved_paths: The new paths of operations that have moved, by those that the overlay names.

    Returns:
        The corrected copy, and which actions had no effect.

    Raises:
        OverlayError: The overlay is wrong.
    """
    corrected = copy.deepcopy(dict(document))
    caught_up, missed, moved = [], [], []
    for action in check_overlay(overlay):
        found = _places(action["x-name"], action["target"], corrected)
        for before, after in (moved_paths or {}).items():
            if not found and f"['{before}']" in action["target"]:
                target = action["target"].replace(f"['{before}']", f"[{json.dumps(after)}]")
                found = _places(action["x-name"], target, corrected)
                moved += [(action["x-name"], after)] if found else []
        if not found:
            missed.append(action["x-name"])
        elif "update" not in action:
            for parts in found:
                _remove(corrected, parts, action["x-name"])
        else:
            changed = [_update(corrected, parts, action["update"]) for parts in found]
            if not any(changed):
                caught_up.append(action["x-name"])
    return Applied(corrected, tuple(caught_up), tuple(missed), tuple(moved))


def _places(name: str, target: str, document: Any) -> list[tuple[str | int, ...]]:
    """Return what a target hits, so that removing one does not move the next to be removed."""
    try:
        return sorted(
            (match.parts for match in _PATHS.finditer(target, document)),
            key=lambda parts: [(isinstance(part, int), part) for part in parts],
            reverse=True,
        )
    except jsonpath.JSONPathError as error:
        raise OverlayError(f"{name}: {error}") from error


def _owner(document: Any, parts: tuple[str | int, ...]) -> Any:
    for part in parts[:-1]:
        document = document[part]
    return document


def _remove(document: Any, parts: tuple[str | int, ...], name: str) -> None:
    if not parts:
        raise OverlayError(f"{name} would remove the whole document")
    del _owner(document, parts)[parts[-1]]


def _update(document: Any, parts: tuple[str | int, ...], update: Any) -> bool:
    """Merge `update` into the place; return whether that changed anything."""
    if not parts:
        return _merge(document, update)
    owner = _owner(document, parts)
    target = owner[parts[-1]]
    if _contains(target, update):
        return False
    if isinstance(target, dict) and isinstance(update, dict):
        return _merge(target, update)
    if isinstance(target, list):
        return _append(target, update if isinstance(update, list) else [update])
    owner[parts[-1]] = copy.deepcopy(update)
    return True


def _merge(target: dict[str, Any], update: Mapping[str, Any]) -> bool:
    changed = False
    for key, value in update.items():
        present = target.get(key)
        if isinstance(present, dict) and isinstance(value, dict):
            changed |= _merge(present, value)
        elif isinstance(present, list) and isinstance(value, list):
            changed |= _append(present, value)
        elif key not in target or not _contains(present, value):
            target[key] = copy.deepcopy(value)
            changed = True
    return changed


def _append(target: list[Any], update: list[Any]) -> bool:
    new = [value for value in update if not any(_contains(item, value) for item in target)]
    target += copy.deepcopy(new)
    return bool(new)


def _contains(present: Any, wanted: Any) -> bool:
    """Tell whether a document has what an action wants, in whatever words it describes it."""
    if isinstance(present, dict) and isinstance(wanted, dict):
        return all(
            key == "description" or (key in present and _contains(present[key], value))
            for key, value in wanted.items()
        )
    if isinstance(present, list) and isinstance(wanted, list):
        return all(any(_contains(item, value) for item in present) for value in wanted)
    return type(present) is type(wanted) and bool(present == wanted)
