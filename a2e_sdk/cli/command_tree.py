"""The top-level commands of ``a2e``: sections of the API, its engines, and what is for files.

This module owns their names and their order in the help. The engines are read from the client's
own list, whose docstrings cost no import of the table: a new engine is there without a line here.
"""

from __future__ import annotations

from functools import cached_property, partial
from typing import Any

from .lazy_group import Entry, command_later, group_later, group_of, later

_SECTIONS = "Sections"
_ENGINES = "Engines (each with run, create, wait, list, get, ...)"
_BATCH = "Many jobs"
_ACCOUNT = "Account and files"
_AGENTS = "Agents"
_CHECKS = "Checks"


def top_level_commands() -> dict[str, Entry]:
    """Return the commands of ``a2e``, in the order of the help."""
    return {**_sections(), **_engines(), **_many(), **_account(), **_agents(), **_checks()}


def _sections() -> dict[str, Entry]:
    return {
        "face-swap": _group("Face swaps: tasks, and faces for reuse.", "face_swap"),
        "speak": Entry(
            "Let an avatar say a text, and save the video; costs coins.",
            later("speaking", "speak_command"),
            _SECTIONS,
        ),
        "avatar-videos": Entry(
            "Videos in which an avatar says what a sound says.",
            partial(_family_group, "avatar_videos"),
            _SECTIONS,
        ),
        "avatars": _group("Avatars, and trainings that make your own.", "avatars"),
        "backgrounds": _group("Images to put behind an avatar.", "backgrounds"),
        "voices": _group("Public voices, and clones of your own.", "voices"),
        "speech": _group("Texts spoken by a voice.", "speaking"),
        "streaming-avatar": _group("Avatars that can speak live.", "streaming_avatar"),
    }


def _many() -> dict[str, Entry]:
    return {
        "batch": _group("A file of jobs in, a folder of results out.", "batch", _BATCH),
        "journal": _group("What was started and what it cost, also lost.", "journal", _BATCH),
    }


def _account() -> dict[str, Entry]:
    return {
        "credits": Entry(
            "Show the coins that are left, or what was spent.",
            command_later("account", "show_coins"),
            _ACCOUNT,
        ),
        "quote": Entry(
            "Ask what a task would cost; free.", later("account", "quote_command"), _ACCOUNT
        ),
        "storage": _group("Files at public addresses.", "storage", _ACCOUNT),
        "download": Entry(
            "Save the result of a task.", command_later("download", "download"), _ACCOUNT
        ),
        "sandbox": Entry(
            "Serve a stand-in for A2E on this machine.",
            command_later("sandbox", "serve_sandbox"),
            _ACCOUNT,
        ),
    }


def _agents() -> dict[str, Entry]:
    return {
        "mcp": Entry(
            "Let agents use A2E within a budget, by the Model Context Protocol.",
            command_later("mcp", "mcp"),
            _AGENTS,
        ),
        "skill": _group("What an agent reads to use this command well.", "skill", _AGENTS),
    }


def _checks() -> dict[str, Entry]:
    return {
        "doctor": Entry(
            "Find out why nothing works: key, network, clock, packages.",
            command_later("doctor", "doctor"),
            _CHECKS,
        ),
        "verify": Entry(
            "Compare the live service with the spec; only reads, unless told otherwise.",
            command_later("verify", "verify"),
            _CHECKS,
        ),
        "drift-report": Entry(
            "Print what the server sent that the spec does not know.",
            command_later("drift_report", "drift_report"),
            _CHECKS,
        ),
    }


def _group(text: str, module: str, heading: str = _SECTIONS) -> Entry:
    return Entry(text, group_later(module, text), heading)


def _engines() -> dict[str, Entry]:
    from a2e_sdk._sync.resources.engine_sections import EngineSections

    return {
        name.replace("_", "-"): Entry(section.__doc__ or "", partial(_family_group, name), _ENGINES)
        for name, section in vars(EngineSections).items()
        if isinstance(section, cached_property)
    }


def _family_group(name: str) -> Any:
    from a2e_sdk._wire.family_table import TASK_FAMILIES
    from a2e_sdk.cli.commands.task_commands import task_entries
    from a2e_sdk.cli.commands.task_words import tasks_of

    family = TASK_FAMILIES[name]
    tasks = tasks_of(family)
    return group_of(task_entries(family), f"{tasks[:1].upper()}{tasks[1:]}: start, wait, manage.")
