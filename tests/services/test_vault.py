"""The door of the record: making a programme, who may enter, what a wrong passphrase costs."""

from __future__ import annotations

from tlbb_desktop.services.vault import HomeState, home_state, members


def test_a_new_programme_has_one_manager_and_its_own_prison(home, desk):
    assert home_state(home) is HomeState.READY
    assert [tile.username for tile in members(home)] == ["sokha"]
    assert desk.prisons.own().code == "SR"
    assert desk.actor.prisons == {desk.prisons.own().id}
