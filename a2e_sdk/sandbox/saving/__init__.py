"""The whole state of a sandbox as one JSON document, and back.

This package owns the form of the document and the check of one that is loaded: nothing is changed
before all of it is known to be right. The parts of the state are read and filled by ``parts``.
The sandbox imports it.
"""
