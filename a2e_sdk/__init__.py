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

    from . import errors, models, webhooks
    from .asynchronous.client import AsyncA2E
    from .asynchronous.paginator import AsyncPaginator
    from .avatar_video_arguments import Captions, Layout
    from .configuration import Timeout
    from .drift import DriftObserver
    from .hooks import Hooks, RequestEvent, ResponseEvent, RetryEvent
    from .models import (
        ApiToken,
        Avatar,
        AvatarTraining,
        AvatarVideo,
        Background,
        Coins,
        CreditEntry,
        FaceSwapImage,
        FaceSwapPreview,
        FaceSwapTask,
        GenerationTask,
        Language,
        Page,
        Quote,
        Speech,
        SpeechPreview,
        StreamingAvatar,
        StreamingChannel,
        Task,
        Voice,
        VoiceClone,
        VoiceLanguage,
        VoiceRegion,
    )
    from .regions import Region
    from .status import TaskStatus
    from .synchronous.client import A2E
    from .synchronous.paginator import Paginator
    from .version import __version__

# Public name -> the module that defines it; an empty module name means the name is a module.
_EXPORTS = {
    "A2E": "synchronous.client",
    "ApiToken": "models",
    "AsyncA2E": "asynchronous.client",
    "AsyncPaginator": "asynchronous.paginator",
    "Avatar": "models",
    "AvatarTraining": "models",
    "AvatarVideo": "models",
    "Background": "models",
    "Captions": "avatar_video_arguments",
    "Coins": "models",
    "CreditEntry": "models",
    "DriftObserver": "drift",
    "FaceSwapImage": "models",
    "FaceSwapPreview": "models",
    "FaceSwapTask": "models",
    "GenerationTask": "models",
    "Hooks": "hooks",
    "Language": "models",
    "Layout": "avatar_video_arguments",
    "Page": "models",
    "Paginator": "synchronous.paginator",
    "Quote": "models",
    "Region": "regions",
    "RequestEvent": "hooks",
    "ResponseEvent": "hooks",
    "RetryEvent": "hooks",
    "Speech": "models",
    "SpeechPreview": "models",
    "StreamingAvatar": "models",
    "StreamingChannel": "models",
    "Task": "models",
    "TaskStatus": "status",
    "Timeout": "configuration",
    "Voice": "models",
    "VoiceClone": "models",
    "VoiceLanguage": "models",
    "VoiceRegion": "models",
    "__version__": "version",
    "errors": "",
    "models": "",
    "webhooks": "",
}

__all__ = [
    "A2E",
    "ApiToken",
    "AsyncA2E",
    "AsyncPaginator",
    "Avatar",
    "AvatarTraining",
    "AvatarVideo",
    "Background",
    "Captions",
    "Coins",
    "CreditEntry",
    "DriftObserver",
    "FaceSwapImage",
    "FaceSwapPreview",
    "FaceSwapTask",
    "GenerationTask",
    "Hooks",
    "Language",
    "Layout",
    "Page",
    "Paginator",
    "Quote",
    "Region",
    "RequestEvent",
    "ResponseEvent",
    "RetryEvent",
    "Speech",
    "SpeechPreview",
    "StreamingAvatar",
    "StreamingChannel",
    "Task",
    "TaskStatus",
    "Timeout",
    "Voice",
    "VoiceClone",
    "VoiceLanguage",
    "VoiceRegion",
    "__version__",
    "errors",
    "models",
    "webhooks",
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
