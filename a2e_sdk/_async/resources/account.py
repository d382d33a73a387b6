"""The account: what is left, what was spent, what something would cost.

This module owns the arguments of this section's operations; how their responses are read is in
``_wire.to_model.account``.
"""

from __future__ import annotations

import builtins
from datetime import datetime
from typing import TYPE_CHECKING, Any

from a2e_api.operations import OPERATIONS
from a2e_api.types import to_wire
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.page_sources import AsyncPagedSource
from a2e_sdk._async.pagination import AsyncPaginator
from a2e_sdk._async.quotes import quote_request
from a2e_sdk._async.records import call_for_records, call_operation
from a2e_sdk._async.tasks.resource import AsyncTaskResource
from a2e_sdk._checks.validation import require_listing, require_text, require_url
from a2e_sdk._files.sources import is_url
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk._wire.field_names import python_name
from a2e_sdk._wire.records import RawPage, page_of, unexpected
from a2e_sdk._wire.to_model.account import coins_left, credit_entry, language
from a2e_sdk.models import Coins, CreditEntry, Language, Quote

if TYPE_CHECKING:
    from a2e_sdk._wire.arguments import Prepared

_LONGEST_CODE = 40


class AsyncAccount:
    """The account's coins."""

    def __init__(self, api: AsyncAPIClient) -> None:
        self._api = api

    async def coins(self) -> Coins:
        """Read what is left (operation ``getCoins``).

        The operation is documented by A2E, and was checked live by one client.

        Returns:
            Coins and diamonds.

        Raises:
            UnexpectedResponseError: The response does not tell the coins.
            APIError: The call failed.
        """
        payload = await call_operation(self._api, "get_coins")
        left = coins_left(payload.get("data"))
        if left is None:
            raise unexpected("the response does not tell the coins", "get_coins")
        return left

    def credits(
        self,
        *,
        is_consumption: bool | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        page_size: int = 100,
        limit: int | None = None,
    ) -> AsyncPaginator[CreditEntry]:
        """List what was spent and granted (operation ``listCredits``).

        The operation is in A2E's reference, which does not describe its response; see `CreditEntry`
        for what is read of it.

        Args:
            is_consumption: True for what was spent; False for the rest, as far as the reference
                can be understood. Default: left to the server.
            since: The earliest time of an entry, inclusive: an aware datetime. Default: any.
            until: The latest time of an entry, inclusive, likewise. Default: any.
            page_size: How many entries to ask for at once, from 1 to 100. Default 100.
            limit: How many entries to yield at the most. Default: all.

        Returns:
            A listing to iterate; it asks the server when it is iterated, each time anew.

        Raises:
            TypeError: A time is no datetime, or ``is_consumption`` is no bool.
            ValueError: A time has no time zone, ``until`` is before ``since``, or a number is out
                of range.
        """
        require_listing(page_size, limit)
        if is_consumption is not None and not isinstance(is_consumption, bool):
            raise TypeError(f"is_consumption must be a bool, not {type(is_consumption).__name__}.")
        start = None if since is None else to_wire(_aware(since, "since"))
        end = None if until is None else to_wire(_aware(until, "until"))
        if since is not None and until is not None and until < since:
            raise ValueError(f"until ({until}) is before since ({since}).")

        operation = OPERATIONS["list_credits"]

        async def read_page(number: int, size: int) -> RawPage[CreditEntry]:
            payload = await call_operation(
                self._api,
                operation.id,
                page_num=number,
                page_size=size,
                is_consumption=is_consumption,
                start_date=start,
                end_date=end,
            )
            return page_of(payload, operation, credit_entry, number, size)

        return AsyncPaginator(
            AsyncPagedSource(operation.id, CreditEntry, read_page), page_size, limit=limit
        )

    async def quote(self, family: str | AsyncTaskResource[Any], /, **arguments: Any) -> Quote:
        """Ask what a task would cost, without starting it (operation ``getQuote``).

        This is free, makes nothing, and uploads nothing. The operation is in A2E's reference, which
        does not describe its response; see `Quote` for what is read of it. Which families the
        server has quotes for, no source lists.

        Args:
            family: What would be started: ``a2e.wan_25``, ``a2e.face_swap.tasks``, or the name of a
                family, such as ``"wan_25"``.
            arguments: The arguments of its ``create``, with records given by their ids and files by
                URLs. A name, a webhook, ``on_upload`` and ``resend_if_unknown`` may be left out or
                given; they don't bear on the price.

        Returns:
            The price.

        Raises:
            TypeError: An argument is missing, unknown or of a wrong type; nothing is sent then.
            ValueError: There is no such family, an argument is not allowed, or a file is local;
                nothing is sent then.
            BadRequestError: The server has no quotes for this family.
            APIError: The call failed in another way.
        """
        # Only this needs it: reading the account goes without.
        from a2e_sdk._wire.arguments import LOCAL_ARGUMENTS, NOT_INPUTS, prepare

        row = _family(family)
        left_out = (*LOCAL_ARGUMENTS, *NOT_INPUTS)
        values = {key: value for key, value in arguments.items() if key not in left_out}
        if row.label is not None and values.get(python_name(row.label)) is None:
            values[python_name(row.label)] = "quote"
        prepared = prepare(str(row.start), values)
        start = row.operation("start").request(prepared.body(self._addresses_of(prepared)))
        return await quote_request(self._api, start, row.name)

    def _addresses_of(self, prepared: Prepared) -> builtins.list[str]:
        private = self._api.configuration.address.is_private
        addresses: builtins.list[str] = []
        for _, file in prepared.files:
            if not isinstance(file.value, str) or not is_url(file.value):
                raise ValueError(
                    f"{file.name} must be a URL here: a quote uploads nothing. "
                    "a2e.storage.upload(file) gives one, and costs coins."
                )
            addresses.append(require_url(file.value, file.name, allow_private=private))
        return addresses

    async def languages(self, *, named_in: str = "en") -> builtins.list[Language]:
        """List the languages that the service knows (operation ``listLanguages``).

        The operation was seen in one client. For the languages of voices, with their regions,
        there is ``a2e.voices.languages()``.

        Args:
            named_in: The language that the names are written in. Default ``"en"``.

        Returns:
            The languages.

        Raises:
            TypeError: The argument is no str.
            ValueError: The argument is empty.
            APIError: The call failed.
        """
        code = require_text(named_in, "named_in", maximum=_LONGEST_CODE)
        return [
            language(record)
            for record in await call_for_records(self._api, "list_languages", lang=code)
        ]


def _family(family: str | AsyncTaskResource[Any]) -> TaskFamily:
    if isinstance(family, AsyncTaskResource):
        return family._family
    if not isinstance(family, str):
        raise TypeError(f"a family is a section or its name, not {type(family).__name__}.")
    if family not in TASK_FAMILIES:
        raise ValueError(f"there is no family {family!r}; there are {', '.join(TASK_FAMILIES)}.")
    return TASK_FAMILIES[family]


def _aware(moment: datetime, name: str) -> datetime:
    if not isinstance(moment, datetime):
        raise TypeError(f"{name} must be a datetime, not {type(moment).__name__}.")
    if moment.utcoffset() is None:
        raise ValueError(f"{name} must have a time zone, such as datetime.UTC: {moment}.")
    return moment
