"""What a user writes, checked by mypy --strict and pyright: every type is what an editor shows."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import assert_type

import httpx

from a2e_sdk import (
    A2E,
    ApiToken,
    AsyncA2E,
    AsyncPaginator,
    Avatar,
    AvatarTraining,
    AvatarVideo,
    Background,
    BatchResults,
    CloudPath,
    Coins,
    CreditEntry,
    FaceSwapImage,
    FaceSwapPreview,
    FaceSwapTask,
    Language,
    Layout,
    Page,
    Paginator,
    Progress,
    Quote,
    Region,
    Speech,
    SpeechPreview,
    StreamingAvatar,
    TaskStatus,
    Timeout,
    Voice,
    VoiceClone,
    VoiceLanguage,
    errors,
    tables,
)
from a2e_sdk.models import NanoBananaTask, TextToImageTask, Wan25Task


def blocking() -> None:
    with A2E(
        "sk_x",
        region=Region.CHINA,
        base_url=None,
        timeout=Timeout(read=5),
        max_retries=1,
        http_client=httpx.Client(),
    ) as a2e:
        assert_type(a2e, A2E)
        assert_type(a2e.region, Region | None)
        assert_type(a2e.base_url, str)
        tasks = a2e.face_swap.tasks
        assert_type(tasks.list(page_size=50), Paginator[FaceSwapTask])
        assert_type(tasks.list().total, int | None)
        assert_type(tasks.list().to_dicts(), list[dict[str, tables.Cell]])
        assert_type(tasks.page(1).model, type[FaceSwapTask] | None)
        tasks.page(1).to_pandas()
        tasks.list().to_polars()
        tables.to_arrow(tasks.running(), model=FaceSwapTask)
        assert_type(tasks.list().to_list(), list[FaceSwapTask])
        for page in tasks.list().pages():
            assert_type(page, Page[FaceSwapTask])
        paths = a2e.download("https://cdn.example/1.mp4", "out.mp4", max_seconds=60, sha256=None)
        assert_type(paths, tuple[Path, ...])
        objects = a2e.download("https://cdn.example/1.mp4", CloudPath("s3://bucket/out.mp4"))
        assert_type(objects, tuple[CloudPath, ...])
        for task in tasks.list():
            assert_type(task, FaceSwapTask)
            assert_type(task.status, TaskStatus)
            assert_type(task.created_at, datetime | None)
            assert_type(task.result_urls, tuple[str, ...])
            assert_type(task.duration, float | None)
        assert_type(tasks.page(1, page_size=10).items, tuple[FaceSwapTask, ...])
        created = tasks.create(face="https://a.example/f", video="https://a.example/v")
        assert_type(tasks.get(created), FaceSwapTask)
        assert_type(tasks.get(created.id), FaceSwapTask)
        assert_type(tasks.get_many([created, created]), list[FaceSwapTask])
        assert_type(tasks.running(), list[FaceSwapTask])
        tasks.delete(created)
        assert_type(a2e.face_swap.images.add("https://a.example/f"), FaceSwapImage)
        assert_type(a2e.face_swap.images.list(), Paginator[FaceSwapImage])
        preview = a2e.face_swap.previews.create(face="https://a.example/f", video="x")
        assert_type(a2e.face_swap.previews.get(preview), FaceSwapPreview)
        assert_type(a2e.with_options(timeout=3.0), A2E)


async def waiting() -> None:
    async with AsyncA2E(region="sandbox", timeout=httpx.Timeout(3)) as a2e:
        assert_type(a2e, AsyncA2E)
        tasks = a2e.face_swap.tasks
        assert_type(tasks.list(), AsyncPaginator[FaceSwapTask])
        assert_type(await tasks.list().total, int | None)
        assert_type(await tasks.list().to_list(), list[FaceSwapTask])
        async for task in tasks.list():
            assert_type(task, FaceSwapTask)
        async for page in tasks.list().pages():
            assert_type(page, Page[FaceSwapTask])
        assert_type(await tasks.page(1), Page[FaceSwapTask])
        assert_type(await tasks.get("x"), FaceSwapTask)
        assert_type(await a2e.face_swap.images.add("x"), FaceSwapImage)


def failing(error: errors.APIError) -> None:
    assert_type(error.http_status, int | None)
    assert_type(error.code, int | str | None)
    assert_type(error.attempts, int)
    if isinstance(error, errors.RateLimitError):
        assert_type(error.retry_after, float | None)


def speaking(a2e: A2E) -> None:
    for voice in a2e.voices.list(country="en", region="US"):
        assert_type(voice, Voice)
        assert_type(a2e.speech.create("Hello", voice=voice, speech_rate=1.2), Speech)
    assert_type(a2e.voices.languages(), list[VoiceLanguage])
    clone = a2e.voices.clones.run(samples=["me.mp3"], gender="male", timeout=600)
    assert_type(clone, VoiceClone)
    assert_type(clone.voice_id, str)
    assert_type(a2e.speech.create("Hello", clone=clone).url, str)
    assert_type(a2e.speech.previews.list(), Paginator[SpeechPreview])


def paying(a2e: A2E) -> None:
    assert_type(a2e.account.coins().coins, float)
    assert_type(a2e.account.credits(since=datetime.now(UTC)), Paginator[CreditEntry])
    assert_type(a2e.account.quote(a2e.wan_25, prompt="a cat"), Quote)
    assert_type(a2e.account.quote("wan_25", prompt="a cat").coins, float | None)
    assert_type(a2e.account.languages(), list[Language])
    assert_type(a2e.storage.upload(b"bytes"), str)
    assert_type(a2e.storage.watermark("picture.png", text="mine"), str)
    assert_type(a2e.tokens.create("build server"), ApiToken)


async def speaking_async(a2e: AsyncA2E) -> None:
    async for voice in a2e.voices.list():
        assert_type(await a2e.speech.create("Hello", voice=voice), Speech)
    assert_type(await a2e.account.coins(), Coins)
    assert_type(await a2e.account.quote(a2e.wan_25, prompt="a cat"), Quote)
    assert_type(await a2e.storage.transfer("https://a.example/x"), str)


def filming(a2e: A2E) -> None:
    layout = Layout(width=853, height=480, person_width=270, person_height=480)
    for avatar in a2e.avatars.list(kind="custom"):
        assert_type(avatar, Avatar)
        video = a2e.avatar_videos.speak(
            "Hi", avatar=avatar, voice="x", background="#fff000", layout=layout
        )
        assert_type(video, AvatarVideo)
    trained = a2e.avatars.trainings.run(video=b"", gender="female", timeout=60)
    assert_type(trained, AvatarTraining)
    assert_type(a2e.avatars.trainings.avatar_of(trained), Avatar)
    assert_type(a2e.backgrounds.add("x"), Background)
    for live in a2e.streaming_avatar.avatars():
        assert_type(live, StreamingAvatar)
    with a2e.streaming_avatar.session("x", expires_in=60) as session:
        assert_type(session.token, str)
        assert_type(session.expires_at, datetime | None)
        session.ask("How are you?")


async def filming_async(a2e: AsyncA2E) -> None:
    assert_type(a2e.avatar_videos.list(), AsyncPaginator[AvatarVideo])
    assert_type(await a2e.avatar_videos.run(avatar="x", audio=b""), AvatarVideo)
    async with a2e.streaming_avatar.session("x", expires_in=60) as session:
        await session.speak("Hello")


def generating(a2e: A2E) -> None:
    task = a2e.wan_25.run(prompt="a calm sea", duration=5, resolution="720p", image=b"...")
    assert_type(task, Wan25Task)
    assert_type(task.coins, float | None)
    assert_type(a2e.text_to_image.create_all(prompt="x", max_images=2), list[TextToImageTask])
    assert_type(a2e.nano_banana.list(), Paginator[NanoBananaTask])
    a2e.kling_video.rename(a2e.kling_video.create(mode="text-to-video", prompt="x"), "new")
    # What would be refused is seen by a type checker first.
    a2e.wan_25.create(prompt="x", resolution="9k")  # type: ignore[arg-type]  # pyright: ignore
    a2e.wan_25.create()  # type: ignore[call-arg]  # pyright: ignore
    a2e.wan_25.wait(a2e.sora.create(prompt="x"))  # type: ignore[arg-type]  # pyright: ignore
    a2e.seedance.delete("x")  # type: ignore[attr-defined]  # pyright: ignore
    a2e.nano_banana.create(prompt="x", minor_suspected_skip=True)  # type: ignore[call-arg]  # pyright: ignore


def shown(progress: Progress) -> None:
    assert_type(progress.total, int | None)


def progress_of_calls(a2e: A2E) -> None:
    task = a2e.wan_25.run(prompt="x", progress=True)
    assert_type(a2e.wan_25.wait(task, progress=shown), Wan25Task)
    assert_type(a2e.download(task, "out.mp4", progress=True), tuple[Path, ...])
    batch = a2e.batch("jobs.csv", output="results", progress=shown)
    assert_type(batch.results(), BatchResults)
    assert_type([outcome.coins for outcome in batch.results()], list[float | None])


async def frames_of_an_async_listing(a2e: AsyncA2E) -> None:
    listing = a2e.wan_25.list()
    assert_type(await listing.to_dicts(), list[dict[str, tables.Cell]])
    await listing.to_pandas()
    batch = a2e.batch("jobs.csv", output="results")
    assert_type(await batch.results(), BatchResults)
