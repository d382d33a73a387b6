"""``a2e speak`` and ``a2e speech``: from a text to a talking video, or to its sound alone.

This module owns these commands' arguments and help.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from a2e_sdk.cli.lazy_group import Command, Entry
from a2e_sdk.cli.options.common import (
    check_existing,
    check_text,
    check_timeout,
    client_options,
    existing_option,
    output_option,
    timeout_option,
)
from a2e_sdk.cli.options.parameters import Argument

if TYPE_CHECKING:
    from a2e_sdk.cli.options.start_options import StartOption
    from a2e_sdk.cli.steps.task_steps import Work
    from a2e_sdk.models import Task

text_argument = click.argument(
    "text", cls=Argument, metavar="TEXT", help="What to say, 1 to 1,000 characters."
)
voice_option = click.option("--voice", metavar="ID", help="A public voice, of a2e voices list.")
clone_option = click.option(
    "--clone", metavar="ID", help="A clone of yours instead, of a2e voices clones."
)
rate_option = click.option(
    "--speech-rate", type=float, metavar="0.5..2", help="How fast. Default: the server's, 1."
)
country_option = click.option(
    "--country", metavar="CODE", help="The language, of a2e voices languages. Default: en."
)
voice_region_option = click.option(
    "--voice-region", metavar="CODE", help="Where it is spoken. Default: US."
)
captions_option = click.option(
    "--captions/--no-captions", default=False, help="Whether the text is shown, too."
)

#: Arguments of a video that come from the text.
_MADE_OF_TEXT = ("audio", "captions")


def entries() -> dict[str, Entry]:
    """Return the commands of ``a2e speech``."""
    return {"create": Entry("Speak a text and save it; costs coins.", lambda: create_speech)}


@click.command(cls=Command)
@text_argument
@voice_option
@clone_option
@output_option
@existing_option
@rate_option
@country_option
@voice_region_option
@client_options
def create_speech(
    text: str,
    voice: str | None,
    clone: str | None,
    output: str,
    existing: str,
    speech_rate: float | None,
    country: str | None,
    voice_region: str | None,
    region: str | None,
    base_url: str | None,
    as_json: bool,
) -> None:
    """Speak a text with a voice, and save the sound; this costs coins.

    Give either --voice or --clone. Where the output file is there already, nothing is spoken. The
    text is sent at most once.
    """
    from a2e_sdk.cli.output.advice import download_again
    from a2e_sdk.cli.output.printing import print_done, print_record, print_values
    from a2e_sdk.cli.steps import receipts
    from a2e_sdk.cli.steps.destination import nothing_to_save
    from a2e_sdk.cli.steps.task_steps import download_words, working

    policy = check_existing(existing)
    check_text(text)
    if nothing_to_save(output, policy, as_json=as_json):
        if as_json:
            print_values({"files": [output]}, as_json=True)
        else:
            print_done(f"Kept {output}; nothing was spoken.")
        return
    with working(region, base_url) as work:
        work.progress.starting()
        speech = work.a2e.speech.create(
            text,
            voice=voice,
            clone=clone,
            speech_rate=speech_rate,
            country=country,
            region=voice_region,
        )
        # It is paid for: an interruption must not lose its address.
        again = download_words(speech.url, output, policy)
        paid = f"The speech was made and paid for: {speech.url}"
        receipts.keep(speech.url, [paid, *download_again(work.line, again)])
        files, sentences = work.save(speech.url, output, policy, again)
    if as_json:
        print_record(speech, as_json=True, more={"files": list(files)})
    for sentence in () if as_json else sentences:
        print_done(sentence)


def speak_command() -> click.Command:
    """Make ``a2e speak``, with the options of an avatar video."""
    from a2e_sdk._wire.family_table import AVATAR_VIDEOS
    from a2e_sdk.cli.options.start_options import start_options

    options = tuple(
        option
        for option in start_options(AVATAR_VIDEOS)
        if option.argument.name not in _MADE_OF_TEXT
    )

    @click.command(cls=Command, params=[option.parameter() for option in options], help=_SPEAK)
    @text_argument
    @voice_option
    @clone_option
    @output_option
    @existing_option
    @timeout_option()
    @rate_option
    @country_option
    @voice_region_option
    @captions_option
    @client_options
    def speak(**given: Any) -> None:
        _speak(options, **given)

    return speak


_SPEAK = """Let an avatar say a text, and save the video; this costs coins.

Give either --voice or --clone. The speech is made, then the video, and both are paid for; neither
is sent twice. Where the output file is there already, nothing is started. After Ctrl-C or a
time-out the video goes on being made; the command that takes it up again is printed. --json prints
the video's task with the paths of its files."""


def _speak(
    options: tuple[StartOption, ...],
    *,
    text: str,
    voice: str | None,
    clone: str | None,
    output: str,
    existing: str,
    timeout: float,
    speech_rate: float | None,
    country: str | None,
    voice_region: str | None,
    captions: bool,
    region: str | None,
    base_url: str | None,
    as_json: bool,
    **given: Any,
) -> None:
    from a2e_sdk._wire.family_table import AVATAR_VIDEOS
    from a2e_sdk.cli.options.start_options import start_values
    from a2e_sdk.cli.steps.run_steps import run_and_save, showing_failure

    check_timeout(timeout)
    check_text(text)
    video = start_values(options, given)

    def run(work: Work) -> Task:
        def on_update(task: Task) -> None:
            if task.id not in work.running:
                work.paid(AVATAR_VIDEOS, task)
                work.progress.waiting(work.running)
            work.progress.seen(task)

        work.progress.starting()
        failing = showing_failure(work, as_json, wanted=as_json)
        with failing, work.submitting(AVATAR_VIDEOS, video.get("title")):
            return work.a2e.avatar_videos.speak(
                text,
                voice=voice,
                clone=clone,
                speech_rate=speech_rate,
                country=country,
                region=voice_region,
                captions=captions,
                timeout=timeout,
                on_update=on_update,
                poll=work.poll,
                **video,
            )

    run_and_save(AVATAR_VIDEOS, run, output, existing, region, base_url, as_json)
