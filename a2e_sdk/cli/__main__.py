"""``python -m a2e_sdk.cli``: the same as ``a2e``."""

from __future__ import annotations

import sys

from . import main

if __name__ == "__main__":
    sys.exit(main())
