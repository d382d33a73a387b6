"""Cells that await: the async client in the event loop of a kernel."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.once

FIRST = """
import asyncio
from a2e_sdk import AsyncA2E
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import serve

server = serve(Sandbox())
a2e = AsyncA2E("sk_sandbox", base_url=server.url)
"""
SIDE_BY_SIDE = """
tasks = await asyncio.gather(
    a2e.text_to_image.run(prompt="sea", progress=True),
    a2e.text_to_image.run(prompt="rain", progress=True),
)
tasks[0]
"""
LISTING = "a2e.text_to_image.list()"
LAST = """
await a2e.aclose()
server.close()
"""


def test_each_call_has_a_card_of_its_own(tmp_path: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    cells = [nbformat.v4.new_code_cell(cell) for cell in (FIRST, SIDE_BY_SIDE, LISTING, LAST)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    resources = {"metadata": {"path": str(tmp_path)}}
    nbclient.NotebookClient(notebook, timeout=120, resources=resources).execute()
    _, side_by_side, listing, _ = notebook.cells
    first, second, task = side_by_side.outputs
    assert [first.output_type, second.output_type] == ["display_data", "display_data"]
    for card in (first, second):
        assert "succeeded" in card.data["text/plain"]
        assert "<progress" in card.data["text/html"]
    assert first.data["text/plain"] != second.data["text/plain"]
    assert "Text to image task" in task.data["text/html"]
    assert "await listing.to_pandas()" in listing.outputs[0].data["text/html"]
