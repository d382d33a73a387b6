"""Call the operations of a plan and compare each response with the spec.

This module owns the calls, one at a time, the budget, and what is done with what was made here. It
sends nothing that ``plan`` does not have, and keeps what it learns of the account, which is ids, to
itself. Pauses between calls and retries are the client's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import attrs

from a2e_api.operations import OPERATIONS, Operation
from a2e_api.schemas.answers import SCHEMAS
from a2e_api.types import Request, Response, as_is
from a2e_sdk import errors
from a2e_sdk._sync.client import A2E
from a2e_sdk._sync.quotes import quoted_coins
from a2e_sdk._tasks.recovery import may_have_started
from a2e_sdk._wire.field_names import FIELD_ALIASES
from a2e_sdk._wire.records import Record, records_of

from .contract import Difference, differences_in, is_described, status_difference
from .inputs import NoInput, body_of, query_of
from .plan import FIRST, ID_FIELDS, QUOTE, Plan, Reason, Step, echoed_by, id_fields, listing_of
from .results import Outcome, Result, outcome_of

#: So many ids are asked for at once.
_MANY = 3
#: So many calls in a row without any response end the run.
_LOST_CALLS = 3
#: The start that a quote is asked for, to verify the quotes.
_QUOTED = "start_wan_25_task"
#: What a refusal of a call says of the account or the moment, not of the contract.
_PASSING: Mapping[type[errors.APIError], str] = {
    errors.RateLimitError: "the server takes no more calls for now",
    errors.ServiceBusyError: "the server is busy",
    errors.InsufficientCreditsError: "the account has too few coins",
    errors.ContentRejectedError: "the server's moderation refused the input",
    errors.PermissionDeniedError: "the account may not do this",
    errors.InternalServerError: "the server failed",
}
#: What a body is that is no JSON object, by what the SDK says of it.
_BODIES = {
    "HTML": "an HTML page",
    "empty": "nothing",
    "redirects": "a redirect",
    "not an object": "JSON that is no object",
}


@attrs.define
class Made:
    """Something that this run has made, and that is the account's until it is deleted.

    Attributes:
        operation: What made it.
        id: Its id; empty where the response that would have it was lost.
        is_deleted: Whether it was deleted again.
    """

    operation: str
    id: str
    is_deleted: bool = False


class _Call(NamedTuple):
    """One request of a step; ``own`` is what it deletes, where it does."""

    request: Request
    own: Made | None = None


class Verification:
    """One run of a plan.

    Args:
        client: What calls the API.
        plan: What is called.
        budget: Coins that may be spent.
        media: Addresses of files by their kind.

    Attributes:
        made: What was made, also where a run is interrupted.
        spent: Coins that were spent at the most.
    """

    def __init__(
        self,
        client: A2E,
        plan: Plan,
        *,
        budget: float = 0.0,
        media: Mapping[str, str] | None = None,
    ) -> None:
        self._client = client
        self._plan = plan
        self._budget = budget
        self._media = dict(media or {})
        self._ids: dict[str, list[str]] = {}
        self._lost = 0
        self.made: list[Made] = []
        self.spent = 0.0

    @property
    def reaches_server(self) -> bool:
        """Whether the server has not been given up."""
        return self._lost < _LOST_CALLS

    def run(self) -> Iterator[Result]:
        """Call the operations in order, and yield what became of each that is reported.

        Raises:
            APIError: The first call failed: the key, the account or the server is no use.
        """
        for step in self._plan.steps:
            result = self._result_of(step)
            if step.is_reported:
                yield result
        for name, reason in self._plan.left_out.items():
            yield _not_tried(OPERATIONS[name], reason)

    def _result_of(self, step: Step) -> Result:
        operation = step.operation
        if not self.reaches_server:
            return _not_tried(operation, f"{_LOST_CALLS} calls in a row got no response")
        price = 0.0
        try:
            calls = self._calls(step)
            if step.reason is Reason.START:
                price = self._reserve(calls[0].request)
        except NoInput as problem:
            return _not_tried(operation, str(problem))
        except errors.APIError as problem:
            return _not_tried(operation, f"its price could not be asked ({_refusal(problem)})")
        found: dict[Difference, int] = {}
        records = 0
        for call in calls:
            try:
                response = self._client.api.call(call.request, as_is)
            except errors.APIError as problem:
                if operation.id == FIRST:
                    raise
                if not may_have_started(problem):
                    # It costs nothing, and the next start may have it.
                    self.spent -= price
                differences = self._after_error(step, problem)
                if isinstance(differences, str):
                    return _not_tried(operation, differences)
            except KeyboardInterrupt:
                if step.reason in (Reason.START, Reason.WRITE):
                    self.made.append(Made(operation.id, ""))
                raise
            else:
                self._lost = 0
                differences, count = self._compare(step, response)
                records += count
                if call.own is not None:
                    call.own.is_deleted = True
            for one in differences:
                found[one] = found.get(one, 0) + 1
        return Result(
            **_known(operation),
            outcome=outcome_of(found),
            calls=len(calls),
            records=records,
            differences=found,
        )

    def _calls(self, step: Step) -> list[_Call]:
        """Return the calls of a step.

        Raises:
            NoInput: It has no input: no id, no file.
        """
        operation = step.operation
        if step.reason is Reason.DELETE:
            own = [one for one in self.made if one.operation in step.sources and one.id]
            if not own:
                raise NoInput("nothing was made here that it could delete")
            return [
                _Call(self._request(operation, {"ids": [one.id], **_named(one.id)}), one)
                for one in own
            ]
        known: dict[str, Any] = {}
        if step.sources:
            known_ids = (one for source in step.sources for one in self._ids.get(source, ()))
            ids = list(dict.fromkeys(known_ids))
            if not ids:
                raise NoInput("the account has no record that it could read")
            known = {"ids": ids[:_MANY], **_named(ids[0])}
        if operation.id == QUOTE:
            known = {
                "endpoint": OPERATIONS[_QUOTED].path,
                "requestBody": body_of(OPERATIONS[_QUOTED].input["body"], {}),
            }
        return [_Call(self._request(operation, known))]

    def _request(self, operation: Operation, known: Mapping[str, Any]) -> Request:
        schemas = operation.input
        values = {name: known[name] for name in schemas["path"]}
        values |= query_of(schemas["query"], known if id_fields(operation) else {})
        schema = schemas["body"]
        if schema is not None:
            fields = schema.get("properties", {})
            given = {name: known[name] for name in fields if name in known}
            rest = [name for name in schema.get("required", ()) if name not in given]
            narrowed = {**schema, "required": rest, "properties": {
                name: inner for name, inner in fields.items() if name not in given
            }}  # fmt: skip
            is_start = operation.effect in ("start", "write")
            values |= given | (body_of(narrowed, self._media) if rest or is_start else {})
        return operation.request(values)

    def _reserve(self, request: Request) -> float:
        """Ask what a start costs, take it from the budget before it is sent, and return it.

        Raises:
            NoInput: There is no price, or the budget does not allow it.
            APIError: The price can't be asked.
        """
        price = quoted_coins(self._client.api, request)
        if price is None:
            raise NoInput("the server has no price for it, so that it could cost any sum")
        if self.spent + price > self._budget:
            raise NoInput(
                f"it costs {price:g} coins, and {self._budget - self.spent:g} of the "
                f"{self._budget:g} of --spend are left"
            )
        self.spent += price
        return price

    def _compare(self, step: Step, response: Response[Any]) -> tuple[list[Difference], int]:
        """Compare a response with the spec, and keep the ids that it has."""
        operation = step.operation
        payload = json.loads(bytes(response.content).decode("utf-8-sig", "replace"))
        status = status_difference(int(response.status_code), operation.success_statuses)
        found = [] if status is None else [status]
        found += differences_in(payload, operation.answer, SCHEMAS, echoed_by(operation))
        records = _records(response.parsed, operation)
        ids = [identifier for record in records if (identifier := _id_of(record))]
        self._ids[operation.id] = ids
        if step.reason in (Reason.START, Reason.WRITE):
            if step.reason is Reason.WRITE and not ids:
                ids = self._find_written(operation, response.parsed)
            self.made += [Made(operation.id, one) for one in ids or [""]]
            self._ids[operation.id] = ids
        return found, len(records)

    def _find_written(self, operation: Operation, payload: Mapping[str, Any]) -> list[str]:
        """Return the id of what a write has made, where its response has it elsewhere: as data."""
        data = payload.get("data")
        listing = OPERATIONS[listing_of(operation.id)]
        if not isinstance(data, str):
            return []
        listed = self._client.api.call(self._request(listing, {}), as_is)
        known = {_id_of(record) for record in _records(listed.parsed, listing)}
        return [data] if data in known else []

    def _after_error(self, step: Step, problem: errors.APIError) -> list[Difference] | str:
        """Return the differences that a failed call shows, or why it shows none."""
        operation = step.operation
        may_have_begun = step.reason in (Reason.START, Reason.WRITE) and getattr(
            problem, "sent", True
        )
        if isinstance(problem, errors.APIConnectionError):
            self._lost += 1
            if may_have_begun:
                self.made.append(Made(operation.id, ""))
            in_time = isinstance(problem, errors.APITimeoutError)
            return "no response came in time" if in_time else "the connection failed"
        self._lost = 0
        if isinstance(problem, errors.UnexpectedResponseError):
            if step.reason is Reason.START:
                self.made.append(Made(operation.id, ""))
            seen = next((text for mark, text in _BODIES.items() if mark in problem.message), None)
            status = problem.http_status or 200
            extra = (
                [] if status < 300 else [Difference("status", "HTTP status", ("200",), str(status))]
            )
            return [*extra, Difference("body", "$", ("object",), seen or "no JSON")]
        for kind, reason in _PASSING.items():
            if isinstance(problem, kind):
                return f"{reason} ({_refusal(problem)})"
        if step.reason is Reason.START:
            return f"the server refused the input ({_refusal(problem)})"
        return [Difference("refused", "HTTP status", ("200",), _refusal(problem))]


def _not_tried(operation: Operation, reason: str) -> Result:
    return Result(**_known(operation), outcome=Outcome.NOT_TRIED, reason=reason)


def _known(operation: Operation) -> dict[str, Any]:
    return {
        "operation": operation.id,
        "effect": operation.effect,
        "evidence": operation.evidence,
        "is_described": is_described(operation.answer, SCHEMAS),
    }


def _named(identifier: str) -> dict[str, Any]:
    return {name: identifier for name in ID_FIELDS if name != "ids"}


def _records(payload: Mapping[str, Any], operation: Operation) -> list[Record]:
    """Return the records of a response; none where it has them in no place that is known."""
    try:
        return records_of(payload, operation)
    except errors.UnexpectedResponseError:
        return []


def _id_of(record: Record) -> str:
    for name in FIELD_ALIASES["id"]:
        value = record.get(name)
        if isinstance(value, str) and value:
            return value
    return ""


def _refusal(problem: errors.APIError) -> str:
    """Return a refusal in numbers: what the server says with it may be personal."""
    status = f"HTTP {problem.http_status}" if problem.http_status else "no response"
    code = problem.code
    return status if not isinstance(code, int) else f"{status}, code {code}"
