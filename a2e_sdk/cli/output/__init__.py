"""What is printed: tables, records, JSON, progress, errors and advice.

This package owns standard output and standard error. It leaves what is done to ``steps`` and what
can be typed to ``options``. Every other package of ``cli`` may import it.
"""
