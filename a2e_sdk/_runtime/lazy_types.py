"""Names in annotations that are loaded when somebody asks for the types.

This module owns the stand-in for a name that only annotations use. ``typing.get_type_hints`` looks
annotations up in the module's own names; with a stand-in there, they resolve without every client
paying for an import that nothing else needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class LazyType:
    """Stands in for a module or a class in annotations such as ``httpx.Client | None``.

    Args:
        module: The module that has it, below ``a2e_sdk``.
        name: Its name there.
    """

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    def _load(self) -> Any:
        return getattr(import_module(f"a2e_sdk.{self._module}"), self._name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # What copies and inspects it asks for these.
            raise AttributeError(name)
        return getattr(self._load(), name)

    def __or__(self, other: Any) -> Any:
        return self._load() | other
