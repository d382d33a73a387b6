"""A task that was filled as a draft is in every way what its model's constructor makes."""

from __future__ import annotations

import copy
import pickle
import weakref
from typing import Any

import attrs
import pytest

from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk._wire.to_model.drafts import TaskDraft
from a2e_sdk._wire.to_model.face_swap import face_swap_preview
from a2e_sdk.models import FaceSwapPreview, Task

ID = "a" * 24
RECORD = {
    "_id": ID,
    "name": "a name",
    "current_status": "completed",
    "result_url": "https://example.com/result.mp4",
    "createdAt": "2025-02-21T10:14:30.254Z",
    "updatedAt": "2025-02-21T10:16:02.908Z",
    "initialized_time": "2025-02-21T10:14:30.254Z",
    "processing_time": "2025-02-21T10:14:31.510Z",
    "completed_time": "2025-02-21T10:16:02.900Z",
    "prompt": "a calm sea",
    "face_url": "https://example.com/face.png",
    "anchor_id": "an avatar",
}
#: Every way of making a task of a record, with the class of what it makes.
CONVERTERS = [
    *((family.to_model, family.model_class) for family in TASK_FAMILIES.values()),
    (face_swap_preview, FaceSwapPreview),
]
every_converter = pytest.mark.parametrize(
    ("to_model", "model"), CONVERTERS, ids=[model.__name__ for _, model in CONVERTERS]
)


@every_converter
@pytest.mark.parametrize("record", [RECORD, {}], ids=["usual", "empty"])
def test_a_task_has_the_attributes_of_its_model_and_no_others(
    to_model: Any, model: type[Task], record: dict[str, Any]
) -> None:
    task = to_model(record)
    assert type(task) is model
    names = [field.name for field in attrs.fields(model)]
    assert sorted(vars(task)) == sorted(names)
    made = model(**{name: getattr(task, name) for name in names})
    assert (task, repr(task)) == (made, repr(made))
    assert attrs.asdict(task) == attrs.asdict(made)


@every_converter
def test_a_task_is_frozen_and_can_be_copied_changed_and_pickled(
    to_model: Any, model: type[Task]
) -> None:
    task = to_model(RECORD)
    name = task.name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        task.name = "another"
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del task.name
    renamed = attrs.evolve(task, name="another")
    assert (type(renamed), renamed.name, task.name) == (model, "another", name)
    assert task.raw is RECORD
    assert renamed.raw is RECORD
    for other in (copy.copy(task), copy.deepcopy(task), pickle.loads(pickle.dumps(task))):
        assert (type(other), other, other.raw) == (model, task, RECORD)
    assert weakref.ref(task)() is task


def test_a_task_can_be_made_again_as_one_of_a_subclass() -> None:
    task = TASK_FAMILIES["face_swap"].to_model(RECORD)

    class Mine(type(task)):  # type: ignore[misc]
        """A class of a user's."""

    mine = Mine(**vars(task))
    assert isinstance(mine, type(task))
    assert vars(mine) == vars(task)


def test_two_tasks_share_no_attributes() -> None:
    to_model = TASK_FAMILIES["wan_25"].to_model
    one, two = to_model(RECORD), to_model({**RECORD, "_id": "b" * 24, "name": None})
    assert (one.id, one.name) == (ID, "a name")
    assert (two.id, two.name) == ("b" * 24, None)


@every_converter
def test_no_task_is_left_a_draft(to_model: Any, model: type[Task]) -> None:
    assert not isinstance(to_model({}), TaskDraft)


def test_a_preview_without_an_id_gets_the_one_that_it_was_asked_for() -> None:
    assert face_swap_preview({"_id": ID}, "b" * 24).id == ID
    named = face_swap_preview({"current_status": "sent"}, "b" * 24)
    assert (named.id, named.raw_status) == ("b" * 24, "sent")
