"""What a worker was told holds for the slices of that run, also for later ones."""

from __future__ import annotations

from a2e_sdk._batch.progress import PauseCause
from a2e_sdk._cluster.messages import Order, packed
from a2e_sdk._worker import orders


class Slice:
    def __init__(self) -> None:
        self.followed: list[Order] = []

    def follow(self, order: Order) -> None:
        self.followed.append(order)


def order(run: str, *, stop: bool = False) -> Order:
    return Order(run=run, reason="enough", cause=PauseCause.STOPPED, stop=stop)


def test_an_order_reaches_the_slices_of_its_run_alone() -> None:
    ours, other, later = Slice(), Slice(), Slice()
    with orders.at_work("run-1", ours), orders.at_work("run-2", other):
        orders.tell(packed(order("run-1")))
        orders.tell(packed(order("run-1", stop=True)))
        with orders.at_work("run-1", later):
            pass
    orders.tell(packed(order("run-2")))
    assert [one.stop for one in ours.followed] == [False, True]
    assert other.followed == []
    assert [one.stop for one in later.followed] == [True]


def test_the_orders_of_a_bounded_number_of_runs_are_kept() -> None:
    for number in range(300):
        orders.tell(packed(order(f"many-{number}")))
    assert len(orders._orders) <= 100
    assert not orders._at_work
