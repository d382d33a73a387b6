"""The field's own instrumentation of httpx sees our calls, one span for each attempt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
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


def recipe() -> str:
    """Return the recipe of the documentation that leaves queries out."""
    text = (Path(__file__).parents[2] / "docs" / "reliability.md").read_text(encoding="utf-8")
    return next(
        block.partition("```")[0]
        for block in text.split("```python\n")
        if "HTTPXClientInstrumentor" in block.partition("```")[0]
    )


def test_the_recipe_keeps_signatures_out_of_the_spans_of_downloads(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from opentelemetry import trace
    from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    monkeypatch.setattr(
        "opentelemetry.instrumentation.httpx.get_tracer",
        lambda *_, **__: provider.get_tracer("test"),
    )
    exec(recipe(), {})
    try:
        with Loopback(lambda _: reply(200, b"file", "video/mp4")) as host:
            client = driver.client(api_key=KEY, base_url="https://video.a2e.invalid")
            url = f"{host.url}/clip.mp4?X-Signature=very-secret"
            driver.run(client.download(url, tmp_path / "clip.mp4"))
    finally:
        HTTPXClientInstrumentor().uninstrument()
        provider.shutdown()
    (span,) = exporter.get_finished_spans()
    assert f"{host.url}/clip.mp4" in span.to_json()
    assert "very-secret" not in span.to_json()
