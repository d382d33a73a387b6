"""The files of the sandbox's page: HTML, a script and a style sheet.

This package owns files only. ``control.page_files`` serves them; nobody imports it.
"""
