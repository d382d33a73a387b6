"""A batch: many jobs started, waited for and saved, whatever interrupts it.

This package owns the loop of a batch and the steps of one job. What a batch is without a network,
from rows to the lines of results, is in ``_batch``; that a job is started once is the journal's.
"""
