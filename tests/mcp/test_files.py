"""The folder of files: nothing outside it is read or written, and nothing in it is overwritten."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import anyio
import pytest
from agents import VIDEO, agent_of, call, refused, sent
from hypothesis import given
from hypothesis import strategies as st

from a2e_sdk._mcp.folder import Folder, RefusedName, parts_of
from a2e_sdk.sandbox import ManualClock, Sandbox

JPEG = b"\xff\xd8\xff\xe0" + bytes(200)
HOSTILE = (
    *("../secret", "/etc/passwd", "a/../../secret", "C:\\secret", "C:secret", "\\\\host\\share\\x"),
    *("..", ".", "", "a//b", "a/", "/a", ".hidden", "a/.ssh/id", "nul", "CON.txt", "com1"),
    *("a\0b", "a\nb", "a\u202eb", "..\uff0fsecret", "file.txt:stream", "a.", "a ", "~/secret*"),
    *("file:///etc/passwd", "x" * 300, "/".join("abcdefghij"), "\ud800"),
)


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_hostile_name_is_refused(name: str) -> None:
    with pytest.raises(RefusedName):
        parts_of(name)


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["..", ".", "a", "", "~", "C:", "\\"])).map("/".join)
)
def test_a_name_that_is_taken_stays_beneath_the_folder(name: str) -> None:
    try:
        parts = parts_of(name)
    except RefusedName:
        return
    root = Path("/the/folder")
    place = os.path.normpath(root.joinpath(*parts))
    assert place.startswith("/the/folder/")
    assert place == str(root / name)


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege there")
def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "file").write_bytes(b"secret")
    folder = Folder(tmp_path / "files")
    (folder.root / "link").symlink_to(tmp_path / "secret")
    (folder.root / "dangling").symlink_to(tmp_path / "nothing")
    (folder.root / "inside").symlink_to(tmp_path / "outside")
    (folder.root / "sub").mkdir()
    os.mkfifo(folder.root / "pipe")
    for name in ("link", "dangling", "inside/file", "pipe", "sub"):
        with pytest.raises(RefusedName):
            folder.open(name).close()


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege there")
def test_a_folder_that_is_exchanged_for_a_link_in_between_leads_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "file").write_bytes(b"secret")
    folder = Folder(tmp_path / "files")
    (folder.root / "sub").mkdir()
    (folder.root / "sub" / "file").write_bytes(b"ours")
    before = os.open
    seen: list[str] = []

    def exchanging(path: str, flags: int, *rest: object, **more: object) -> int:
        number: int = before(path, flags, *rest, **more)  # type: ignore[arg-type]
        if path == "sub" and not seen:
            seen.append(path)
            (folder.root / "sub").rename(folder.root / "moved")
            (folder.root / "sub").symlink_to(tmp_path / "outside")
        return number

    monkeypatch.setattr(os, "open", exchanging)
    monkeypatch.setattr(os, "supports_dir_fd", {*os.supports_dir_fd, exchanging})
    with folder.open("sub/file") as file:
        assert file.read() == b"ours"
    assert seen


def test_a_new_file_never_replaces_one_or_follows_a_link(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "files")
    staging = folder.staging()
    for name in ("there", "link"):
        (staging / "new").write_bytes(b"new")
        if name == "link":
            (folder.root / name).symlink_to(tmp_path / "outside")
        else:
            (folder.root / name).write_bytes(b"old")
        assert folder.place(staging / "new", name) is False
    assert (folder.root / "there").read_bytes() == b"old"
    assert not (tmp_path / "outside").exists()
    assert folder.place(staging / "new", "fresh") is True
    folder.clear(staging)
    assert sorted(os.listdir(folder.root)) == ["fresh", "link", "there"]


def test_an_agent_uses_files_of_the_folder_alone(tmp_path: Path) -> None:
    async def agent() -> None:
        clock = ManualClock()
        sandbox = Sandbox(clock=clock)
        async with agent_of(sandbox, tmp_path) as client:
            (tmp_path / "secret.jpg").write_bytes(JPEG)
            (tmp_path / "files" / "me.jpg").write_bytes(JPEG)
            video = "https://example.com/clip.mp4"
            before = len(sent(sandbox))
            for face in (
                "../secret.jpg",
                str(tmp_path / "secret.jpg"),
                "s3://b/me.jpg",
                "http://example.com/a b",
            ):
                arguments = {"face": face, "video": video}
                for tool, more in (("quote", {}), ("start", {"key": "k"})):
                    said = await refused(
                        client, tool, engine="face-swap", arguments=arguments, **more
                    )
                    assert str(tmp_path) not in said["message"] or face.startswith(str(tmp_path))
            said = await refused(client, "upload", file="../secret.jpg")
            assert said["error"] == "file_refused"
            said = await refused(client, "upload", file="nothing.jpg")
            assert str(tmp_path) not in str(said)
            assert len(sent(sandbox)) == before
            arguments = {"face": "me.jpg", "video": video}
            started = await call(client, "start", engine="face-swap", key="k", arguments=arguments)
            clock.advance(10)
            for name in ("../out.mp4", "/tmp/out.mp4", "sub/out.mp4", ".hidden"):
                said = await refused(client, "download", key="k", file=name)
                assert said["error"] == "file_refused"
            saved = await call(client, "download", key="k", file="out.mp4")
            [row] = saved["files"]
            assert row["file"] == "out.mp4"
            again = await refused(client, "download", key="k", file="out.mp4")
            assert "overwritten" in again["next"]
            own = await call(client, "download", task_id=started["task_id"], engine="face-swap")
            assert own["already_there"] is False
            own = await call(client, "download", task_id=started["task_id"], engine="face-swap")
            assert own["already_there"] is True
            assert not list(tmp_path.glob("files/.*"))

    anyio.run(agent)


def test_content_is_uploaded_once(tmp_path: Path) -> None:
    async def agent() -> None:
        sandbox = Sandbox()
        async with agent_of(sandbox, tmp_path) as client:
            (tmp_path / "files" / "me.jpg").write_bytes(JPEG)
            (tmp_path / "files" / "copy.jpg").write_bytes(JPEG)
            first = await call(client, "upload", file="me.jpg")
            second = await call(client, "upload", file="copy.jpg")
            assert second == {"url": first["url"], "coins": 0}
            assert sent(sandbox).count("add_upload_url") == 1

    anyio.run(agent)


def test_arguments_that_are_not_for_agents_are_refused(tmp_path: Path) -> None:
    async def agent() -> None:
        sandbox = Sandbox()
        async with agent_of(sandbox, tmp_path) as client:
            for name, value in (
                ("webhook_url", "https://example.com/x"),
                ("force_generate", True),
                ("nonsense", 1),
            ):
                arguments = {**VIDEO, name: value}
                said = await refused(client, "start", engine="wan-25", key="k", arguments=arguments)
                assert name in said["message"]
            assert sent(sandbox) == []

    anyio.run(agent)


def test_downloads_of_one_task_under_several_names_do_not_disturb_each_other(
    tmp_path: Path,
) -> None:
    names = ["a.mp4", "b.mp4", "c.mp4"]
    saved: list[dict[str, Any]] = []

    async def agent() -> None:
        clock = ManualClock()
        sandbox = Sandbox(clock=clock, latency=0.02)
        async with agent_of(sandbox, tmp_path) as client:
            await call(client, "start", engine="wan-25", key="k", arguments=VIDEO)
            clock.advance(600)

            async def one(name: str) -> None:
                saved.append(await call(client, "download", key="k", file=name))

            async with anyio.create_task_group() as group:
                for name in names:
                    group.start_soon(one, name)
        assert sorted(os.listdir(tmp_path / "files")) == names
        assert sorted(row["files"][0]["file"] for row in saved) == names

    anyio.run(agent)


def test_nothing_that_was_there_before_is_taken_for_a_result(tmp_path: Path) -> None:
    """A folder from elsewhere may have files where an earlier version kept unfinished results."""

    async def agent() -> None:
        clock = ManualClock()
        async with agent_of(Sandbox(clock=clock), tmp_path) as client:
            started = await call(client, "start", engine="wan-25", key="k", arguments=VIDEO)
            clock.advance(600)
            task = started["task_id"]
            for folder in (f".a2e-mcp/wan-25-{task}", f".a2e-mcp-wan-25-{task}"):
                planted = tmp_path / "files" / folder
                planted.mkdir(parents=True)
                (planted / f"{task}.mp4").write_bytes(b"planted")
            [row] = (await call(client, "download", key="k"))["files"]
            assert b"planted" not in (tmp_path / "files" / row["file"]).read_bytes()

    anyio.run(agent)
