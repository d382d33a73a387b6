"""The request body `StartPhotobookTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.start_photobook_task_request_total_count import StartPhotobookTaskRequestTotalCount
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartPhotobookTaskRequest(RequestModel):
    """The task to start.

    Attributes:
        face_image_url: URL of the face, public, without redirects or spaces.
        name: Name of the task.
        location: Place that the photos show.
        clothing: Clothes that the person wears.
        total_count: How many photos to make.
    """

    face_image_url: str
    name: str | Unset = UNSET
    location: str | Unset = UNSET
    clothing: str | Unset = UNSET
    total_count: StartPhotobookTaskRequestTotalCount | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "face_image_url": "face_image_url",
        "name": "name",
        "location": "location",
        "clothing": "clothing",
        "total_count": "total_count",
    }
