"""The arguments of every family's ``create``, and their check before anything is sent.

This module owns which arguments a start takes, which of them have to be given, and the one check
that needs no network: the terminal and the batch read them here. What an argument may be is told
by the schema of the start's body, in ``_wire.arguments``. It is pure: local files are returned,
not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import attrs

from a2e_sdk._files.options import FileArgument

from .arguments import LOCAL_ARGUMENTS, Argument, arguments_of, prepare
from .avatar_video_arguments import FILES, VIDEO_ARGUMENTS, plan_video, video_file
from .families import TaskFamily
from .family_table import AVATAR_TRAININGS, AVATAR_VIDEOS
from .field_names import python_name

#: Stands for the name that a start is given where its user gave none.
_SOME_NAME = "name"

#: What an operation takes and its ``create`` does not offer.
_NOT_OFFERED: Mapping[str, tuple[str, ...]] = {
    # One start is one task: several are made by `create_all`.
    "text_to_image": ("max_images",),
    "avatar_trainings": ("is_transcoding",),
}


@attrs.frozen
class StartArgument:
    """One argument of a ``create``, without the secret of a webhook.

    Attributes:
        argument: What it is called and what it may be.
        required: Whether it has to be given.
        build: Makes the facade's object of a JSON object; None where the object itself is meant.
    """

    argument: Argument
    required: bool
    build: Callable[..., Any] | None = None


@cache
def start_arguments(family: TaskFamily) -> Mapping[str, StartArgument]:
    """Return the arguments of a family's ``create``, by their names.

    Args:
        family: A family whose tasks can be started.
    """
    if family is AVATAR_VIDEOS:
        return MappingProxyType(
            {
                argument.name: StartArgument(argument, argument.required, build)
                for argument, build in VIDEO_ARGUMENTS
            }
        )
    left_out = ("webhook_token", *_NOT_OFFERED.get(family.name, ()))
    label = _label(family)
    return MappingProxyType(
        {
            name: StartArgument(argument, argument.required and name != label)
            for name, argument in arguments_of(str(family.start)).items()
            if name not in left_out
        }
    )


def check_start(
    family: TaskFamily, arguments: Mapping[str, Any], *, allow_private: bool = False
) -> tuple[FileArgument, ...]:
    """Check the arguments of a ``create`` as it does before anything is sent.

    Args:
        family: A family whose tasks can be started.
        arguments: The keyword arguments; None stands for one that was not given.
        allow_private: Whether the server is this machine's own, which calls a webhook on the
            loopback by http too.

    Returns:
        The files among them, URLs included, which are not looked at here.

    Raises:
        TypeError: An argument is of a wrong type, unknown or missing.
        ValueError: An argument is not allowed, or not with another one.
    """
    values = {key: value for key, value in arguments.items() if key not in LOCAL_ARGUMENTS}
    if family is AVATAR_VIDEOS:
        plan = plan_video(values, allow_private=allow_private)
        return tuple(video_file(plan.values, name) for name in FILES if name in plan.values)
    if family is AVATAR_TRAININGS:
        check_training(values)
    label = _label(family)
    if label is not None and values.get(label) is None:
        values[label] = _SOME_NAME
    prepared = prepare(str(family.start), values, allow_private=allow_private)
    return tuple(file for _, file in prepared.files)


def check_training(arguments: Mapping[str, Any]) -> None:
    """Refuse a training of an avatar that has no material, or two.

    Args:
        arguments: The keyword arguments of its ``create``.

    Raises:
        ValueError: It has not exactly one of video and image.
    """
    if (arguments.get("video") is None) == (arguments.get("image") is None):
        raise ValueError("give exactly one of video and image.")


def _label(family: TaskFamily) -> str | None:
    return None if family.label is None else python_name(family.label)
