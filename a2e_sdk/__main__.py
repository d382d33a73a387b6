"""``python -m a2e_sdk``: the same as the command ``a2e``."""

from __future__ import annotations

import sys

from .cli import main

if __name__ == "__main__":
    sys.exit(main())
