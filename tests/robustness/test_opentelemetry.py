"""The field's own instrumentation of httpx sees our calls, one span for each attempt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from a2e_sdk import errors
from driver import Driver
from loopback import Loopback, reply

pytest.importorskip("opentelemetry.sdk.trace")
pytest.importorskip("opentelemetry.instrumentation.httpx")

KEY = "sk_test_4f1e9d0c7b2a"


@pytest.fixture
def spans() -> Iterator[Any]:
    """Where the spans of this test end up; httpx is instrumented meanwhile."""
    from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    instrumentor = HTTPXClientInstrumentor()
    instrumentor.instrument(tracer_provider=provider)
    yield exporter
    instrumentor.uninstrument()
    provider.shutdown()


def test_every_attempt_is_a_span_that_goes_on_to_the_server(
    driver: Driver, pauses: list[float], spans: Any
) -> None:
    with Loopback(lambda request: reply(502, b"", connection="close")) as server:
        client = driver.client(api_key=KEY, base_url=server.url, max_retries=1)
        with pytest.raises(errors.InternalServerError):
            driver.run(client.face_swap.tasks.page(1))
    finished = spans.get_finished_spans()
    assert len(finished) == len(server.requests) == 2
    for span, request in zip(finished, server.requests, strict=True):
        assert 502 in span.attributes.values()
        assert f"{span.context.trace_id:032x}-{span.context.span_id:016x}" in request
        assert KEY not in span.to_json()
