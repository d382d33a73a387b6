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

    from a2e_sdk._async.client import AsyncA2E
    from a2e_sdk._async.pagination import AsyncPaginator
    from a2e_sdk._config.drift import DriftObserver
    from a2e_sdk._config.hooks import Hooks, RequestEvent, ResponseEvent, RetryEvent
    from a2e_sdk._config.regions import Region
    from a2e_sdk._config.settings import Timeout
    from a2e_sdk._sync.client import A2E
    from a2e_sdk._sync.pagination import Paginator
    from a2e_sdk._wire.avatar_video_arguments import Captions, Layout
    from a2e_sdk.models.status import TaskStatus

    from . import errors, models, tables, webhooks
    from .models import (
        ApiToken,
        Avatar,
        AvatarTraining,
        AvatarVideo,
        Background,
        BatchResults,
        Budget,
        CloudPath,
        Coins,
        CreditEntry,
        EntryState,
        FaceSwapImage,
        FaceSwapPreview,
        FaceSwapTask,
        GenerationTask,
        Job,
        JobOutcome,
        JobStatus,
        JournalEntry,
        JournalFile,
        Language,
        Page,
        Progress,
        Quote,
        Speech,
        SpeechPreview,
        Spending,
        StreamingAvatar,
        StreamingChannel,
        Task,
        Voice,
        VoiceClone,
        VoiceLanguage,
        VoiceRegion,
    )
    from .version import __version__

# Public name -> the module that defines it; an empty module name means the name is a module.
_EXPORTS = {
    "A2E": "_sync.client",
    "ApiToken": "models",
    "AsyncA2E": "_async.client",
    "AsyncPaginator": "_async.pagination",
    "Avatar": "models",
    "AvatarTraining": "models",
    "AvatarVideo": "models",
    "Background": "models",
    "BatchResults": "models",
    "Budget": "models",
    "Captions": "_wire.avatar_video_arguments",
    "CloudPath": "models",
    "Coins": "models",
    "CreditEntry": "models",
    "DriftObserver": "_config.drift",
    "EntryState": "models",
    "FaceSwapImage": "models",
    "FaceSwapPreview": "models",
    "FaceSwapTask": "models",
    "GenerationTask": "models",
    "Hooks": "_config.hooks",
    "Job": "models",
    "JobOutcome": "models",
    "JobStatus": "models",
    "JournalEntry": "models",
    "JournalFile": "models",
    "Language": "models",
    "Layout": "_wire.avatar_video_arguments",
    "Page": "models",
    "Paginator": "_sync.pagination",
    "Progress": "models",
    "Quote": "models",
    "Region": "_config.regions",
    "RequestEvent": "_config.hooks",
    "ResponseEvent": "_config.hooks",
    "RetryEvent": "_config.hooks",
    "Speech": "models",
    "SpeechPreview": "models",
    "Spending": "models",
    "StreamingAvatar": "models",
    "StreamingChannel": "models",
    "Task": "models",
    "TaskStatus": "models.status",
    "Timeout": "_config.settings",
    "Voice": "models",
    "VoiceClone": "models",
    "VoiceLanguage": "models",
    "VoiceRegion": "models",
    "__version__": "version",
    "errors": "",
    "models": "",
    "tables": "",
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
    "BatchResults",
    "Budget",
    "Captions",
    "CloudPath",
    "Coins",
    "CreditEntry",
    "DriftObserver",
    "EntryState",
    "FaceSwapImage",
    "FaceSwapPreview",
    "FaceSwapTask",
    "GenerationTask",
    "Hooks",
    "Job",
    "JobOutcome",
    "JobStatus",
    "JournalEntry",
    "JournalFile",
    "Language",
    "Layout",
    "Page",
    "Paginator",
    "Progress",
    "Quote",
    "Region",
    "RequestEvent",
    "ResponseEvent",
    "RetryEvent",
    "Speech",
    "SpeechPreview",
    "Spending",
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
    "tables",
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
