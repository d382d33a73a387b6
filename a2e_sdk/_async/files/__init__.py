"""Uploads and downloads: the transfers of one file, with retries and resumption.

This package owns the order of requests for files. What a response means is decided in ``_files``.
"""
