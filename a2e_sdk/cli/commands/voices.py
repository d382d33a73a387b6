"""``a2e voices``: public voices, the languages they speak, and clones.

This module owns the commands for public voices; clones are a family of tasks like any other.
"""

# Some versions of typer type their own parameters with click's classes, left open.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from a2e_sdk.cli.lazy_group import Entry, command_of, group_of
from a2e_sdk.cli.options.common import BaseUrlOption, JsonOption, LimitOption, RegionOption

from .listings import list_whole

if TYPE_CHECKING:
    from a2e_sdk.cli.output.columns import Column
    from a2e_sdk.models import VoiceLanguage

CountryOption = Annotated[
    str,
    typer.Option("--country", metavar="CODE", help="The language, as a2e voices languages has it."),
]
VoiceRegionOption = Annotated[
    str, typer.Option("--voice-region", metavar="CODE", help="Where it is spoken, likewise.")
]
LocaleOption = Annotated[
    str | None,
    typer.Option(
        "--language", metavar="LOCALE", help="The locale that voices are grouped by, such as en-US."
    ),
]
_CLONES = "Voices that were cloned from samples: start, wait, manage."


def entries() -> dict[str, Entry]:
    """Return the commands."""
    return {
        "list": Entry("List the public voices of a language.", partial(command_of, list_voices)),
        "languages": Entry(
            "List the languages that voices speak.", partial(command_of, list_languages)
        ),
        "clones": Entry(_CLONES, _clones),
    }


def _clones() -> Any:
    from a2e_sdk._wire.family_table import VOICE_CLONES

    from .task_commands import task_entries

    return group_of(task_entries(VOICE_CLONES), _CLONES)


def list_voices(
    country: CountryOption = "en",
    voice_region: VoiceRegionOption = "US",
    language: LocaleOption = None,
    limit: LimitOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
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


def list_languages(
    language: LocaleOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
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
