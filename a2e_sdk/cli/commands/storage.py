"""``a2e storage``: files at public addresses.

This module owns these commands' names, arguments and help.
"""

from __future__ import annotations

import click

from a2e_sdk.cli.lazy_group import Command, Entry
from a2e_sdk.cli.options.common import (
    client_options,
    open_client,
)
from a2e_sdk.cli.options.parameters import Argument

file_argument = click.argument(
    "file",
    cls=Argument,
    metavar="FILE",
    help="An image, a video or a sound on this computer.",
)
url_argument = click.argument(
    "url", cls=Argument, metavar="URL", help="A public address of a file."
)


def entries() -> dict[str, Entry]:
    """Return the commands."""
    return {
        "upload": Entry("Upload a file; costs coins.", lambda: upload_file),
        "transfer": Entry(
            "Copy what is behind an address to A2E's storage.", lambda: transfer_file
        ),
    }


@click.command(cls=Command)
@file_argument
@client_options
def upload_file(file: str, region: str | None, base_url: str | None, as_json: bool) -> None:
    """Upload a file and print its public address, for use in several tasks; this costs coins.

    Commands that take files upload them by themselves.
    """
    from a2e_sdk.cli.steps import receipts
    from a2e_sdk.cli.steps.task_steps import working

    with working(region, base_url) as work:
        url = work.a2e.storage.upload(file, on_upload=work.progress.uploading)
        receipts.keep(url, [f"The file was uploaded and paid for: {url}"])
    _print_url(url, as_json)


@click.command(cls=Command)
@url_argument
@client_options
def transfer_file(url: str, region: str | None, base_url: str | None, as_json: bool) -> None:
    """Copy what is behind an address to A2E's storage, and print the address of the copy."""
    with open_client(region, base_url) as a2e:
        copy = a2e.storage.transfer(url)
    _print_url(copy, as_json)


def _print_url(url: str, as_json: bool) -> None:
    from a2e_sdk.cli.output.printing import print_done, print_values

    if as_json:
        print_values({"url": url}, as_json=True)
    else:
        print_done(url)
