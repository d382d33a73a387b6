"""Prints how fast and how small the SDK is, as ratios measured side by side in this very run.

    python tests/benchmarks/run.py [--quick] [import call ... waiting]

Nothing here is asserted: a busy machine makes any figure worse, and a reader knows which run to
believe. The targets are those of the design; see ``measuring`` for how a ratio is made.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from measuring import Comparison
from report import show

BENCHMARKS = (
    *("import", "call", "concurrent", "decode", "listing"),
    *("memory", "waiting", "download", "batch", "postgres", "many"),
)


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks that are named, or all of them, and print one table."""
    parser = argparse.ArgumentParser(description="Measure the SDK.")
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="fewer rounds, rougher figures")
    options = parser.parse_args(arguments)
    unknown = set(options.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    comparisons: list[Comparison] = []
    notes: list[str] = []
    for name in options.names or BENCHMARKS:
        print(f"{name} ...", file=sys.stderr, flush=True)
        module = import_module(f"benchmark_{name}")
        comparisons += module.run(quick=options.quick)
        notes += getattr(module, "NOTES", [])
    show(comparisons, notes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
