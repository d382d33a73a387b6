"""Write the facade's classes of the generation engines from the spec and the table of families.

    python spec/engines.py            write them into a2e_sdk
    python spec/engines.py --check    print what would change, exit with 1 if anything would

For each row of ``ENGINES`` in ``a2e_sdk/family_table.py`` this makes a class with the keyword
arguments of its start, typed and described as the spec has them: ``asynchronous/engines/<name>.py``.
Beside them it makes ``asynchronous/engine_sections.py``, by which they hang on the client, and
``models/engines.py``, the classes of their tasks. How a start works is not written here but in
``a2e_sdk/asynchronous/room.py``.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from openapi_python_client.strings import PythonIdentifier
from ruamel.yaml import YAML

from generate import check_pins, read_tree, update_files
from synchronise import formatted

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "generated")]

from a2e_api.operations import OPERATIONS  # noqa: E402
from a2e_sdk.arguments import (  # noqa: E402
    SAFE_DEFAULTS,
    Argument,
    arguments_of,
    is_number_in_words,
)
from a2e_sdk.families import TaskFamily  # noqa: E402
from a2e_sdk.family_table import ENGINES  # noqa: E402
from a2e_sdk.json_schema import types_of  # noqa: E402

NOTE = "# Written by `nox -s generate` from spec/openapi.yaml: edit that, not this.\n"

#: Whose tree the written files are part of.
PACKAGE = HERE.parent / "a2e_sdk"

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
    "model_version of image_to_video": "Version of the model. Prices differ, and the server's default "
    "depends on the account's plan: `account.quote` shows the price before you start.",
    "force_generate": "Go on where the server's moderation would stop. Default False, which is "
    "sent: the server's own default for API keys differs.",
}

_VERB_CLASSES = {
    "get_many": "AsyncBatches",
    "running": "AsyncRuns",
    "delete": "AsyncDeletes",
    "rename": "AsyncRenames",
}


def class_name(family: TaskFamily) -> str:
    """Return the name of a family's class, such as ``AsyncWan25``."""
    return f"Async{family.model.removesuffix('Task')}"


def described(document: Mapping[str, Any], operation: str) -> Mapping[str, str]:
    """Return the spec's descriptions of an operation's body by the server's keys."""
    schemas = document["components"]["schemas"]
    properties = schemas[OPERATIONS[operation].body]["properties"]
    return {key: description_in(inner, schemas) for key, inner in properties.items()}


def description_in(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> str:
    """Return what the spec says of a value, with the keys of an object."""

    def resolved(inner: Mapping[str, Any]) -> Mapping[str, Any]:
        found: Mapping[str, Any] = schemas.get(inner.get("$ref", "").rsplit("/", 1)[-1], inner)
        return found

    found = resolved(schema)
    text: str = schema.get("description") or found.get("description", "")
    keys = found.get("properties") or resolved(found.get("items", {})).get("properties", ())
    return f"{text} Keys: {', '.join(keys)}." if keys else text


def identifiers(document: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the ids of all operations as the spec writes them, by their form in Python."""
    found = [
        operation["operationId"]
        for item in document["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict) and "operationId" in operation
    ]
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
    """Return what a docstring says of an argument."""
    text = _DESCRIPTIONS.get(argument.name, text)
    text = _DESCRIPTIONS.get(f"{argument.name} of {family.name}", text).strip()
    if argument.media:
        # In the spec it is a URL; here it is what the URL leads to.
        text = re.sub(r"^(Public )?URLs? of ", "", text)
        text = capitalised(text.replace(", public, without redirects or spaces", "")).rstrip(".")
        each = ", each" if argument.is_list else ":"
        text += f"{each} a path, bytes, a file open for reading bytes, or a public URL."
    elif "enum" in argument.schema and not is_number_in_words(argument.schema):
        pass  # The type has the words.
    elif is_number_in_words(argument.schema) and "enum" in argument.schema:
        text += f" One of {', '.join(argument.schema['enum'])}."
    if "default" in argument.schema and "efault" not in text:
        text += f" Default: {argument.schema['default']!r}, which is the server's."
    return text


def arguments_text(family: TaskFamily, document: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return name, type and description of each argument of a start, required ones first."""
    operation = str(family.start)
    texts = described(document, operation)
    arguments = [
        argument for argument in arguments_of(operation).values() if argument.name != family.many
    ]
    arguments.sort(key=lambda argument: not is_required(argument, family))
    return [
        (argument.name, type_of(argument), description_of(argument, family, texts[argument.wire]))
        for argument in arguments
    ]


def is_required(argument: Argument, family: TaskFamily) -> bool:
    """Tell whether users have to give an argument; a name can be made up for them."""
    return argument.required and argument.wire != family.label


def engine_module(family: TaskFamily, document: Mapping[str, Any]) -> str:
    """Return the module of one engine."""
    operation = OPERATIONS[str(family.start)]
    identifier = identifiers(document)[operation.id]
    arguments = arguments_text(family, document)
    required = {
        argument.name
        for argument in arguments_of(operation.id).values()
        if is_required(argument, family)
    }
    bases = [name for verb, name in _VERB_CLASSES.items() if getattr(family, verb) is not None]
    whole = "AsyncTasks" if family.list is not None else "AsyncReads"
    bases = bases or [whole if family.is_readable else "AsyncRoom"]
    modules = {"AsyncTasks": "tasks", "AsyncReads": "tasks", "AsyncRoom": "room"}
    model, name = family.model, class_name(family)
    start = f"{model.removesuffix('Task')}Start"
    imports = "\n".join(f"from ..{modules.get(base, 'verbs')} import {base}" for base in bases)
    summary = operation.summary.rstrip(".")
    evidence = {
        "documented": "described by A2E, answer included",
        "reference": "in A2E's reference, which does not describe its answers",
        "observed": "seen in other clients only",
    }[operation.evidence]
    typed = "\n".join(
        f"    {key}: {f'Required[{kind}]' if key in required else optional(key, kind)}"
        for key, kind, _ in arguments
    )
    signature = "\n".join(
        f"        {key}: {kind}," if key in required else f"        {with_default(key, kind)},"
        for key, kind, _ in arguments
    )
    texts = "\n".join(docstring_entry(key, text) for key, _, text in arguments)
    passed = "\n".join(f'                "{key}": {key},' for key, _, _ in arguments)
    parts = [
        NOTE,
        f'"""{capitalised(family.title)}: what its tasks can do, and the arguments of its start."""\n',
        f"""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, Required, TypedDict, Unpack
import builtins

from ...family_table import TASK_FAMILIES
from ...file_arguments import UploadProgress
from ...models import {model}
from ...upload_sources import FileInput
from ..caller import AsyncCaller
{imports}


class {start}(TypedDict, total=False):
    \"\"\"The arguments of `{name}.create`, which has their description.\"\"\"

{typed}
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class {name}({", ".join(f"{base}[{model}]" for base in bases)}):
    \"\"\"{class_summary(family, document)}

    The start is {evidence}.
    \"\"\"

    def __init__(self, caller: AsyncCaller) -> None:
        super().__init__(caller, TASK_FAMILIES["{family.name}"])
""",
        create_method(family, summary, identifier, signature, texts, passed),
    ]
    if family.many is not None:
        parts.append(create_all_method(family, identifier, signature, texts, passed))
    if family.is_readable:
        parts.append(run_method(family, start))
    return "".join(parts)


def optional(name: str, kind: str) -> str:
    """Return the type of an optional key of the TypedDict."""
    return kind if name in SAFE_DEFAULTS else f"{kind} | None"


def with_default(name: str, kind: str) -> str:
    """Return an optional argument of a signature."""
    if name in SAFE_DEFAULTS:
        return f"{name}: {kind} = {SAFE_DEFAULTS[name]!r}"
    return f"{name}: {kind} | None = None"


def capitalised(text: str) -> str:
    """Return a text with a capital at its beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


def class_summary(family: TaskFamily, document: Mapping[str, Any]) -> str:
    """Return the first line of a class's docstring: what the spec says of its section."""
    texts = {tag["name"]: tag["description"] for tag in document["tags"]}
    return str(texts.get(family.section, f"{capitalised(family.title)} tasks."))


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


_COMMON_TEXTS = """\
            resend_if_unknown: Start once more when the answer was lost and no task could be
                found in 30 seconds. The first one may yet turn up: it is then paid twice.
            on_upload: Called with the bytes sent and the bytes of all local files together.
"""

_RAISES = """\
        Raises:
            ValueError: An argument is not allowed; nothing is sent then.
            TypeError: An argument is of a wrong type; nothing is sent then.
            OSError: A local file can't be read; nothing is sent then.
            InsufficientCreditsError: The account has too few coins.
            ContentRejectedError: The server's moderation refused the content.
            SubmissionUnknownError: The answer was lost, and no task was found in 30 seconds.
            APIError: The task was not started; the class tells why.
"""


def create_method(
    family: TaskFamily, summary: str, operation: str, signature: str, texts: str, passed: str
) -> str:
    """Return the method that starts a task."""
    return f'''
    async def create(
        self,
        *,
{signature}
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> {family.model}:
        """{summary}; this costs coins (operation ``{operation}``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin. Local files are uploaded first, which costs coins too.

        Args:
{texts}
{_COMMON_TEXTS}
        Returns:
            The task as the server accepted it.

{_RAISES}        """
        return await self._start(
            {{
{passed}
                "resend_if_unknown": resend_if_unknown,
                "on_upload": on_upload,
            }}
        )
'''


def create_all_method(
    family: TaskFamily, operation: str, signature: str, texts: str, passed: str
) -> str:
    """Return the method that starts several tasks by one start."""
    many = arguments_of(str(family.start))[str(family.many)].schema
    return f'''
    async def create_all(
        self,
        *,
        {family.many}: int,
{signature}
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> builtins.list[{family.model}]:
        """Start several tasks by one start (operation ``{operation}``).

        Args:
            {family.many}: How many, from {many["minimum"]} to {many["maximum"]}.
{texts}
{_COMMON_TEXTS}
        Returns:
            The tasks that the server's answer names.

{_RAISES}        """
        return await self._start_all(
            {{
                "{family.many}": {family.many},
{passed}
                "resend_if_unknown": resend_if_unknown,
                "on_upload": on_upload,
            }}
        )
'''


def run_method(family: TaskFamily, start: str) -> str:
    """Return the method that starts a task and waits for it."""
    return f'''
    async def run(
        self,
        *,
        timeout: float = 1800.0,
        on_update: Callable[[{family.model}], object] | None = None,
        poll: float | None = None,
        **start: Unpack[{start}],
    ) -> {family.model}:
        """Start a task and wait until it has ended: `create`, then `wait`.

        Args:
            timeout: Seconds to wait at the most. Default 1,800.
            on_update: Called with the task when it was started, and whenever it has changed.
            poll: Seconds between two looks. Default: learnt from how long such tasks took.
            start: The arguments of `create`.

        Returns:
            The finished task.

        Raises:
            ValueError: An argument is not allowed; nothing is sent then.
            TaskFailedError: The task failed; ``error.task`` has it.
            WaitTimeoutError: The time is over; ``error.task_id`` is there to wait again.
            SubmissionUnknownError: Whether the task was started is not known.
            APIError: The task was not started, or the key is not accepted.
        """
        return await self._run(start, timeout, on_update, poll)
'''


def sections_module(document: Mapping[str, Any]) -> str:
    """Return the module by which the engines hang on the client."""
    imports = "\n".join(
        f"    from .engines.{family.name} import {class_name(family)}" for family in ENGINES
    )
    properties = "".join(
        f'''
    @cached_property
    def {family.attribute}(self) -> {class_name(family)}:
        """{class_summary(family, document)}"""
        from .engines.{family.name} import {class_name(family)}

        return {class_name(family)}(self._api)
'''
        for family in ENGINES
    )
    return f'''{NOTE}"""The generation engines as attributes of the client; each is imported when it is first used."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .caller import AsyncCaller
{imports}


class AsyncEngineSections:
    """The sections of the generation engines."""

    _api: AsyncCaller
{properties}'''


def models_module() -> str:
    """Return the module with the classes of the engines' tasks."""
    classes = "".join(
        f'''

class {family.model}(GenerationTask):
    """A {family.title} task."""

    family: ClassVar[str] = "{family.name}"
'''
        for family in ENGINES
    )
    names = "\n".join(f'    "{name}",' for name in sorted(family.model for family in ENGINES))
    return f'''{NOTE}"""The tasks of each engine. They differ by their class only, so that none is taken for another."""

from __future__ import annotations

from typing import ClassVar

from .generation import GenerationTask

__all__ = [
{names}
]
{classes}'''


def written_files() -> Iterator[tuple[str, str]]:
    """Yield the path within ``a2e_sdk`` and the text of every file, not yet formatted."""
    document = YAML(typ="safe").load(HERE / "openapi.yaml")
    yield (
        "asynchronous/engines/__init__.py",
        f'{NOTE}"""One module for each generation engine."""\n',
    )
    for family in ENGINES:
        yield f"asynchronous/engines/{family.name}.py", engine_module(family, document)
    yield "asynchronous/engine_sections.py", sections_module(document)
    yield "models/engines.py", models_module()


def main() -> int:
    """Run the command line and return the exit code: 0 for success, 1 for a difference."""
    parser = argparse.ArgumentParser(description="Write the classes of the engines.")
    parser.add_argument("--check", action="store_true", help="write nothing, print what differs")
    options = parser.parse_args()
    check_pins((HERE / "requirements.txt").read_text())
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        for name, text in written_files():
            path = scratch / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        formatted(scratch)
        wanted = read_tree(scratch)
    present = {
        name: text
        for name, text in read_tree(PACKAGE).items()
        if name in wanted or name.startswith("asynchronous/engines/")
    }
    return update_files(PACKAGE, present, wanted, check=options.check)


if __name__ == "__main__":
    sys.exit(main())
