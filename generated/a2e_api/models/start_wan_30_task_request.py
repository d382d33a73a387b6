"""The request body `StartWan30TaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import define, field

from ..models.start_wan_30_task_request_mode import StartWan30TaskRequestMode
from ..models.start_wan_30_task_request_model import StartWan30TaskRequestModel
from ..types import UNSET, RequestModel, Unset

if TYPE_CHECKING:
    from ..models.wan_30_input import Wan30Input
    from ..models.wan_30_parameters import Wan30Parameters


@define(kw_only=True)
class StartWan30TaskRequest(RequestModel):
    """The task to start.

    Attributes:
        model: Model to use.
        input_: What the video is made from.
        parameters: How the video is made.
        mode: What to make the video from.
        name: Name of the task.
        webhook_url: https URL that is called once when the task ends, 2048 characters at most.
        webhook_token: Secret that comes back in the header X-A2e-Webhook-Token, 256 characters at
            most.
    """

    model: StartWan30TaskRequestModel
    input_: Wan30Input
    parameters: Wan30Parameters
    mode: StartWan30TaskRequestMode | Unset = UNSET
    name: str | Unset = UNSET
    webhook_url: str | Unset = UNSET
    webhook_token: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "model": "model",
        "input_": "input",
        "parameters": "parameters",
        "mode": "mode",
        "name": "name",
        "webhook_url": "webhook_url",
        "webhook_token": "webhook_token",
    }
