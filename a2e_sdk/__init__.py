"""The Python SDK of the A2E AI Avatar API.

    from a2e_sdk import A2E

    with A2E() as a2e:
        for task in a2e.face_swap.tasks.list():
            print(task.id, task.status, task.result_url)

This module owns the list of public names and nothing else. Each name is imported when it is first
used, so that ``import a2e_sdk`` costs next to nothing.
"""

from __future__ import annotations

# Type checkers take this name for true; importing typing would take longer than all the rest.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    from . import errors
    from .asynchronous.client import AsyncA2E
    from .asynchronous.paginator import AsyncPaginator
    from .configuration import Timeout
    from .hooks import Hooks, RequestEvent, ResponseEvent, RetryEvent
    from .models import FaceSwapImage, FaceSwapPreview, FaceSwapTask, Page, Task
    from .regions import Region
    from .status import TaskStatus
    from .synchronous.client import A2E
    from .synchronous.paginator import Paginator
    from .version import __version__

# Public name -> the module that defines it; an empty module name means the name is a module.
_EXPORTS = {
    "A2E": "synchronous.client",
    "AsyncA2E": "asynchronous.client",
    "AsyncPaginator": "asynchronous.paginator",
    "FaceSwapImage": "models",
    "FaceSwapPreview": "models",
    "FaceSwapTask": "models",
    "Hooks": "hooks",
    "Page": "models",
    "Paginator": "synchronous.paginator",
    "Region": "regions",
    "RequestEvent": "hooks",
    "ResponseEvent": "hooks",
    "RetryEvent": "hooks",
    "Task": "models",
    "TaskStatus": "status",
    "Timeout": "configuration",
    "__version__": "version",
    "errors": "",
}

__all__ = [
    "A2E",
    "AsyncA2E",
    "AsyncPaginator",
    "FaceSwapImage",
    "FaceSwapPreview",
    "FaceSwapTask",
    "Hooks",
    "Page",
    "Paginator",
    "Region",
    "RequestEvent",
    "ResponseEvent",
    "RetryEvent",
    "Task",
    "TaskStatus",
    "Timeout",
    "__version__",
    "errors",
]


def __getattr__(name: str) -> Any:
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = _EXPORTS[name]
    module = import_module(f"{__name__}.{home or name}")
    value = getattr(module, name) if home else module
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
