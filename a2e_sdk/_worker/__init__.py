"""What a worker of a Dask cluster does with the slices of a batch.

This package owns the run of a slice with the client that blocks, the worker's check of itself, and
the orders that it gets meanwhile. Coordinators name its functions and do not import it; nothing
else uses it.
"""
