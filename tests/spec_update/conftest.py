"""The fixture of the update's tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from update_cases import Workplace


@pytest.fixture
def workplace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Workplace:
    """Our small document in a directory of its own."""
    return Workplace(tmp_path, capsys)
