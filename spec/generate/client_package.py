"""Generate a package with the openapi-python-client that can be imported, for low_level_client.py.

    python spec/generate/client_package.py PACKAGE DOCUMENT.json           with our templates
    python spec/generate/client_package.py PACKAGE DOCUMENT.json --stock   as it comes

Another version of the generator comes by PYTHONPATH (see next_generator.py). The exit code is that
of the generator, which fails on a warning. This module owns the settings of the generator and adds
the index of operations, which is left to operation_index.py.
"""

from __future__ import annotations

import argparse
import json
import runpy
import sys
from pathlib import Path

from generated_files import TEMPLATES, formatted, write_files
from operation_index import index_files

HERE = Path(__file__).resolve().parent


def run_generator(package: Path, document: Path, *, stock: bool) -> None:
    """Run openapi-python-client as its own command line does.

    Args:
        package: The directory to make; for a stock package it is there, with a ruff.toml.
        document: The OpenAPI document as JSON.
        stock: Whether to leave our templates out.

    Raises:
        SystemExit: The generator reported an error or a warning.
    """
    command = ["generate", "--fail-on-warning", "--meta", "none"]
    command += ["--output-path", str(package), "--path", str(document)]
    command += ["--config", str(HERE / ("generator-stock.yaml" if stock else "generator.yaml"))]
    command += ["--overwrite"] if stock else ["--custom-template-path", str(TEMPLATES)]
    sys.argv = ["openapi-python-client", *command]
    try:
        runpy.run_module("openapi_python_client", run_name="__main__")
    except SystemExit as end:
        if end.code:
            raise


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Generate the package of the low-level client.")
    parser.add_argument("package", type=Path)
    parser.add_argument("document", type=Path)
    parser.add_argument("--stock", action="store_true", help="leave our templates out")
    options = parser.parse_args()
    run_generator(options.package, options.document, stock=options.stock)
    if not options.stock:
        index = index_files(json.loads(options.document.read_bytes()))
        write_files(options.package, formatted(index))


if __name__ == "__main__":
    main()
