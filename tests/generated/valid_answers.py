"""A valid answer of every operation. A test compares them with the spec."""

from __future__ import annotations

from typing import Any

from package_under_test import task

IMAGE = {
    "face_url": "https://media.test/face.jpg",
    "_id": "6674f1765699df7e9d253110",
    "createdAt": "2024-06-21T03:20:22.436Z",
    "updatedAt": "2024-06-21T03:21:00.795Z",
}
PREVIEW = {
    "video_url": "https://media.test/video.mp4",
    "face_url": "https://media.test/face.jpg",
    "current_status": "initialized",
    "result_url": "",
    "error_code": "0",
    "faild_message": None,
    "_id": "6674f1765699df7e9d253111",
    "user_id": "637498294abbb165572d5dbe",
}
PROGRESS = {
    "current_status": "processing",
    "result_url": "",
    "error_code": None,
    "faild_message": None,
}
UPLOAD_URL = {
    "uploadUrl": "https://bucket.test/adam2eve/user/1/face.jpg?X-Amz-Signature=0",
    "key": "adam2eve/user/1/face.jpg",
    "expiresIn": 3600,
    "bucket": "3days-apac",
    "cdnUrl": "https://media.test/adam2eve/user/1/face.jpg",
}

#: Operation in snake case, and a valid `data` of it. Some operations have two forms.
DATA: list[tuple[str, Any]] = [
    ("add_face_swap_image", IMAGE),
    ("add_face_swap_image", [IMAGE, IMAGE]),
    ("list_face_swap_images", [IMAGE, IMAGE]),
    ("list_face_swap_images", {"rows": [IMAGE], "count": 1}),
    ("delete_face_swap_image", {}),
    ("add_face_swap_preview", PREVIEW),
    ("get_face_swap_preview_status", PROGRESS),
    ("get_face_swap_preview_status", [PROGRESS]),
    ("add_face_swap_task", task("1")),
    ("list_running_face_swap_tasks", [PROGRESS, {**PROGRESS, "_id": "6674f1765699df7e9d253112"}]),
    ("list_running_face_swap_tasks", PROGRESS),
    ("list_face_swap_tasks", {"rows": [task("1"), task("2")], "count": 2}),
    ("get_many_face_swap_tasks", [task("2"), task("1")]),
    ("get_face_swap_task", task("1")),
    ("get_face_swap_task", None),
    ("get_face_swap_task_2025", task("1")),
    ("get_face_swap_task_2025", None),
    ("delete_face_swap_task", None),
    ("add_upload_url", UPLOAD_URL),
]

VALID_ANSWERS: list[tuple[str, dict[str, Any]]] = [
    (operation, {"code": 0, "data": data, "trace_id": "a-b-c"}) for operation, data in DATA
]
