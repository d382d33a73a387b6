"""A small client for the sandbox, and the judge of its answers: the spec, read by openapi-core.

Every answer that passes through the ``api`` fixture is validated against ``spec/openapi.yaml``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from attrs import define, field, frozen
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse
from openapi_schema_validator import OAS31Validator

from a2e_sdk.sandbox import ManualClock, Sandbox, SandboxReply, SandboxRequest
from api_paths import path_of
from spec_document import load_spec

TASK_BODY = {
    "name": "my swap",
    "face_url": "https://example.com/face.jpg",
    "video_url": "https://example.com/video.mp4",
}


@frozen
class Answer:
    """What the sandbox answered."""

    reply: SandboxReply

    @property
    def status(self) -> int:
        return self.reply.status

    @property
    def json(self) -> Any:
        return json.loads(self.reply.body)

    @property
    def data(self) -> Any:
        assert self.json["code"] == 0, self.json
        return self.json["data"]


Judge = Callable[[SandboxRequest, SandboxReply], None]


@define
class Api:
    """Sends requests to a sandbox without a socket."""

    sandbox: Sandbox
    judge: Judge | None = None
    token: str = "sk_test"
    headers: dict[str, str] = field(factory=dict)

    def send(self, method: str, target: str, body: bytes = b"") -> Answer:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        request = SandboxRequest.from_target(method, target, headers | self.headers, body)
        reply = self.sandbox.handle(request)
        if self.judge is not None:
            self.judge(request, reply)
        return Answer(reply)

    def get(self, target: str) -> Answer:
        return self.send("GET", target)

    def post(self, target: str, body: Any) -> Answer:
        return self.send("POST", target, json.dumps(body).encode())

    def delete(self, target: str) -> Answer:
        return self.send("DELETE", target)

    def start(self, **fields: Any) -> str:
        """Start a face swap task and return its id."""
        task_id: str = self.post(path_of("add_face_swap_task"), TASK_BODY | fields).data["_id"]
        return task_id

    def task(self, task_id: str) -> Any:
        return self.get(path_of("get_face_swap_task", task_id)).data

    def page(self, number: int, size: int) -> Any:
        return self.get(f"{path_of('list_face_swap_tasks')}?pageNum={number}&pageSize={size}").data


@pytest.fixture(scope="session")
def spec() -> dict[str, Any]:
    return load_spec()


@pytest.fixture(scope="session")
def judge(spec: dict[str, Any]) -> Judge:
    """Raises unless an answer is one that the spec allows."""
    openapi = OpenAPI.from_dict(spec)
    # Under HTTP 200 the spec's success schema does not hold for a code other than 0.
    failure = OAS31Validator(
        {"$ref": "#/components/schemas/ErrorResponse", "components": spec["components"]}
    )

    def check(request: SandboxRequest, reply: SandboxReply) -> None:
        envelope = json.loads(reply.body)
        if envelope["code"] != 0:
            failure.validate(envelope)
            if reply.status == 200:
                return
        openapi.validate_response(
            MockRequest(
                "https://video.a2e.ai",
                request.method.lower(),
                request.path,
                args=dict(request.query),
                headers=dict(request.headers),
                data=request.body,
            ),
            MockResponse(
                reply.body,
                reply.status,
                headers=reply.headers,
                content_type=reply.headers["content-type"],
            ),
        )

    return check


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def sandbox(clock: ManualClock) -> Sandbox:
    return Sandbox(clock=clock)


@pytest.fixture(scope="session")
def connect() -> Callable[[Sandbox], Api]:
    """Makes an unjudged client for a sandbox of the test's own."""
    return Api


@pytest.fixture
def api(sandbox: Sandbox, judge: Judge) -> Api:
    return Api(sandbox, judge)


@pytest.fixture
def unjudged_api(sandbox: Sandbox) -> Api:
    """For answers that are meant to be no A2E answers."""
    return Api(sandbox)
