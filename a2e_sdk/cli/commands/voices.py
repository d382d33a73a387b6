"""``a2e voices``: public voices, the languages they speak, and clones.

This module owns the commands for public voices; clones are a family of tasks like any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from a2e_sdk.cli.lazy_group import Command, Entry, group_of
from a2e_sdk.cli.options.common import (
    client_options,
    limit_option,
)

from .listings import list_whole

if TYPE_CHECKING:
    from a2e_sdk.cli.output.columns import Column
    from a2e_sdk.models import VoiceLanguage

country_option = click.option(
    "--country", default="en", metavar="CODE", help="The language, as a2e voices languages has it."
)
voice_region_option = click.option(
    "--voice-region", default="US", metavar="CODE", help="Where it is spoken, likewise."
)
locale_option = click.option(
    "--language", metavar="LOCALE", help="The locale that voices are grouped by, such as en-US."
)
_CLONES = "Voices that were cloned from samples: start, wait, manage."


def entries() -> dict[str, Entry]:
    """Return the commands."""
    return {
        "list": Entry("List the public voices of a language.", lambda: list_voices),
        "languages": Entry("List the languages that voices speak.", lambda: list_languages),
        "clones": Entry(_CLONES, _clones),
    }


def _clones() -> Any:
    from a2e_sdk._wire.family_table import VOICE_CLONES

    from .task_commands import task_entries

    return group_of(task_entries(VOICE_CLONES), _CLONES)


@click.command(cls=Command)
@country_option
@voice_region_option
@locale_option
@limit_option
@client_options
def list_voices(
    country: str,
    voice_region: str,
    language: str | None,
    limit: int | None,
    region: str | None,
    base_url: str | None,
    as_json: bool,
) -> None:
    """List the public voices of a language; their ids are what --voice takes."""
    list_whole(
        lambda a2e: a2e.voices.list(country=country, region=voice_region, language=language),
        "id name gender language group",
        "voice",
        region=region,
        base_url=base_url,
        as_json=as_json,
        limit=limit,
    )


@click.command(cls=Command)
@locale_option
@client_options
def list_languages(
    language: str | None, region: str | None, base_url: str | None, as_json: bool
) -> None:
    """List the languages that voices speak, with the regions where each is spoken."""
    from a2e_sdk.cli.options.common import open_client
    from a2e_sdk.cli.output.columns import field_columns
    from a2e_sdk.cli.output.printing import print_listing

    with open_client(region, base_url) as a2e:
        languages = a2e.voices.languages(language=language)
        columns: list[Column[VoiceLanguage]] = [*field_columns("code", "name"), _regions_column()]
        print_listing(languages, columns, "language", as_json=as_json)


def _regions_column() -> Column[VoiceLanguage]:
    from a2e_sdk.cli.output.columns import Column

    def codes(language: VoiceLanguage) -> str:
        return " ".join(region.code for region in language.regions)

    return Column(
        title="voice regions", show=lambda language, _: codes(language), whole=codes, least=20
    )
