"""Tasks of any family: read, submit, wait for, and the resource that offers all of it.

This package owns what is the same whatever the family, from the reader at the bottom to the
resource on top. What differs is a row of ``_wire.family_table``.
"""
