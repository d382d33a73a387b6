"""A start that was checked: what will be sent, and what tells its task from others.

This module owns the way from the arguments of a start to its request, its `Submission` and what a
journal keeps of it. It is pure: opening files and sending are the clients' work.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from a2e_api.types import Request
from a2e_sdk._checks.validation import require_key
from a2e_sdk._files.options import FileArgument, UploadProgress
from a2e_sdk._files.sources import is_url
from a2e_sdk._wire.arguments import (
    LOCAL_ARGUMENTS,
    NOT_INPUTS,
    Prepared,
    arguments_of,
    prepare,
)
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk._wire.field_names import python_name
from a2e_sdk.models.cloud import SignedLink
from a2e_sdk.models.journal import require_coins
from a2e_sdk.models.submission import Submission, texts_of


@attrs.frozen(kw_only=True)
class StartPlan:
    """A checked start.

    Attributes:
        family: The family of the task.
        prepared: What is sent and uploaded.
        name: The label of the task; None where tasks have none.
        unique_name: Whether the name was made here, so that no other task can have it.
        key: The key that the caller gave; None without one.
        max_coins: What it may cost at the most; None for any sum.
        expected: How many tasks it makes at the most.
        resend: Whether it is sent again where its task can't be found.
        on_upload: Called as the local files are sent.
    """

    family: TaskFamily
    prepared: Prepared
    name: str | None
    unique_name: bool
    key: str | None
    max_coins: float | None
    expected: int
    resend: bool
    on_upload: UploadProgress | None

    @property
    def files(self) -> list[FileArgument]:
        """Its files, local ones and addresses."""
        return [argument for _, argument in self.prepared.files]

    def request(self, addresses: Sequence[str]) -> Request:
        """Return the request.

        Args:
            addresses: The addresses of the files, in order.
        """
        return self.family.operation("start").request(self.prepared.body(addresses))

    def submission(self, addresses: Sequence[str]) -> Submission:
        """Return what tells the task from others.

        Args:
            addresses: The addresses of the files, in order.
        """
        label = self.family.label
        # What is signed gives access, and a submission may be kept for years.
        kept = [one.plain if isinstance(one, SignedLink) else one for one in addresses]
        return Submission(
            family=self.family.name,
            label=label,
            name=self.name,
            unique_name=self.unique_name,
            inputs={
                key: value
                for key, value in texts_of(self.prepared.body(kept)).items()
                if key not in (label, *NOT_INPUTS)
            },
        )

    def inputs(self) -> dict[str, Any]:
        """Return what makes two starts the same, without their local files.

        A name that was made here and a webhook are none of it.
        """
        left_out = (*NOT_INPUTS, self.family.label if self.unique_name else None)
        inputs = {key: value for key, value in self.prepared.values.items() if key not in left_out}
        for file in self.files:
            if is_url(file.value):
                inputs[file.name] = file.value
        return inputs


@attrs.frozen
class Price:
    """What a start will cost.

    Attributes:
        quote: The price that the server gave; None where it gave none.
        uploads: The price of one upload; 0 where nothing is uploaded.
        reserve: The coins to reserve for all of it.
    """

    quote: float | None = None
    uploads: float = 0.0
    reserve: float = 0.0


def plan_start(
    family: TaskFamily, arguments: Mapping[str, Any], *, allow_private: bool = False
) -> StartPlan:
    """Check the arguments of a start.

    Args:
        family: The family of the task.
        arguments: The keyword arguments; None stands for one that was not given.
        allow_private: Whether the server is this machine's own, which calls a webhook on the
            loopback by http too.

    Raises:
        TypeError: An argument is of a wrong type, unknown or missing.
        ValueError: An argument is not allowed.
    """
    operation = str(family.start)
    key, max_coins = arguments.get("key"), arguments.get("max_coins")
    values = {name: value for name, value in arguments.items() if name not in LOCAL_ARGUMENTS}
    label = None if family.label is None else python_name(family.label)
    unique_name = label is not None and values.get(label) is None
    if label is not None and unique_name:
        values[label] = _unique_name(family.title, arguments_of(operation)[label].schema)
    prepared = prepare(operation, values, allow_private=allow_private)
    many = None if family.many is None else arguments.get(family.many)
    return StartPlan(
        family=family,
        prepared=prepared,
        name=None if family.label is None else prepared.values[family.label],
        unique_name=unique_name,
        key=None if key is None else require_key(key),
        max_coins=None if max_coins is None else require_coins(max_coins, "max_coins"),
        expected=many or 1,
        resend=bool(arguments.get("resend_if_unknown")),
        on_upload=arguments.get("on_upload"),
    )


def _unique_name(title: str, schema: Mapping[str, Any]) -> str:
    unique = uuid.uuid4().hex
    named = f"{title} {unique}"
    return named if len(named) <= schema.get("maxLength", len(named)) else unique
