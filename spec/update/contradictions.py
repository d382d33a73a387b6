"""Finding what a document says twice, or refers to and does not define.

Whoever reads such a document takes one of two meanings without a word, so it is not compared. This
module is pure. Keys that are there twice are found by plain_data.py, which decodes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from openapi_document import nameless, operations_of


def contradictions(document: Mapping[str, Any]) -> Iterator[str]:
    """Find contradictions.

    Args:
        document: A document whose parts have the shape that OpenAPI wants.

    Yields:
        Sentences that say what is wrong, where, and what to do.
    """
    yield from _security(document)
    yield from _same_operations(document)


def _security(document: Mapping[str, Any]) -> Iterator[str]:
    components = document.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, dict) else None
    defined = schemes if isinstance(schemes, dict) else {}
    owners = [("the whole API", document)]
    owners += [
        (f"{method.upper()} {path}", node) for method, path, _, node in operations_of(document)
    ]
    for owner, node in owners:
        if "security" not in node:
            continue
        ways = node["security"]
        if not isinstance(ways, list):
            yield f"`security` of {owner} is no list: write `security: [{{NAME: []}}]`"
            continue
        for way in ways:
            if not isinstance(way, dict):
                yield (
                    f"`security` of {owner} has {way!r}, which is no object and would be read as no"
                    f" security: write `{{{way}: []}}`"
                )
                continue
            for name in way:
                if name not in defined:
                    known = ", ".join(defined) or "none"
                    yield (
                        f"{owner} uses the security scheme {name!r}, which components >"
                        f" securitySchemes does not define (defined: {known}): half a download?"
                        " Load it again, or define it there"
                    )


def _same_operations(document: Mapping[str, Any]) -> Iterator[str]:
    found: dict[tuple[str, str], tuple[str, Any]] = {}
    for method, path, _, node in operations_of(document):
        other, known = found.setdefault((method, nameless(path)), (path, node))
        if other != path and known != node:
            yield (
                f"{method.upper()} is there for {other} and for {path}, which are one path, and"
                " they differ: find out which one holds and delete the other"
            )
