"""Downloading one large file, against bare httpx streaming to a file that is synced likewise."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from measuring import Comparison, Samples, compare

_SERVER = Path(__file__).with_name("file_server.py")
_MEBIBYTES, _QUICK_MEBIBYTES = 1024, 128

# Each in a process of its own, because the peak of a process never falls.
_COMMON = """
import asyncio, os, resource, sys, time
import httpx
from a2e_sdk import A2E, AsyncA2E
base, target = sys.argv[1:]
link = base + "/result.mp4"
def ours():
    with A2E("sk_benchmark", base_url=base) as a2e:
        a2e.download(link, target)
def ours_async():
    async def work():
        async with AsyncA2E("sk_benchmark", base_url=base) as a2e:
            await a2e.download(link, target)
    asyncio.run(work())
def bare():
    with httpx.Client() as client, client.stream("GET", link) as response:
        with open(target, "wb") as file:
            for chunk in response.iter_bytes():
                file.write(chunk)
            os.fsync(file.fileno())
def bare_async():
    async def work():
        async with httpx.AsyncClient() as client, client.stream("GET", link) as response:
            with open(target, "wb") as file:
                async for chunk in response.aiter_bytes():
                    file.write(chunk)
                os.fsync(file.fileno())
    asyncio.run(work())
begin, used = time.perf_counter(), time.process_time()
{work}()
seconds, used = time.perf_counter() - begin, time.process_time() - used
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
peak /= 2**20 if sys.platform == "darwin" else 2**10
print(seconds, used, peak, os.path.getsize(target))
"""

_NAMES = {
    "ours": "download of {size} MiB",
    "bare": "httpx.stream + write + fsync",
    "ours_async": "download of {size} MiB, async",
    "bare_async": "httpx.AsyncClient.stream + write + fsync",
}


def run(*, quick: bool) -> list[Comparison]:
    """Measure the pace, the processor time and the peak resident memory of whole processes.

    The processor time tells the same as the pace, and more reliably where the machine is busy.
    """
    size = _QUICK_MEBIBYTES if quick else _MEBIBYTES
    names = {work: name.format(size=size) for work, name in _NAMES.items()}
    pace: Samples = {name: [] for name in names.values()}
    used: Samples = {name: [] for name in names.values()}
    peak: Samples = {name: [] for name in names.values()}
    with _file_server(size) as base_url, tempfile.TemporaryDirectory() as folder:
        for _ in range(1 if quick else 3):
            for work, name in names.items():
                seconds, processor, mebibytes = _measure(
                    work, base_url, Path(folder) / "out.mp4", size
                )
                pace[name].append(size / seconds)
                used[name].append(processor)
                peak[name].append(mebibytes)
    pairs = [(names["ours"], names["bare"]), (names["ours_async"], names["bare_async"])]
    return [
        *(compare(pace, *pair, unit="MiB/s", target=">= 1x") for pair in pairs),
        *(
            compare(used, *pair, unit="s", target="<= 1x", what=f"{pair[0]}, processor time")
            for pair in pairs
        ),
        *(
            compare(peak, *pair, unit="MiB", target="about 1x", what=f"{pair[0]}, peak memory")
            for pair in pairs
        ),
    ]


def _measure(work: str, base_url: str, target: Path, size: int) -> tuple[float, float, float]:
    command = [sys.executable, "-P", "-c", _COMMON.format(work=work), base_url, str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    target.unlink()
    seconds, used, peak, received = done.stdout.split()
    if int(received) != size * 2**20:
        raise RuntimeError(f"{received} bytes came of {size} MiB")
    return float(seconds), float(used), float(peak)


@contextmanager
def _file_server(size: int) -> Iterator[str]:
    command = [sys.executable, str(_SERVER), str(size)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        finally:
            server.kill()
