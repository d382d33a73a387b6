"""Generate the example responses in openapi.yaml, one for every operation, with the sandbox.

    python spec/generate/examples.py            write them
    python spec/generate/examples.py --check    print what would change, and exit 1

Other mocks of A2E, such as Prism, respond with them. Each is the response of a fresh sandbox, with
a clock of its own, to the smallest request that the spec allows; so ids and times are always the
same, and nothing is from a real account. An operation whose ``examples`` are written by hand keeps
them. This module owns these lines of the document and changes no others; the requests are left to
operation_requests.py.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from typing import Any, cast

from openapi_python_client.strings import PythonIdentifier

import project
from a2e_sdk.sandbox import ManualClock, Sandbox, SandboxRequest
from generated_files import Files, GenerationError, run_generator
from operation_requests import SpecRequest, good_request, made_before, start_beside

_OPERATION = re.compile(r"\s+operationId: (\w+)")
_INDENT = " " * 14
#: Strings that need no quotes, except for the words that some parser reads as another type.
_PLAIN = re.compile(r"[A-Za-z_]\w*")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
#: The operation that fills a list, for lists that belong to no family of tasks.
_FILLED_BY = {
    "list_face_swap_images": "add_face_swap_image",
    "list_face_swap_tasks": "add_face_swap_task",
    "list_running_face_swap_tasks": "add_face_swap_task",
    "list_custom_avatars": "add_custom_avatar",
    "list_custom_backgrounds": "add_background",
    "list_credits": "add_speech",
    "list_speech_previews": "add_speech",
    "list_avatar_videos": "start_avatar_video",
    "list_avatar_videos_2025": "start_avatar_video",
    "list_voice_clones": "start_voice_clone",
    "list_running_voice_clones": "start_voice_clone",
}


def response_to(name: str) -> dict[str, Any]:
    """Return the response of a fresh sandbox to one operation.

    Args:
        name: The operation's id in snake case.

    Raises:
        GenerationError: The sandbox does not serve the operation, or refuses the request.
    """
    clock = ManualClock()
    sandbox = Sandbox(clock=clock, seed_records=False)

    def send(request: SpecRequest) -> dict[str, Any]:
        headers = {"Authorization": "Bearer sk_example", "Content-Type": "application/json"}
        method, target = request.operation.method, request.target
        response = sandbox.handle(
            SandboxRequest.from_target(method, target, headers, request.content)
        )
        if response.status != 200:
            raise GenerationError(f"the sandbox does not serve {request.operation.id}")
        envelope: dict[str, Any] = json.loads(response.body)
        if envelope["code"] != 0:
            raise GenerationError(f"the sandbox refuses {request}: {envelope}")
        return envelope

    references = made_before(name, lambda request: send(request)["data"], clock.advance)
    if name.startswith("list_") and not references:
        maker = _FILLED_BY.get(name) or start_beside(name)
        if maker is not None:
            send(good_request(maker, {}))
            clock.advance(1.5 if "running" in name else 60)
    return send(good_request(name, references))


def with_examples(text: str) -> str:
    """Return the document with the current example of every operation.

    Args:
        text: The document.
    """
    return "".join(f"{line}\n" for line in _lines(text.splitlines()))


def _lines(lines: list[str]) -> Iterator[str]:
    """Yield the document's lines: an example follows the schema of a successful response."""
    name, is_success, is_behind_schema = "", False, False
    for number, line in enumerate(lines):
        found = _OPERATION.fullmatch(line)
        if found:
            name = str(PythonIdentifier(found[1], ""))
        if re.fullmatch(r'        "\d+":.*', line):
            is_success = line.startswith('        "200"')
        if is_behind_schema and line.startswith(f"{_INDENT}example: "):
            continue  # It was written above.
        is_behind_schema = is_success and line.startswith(f"{_INDENT}schema: ")
        yield line
        if is_behind_schema and name and lines[number + 1] != f"{_INDENT}examples:":
            yield f"{_INDENT}example: {_in_one_line(response_to(name))}"
            name = ""


def _in_one_line(value: Any) -> str:
    """Return a value as YAML that every parser reads alike, in the style of the document."""
    if isinstance(value, dict):
        members = cast("dict[str, Any]", value).items()
        inner = (f"{_in_one_line(key)}: {_in_one_line(member)}" for key, member in members)
        return f"{{{', '.join(inner)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_in_one_line, cast('list[Any]', value)))}]"
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)


def generate() -> Files:
    """Return the document with its examples."""
    document = project.DOCUMENT
    present = document.read_text(encoding="utf-8")
    wanted = with_examples(present)
    return Files(document.parent, {document.name: present}, {document.name: wanted})


if __name__ == "__main__":
    sys.exit(run_generator("Generate the examples of openapi.yaml.", generate))
