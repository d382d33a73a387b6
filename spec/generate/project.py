"""Where the parts of this repository are. Importing this module makes its packages importable.

The generators use the `a2e_sdk` and `a2e_api` beside them, whether or not a copy is installed.
A generator that imports one of these packages imports this module first.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "spec"
DOCUMENT = SPEC / "openapi.yaml"
FACADE = ROOT / "a2e_sdk"
GENERATED = ROOT / "generated"

# A package that is on the path already, such as an installed wheel under test, keeps its place.
sys.path[:0] = [str(path) for path in (ROOT, GENERATED) if str(path) not in sys.path]
