"""Our names and the server's: field names, raw records, arguments, and the table of families.

This package owns the mapping between what users see and what the server speaks, in both directions.
It is pure; sending is left to the clients.
"""
