"""The arguments of an avatar video: what users say, and what the server is told.

This module owns captions, the layout of a canvas, and the checks that hold one argument against
another. What must be looked up before a video can start, because an id alone does not tell, is
named here and looked up elsewhere. It is pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, cast

import attrs

from a2e_sdk._checks.redaction import safe_text
from a2e_sdk._checks.validation import require_id, require_text, require_whole_number
from a2e_sdk._files.media_types import MediaKind
from a2e_sdk._files.options import FileArgument
from a2e_sdk.models.avatars import Avatar
from a2e_sdk.models.backgrounds import Background

from .arguments import LOCAL_ARGUMENTS, Argument, arguments_of, prepare

START = "start_avatar_video"
LONGEST_TITLE = 40

#: The operation's arguments that take a file, and what users call them.
FILES: Mapping[str, str] = {
    "audio": "audio",
    "anchor_background_img": "avatar_background_image",
}

_COLOR = re.compile(r"rgba?\(\s*[\d.]+\s*(,\s*[\d.]+\s*){2,3}\)")
_HEX_COLOR = re.compile(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")


@attrs.frozen(kw_only=True)
class Captions:
    """Captions of a video: the script, and how it looks. What is not given is the server's choice.

    The keys of the look were seen in clients only.

    Attributes:
        text: The script. Needed, but for `speak`, where it is the spoken text by default.
        language: Its language, such as ``en-US``.
        font: Name of the font, such as ``Arial``.
        size: Size of the letters, such as 42.
        color: Colour of the letters: ``rgba(255,255,255,1)``, ``rgb(255,255,255)``, ``#ffffff``.
        outline_color: Colour of the outline, likewise.
        back_color: Colour behind the letters, likewise.
        border_style: Number of a style of border, such as 4.
        position: Where they are as a share of the picture, such as 0.85.
    """

    text: str | None = None
    language: str | None = None
    font: str | None = None
    size: int | None = None
    color: str | None = None
    outline_color: str | None = None
    back_color: str | None = None
    border_style: int | None = None
    position: float | None = None

    def style(self) -> dict[str, Any]:
        """Return the look by the server's keys.

        Raises:
            ValueError: A colour is no colour.
        """
        wire = {
            "language": self.language,
            "PrimaryColour": self.color and color_of(self.color, "captions.color"),
            "OutlineColour": self.outline_color
            and color_of(self.outline_color, "captions.outline_color"),
            "BorderStyle": self.border_style,
            "BackColour": self.back_color and color_of(self.back_color, "captions.back_color"),
            "FontName": self.font,
            "Fontsize": self.size,
            "subtitle_position": self.position,
        }
        return {key: value for key, value in wire.items() if value is not None}


@attrs.frozen(kw_only=True)
class Layout:
    """Where the person stands on the canvas, in pixels; for videos with another background.

    Attributes:
        width: Width of the canvas, at least 1.
        height: Height of the canvas, at least 1.
        person_width: Width of the person, at least 1.
        person_height: Height of the person, at least 1.
        person_x: Left edge of the person. Default 0, the canvas's.
        person_y: Upper edge of the person. Default 0, the canvas's.
    """

    width: int
    height: int
    person_width: int
    person_height: int
    person_x: int = 0
    person_y: int = 0

    def wire(self) -> dict[str, int]:
        """Return the layout by the server's keys.

        Raises:
            TypeError: A number is not an int.
            ValueError: A size is below 1.
        """
        for name in ("width", "height", "person_width", "person_height"):
            require_whole_number(getattr(self, name), f"layout.{name}", minimum=1)
        for name in ("person_x", "person_y"):
            # A person may stick out of the canvas on every side.
            require_whole_number(getattr(self, name), f"layout.{name}", minimum=-(10**6))
        return {
            "web_bg_width": self.width,
            "web_bg_height": self.height,
            "web_people_width": self.person_width,
            "web_people_height": self.person_height,
            "web_people_x": self.person_x,
            "web_people_y": self.person_y,
        }


#: What the reference of 2025 demands where there is no other background.
_NO_LAYOUT: dict[str, Any] = dict.fromkeys(
    (
        *("web_bg_width", "web_bg_height"),
        *("web_people_width", "web_people_height", "web_people_x", "web_people_y"),
    ),
    0,
)


@attrs.frozen
class VideoPlan:
    """Checked arguments of a video.

    Attributes:
        values: The arguments of the operation; those of what is to be looked up are missing.
        unknown_avatar: The id of an avatar whose kind must be looked up; None where it is known.
        unknown_background: The id of a background whose kind must be looked up, likewise.
    """

    values: dict[str, Any]
    unknown_avatar: str | None
    unknown_background: str | None

    def with_avatar(self, *, custom: bool) -> VideoPlan:
        """Return the plan with the kind of its avatar."""
        values = {**self.values, "anchor_type": int(custom)}
        return attrs.evolve(self, values=values, unknown_avatar=None)

    def with_background(self, background: Background) -> VideoPlan:
        """Return the plan with its background, whose kind is known."""
        values = {**self.values, **_background_values(background)}
        return attrs.evolve(self, values=values, unknown_background=None)


def _own(name: str, kind: str, *media: MediaKind) -> Argument:
    return Argument(name, name, {"type": kind}, False, media)


def _known(name: str, *, required: bool = False) -> Argument:
    return attrs.evolve(arguments_of(START)[name], required=required)


#: The arguments of ``create``, without the secret of a webhook; beside each, what makes the
#: facade's object of a JSON object. Those that the operation has too are its own.
VIDEO_ARGUMENTS: tuple[tuple[Argument, Callable[..., Any] | None], ...] = (
    (_known("avatar", required=True), None),
    (_known("audio", required=True), None),
    (_own("custom", "boolean"), None),
    (_known("title"), None),
    (_known("resolution"), None),
    (_own("captions", "string"), Captions),
    (_own("background", "string"), None),
    (_own("layout", "object"), Layout),
    (_own("avatar_background_image", "string", *MediaKind), None),
    (_own("avatar_background_color", "string"), None),
    (_own("smart_motion", "boolean"), None),
    (_own("use_public_pool", "boolean"), None),
    (_known("webhook_url"), None),
)


def video_file(values: Mapping[str, Any], name: str) -> FileArgument:
    """Return a file among the arguments of the operation, under the name that users give it.

    Args:
        values: The arguments of the operation.
        name: One of `FILES`.
    """
    return FileArgument(values[name], FILES[name], arguments_of(START)[name].media)


def plan_video(arguments: Mapping[str, Any], *, allow_private: bool = False) -> VideoPlan:
    """Check the arguments of a video, and turn them into those of the operation.

    Args:
        arguments: The keyword arguments of ``create``; None stands for one that was not given.
        allow_private: Whether the server is this machine's own, which calls a webhook on the
            loopback by http too.

    Raises:
        TypeError: An argument is missing or of a wrong type.
        ValueError: An argument is not allowed, or not with another one.
    """
    given = {key: value for key, value in arguments.items() if value is not None}
    values = {key: given[key] for key in _AS_THEY_ARE if key in given}
    values["avatar"] = require_id(_needed(given, "avatar"), "avatar")
    values["audio"] = _needed(given, "audio")
    values["resolution"] = given.get("resolution", 1080)
    if "title" in given:
        values["title"] = require_text(given["title"], "title", maximum=LONGEST_TITLE)
    if "smart_motion" in given:
        # The server's switch is named after leaving it out.
        values["is_skip_rs"] = not _switch(given, "smart_motion")
    if "use_public_pool" in given:
        values["is_to_public_pool"] = _switch(given, "use_public_pool")
    values |= _caption_values(given.get("captions"))
    values |= _canvas_values(given)
    custom = _custom(given)
    background: Any = given.get("background")
    known: dict[str, Any] = {} if background is None else _background_values(background)
    plan = VideoPlan(
        {**values, **known},
        None if custom is not None else values["avatar"],
        None if background is None or known else require_id(background, "background"),
    )
    if custom is not None:
        plan = plan.with_avatar(custom=custom)
    # The schema's own checks, before anything is looked up or paid for.
    checked = {key: value for key, value in plan.values.items() if key not in LOCAL_ARGUMENTS}
    prepare(START, {"anchor_type": 0, **checked}, allow_private=allow_private)
    return plan


_AS_THEY_ARE = ("webhook_url", "webhook_token", *LOCAL_ARGUMENTS)
_ARGUMENTS_OF_A_BACKGROUND = ("layout", "avatar_background_image", "avatar_background_color")


def _needed(given: Mapping[str, Any], name: str) -> Any:
    if name not in given:
        raise TypeError(f"{name} is missing.")
    return given[name]


def _switch(given: Mapping[str, Any], name: str) -> bool:
    if not isinstance(given[name], bool):
        raise TypeError(f"{name} must be True or False, not {type(given[name]).__name__}.")
    return bool(given[name])


def _custom(given: Mapping[str, Any]) -> bool | None:
    avatar = given["avatar"]
    known = avatar.is_custom if isinstance(avatar, Avatar) else None
    if "custom" not in given:
        return known
    custom = _switch(given, "custom")
    if known is not None and known != custom:
        raise ValueError(
            f"custom is {custom}, but the avatar's kind is {safe_text(avatar.kind, 60)!r}."
        )
    return custom


def _caption_values(captions: Any) -> dict[str, Any]:
    if captions is None:
        return {}
    if isinstance(captions, str):
        captions = Captions(text=captions)
    if not isinstance(captions, Captions):
        raise TypeError(f"captions must be a text or Captions, not {type(captions).__name__}.")
    if not captions.text:
        raise ValueError("captions need a text: the script of the video.")
    style = captions.style()
    values: dict[str, Any] = {"is_caption_enabled": True, "text": captions.text}
    return {**values, "caption_align": style} if style else values


def _canvas_values(given: Mapping[str, Any]) -> dict[str, Any]:
    if "background" not in given:
        for name in _ARGUMENTS_OF_A_BACKGROUND:
            if name in given:
                raise ValueError(f"{name} is for a video with a background; give background too.")
        return dict(_NO_LAYOUT)
    layout = given.get("layout")
    if layout is None:
        raise ValueError("a background needs a layout: where the person stands on it.")
    if not isinstance(layout, Layout):
        raise TypeError(f"layout must be a Layout, not {type(layout).__name__}.")
    values: dict[str, Any] = layout.wire()
    if "avatar_background_image" in given and "avatar_background_color" in given:
        raise ValueError("give avatar_background_image or avatar_background_color, not both.")
    if "avatar_background_image" in given:
        values["anchor_background_img"] = given["avatar_background_image"]
    if "avatar_background_color" in given:
        values["anchor_background_color"] = color_of(
            given["avatar_background_color"], "avatar_background_color"
        )
    return values


def _background_values(background: Any) -> dict[str, Any]:
    """Return what the server is told of a background; nothing where its kind must be looked up.

    It is one argument, so that the two keys that the server refuses together can't both go out.
    """
    if isinstance(background, Background):
        identifier = require_id(background, "background")
        if background.kind == "custom":
            return {"custom_back_id": identifier}
        return {"back_id": identifier} if background.kind == "default" else {}
    if isinstance(background, str) and background.lstrip().lower().startswith(("rgb", "#")):
        return {"color": color_of(background, "background")}
    require_id(background, "background")
    return {}


def color_of(value: str, name: str) -> str:
    """Return a colour as the server wants it.

    Args:
        value: ``rgb(133,137,132)``, ``rgba(0,0,0,1)`` or ``#858984``.
        name: The argument's name, for the message.

    Raises:
        TypeError: It is not a str.
        ValueError: It is no such colour.
    """
    require_text(value, name, maximum=100)
    digits = _HEX_COLOR.fullmatch(value)
    if digits:
        return "rgb({},{},{})".format(*(int(pair, 16) for pair in cast(Any, digits.groups())))
    if not _COLOR.fullmatch(value):
        raise ValueError(f"{name} must be rgb(r,g,b), rgba(r,g,b,a) or #rrggbb; it is {value!r}.")
    return value
