"""Read the parts of a sandbox into a document's state, and fill them from one.

This module owns the list of the parts. Each part knows itself what it has to say.
"""

from __future__ import annotations

from a2e_sdk.sandbox.faults.script import FaultScript
from a2e_sdk.sandbox.received.log import RequestLog
from a2e_sdk.sandbox.services import Services
from a2e_sdk.sandbox.state.clock import ClockReading, SettableClock
from a2e_sdk.sandbox.state.server_state import SandboxState

from .document import SavedSandbox, SavedStateError

__all__ = ["fill", "saved"]


def saved(
    state: SandboxState,
    services: Services,
    log: RequestLog,
    faults: FaultScript,
    links_lead_to: str,
) -> SavedSandbox:
    """Return all that a sandbox knows.

    Args:
        state: its state, settled.
        services: its tasks and sections.
        log: its log, of which only the numbers go on.
        faults: what is to go wrong.
        links_lead_to: where the links to it that are stored lead to.
    """
    clock = state.clock
    now = clock.now()
    reading = clock.reading() if isinstance(clock, SettableClock) else ClockReading(now, 0.0, False)
    return SavedSandbox(
        saved_at=now,
        public_url=links_lead_to,
        clock=reading,
        settings=state.saved_settings(),
        prices=services.prices,
        identifiers=state.identifiers.saved(),
        next_request=log.next,
        ledger=state.coins.saved(),
        starts=state.starts.saved(),
        tasks=services.task_index.saved(),
        running=state.running.saved(),
        sections=services.saved_sections(),
        faults=faults.saved(),
    )


def fill(one: SavedSandbox, state: SandboxState, services: Services) -> None:
    """Fill parts that were made anew and that nobody uses yet.

    Args:
        one: what was saved.
        state: the state, but for its ledger and its clock, which go on being used.
        services: tasks and sections.

    Raises:
        SavedStateError: what was saved contradicts itself, or what this sandbox offers.
    """
    try:
        for each in one.faults.waiting:
            if each.operation is not None and each.operation not in services.operations:
                raise ValueError(f"there is no operation {each.operation!r:.60}")
        for operation, price in one.prices.items():
            services.set_price(operation, price)
        services.restore_tasks(one.tasks, one.running)
        services.restore_sections(one.sections)
    except ValueError as problem:
        raise SavedStateError(f"the saved state is broken: {problem}") from None
    state.restore_settings(one.settings)
    state.identifiers.restore(one.identifiers)
    state.starts.restore(one.starts)
