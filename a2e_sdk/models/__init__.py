"""The friendly values that the SDK returns: frozen attrs classes with names spelt right.

This package owns what users see of a response. Every model can be compared, hashed and pickled, has
no link to a client, and keeps the server's own object in ``raw``. Each is loaded when it is first
used.
"""

from __future__ import annotations

# Type checkers take this name for true; importing typing would take longer than all the rest.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    from .account import Coins as Coins
    from .account import CreditEntry as CreditEntry
    from .account import Language as Language
    from .account import Quote as Quote
    from .avatar_videos import AvatarVideo as AvatarVideo
    from .avatars import Avatar as Avatar
    from .avatars import AvatarTraining as AvatarTraining
    from .backgrounds import Background as Background
    from .batch import BatchResults as BatchResults
    from .batch import Job as Job
    from .batch import JobOutcome as JobOutcome
    from .batch import JobStatus as JobStatus
    from .cloud import CloudPath as CloudPath
    from .engines import *  # noqa: F403 - the classes of every engine, as that module lists them
    from .face_swap import FaceSwapImage as FaceSwapImage
    from .face_swap import FaceSwapPreview as FaceSwapPreview
    from .face_swap import FaceSwapTask as FaceSwapTask
    from .generation import GenerationTask as GenerationTask
    from .journal import Budget as Budget
    from .journal import EntryState as EntryState
    from .journal import JournalEntry as JournalEntry
    from .journal import JournalFile as JournalFile
    from .journal import Spending as Spending
    from .page import Page as Page
    from .progress import Progress as Progress
    from .speech import Speech as Speech
    from .speech import SpeechPreview as SpeechPreview
    from .streaming_avatar import StreamingAvatar as StreamingAvatar
    from .streaming_avatar import StreamingChannel as StreamingChannel
    from .task import Task as Task
    from .tokens import ApiToken as ApiToken
    from .voices import Voice as Voice
    from .voices import VoiceClone as VoiceClone
    from .voices import VoiceLanguage as VoiceLanguage
    from .voices import VoiceRegion as VoiceRegion

# Public name -> the module that defines it; what is not here is a task of an engine.
_MODULES = {
    "ApiToken": "tokens",
    "Avatar": "avatars",
    "AvatarTraining": "avatars",
    "AvatarVideo": "avatar_videos",
    "Background": "backgrounds",
    "BatchResults": "batch",
    "Budget": "journal",
    "CloudPath": "cloud",
    "Coins": "account",
    "CreditEntry": "account",
    "EntryState": "journal",
    "FaceSwapImage": "face_swap",
    "FaceSwapPreview": "face_swap",
    "FaceSwapTask": "face_swap",
    "GenerationTask": "generation",
    "Job": "batch",
    "JobOutcome": "batch",
    "JobStatus": "batch",
    "JournalEntry": "journal",
    "JournalFile": "journal",
    "Language": "account",
    "Page": "page",
    "Progress": "progress",
    "Quote": "account",
    "Speech": "speech",
    "SpeechPreview": "speech",
    "Spending": "journal",
    "StreamingAvatar": "streaming_avatar",
    "StreamingChannel": "streaming_avatar",
    "Task": "task",
    "Voice": "voices",
    "VoiceClone": "voices",
    "VoiceLanguage": "voices",
    "VoiceRegion": "voices",
}


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = import_module(f"{__name__}.{_MODULES.get(name, 'engines')}")
    if not hasattr(module, name):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value = getattr(module, name)
    return value


def __dir__() -> list[str]:
    from .engines import __all__ as engines

    return sorted({*globals(), *_MODULES, *engines})
