"""What the services between laptops ask for."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from unittest.mock import patch

from tlbb_desktop.documents.bundle_files import bundle_written
from tlbb_desktop.domain.errors import StorageFull
from tlbb_desktop.domain.exchange import BundleHead, Decision
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services import exchange_joining
from tlbb_desktop.services.exchange_joining import FurtherLaptop
from tlbb_desktop.wiring import Desk

if TYPE_CHECKING:
    from tests.services.gate_world import World

A = Action
EXCHANGE_GATES = {
    "exchange.status": (A.EXCHANGE, lambda d, w: d.exchange.status()),
    "exchange.send": (A.EXCHANGE, lambda d, w: d.exchange.send("BTB", w.folder / "1.tlbb-bundle")),
    "exchange.take_in": (A.EXCHANGE, lambda d, w: d.exchange.take_in(w.folder / "none.tlbb-bundle")),
    "exchange.conflicts": (A.EXCHANGE, lambda d, w: d.exchange.conflicts()),
    "exchange.decide": (A.EXCHANGE, lambda d, w: d.exchange.decide(0, Decision.MINE)),
    "exchange.write_card": (A.EXCHANGE, lambda d, w: d.exchange.write_card(w.folder / "card.tlbb-laptop")),
    "exchange.register": (A.EXCHANGE, lambda d, w: d.exchange.register(w.folder / "none.tlbb-laptop", "", "")),
    "exchange.current_until": (A.OUTCOME_READ, lambda d, w: d.exchange.current_until()),
    "invitations.invite": (
        A.EXCHANGE,
        lambda d, w: d.invitations.invite(FurtherLaptop("BTB", ("BTB",), ()), w.folder / "BTB.tlbb-join"),
    ),
}


def take_a_strangers_bundle(desk: Desk, world: World) -> None:
    head = BundleHead("", "", "", 1, 0, 0, "0006", desk.office.clock.now(), 0, "", 0, "")
    file = world.folder / "strange.tlbb-bundle"
    file.write_bytes(bundle_written(head, {}, bytes, lambda _content: bytes(64)))
    desk.exchange.take_in(file)


def register_oneself(desk: Desk, world: World) -> None:
    file = world.folder / "own.tlbb-laptop"
    desk.exchange.register(file, desk.exchange.write_card(file).code, "BTB")


def invite_onto_a_full_stick(desk: Desk, world: World) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise StorageFull

    with patch.object(exchange_joining, "write_whole", full), suppress(StorageFull):
        desk.invitations.invite(FurtherLaptop("BTB", ("BTB",), ()), world.folder / "full.tlbb-join")


EXCHANGE_FURTHER = {
    "exchange.take_in": (take_a_strangers_bundle,),
    "exchange.register": (register_oneself,),
    "invitations.invite": (invite_onto_a_full_stick,),
    "exchange.conflicts": (lambda d, w: d.exchange.conflicts(ReadReason.SAFETY),),
    "exchange.decide": (lambda d, w: d.exchange.decide(0, Decision.MINE, ReadReason.SAFETY),),
}
EXCHANGE_BESIDES = {
    "exchange.conflicts": {"counselling_reason"},
    "exchange.decide": {"counselling_reason"},
}
