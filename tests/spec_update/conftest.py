"""The fixture and the mark of the update's tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from update_cases import Workplace


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test here: what an update uses is installed beside the generator only."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.generator)


@pytest.fixture
def workplace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Workplace:
    """Our small document in a directory of its own."""
    return Workplace(tmp_path, capsys)
