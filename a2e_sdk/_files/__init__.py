"""One file on its way in or out: sources, names, HTTP rules of ranges, the part file, and objects.

This package owns what may be uploaded, where a download goes, and that a file at its final path is
whole. Of what is sent it knows the stores of clouds alone (``object_store``): transfers are in
``_async.files`` and ``_sync.files``.
"""
