"""The site that the tests look at: built here and now, built before, or its pages alone.

``A2E_BUILD_SITE`` names the folder to build it into, as the session ``docs`` does, so that the
sources are read once for the site and for its tests. ``A2E_TEST_SITE`` names one that is built.
"""

from __future__ import annotations

import os
from pathlib import Path

from docs.site.build import build, site_pages

_BUILT_NOW = os.environ.get("A2E_BUILD_SITE")
#: The folder of the built site; None without one.
FOLDER = _BUILT_NOW or os.environ.get("A2E_TEST_SITE")
PAGES = build(Path(_BUILT_NOW)) if _BUILT_NOW else site_pages()
