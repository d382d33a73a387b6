"""The journal: what was started, written down before it is sent, and the coins that it may cost.

This package owns how starts are kept on the disk, which start of a key is the one, and the
arithmetic of the budget. It knows no network: sending, searching and waiting are ``_async`` and
``_sync``, which alone import it, beside the commands and the batch.
"""
