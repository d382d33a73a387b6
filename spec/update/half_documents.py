"""Finding documents that were cut off and are whole YAML all the same.

JSON that was cut can't be decoded. YAML that was cut between two lines can: it ends within `paths`,
and what stood behind is missing without a word. This module is pure. Decoding is left to
plain_data.py, everything else that is wrong with a document to vendor_document.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openapi_document import operations_of

#: Fewer paths than this may have been removed from the end of `paths` by chance.
_CUT_PATHS = 3
_ADVICE = "half a download? Load it again; if it is whole, save it as JSON, which shows its end"


def cut_off(document: Mapping[str, Any]) -> str | None:
    """Tell by a document alone whether its end is missing.

    Args:
        document: A document that was read from YAML without brackets around it.

    Returns:
        What is missing and what to do, or None if nothing shows that it was cut.
    """
    if not _ends_in_paths(document):
        return None
    components = document.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, dict) else None
    operations = list(operations_of(document))
    *before, (method, path, _, last) = operations
    name = f"{method.upper()} {path}"
    missing = None
    if components is None:
        missing = f"it ends within `paths`, at {name}, and `components` is missing"
    elif (
        schemes
        and not document.get("security")
        and not any("security" in operation for _, _, _, operation in operations)
    ):
        missing = (
            f"it ends within `paths`, at {name}: it defines {', '.join(schemes)}, and the"
            " `security` that says where it is used is missing"
        )
    elif before and "responses" not in last and all("responses" in one[3] for one in before):
        missing = f"it ends within {name}, whose `responses` are missing"
    return missing and f"{missing}: {_ADVICE}"


def cut_since(older: Mapping[str, Any], document: Mapping[str, Any]) -> str | None:
    """Tell by the previous document whether the end of a document is missing.

    Args:
        older: The vendor's previous document.
        document: A document that was read from YAML without brackets around it.

    Returns:
        What is missing and what to do, or None if nothing shows that it was cut.
    """
    paths, known = list(document["paths"]), list(older["paths"])
    if not _ends_in_paths(document) or len(paths) >= len(known):
        return None
    keys = list(older)
    behind = [key for key in keys[keys.index("paths") + 1 :] if key not in document]
    where = f"it ends within `paths`, at {paths[-1]}"
    if behind:
        return f"{where}, and {', '.join(behind)} of the previous document is missing: {_ADVICE}"
    gone = len(known) - len(paths)
    if paths == known[: len(paths)] and gone >= _CUT_PATHS:
        missing = f"exactly the last {gone} paths of the previous document are missing"
        return f"{where}, and {missing}: {_ADVICE}"
    return None


def _ends_in_paths(document: Mapping[str, Any]) -> bool:
    return list(document)[-1:] == ["paths"]
