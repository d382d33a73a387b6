"""What a docstring says of each argument.

This module owns the reading of the ``Args:`` of the facade's methods, for those who describe
arguments to people and to agents. It is pure. Without docstrings (``python -OO``) nothing is said.
"""

from __future__ import annotations

import inspect
import re

_ENTRY = re.compile(r"^ {4}(\w+):(.*)$")
_HEADING = re.compile(r"^\w+:$")


def argument_texts(docstring: str | None) -> dict[str, str]:
    """Return what a docstring says of each argument, each on one line.

    Args:
        docstring: In Google's style; None for none.
    """
    texts: dict[str, list[str]] = {}
    inside, name = False, ""
    for line in inspect.cleandoc(docstring or "").splitlines():
        if _HEADING.match(line):
            inside = line == "Args:"
        elif inside and (entry := _ENTRY.match(line)):
            name = entry[1]
            texts[name] = [entry[2].strip()]
        elif inside and name:
            texts[name].append(line.strip())
    return {name: " ".join(filter(None, lines)) for name, lines in texts.items()}
