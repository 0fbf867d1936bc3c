"""The questions of form I as they travel: digits to tick, and what the digits say back in the office.

The paper may be lost, so no word of it tells of detention; the authorities are asked about as anybody might ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tlbb_desktop.domain.follow_ups import (
    ContactFindings,
    LawTrouble,
    LivesWith,
    Reached,
    SubstanceUse,
    WorkerView,
    WorkStatus,
)
from tlbb_desktop.domain.outcome_words import HOME_NAMES, SUBSTANCE_NAMES, VIEW_NAMES, WORK_NAMES
from tlbb_desktop.domain.road_pack import RoadQuestion
from tlbb_desktop.i18n.marks import Np_

_YES: Final = Np_("visit form", "Yes")
_NO: Final = Np_("visit form", "No")
_YES_NO: Final = (("yes", _YES), ("no", _NO))
_ONE_TO_FOUR: Final = (
    ("1", Np_("visit form", "bad")),
    ("2", Np_("visit form", "weak")),
    ("3", Np_("visit form", "good")),
    ("4", Np_("visit form", "very good")),
)
QUESTIONS: Final = (
    RoadQuestion(
        "reached",
        Np_("visit form", "Who was met"),
        (
            (Reached.IN_PERSON.value, Np_("visit form", "The person")),
            (Reached.BY_PHONE.value, Np_("visit form", "By phone")),
            (Reached.FAMILY_ONLY.value, Np_("visit form", "Family only")),
        ),
    ),
    RoadQuestion(
        "lives_with", Np_("visit form", "Lives with"), tuple((each.value, HOME_NAMES[each]) for each in LivesWith)
    ),
    RoadQuestion("safe", Np_("visit form", "Safe at home"), _ONE_TO_FOUR),
    RoadQuestion("work", Np_("visit form", "Work"), tuple((each.value, WORK_NAMES[each]) for each in WorkStatus)),
    RoadQuestion("trained_trade", Np_("visit form", "Works in the trade that was learned"), _YES_NO),
    RoadQuestion("in_school", Np_("visit form", "At school"), _YES_NO),
    RoadQuestion(
        "substances",
        Np_("visit form", "Alcohol or drugs"),
        tuple((each.value, SUBSTANCE_NAMES[each]) for each in SubstanceUse),
    ),
    RoadQuestion("risky_peers", Np_("visit form", "Friends who lead into trouble"), _YES_NO),
    RoadQuestion("family", Np_("visit form", "Gets on with the family"), _ONE_TO_FOUR),
    RoadQuestion(
        "trouble",
        Np_("visit form", "Anything with the authorities"),
        (
            (LawTrouble.NONE.value, Np_("visit form", "Nothing")),
            (LawTrouble.QUESTIONED.value, Np_("visit form", "Asked questions")),
            (LawTrouble.ARRESTED.value, Np_("visit form", "Taken along")),
            (LawTrouble.CHARGED.value, Np_("visit form", "To court")),
            (LawTrouble.CONVICTED.value, Np_("visit form", "Judged")),
            (LawTrouble.UNKNOWN.value, Np_("visit form", "Nobody knows")),
        ),
    ),
    RoadQuestion(
        "view", Np_("visit form", "How it goes"), tuple((each.value, VIEW_NAMES[each]) for each in WorkerView)
    ),
)


def findings_of(said: Mapping[str, str]) -> ContactFindings:
    """What the typed answers of a row mean; what nobody ticked stays open."""

    def yes(field: str) -> bool | None:
        return None if field not in said else said[field] == "yes"

    return ContactFindings(
        lives_with=LivesWith(said["lives_with"]) if "lives_with" in said else None,
        safe=int(said["safe"]) if "safe" in said else None,
        work=WorkStatus(said["work"]) if "work" in said else None,
        trained_trade=yes("trained_trade"),
        in_school=yes("in_school"),
        substances=SubstanceUse(said["substances"]) if "substances" in said else None,
        risky_peers=yes("risky_peers"),
        family=int(said["family"]) if "family" in said else None,
        trouble=LawTrouble(said["trouble"]) if "trouble" in said else None,
        view=WorkerView(said["view"]) if "view" in said else None,
    )
