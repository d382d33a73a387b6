"""``a2e drift-report``: what the server sent that the spec does not know.

This module owns this command's name, argument and help; counting, and the overlay, are in
``_config.drift``.
"""

from __future__ import annotations

import os

import click

from a2e_sdk.cli.lazy_group import Command
from a2e_sdk.cli.options.common import json_option
from a2e_sdk.cli.options.parameters import Argument

file_argument = click.argument(
    "file",
    cls=Argument,
    required=False,
    metavar="FILE",
    help="A file of counts. Default: A2E_DRIFT_FILE's.",
)


@click.command(cls=Command)
@file_argument
@json_option
def drift_report(file: str | None, as_json: bool) -> None:
    """Print an OpenAPI Overlay of what responses had that the spec does not know.

    Counted is what programs and commands received that ran with A2E_DRIFT_FILE=FILE: fields, status
    words, nulls, types and error codes, by their names; no value is kept. The overlay is YAML;
    its targets are places in spec/openapi.yaml. --json prints the same as JSON.
    """
    from a2e_sdk._config.drift import load, overlay, overlay_yaml

    path = file or os.environ.get("A2E_DRIFT_FILE")
    if not path:
        raise ValueError("name a FILE of counts, or set A2E_DRIFT_FILE.")
    counts = load(path)
    if as_json:
        import json

        click.echo(json.dumps(overlay(counts), indent=1))
    else:
        click.echo(overlay_yaml(counts), nl=False)
