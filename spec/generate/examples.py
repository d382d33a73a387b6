"""Write an example of every operation's answer into openapi.yaml, as the sandbox gives it.

    python spec/examples.py            write them
    python spec/examples.py --check    print what would change, exit with 1 if anything would

Other mocks, such as Prism, play A2E by them. Each is the answer of a fresh sandbox, with a clock of
its own, to the smallest request that the spec allows; so ids and times are always the same, and
nothing in it is of a real account. An operation that has ``examples`` written by hand keeps them.
The document is changed line by line, and nothing but these lines.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from openapi_python_client.strings import PythonIdentifier

from generate import update_files

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "generated")]

from a2e_sdk.sandbox import ManualClock, Sandbox, SandboxRequest  # noqa: E402
from operation_requests import (  # noqa: E402
    SpecRequest,
    good_request,
    made_before,
    start_beside,
)

DOCUMENT = HERE / "openapi.yaml"
_OPERATION = re.compile(r"\s+operationId: (\w+)")
_INDENT = " " * 14
#: Texts that need no quotes, but for the words that some reader takes for another value.
_PLAIN = re.compile(r"[A-Za-z_]\w*")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
#: What puts something into lists that are not of a family of tasks.
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


def answer_of(name: str) -> dict[str, Any]:
    """Return the answer of a fresh sandbox to one operation.

    Args:
        name: The operation's id in snake case.

    Raises:
        ValueError: The sandbox refuses the request.
    """
    clock = ManualClock()
    sandbox = Sandbox(clock=clock, seed_records=False)

    def answered(request: SpecRequest) -> dict[str, Any]:
        headers = {"Authorization": "Bearer sk_example", "Content-Type": "application/json"}
        method, target = request.operation.method, request.target
        reply = sandbox.handle(SandboxRequest.from_target(method, target, headers, request.content))
        envelope: dict[str, Any] = json.loads(reply.body)
        if reply.status != 200 or envelope["code"] != 0:
            raise ValueError(f"the sandbox refuses {request}: {envelope}")
        return envelope

    references = made_before(name, lambda request: answered(request)["data"], clock.advance)
    if name.startswith("list_") and not references:
        maker = _FILLED_BY.get(name) or start_beside(name)
        if maker is not None:
            answered(good_request(maker, {}))
            clock.advance(1.5 if "running" in name else 60)
    return answered(good_request(name, references))


def with_examples(text: str) -> str:
    """Return the document with the example of every operation as it is now.

    Args:
        text: The document.
    """
    return "".join(f"{line}\n" for line in _lines(text.splitlines()))


def _lines(lines: list[str]) -> Iterator[str]:
    """Yield the document's lines: an example stands behind the schema of an answer to success."""
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
            yield f"{_INDENT}example: {_in_one_line(answer_of(name))}"
            name = ""


def _in_one_line(value: Any) -> str:
    """Return a value as YAML that every reader takes for the same, in the style of the document."""
    if isinstance(value, dict):
        members = cast("dict[str, Any]", value).items()
        inner = (f"{_in_one_line(key)}: {_in_one_line(member)}" for key, member in members)
        return f"{{{', '.join(inner)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_in_one_line, cast('list[Any]', value)))}]"
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)


def main() -> int:
    """Run the command line and return the exit code: 0 for success, 1 for a difference."""
    parser = argparse.ArgumentParser(description="Write the examples of openapi.yaml.")
    parser.add_argument("--check", action="store_true", help="write nothing, print what differs")
    options = parser.parse_args()
    present = DOCUMENT.read_text(encoding="utf-8")
    wanted = with_examples(present)
    return update_files(
        DOCUMENT.parent, {DOCUMENT.name: present}, {DOCUMENT.name: wanted}, check=options.check
    )


if __name__ == "__main__":
    sys.exit(main())
