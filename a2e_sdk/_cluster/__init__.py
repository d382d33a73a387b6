"""A batch on a Dask cluster, as its coordinator sees it: slices of jobs, and what comes of them.

This package owns the connection to the scheduler, the check that every worker can take part, the
division of jobs into slices, and the messages between coordinator and workers. It leaves to
``_worker`` what a worker does with a slice, and to ``_async.batch`` and ``_sync.batch``, which may
import it beside ``_worker``, when a slice is submitted. Dask is imported when a cluster is used.
"""
