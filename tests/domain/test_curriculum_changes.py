"""What a new version of a curriculum changes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.domain.curricula import Criterion, Curriculum, Unit
from tlbb_desktop.domain.curriculum_changes import Aspect, Change, unit_changes

LETTERS = "ABCDEF"


def version(codes: str) -> Curriculum:
    units = tuple(Unit(None, code, f"ឯកតា {code.upper()}", code.upper(), 10) for code in codes)
    return Curriculum(None, 1, 1, units)


def told(before: Curriculum | None, after: Curriculum) -> list[tuple[str, str, tuple[Aspect, ...]]]:
    return [(each.unit.code, str(each.change), each.aspects) for each in unit_changes(before, after)]


def test_the_same_curriculum_changes_nothing_also_when_a_code_is_written_small():
    assert told(version("ABC"), version("ABC")) == []
    assert told(version("ABC"), version("aBC")) == []


def test_every_unit_of_a_first_version_is_new():
    assert [change for _code, change, _aspects in told(None, version("AB"))] == ["added", "added"]


def test_removed_units_are_told_after_the_others():
    assert told(version("ABC"), version("XC")) == [("X", "added", ()), ("A", "removed", ()), ("B", "removed", ())]


def test_one_unit_that_goes_to_the_front_is_the_only_one_that_moved():
    assert told(version("ABCD"), version("DABC")) == [("D", "changed", (Aspect.ORDER,))]


def test_a_unit_says_all_that_is_different_about_it():
    before = version("ABC")
    second = replace(before.units[1], name_en="Else", hours=12, criteria=(Criterion(1, "ធ្វើ", "Does it", True),))
    after = replace(before, units=(second, before.units[0], before.units[2]))
    changes = {each.unit.code: each for each in unit_changes(before, after)}
    moved = [code for code, each in changes.items() if Aspect.ORDER in each.aspects]
    assert len(moved) == 1
    assert changes["B"].aspects[:3] == (Aspect.TITLE, Aspect.HOURS, Aspect.CRITERIA)
    assert changes["B"].before is before.units[1]
    assert changes["B"].change is Change.CHANGED


@given(st.permutations(LETTERS))
def test_those_that_did_not_move_stand_in_their_old_order_and_are_as_many_as_can_be(order):
    moved = {code for code, _change, aspects in told(version(LETTERS), version("".join(order))) if aspects}
    staying = [code for code in order if code not in moved]
    assert staying == sorted(staying)
    best = [1] * len(order)
    for place, code in enumerate(order):
        best[place] += max((best[other] for other in range(place) if order[other] < code), default=0)
    assert len(staying) == max(best)
