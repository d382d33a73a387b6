"""Generate the classes of the generation engines from the spec and the table of families.

    python spec/generate/engines.py            write them into a2e_sdk
    python spec/generate/engines.py --check    print what would change, and exit 1

For each row of ``ENGINES`` in ``a2e_sdk/family_table.py`` this generates a class with the keyword
arguments of its start, typed and described as in the spec: ``asynchronous/engines/<name>.py``.
Beside them it generates ``asynchronous/engine_sections.py``, which makes them attributes of the
client, and ``models/engines.py``, the classes of their tasks. This module owns the data of these
files; their text is in ``templates/engines/``. How a start works is left to
``a2e_sdk/asynchronous/room.py``.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openapi_python_client.strings import PythonIdentifier
from ruamel.yaml import YAML

import project
from a2e_api.operations import OPERATIONS
from a2e_sdk.arguments import (
    SAFE_DEFAULTS,
    Argument,
    arguments_of,
    is_number_in_words,
)
from a2e_sdk.families import TaskFamily
from a2e_sdk.family_table import ENGINES
from a2e_sdk.json_schema import types_of
from generated_files import Files, formatted, read_tree, render, run_generator
from openapi_document import follow, operations_of

NOTE = "# Written by `nox -s generate` from spec/openapi.yaml: edit that, not this."

#: Where the generated modules are in the facade.
_ENGINES = "asynchronous/engines"
_SECTIONS = "asynchronous/engine_sections.py"
_MODELS = "models/engines.py"

_PYTHON_TYPES = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "object": "Mapping[str, Any]",
}

#: What the facade says of arguments that every start has; the spec's words are about the wire.
_DESCRIPTIONS = {
    "name": "A label of 1 to 200 characters. Default: a unique one is made, which also makes a "
    "start whose answer was lost easiest to find.",
    "webhook_url": "https URL, at most 2,048 characters, called once when the task ends.",
    "webhook_token": "A secret of at most 256 characters that comes back with that call.",
    "model_version of image_to_video": "Version of the model. Prices differ, and the server's "
    "default depends on the account's plan: `account.quote` shows the price before you start.",
    "force_generate": "Go on where the server's moderation would stop. Default False, which is "
    "sent: the server's own default for API keys differs.",
}

_VERB_CLASSES = {
    "get_many": "AsyncBatches",
    "running": "AsyncRuns",
    "delete": "AsyncDeletes",
    "rename": "AsyncRenames",
}


#: How well the start is known, by the `x-evidence` of its operation.
_EVIDENCE = {
    "documented": "described by A2E, answer included",
    "reference": "in A2E's reference, which does not describe its answers",
    "observed": "seen in other clients only",
}


@dataclass(frozen=True)
class StartArgument:
    """A keyword argument of a start, as the templates need it.

    Attributes:
        name: Its name.
        type: Its type in Python.
        default: The text of its default; empty for a required argument.
        docs: Its entry in the section ``Args`` of a docstring.
    """

    name: str
    type: str
    default: str
    docs: str


def engine_data(family: TaskFamily, document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the templates need to know of one engine."""
    operation = OPERATIONS[str(family.start)]
    arguments = arguments_of(operation.id)
    summaries = {tag["name"]: tag["description"] for tag in document["tags"]}
    name = family.model.removesuffix("Task")
    title = capitalised(family.title)
    return {
        "note": NOTE,
        "family": family,
        "title": title,
        "engine_class": f"Async{name}",
        "start_class": f"{name}Start",
        "bases": base_classes(family),
        "summary": summaries.get(family.section, f"{title} tasks."),
        "evidence": _EVIDENCE[operation.evidence],
        "start_operation": identifiers(document)[operation.id],
        "start_summary": operation.summary.rstrip("."),
        "arguments": start_arguments(family, document),
        "many": None if family.many is None else arguments[family.many].schema,
    }


def base_classes(family: TaskFamily) -> dict[str, str]:
    """Return the base classes of an engine and the modules that have them."""
    bases = [name for verb, name in _VERB_CLASSES.items() if getattr(family, verb) is not None]
    if bases:
        return dict.fromkeys(bases, "verbs")
    if not family.is_readable:
        return {"AsyncRoom": "room"}
    return {"AsyncTasks" if family.list is not None else "AsyncReads": "tasks"}


def start_arguments(family: TaskFamily, document: Mapping[str, Any]) -> list[StartArgument]:
    """Return the arguments of a start, required ones first."""
    operation = str(family.start)
    schemas = document["components"]["schemas"]
    properties = schemas[OPERATIONS[operation].body]["properties"]
    made = []
    for argument in arguments_of(operation).values():
        name = argument.name
        if name == family.many:
            continue
        text = description_in(properties[argument.wire], document)
        docs = docstring_entry(name, description_of(argument, family, text))
        python_type, default = type_of(argument), ""
        # A name can be made up for users.
        if not argument.required or argument.wire == family.label:
            default = repr(SAFE_DEFAULTS.get(name))
            python_type += "" if name in SAFE_DEFAULTS else " | None"
        made.append(StartArgument(name, python_type, default, docs))
    return sorted(made, key=lambda argument: bool(argument.default))


def description_in(schema: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    """Return the spec's description of a value, with the keys of an object."""
    found, _ = follow(document, schema)
    text: str = schema.get("description") or found.get("description", "")
    items, _ = follow(document, found.get("items", {}))
    keys = found.get("properties") or items.get("properties", ())
    return f"{text} Keys: {', '.join(keys)}." if keys else text


def identifiers(document: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the ids of all operations as the spec writes them, by their form in Python."""
    found = [operation["operationId"] for *_, operation in operations_of(document)]
    return {PythonIdentifier(identifier, ""): identifier for identifier in found}


def type_of(argument: Argument) -> str:
    """Return the Python type of a keyword argument."""
    if argument.media:
        return "Sequence[FileInput]" if argument.is_list else "FileInput"
    return _type_of(argument.schema)


def _type_of(schema: Mapping[str, Any]) -> str:
    if is_number_in_words(schema):
        return "int"
    if "enum" in schema:
        return f"Literal[{', '.join(map(repr, schema['enum']))}]"
    types = types_of(schema)
    if "array" in types:
        return f"Sequence[{_type_of(schema.get('items', {}))}]"
    names = [_PYTHON_TYPES[name] for name in types if name != "null"]
    return " | ".join(dict.fromkeys(names)) or "Any"


def description_of(argument: Argument, family: TaskFamily, text: str) -> str:
    """Return the description of an argument for a docstring, made of the spec's text."""
    text = _DESCRIPTIONS.get(argument.name, text)
    text = _DESCRIPTIONS.get(f"{argument.name} of {family.name}", text).strip()
    if argument.media:
        # In the spec it is a URL; here it is the file behind that URL.
        text = re.sub(r"^(Public )?URLs? of ", "", text)
        text = capitalised(text.replace(", public, without redirects or spaces", "")).rstrip(".")
        each = ", each" if argument.is_list else ":"
        text += f"{each} a path, bytes, a file open for reading bytes, or a public URL."
    # Of other enums the type has the words.
    elif is_number_in_words(argument.schema) and "enum" in argument.schema:
        text += f" One of {', '.join(argument.schema['enum'])}."
    if "default" in argument.schema and "efault" not in text:
        text += f" Default: {argument.schema['default']!r}, which is the server's."
    return text


def capitalised(text: str) -> str:
    """Return a text with a capital at its beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


def docstring_entry(name: str, text: str) -> str:
    """Return one line, or more, of an ``Args`` section."""
    return textwrap.fill(
        f"{name}: {text}",
        width=98,
        initial_indent=" " * 12,
        subsequent_indent=" " * 16,
        break_long_words=False,
        break_on_hyphens=False,
    )


def generate() -> Files:
    """Return the files of all engines."""
    document = YAML(typ="safe").load(project.DOCUMENT)
    engines = [engine_data(family, document) for family in ENGINES]
    package = f'{NOTE}\n"""One module for each generation engine."""\n'
    texts = {
        f"{_ENGINES}/__init__.py": package,
        _SECTIONS: render("engines/sections.py.jinja", note=NOTE, engines=engines),
        _MODELS: render("engines/models.py.jinja", note=NOTE, engines=engines),
    }
    for engine in engines:
        name = f"{_ENGINES}/{engine['family'].name}.py"
        texts[name] = render("engines/engine.py.jinja", **engine)
    wanted = formatted(texts)
    present = {
        name: text
        for name, text in read_tree(project.FACADE).items()
        if name in wanted or name.startswith(f"{_ENGINES}/")
    }
    return Files(project.FACADE, present, wanted)


if __name__ == "__main__":
    sys.exit(run_generator("Generate the classes of the engines.", generate))
