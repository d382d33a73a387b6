# Written by `nox -s generate` from spec/openapi.yaml: edit that, not this.
"""One module for each generation engine."""
