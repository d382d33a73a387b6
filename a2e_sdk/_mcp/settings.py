"""What ``a2e mcp`` is told, and the client that it makes of it.

This module owns the defaults: where the journal and the files are, and that a budget is needed
wherever real coins can be spent.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import attrs

from a2e_sdk._async.client import AsyncA2E
from a2e_sdk._config.regions import resolve_address
from a2e_sdk.models.journal import Budget, require_coins

from .folder import Folder
from .tool_context import ToolContext
from .work import Work

JOURNAL_VARIABLE = "A2E_JOURNAL"


@attrs.frozen(kw_only=True)
class Settings:
    """The settings of a server.

    Attributes:
        region: As `A2E` takes it.
        base_url: Likewise.
        budget: What may be spent; None for any sum, in the sandbox of this process only.
        ask_above: Prices above this are confirmed by a person; None for never.
        read_only: Whether nothing may cost coins.
        journal: Where starts are written down; None for the default.
        files: The folder of the agent's files.
    """

    region: str | None = None
    base_url: str | None = None
    budget: Budget | None = None
    ask_above: float | None = None
    read_only: bool = False
    journal: str | None = None
    files: str = "a2e-files"

    def check(self, environment: Mapping[str, str]) -> None:
        """Refuse settings that do not go together, before anything is opened.

        Raises:
            ValueError: They don't.
            ConfigurationError: The region or the base URL is refused.
        """
        address = resolve_address(self.region, self.base_url, environment)
        if self.ask_above is not None:
            require_coins(self.ask_above, "--ask-above")
        if self.read_only and self.budget is not None:
            raise ValueError("give one of --budget and --read-only, not both.")
        if self.budget is None and not self.read_only and not address.in_process:
            raise ValueError(
                "--budget is missing: the coins that agents may spend, such as --budget 500 or "
                "--budget 200/day; or --read-only, with which they can spend none. (--region "
                "sandbox needs neither.)"
            )


def default_journal(environment: Mapping[str, str]) -> Path:
    """Return where the journal of agents is, where none is named."""
    local = (
        environment.get("LOCALAPPDATA") if os.name == "nt" else environment.get("XDG_STATE_HOME")
    )
    base = Path(local) if local else Path.home() / ".local" / "state"
    return base / "a2e" / "mcp.db"


@asynccontextmanager
async def open_tool_context(
    settings: Settings, environment: Mapping[str, str]
) -> AsyncGenerator[ToolContext, None]:
    """Open what the tools share.

    Args:
        settings: The settings, checked.
        environment: The environment.

    Raises:
        ConfigurationError: There is no API key, or a setting is refused.
        OSError: The folder can't be made.
    """
    address = resolve_address(settings.region, settings.base_url, environment)
    with tempfile.TemporaryDirectory(prefix="a2e-mcp-") as temporary:
        journal = settings.journal or environment.get(JOURNAL_VARIABLE)
        if address.in_process:
            # The sandbox forgets its tasks when this process ends, and so must the journal.
            journal = str(Path(temporary) / "journal.db")
        elif not journal:
            path = default_journal(environment)
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            journal = str(path)
        folder = Folder(settings.files)
        client = AsyncA2E(
            region=settings.region,
            base_url=settings.base_url,
            journal=journal,
            budget=settings.budget,
        )
        async with client, Work() as work:
            yield ToolContext(
                client=client,
                folder=folder,
                work=work,
                ask_above=settings.ask_above,
                read_only=settings.read_only,
            )
