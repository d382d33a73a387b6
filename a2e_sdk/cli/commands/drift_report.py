"""``a2e drift-report``: what the server sent that the spec does not know.

This module owns this command's name, argument and help; counting, and the overlay, are in
``_config.drift``.
"""

# Some versions of typer type their own parameters with click's classes, left open.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import os
from typing import Annotated

import typer

from a2e_sdk.cli.options.common import JsonOption

File = Annotated[
    str | None,
    typer.Argument(metavar="FILE", help="A file of counts. Default: A2E_DRIFT_FILE's."),
]


def drift_report(file: File = None, as_json: JsonOption = False) -> None:
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

        typer.echo(json.dumps(overlay(counts), indent=1))
    else:
        typer.echo(overlay_yaml(counts), nl=False)
