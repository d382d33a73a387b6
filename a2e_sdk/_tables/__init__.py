"""Models as the rows of tables: one schema, for dicts, pandas, polars and Arrow.

This package owns which columns a model has, of which kind they are, and how a data frame is made of
them. It knows no model: a schema is derived from the types of a class. It leaves reading to the
clients. ``models``, both clients and ``a2e_sdk.tables`` may import it; the libraries are imported
when they are used.
"""
