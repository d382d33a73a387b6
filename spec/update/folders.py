"""Where the parts of this repository are that an update uses.

Importing this module makes the modules importable that the programs of spec/ share: how references
are followed, of `spec/generate/`, and how versions are counted, of `spec/api_report/`. `update.py`
imports it first.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "spec"
#: The generator of the low-level client, which tries a new document.
GENERATOR = SPEC / "generate" / "low_level_client.py"

# Behind this folder, so that a name here is never taken from there.
sys.path[1:1] = [str(SPEC / "generate"), str(SPEC / "api_report")]
