"""What a batch is, without a network: from rows to checked jobs, and from outcomes to files.

This package owns the reading of tables, the check of every row, keys, the file of checked jobs, the
names of outputs, ``results.jsonl``, the provenance of a file, and how many starts may run at once.
It leaves to ``_async.batch`` and ``_sync.batch`` when something is started, waited for and
downloaded; they and the terminal may import it.
"""
