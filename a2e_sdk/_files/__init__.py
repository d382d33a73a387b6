"""One file on its way in or out: sources, names, HTTP rules of ranges, and the part file.

This package owns what may be uploaded, where a download goes, and that a file at its final path is
whole. It sends nothing: transfers are in ``_async.files`` and ``_sync.files``.
"""
