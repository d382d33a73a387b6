"""``a2e verify``: compare the live service with the spec, and write a report of it.

This module owns this command's options and what it prints; what is called, and what of a response
differs, is in ``_verify``.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.exceptions import Exit

from a2e_sdk.cli.exit_codes import ExitCode
from a2e_sdk.cli.lazy_group import Command
from a2e_sdk.cli.options.common import (
    client_options,
    open_client,
)

if TYPE_CHECKING:
    from a2e_sdk._sync.client import A2E
    from a2e_sdk._verify.results import Result
    from a2e_sdk._verify.run import Made, Verification

spend_option = click.option(
    "--spend",
    type=float,
    metavar="COINS",
    help="Start tasks too, each once with its cheapest inputs, for so many coins at the most; "
    "what can be deleted is deleted afterwards. Default: start nothing.",
)
write_option = click.option(
    "--write", is_flag=True, help="Make a background and a face of your own, and delete them."
)
operations_option = click.option(
    "--operations",
    multiple=True,
    metavar="NAME",
    help="Only these, such as 'list_*'; may be repeated. Default: all.",
)
report_option = click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the report to a file, as JSON.",
)


_FILE_HELP = "for --spend and --write; public, without redirects."
image_option = click.option(
    "--image", metavar="URL", help=f"Address of a photo of a face, {_FILE_HELP}"
)
video_option = click.option(
    "--video", metavar="URL", help=f"Address of a short video, {_FILE_HELP}"
)
audio_option = click.option(
    "--audio", metavar="URL", help=f"Address of a short sound, {_FILE_HELP}"
)


@click.command(cls=Command)
@spend_option
@write_option
@operations_option
@image_option
@video_option
@audio_option
@report_option
@client_options
def verify(
    spend: float | None,
    write: bool,
    operations: tuple[str, ...],
    image: str | None,
    video: str | None,
    audio: str | None,
    output: Path | None,
    region: str | None,
    base_url: str | None,
    as_json: bool,
) -> None:
    """Compare the responses of the live service with the spec, operation by operation.

    Only what reads is called, unless --spend or --write is given. The report has names of fields
    and types, no ids, names, addresses or texts of the account, and no key.

    The exit code is 0 where all that was tried agrees, and 1 where something differs or the server
    could no longer be reached.
    """
    from a2e_api.operations import OPERATIONS
    from a2e_sdk._checks.validation import require_url
    from a2e_sdk._verify.plan import chosen, make_plan
    from a2e_sdk._verify.run import Verification
    from a2e_sdk._wire.family_table import TASK_FAMILIES

    if spend is not None and not 0 <= spend < math.inf:
        raise ValueError(f"--spend must be a number of coins from 0; it is {spend}.")
    wanted = chosen(OPERATIONS, operations or ())
    plan = make_plan(OPERATIONS, TASK_FAMILIES, wanted, spend=spend is not None, write=write)
    given = {"image": image, "video": video, "audio": audio}
    with open_client(region, base_url) as a2e:
        private = a2e.api.configuration.address.is_private
        media = {
            kind: require_url(url, f"--{kind}", allow_private=private)
            for kind, url in given.items()
            if url is not None
        }
        _require_writable(output)
        verification = Verification(a2e, plan, budget=spend or 0.0, media=media)
        results: list[Result] = []
        is_complete = False
        try:
            for result in verification.run():
                results.append(result)
                if not as_json:
                    _print_result(result)
            is_complete = verification.reaches_server
        finally:
            if results:
                made = _report_of(results, a2e, verification, is_complete=is_complete)
                _deliver(made, output, as_json=as_json)
            _tell_what_is_left(verification.made)
        if not is_complete or _differ(results):
            raise Exit(ExitCode.ERROR)


def _differ(results: Iterable[Result]) -> bool:
    from a2e_sdk._verify.results import Outcome

    return any(result.outcome is Outcome.DIFFERS for result in results)


def _require_writable(path: Path | None) -> None:
    """Refuse a report's path before anything is called.

    Raises:
        ValueError: No file can be made there.
    """
    if path is not None and (path.is_dir() or not os.access(path.parent, os.W_OK)):
        raise ValueError(f"--output {str(path)!r}: no file can be written there.")


def _report_of(
    results: Iterable[Result], a2e: A2E, verification: Verification, *, is_complete: bool
) -> dict[str, Any]:
    from a2e_sdk._verify.results import report
    from a2e_sdk.version import __version__

    address = a2e.api.configuration.address
    region = "other" if address.region is None else address.region.value
    return report(
        results,
        sdk=__version__,
        region=region,
        on=datetime.now(UTC).date(),
        spent=verification.spent,
        is_complete=is_complete,
    )


def _print_result(result: Result) -> None:
    from a2e_sdk._verify.results import Outcome
    from a2e_sdk.cli.output.printing import print_done

    if result.outcome is Outcome.NOT_TRIED:
        note = f"  {result.reason}"
    elif result.records:
        note = f"  {result.records} record{'' if result.records == 1 else 's'}"
    else:
        note = ""
    print_done(f"{result.outcome.value:9}  {result.operation}{note}")
    for one in result.differences:
        expected = f", expected {' or '.join(one.expected)}" if one.expected else ""
        print_done(f"           {one.path}: {one.kind}{expected}, seen {one.seen}")


def _deliver(report: Mapping[str, Any], path: Path | None, *, as_json: bool) -> None:
    """Print the report or its sums, and write it to its file."""
    from a2e_sdk.cli.output.printing import print_done, print_text

    text = json.dumps(report, indent=1) + "\n"
    if path is not None:
        from a2e_sdk._batch.whole_file import written_whole

        with written_whole(path) as file:
            file.write(text.encode("ascii"))
    if as_json:
        print_text(text)
        return
    counts = ", ".join(f"{count} {outcome}" for outcome, count in report["counts"].items())
    cost = f" At most {report['coins']:g} coins were spent." if report["coins"] else ""
    print_done(f"{counts}.{cost}")
    if not report["complete"]:
        print_done("Not everything was tried: the run was interrupted, or the server was lost.")
    if path is not None:
        print_done(f"The report is in {path}.")


def _tell_what_is_left(made: Iterable[Made]) -> None:
    """Name what was made and not deleted, on standard error: it is the account's."""
    from a2e_sdk.cli.output.printing import print_note

    for one in made:
        if not one.is_deleted:
            what = one.id or "something whose id was not told"
            print_note(f"Left in the account by {one.operation}: {what}")
