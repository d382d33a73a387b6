"""The files of the sandbox's page: HTML, a style sheet, an icon, and scripts as ES modules.

This package owns what a browser shows and how it asks for it. Serving the files is left to
``control.page_files``, what they ask for to the endpoints of ``control``. Nobody imports it.
"""
