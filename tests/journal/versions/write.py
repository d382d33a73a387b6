"""Write a journal of today's version as a script of SQL, for the test of migrations.

Run it once when a version is released: `python tests/journal/versions/write.py`. Files of earlier
versions are never written again.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from a2e_sdk import errors
from a2e_sdk._journal.sqlite_schema import APPLICATION_ID, VERSION
from a2e_sdk.sandbox import Fault, SandboxForTests

WAN = {"prompt": "a calm sea"}


def write(path: Path) -> None:
    """Make a journal with an entry in each state."""
    sandbox = SandboxForTests(seed_records=False)
    a2e = sandbox.client(journal=path)
    a2e.wan_25.create(**WAN)
    a2e.wan_25.create(key="started", **WAN)
    a2e.face_swap.tasks.run(
        key="finished", face=b"\x89PNG\r\n\x1a\n" + bytes(99), video="https://example.com/v.mp4"
    )
    sandbox.fail_next("no face was found")
    with suppress(errors.TaskFailedError):
        a2e.wan_25.run(key="failed", **WAN)
    sandbox.faults.add(Fault.code(1001, "busy"), operation="start_wan_25_task", times=50)
    with suppress(errors.APIError):
        a2e.wan_25.create(key="refused", **WAN)
    sandbox.faults.clear()
    sandbox.faults.add(Fault.http(502), operation="start_wan_25_task", times=1)
    with suppress(errors.SubmissionUnknownError):
        a2e.wan_25.create(key="unknown", **WAN)


def main() -> None:
    """Write the script beside this file."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "jobs.db")
        write(path)
        connection = sqlite3.connect(path)
        lines = [
            f"PRAGMA application_id = {APPLICATION_ID};",
            f"PRAGMA user_version = {VERSION};",
            *connection.iterdump(),
        ]
        connection.close()
    target = Path(__file__).with_name(f"v{VERSION}.sql")
    target.write_text("\n".join(lines) + "\n")
    sys.stdout.write(f"{target.name}\n")


if __name__ == "__main__":
    main()
