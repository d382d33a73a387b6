"""What an agent can start: every family of tasks, and speech, with their arguments as JSON Schema.

This module owns what of a start's arguments an agent may give, and how they are described. What an
argument may be is decided in ``_wire``. It is pure.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from functools import cache
from operator import attrgetter
from typing import Any, cast

import attrs

from a2e_sdk._async.resources.engine_sections import AsyncEngineSections
from a2e_sdk._async.resources.speech import AsyncSpeechSection
from a2e_sdk._batch.engines import engine_word, family_of, nearest
from a2e_sdk._checks.json_schema import Schema
from a2e_sdk._wire.arguments import is_number_in_words
from a2e_sdk._wire.docstrings import argument_texts
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk._wire.start_arguments import StartArgument, start_arguments

#: The engine that starts no task: its result is there when it has been started.
SPEECH = "speech"
SPEECH_OPERATION = "add_speech"
_SPEECH_TITLE = "speech of a text"

#: What an agent may not give: a webhook would send results elsewhere, and moderation stays on.
NOT_FOR_AGENTS: Mapping[str, str] = {
    "webhook_url": "results are fetched with check and download",
    "webhook_token": "results are fetched with check and download",
    "force_generate": "moderation stays on",
    "resend_if_unknown": "nothing is ever paid for twice here",
    "key": "it is an argument of start itself",
    "max_coins": "it is an argument of start itself",
    "on_upload": "it is a function",
}

_MEDIA = "a file of the folder by its name, such as 'me.jpg', or an https URL"
#: What a call of Python may take for a file, which means nothing to an agent.
_PYTHON_FILES = re.compile(
    r"(?::|, each)? (?:a path|paths), bytes, (?:a file|files) open for reading bytes, or "
    r"(?:a )?(?:public )?URLs?(?: \(public, without redirects and spaces\))?"
)
_KEYWORDS = ("type", "enum", "minimum", "maximum", "minLength", "maxLength", "pattern", "default")

#: What each engine takes and makes, where its name does not say it to an agent.
_USES: Mapping[str, str] = {
    SPEECH: "A text in, the sound of it out. The first step of a talking video of a text.",
    "avatar_videos": "An avatar speaks a sound; the second step of a talking video of a text. "
    "avatar: an id of list_avatars; audio: the result URL of speech, or a sound of your own.",
    "face_swap": "Puts a face (a picture) into a video or picture.",
    "wan_25": "Text to video, or picture to video.",
    "talking_photo": "Makes a picture of a person speak a sound.",
    "talking_video": "Makes a person in a video speak a sound.",
    "dubbing": "Translates the speech of a video into another language.",
    "text_to_image": "Text to picture.",
    "virtual_try_on": "Shows a person in other clothes.",
    "image_to_video": "Moves a picture as a prompt says.",
}


@attrs.frozen
class Engine:
    """One thing that can be started.

    Attributes:
        name: What `start` calls it, such as ``wan-25``.
        title: What it is for people.
        family: The family of its tasks; None for speech.
    """

    name: str
    title: str
    family: TaskFamily | None

    @property
    def use(self) -> str | None:
        """What it takes and makes; None where the title says it."""
        return _USES.get(SPEECH if self.family is None else self.family.name)


@cache
def engines() -> tuple[Engine, ...]:
    """Return all engines, those of talking videos first."""
    rows = [
        Engine(engine_word(family), family.title, family)
        for family in TASK_FAMILIES.values()
        if family.start is not None and family.is_readable
    ]
    return (Engine(SPEECH, _SPEECH_TITLE, None), *rows)


def engine_named(name: str) -> Engine:
    """Return an engine.

    Raises:
        ValueError: There is none of this name.
    """
    if name.strip().lower() == SPEECH:
        return engines()[0]
    try:
        family = family_of(name)
    except ValueError:
        hint = nearest(name, {engine.name for engine in engines()})
        raise ValueError(
            f"there is no engine {name[:60]!r}{hint}. find_engines lists them."
        ) from None
    return Engine(engine_word(family), family.title, family)


def find(words: str | None) -> list[Engine]:
    """Return the engines that some words are about, the best first; all without words."""
    wanted = [word.strip(".,;:!?").lower() for word in (words or "").split()]
    wanted = [word for word in wanted if len(word) > 1]
    if not wanted:
        return list(engines())
    scored = [
        (sum(word in text for word in wanted), -place, engine)
        for place, engine in enumerate(engines())
        for text in (f"{engine.name} {engine.title} {engine.use or ''}".lower(),)
    ]
    best = max(score for score, _, _ in scored)
    if best == 0:
        return list(engines())
    found = [row for row in scored if row[0] > 0]
    return [engine for _, _, engine in sorted(found, key=lambda row: row[:2], reverse=True)]


@cache
def arguments_schema(engine: Engine) -> dict[str, Any]:
    """Return the JSON Schema of an engine's ``arguments``."""
    if engine.family is None:
        return _speech_schema()
    texts = argument_texts(_create_docstring(engine.family))
    offered = offered_arguments(engine.family)
    return {
        "type": "object",
        "properties": {
            name: _property(start, texts.get(name, "")) for name, start in offered.items()
        },
        "required": [name for name, start in offered.items() if start.required],
        "additionalProperties": False,
    }


@cache
def offered_arguments(family: TaskFamily) -> Mapping[str, StartArgument]:
    """Return the arguments of a family's start that an agent may give."""
    return {
        name: start for name, start in start_arguments(family).items() if name not in NOT_FOR_AGENTS
    }


def require_offered(engine: Engine, arguments: Mapping[str, object]) -> None:
    """Refuse arguments that an agent may not give, or that the engine does not have.

    Raises:
        ValueError: There is one, or a needed one is missing.
    """
    schema = arguments_schema(engine)
    known: Mapping[str, Any] = schema["properties"]
    for name in arguments:
        if name in NOT_FOR_AGENTS:
            raise ValueError(f"{name} is not for agents: {NOT_FOR_AGENTS[name]}.")
        if name not in known:
            raise ValueError(
                f"{engine.name} has no argument {name[:60]!r}{nearest(name, known)}; "
                "describe_engine lists them."
            )
    for name in schema["required"]:
        if arguments.get(name) is None:
            raise ValueError(f"{name} is missing: {engine.name} needs it.")


def _property(start: StartArgument, text: str) -> dict[str, Any]:
    argument = start.argument
    said = _PYTHON_FILES.sub("", " ".join(text.replace("`", "").split()))
    if argument.media:
        file = {"type": "string", "description": _MEDIA}
        if argument.is_list:
            return {
                "type": "array",
                "items": file,
                **_limits(argument.schema, "minItems", "maxItems"),
                "description": said,
            }
        return {"type": "string", "description": f"{said} Here: {_MEDIA}.".strip()}
    schema = _plain(argument.schema)
    if is_number_in_words(argument.schema):
        schema["type"] = ["integer", "string"]
        schema.pop("enum", None)
        words = argument.schema.get("enum", ())
        listed = f"One of {', '.join(map(str, words))}."
        said += f" {listed}" if words and listed not in said else ""
    if start.build is not None:
        members = ", ".join(attrs.fields_dict(cast(Any, start.build)))
        said += f" An object with {members}."
        if schema.get("type") == "string":
            schema["type"] = ["string", "object"]
    if said.strip():
        schema["description"] = said.strip()
    return schema


def _plain(schema: Schema) -> dict[str, Any]:
    """Return a schema of the spec without what is of the spec alone."""
    plain = {word: schema[word] for word in _KEYWORDS if word in schema}
    plain |= _limits(schema, "minItems", "maxItems")
    if "items" in schema:
        plain["items"] = _plain(schema["items"])
    if "properties" in schema:
        plain["properties"] = {
            name: _plain(member) for name, member in schema["properties"].items()
        }
    return plain


def _limits(schema: Schema, *names: str) -> dict[str, Any]:
    return {name: schema[name] for name in names if name in schema}


def _create_docstring(family: TaskFamily) -> str | None:
    """Return the docstring of a family's ``create``, without a client."""
    from a2e_sdk._async.client import AsyncA2E

    unconnected = object.__new__(AsyncA2E)
    unconnected._api = None  # type: ignore[assignment]  # pyright: ignore
    assert isinstance(unconnected, AsyncEngineSections)  # noqa: S101
    create: Any = attrgetter(f"{family.attribute}.create")(unconnected)
    return inspect.getdoc(create)


def _speech_schema() -> dict[str, Any]:
    texts = argument_texts(inspect.getdoc(AsyncSpeechSection.create))

    def described(name: str, **schema: object) -> dict[str, Any]:
        return {**schema, "description": texts.get(name, "").replace("`", "")}

    return {
        "type": "object",
        "properties": {
            "text": described("text", type="string", minLength=1, maxLength=1000),
            "voice": {"type": "string", "description": "The id of a voice of list_voices."},
            "clone": {"type": "string", "description": "The voice_id of a finished voice clone."},
            "speech_rate": described("speech_rate", type="number", minimum=0.5, maximum=2),
            "country": described("country", type="string", maxLength=40)
            | {"description": "The language, such as en; together with region. Default: en."},
            "region": described("region", type="string", maxLength=40)
            | {"description": "Where it is spoken, such as US. Default: US."},
        },
        "required": ["text"],
        "additionalProperties": False,
    }
