"""How ready a checklist says that somebody is: percent, and red, amber or green by the days that are left."""

from __future__ import annotations

import pytest

from tlbb_desktop.domain.release_items import PRISON_GROUPS, RESTRICTED_GROUPS, STANDARD_ITEMS, ItemGroup
from tlbb_desktop.domain.release_plans import ItemForm, ItemStatus, Light, Readiness, readiness_of


@pytest.mark.parametrize(
    ("readiness", "days", "light"),
    [
        (Readiness(44, 18, 11, 5), 67, Light.AMBER),
        (Readiness(44, 18, 11, 5), 30, Light.RED),
        (Readiness(44, 18, 11, 5), 31, Light.AMBER),
        (Readiness(44, 18, 11, 5), 90, Light.AMBER),
        (Readiness(44, 18, 11, 5), 91, Light.EARLY),
        (Readiness(10, 8, 3, 3), 5, Light.GREEN),
        (Readiness(10, 7, 3, 3), 5, Light.AMBER),
        (Readiness(10, 7, 3, 3), 200, Light.EARLY),
        (Readiness(10, 9, 3, 2), -4, Light.RED),
        (Readiness(10, 9, 3, 2), None, Light.EARLY),
        (Readiness(), 10, Light.AMBER),
    ],
)
def test_the_light_is_red_amber_or_green_by_days_and_counts(readiness: Readiness, days: int | None, light: Light):
    assert readiness.light(days) is light


def test_readiness_is_done_of_those_that_apply_rounded_half_up():
    assert Readiness(44, 18, 11, 5).percent == 41
    assert Readiness(8, 1, 0, 0).percent == 13
    assert Readiness().percent is None


@pytest.mark.parametrize("before", [None, *ItemStatus])
@pytest.mark.parametrize("after", ItemStatus)
def test_counts_that_follow_one_item_are_those_of_the_whole_list(before: ItemStatus | None, after: ItemStatus):
    others = [ItemForm("food", ItemGroup.BASICS), ItemForm("clothes", ItemGroup.BASICS, status=ItemStatus.DONE)]
    old = None if before is None else ItemForm("cash", ItemGroup.MONEY, critical=True, status=before)
    new = ItemForm("cash", ItemGroup.MONEY, critical=True, status=after)
    whole = readiness_of(others if old is None else [*others, old])
    assert whole.moved(old, new) == readiness_of([*others, new])


def test_every_standard_item_stands_once_and_the_card_comes_after_the_release():
    keys = [each.key for each in STANDARD_ITEMS]
    assert len(keys) == len(set(keys)) == 46
    assert {each.group for each in STANDARD_ITEMS} == set(ItemGroup)
    card = next(each for each in STANDARD_ITEMS if each.key == "id_card")
    assert card.due.days > 0


def test_no_group_lies_under_two_keys():
    assert not PRISON_GROUPS & RESTRICTED_GROUPS
