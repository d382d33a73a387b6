"""What is no address of a scheduler is refused at once, before anything is written or reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from a2e_sdk import A2E
from a2e_sdk._cluster.scheduler import scheduler_of


@pytest.mark.parametrize(
    "address",
    [
        "",
        " ",
        "nonsense",
        "http://127.0.0.1:5055",
        "tcp://:99999",
        "tcp://host",
        "tcp://host:0",
        "host:70000",
        "tcp://user@host:1",
        "tcp://host:86/x",
        "tcp://host:87 86",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"address of the Dask scheduler is .*tcp://host:8786"):
        scheduler_of(address)


@pytest.mark.parametrize(
    "address", ["tcp://host:8786", "host:8786", " tls://[::1]:8786 ", "ws://a.example:80"]
)
def test_an_address_is_taken(address: str) -> None:
    pytest.importorskip("distributed")
    assert scheduler_of(address).address == address.strip()


def test_nothing_is_written_down_for_a_wrong_address(tmp_path: Path) -> None:
    with (
        A2E("sk_test_0123456789abcdef", base_url="http://127.0.0.1:9") as a2e,
        pytest.raises(ValueError, match="nonsense"),
    ):
        a2e.batch([], output=tmp_path / "out", executor="nonsense")
    assert not (tmp_path / "out").exists()
