"""The twelve groups of the release checklist and their items, each with an owner and a due day (form H).

Papers are collected before the release. The identity card is not issued to somebody serving a sentence, so it is dated
after it (Sub-decree 60/2007).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from tlbb_desktop.domain.case_plans import Doer


class ItemGroup(IntEnum):
    """The groups, by their number on the form."""

    HOME = 1
    PAPERS = 2
    HEALTH = 3
    SUBSTANCES = 4
    EDUCATION = 5
    WORK = 6
    MONEY = 7
    LEGAL = 8
    FAMILY = 9
    PEERS = 10
    BASICS = 11
    SELF = 12


#: Groups of items that only the one who is responsible opens: sealed under ``counselling``.
RESTRICTED_GROUPS: Final = frozenset({ItemGroup.HEALTH, ItemGroup.SUBSTANCES})
#: Groups that a liaison opens, too: sealed under ``legal``. All others are sealed under ``family``.
PRISON_GROUPS: Final = frozenset({ItemGroup.PAPERS, ItemGroup.LEGAL, ItemGroup.BASICS})


@dataclass(frozen=True, slots=True)
class Offset:
    """A day relative to the planned release: *months* calendar months and *days* later (negative: earlier)."""

    months: int = 0
    days: int = 0


#: The timeline T−6 months … T+72 hours.
OPENING: Final = Offset(months=-6)
HOME_VISIT: Final = Offset(months=-3)
ASSESSMENT: Final = Offset(days=-60)
CONFERENCE: Final = Offset(days=-30)
TRANSPORT: Final = Offset(days=-7)
RELEASE: Final = Offset()
FIRST_CONTACT: Final = Offset(days=3)
AFTERWARDS: Final = Offset(days=15)


@dataclass(frozen=True, slots=True)
class StandardItem:
    """An item of the form.

    Args:
        key: its lasting name.
        group: where it stands.
        owner: who is proposed to do it.
        due: by when.
        critical: whether nobody should leave without it.
    """

    key: str
    group: ItemGroup
    owner: Doer = Doer.CASE_WORKER
    due: Offset = CONFERENCE
    critical: bool = False


_G, _D = ItemGroup, Doer
STANDARD_ITEMS: Final = (
    StandardItem("safe_place", _G.HOME, due=HOME_VISIT, critical=True),
    StandardItem("receiving_adult", _G.HOME, due=HOME_VISIT, critical=True),
    StandardItem("mediation", _G.HOME, due=HOME_VISIT),
    StandardItem("bedding", _G.HOME, _D.FAMILY),
    StandardItem("community_leader", _G.HOME),
    StandardItem("release_paper", _G.PAPERS, _D.LIAISON, critical=True),
    StandardItem("birth_certificate", _G.PAPERS, due=HOME_VISIT, critical=True),
    StandardItem("family_book", _G.PAPERS, _D.FAMILY, HOME_VISIT),
    StandardItem("id_card", _G.PAPERS, _D.PARTICIPANT, AFTERWARDS),
    StandardItem("certificates", _G.PAPERS, _D.TRAINER),
    StandardItem("id_poor", _G.PAPERS, due=HOME_VISIT),
    StandardItem("check_up", _G.HEALTH),
    StandardItem("medicine", _G.HEALTH, due=TRANSPORT),
    StandardItem("vaccination", _G.HEALTH),
    StandardItem("disability_aid", _G.HEALTH),
    StandardItem("relapse_plan", _G.SUBSTANCES, critical=True),
    StandardItem("counsellor", _G.SUBSTANCES),
    StandardItem("safe_people", _G.SUBSTANCES, _D.PARTICIPANT),
    StandardItem("next_step", _G.EDUCATION, _D.TRAINER, ASSESSMENT, critical=True),
    StandardItem("school_place", _G.EDUCATION),
    StandardItem("remaining_units", _G.EDUCATION, _D.TRAINER),
    StandardItem("first_job", _G.WORK, _D.TRAINER, critical=True),
    StandardItem("tools", _G.WORK, _D.TRAINER, TRANSPORT),
    StandardItem("skills_card", _G.WORK, _D.TRAINER),
    StandardItem("employer", _G.WORK, _D.TRAINER),
    StandardItem("cash", _G.MONEY, due=TRANSPORT),
    StandardItem("debt_plan", _G.MONEY),
    StandardItem("savings", _G.MONEY),
    StandardItem("obligations", _G.LEGAL, due=CONFERENCE, critical=True),
    StandardItem("lawyer_told", _G.LEGAL),
    StandardItem("other_cases", _G.LEGAL, _D.LIAISON, ASSESSMENT),
    StandardItem("supportive_adult", _G.FAMILY, due=HOME_VISIT, critical=True),
    StandardItem("reconciliation", _G.FAMILY),
    StandardItem("own_children", _G.FAMILY),
    StandardItem("risky_contacts", _G.PEERS),
    StandardItem("weekly_plan", _G.PEERS, _D.PARTICIPANT),
    StandardItem("mentor", _G.PEERS),
    StandardItem("clothes", _G.BASICS, due=TRANSPORT, critical=True),
    StandardItem("transport", _G.BASICS, due=TRANSPORT, critical=True),
    StandardItem("phone_card", _G.BASICS, due=TRANSPORT),
    StandardItem("food", _G.BASICS, due=RELEASE),
    StandardItem("escort", _G.BASICS, _D.LIAISON, TRANSPORT),
    StandardItem("strengths_list", _G.SELF, due=TRANSPORT),
    StandardItem("own_goals", _G.SELF, _D.PARTICIPANT),
    StandardItem("contact_consent", _G.SELF),
    StandardItem("follow_up_dates", _G.SELF, due=TRANSPORT),
)
BY_KEY: Final = {item.key: item for item in STANDARD_ITEMS}
