"""Can every worker of a cluster take part in a batch?

This module owns the check that a coordinator has them do before anything is started. What a worker
checks of itself is in ``_worker.fitness``.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from typing import Any

from a2e_sdk.errors import ConfigurationError
from a2e_sdk.version import __version__

#: What workers call is named, because it needs the client that blocks, whichever the coordinator
#: has.
_PROBLEM = "a2e_sdk._worker.fitness:problem_of"
_VERSION = "a2e_sdk.version:__version__"


def require_fit_cluster(client: Any, settings: bytes) -> None:
    """Refuse a cluster with a worker that can't take part, or without workers.

    Args:
        client: What is connected to the scheduler.
        settings: The `WorkSettings`, packed.

    Raises:
        ConfigurationError: It names who can't, and what to do.
    """
    address = client.scheduler.address
    try:
        version = client.run_on_scheduler(pkgutil.resolve_name, _VERSION)
    except Exception as error:
        version = error
    _require_same_version(f"the Dask scheduler {address}", version)
    # A function of Python itself, which is there also where the SDK is not.
    versions = client.run(pkgutil.resolve_name, _VERSION, on_error="return")
    if not versions:
        raise ConfigurationError(
            f"the Dask scheduler {address} has no workers: start some, such as with: dask worker "
            f"{address}. Nothing was started."
        )
    for worker, version in sorted(versions.items()):
        _require_same_version(f"the Dask worker {worker}", version)
    problems: Mapping[str, Any] = client.run(
        pkgutil.resolve_name(_PROBLEM), settings, on_error="return"
    )
    for worker, problem in sorted(problems.items()):
        if problem is not None:
            raise ConfigurationError(unfit_text(worker, problem))


def unfit_text(worker: str, problem: object) -> str:
    """Return the sentence that says that a worker can't take part."""
    said = problem if isinstance(problem, str) else f"{type(problem).__name__}: {problem}"
    text = said.rstrip(".").removesuffix(". Nothing was started")
    return f"the Dask worker {worker} can't take part: {text}. Nothing was started."


def _require_same_version(who: str, version: object) -> None:
    if version == __version__:
        return
    if isinstance(version, ImportError):
        what = "has no a2e-sdk"
    elif isinstance(version, Exception):
        what = f"does not tell which a2e-sdk it has ({type(version).__name__}: {version})"
    else:
        what = f"has a2e-sdk {version}"
    raise ConfigurationError(
        f"{who} {what}, and this program {__version__}: install the same there, with "
        f'pip install "a2e-sdk[dask]=={__version__}". Nothing was started.'
    )
