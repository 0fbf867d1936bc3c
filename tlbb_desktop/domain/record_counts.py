"""What is counted when a record moves: the things that people know, by the tables that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tlbb_desktop.i18n.marks import Np_

#: Table -> what it counts, in the order of the pages.
COUNTED: Final[Mapping[str, str]] = {
    "person": Np_("counted", "People"),
    "training_class": Np_("counted", "Classes"),
    "class_session": Np_("counted", "Sessions"),
    "mark": Np_("counted", "Marks"),
    "attempt": Np_("counted", "Attempts at skills"),
    "certificate": Np_("counted", "Certificates"),
    "case_file": Np_("counted", "Cases"),
    "case_plan": Np_("counted", "Case plans"),
    "case_note": Np_("counted", "Notes"),
    "visit": Np_("counted", "Visits"),
    "referral": Np_("counted", "Referrals"),
    "release_plan": Np_("counted", "Release plans"),
    "release": Np_("counted", "Releases"),
    "follow_up": Np_("counted", "Contacts after release"),
    "attachment": Np_("counted", "Pictures and scans"),
    "staff": Np_("counted", "Members of staff"),
}


def shown_counts(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Marked word and number of all that is counted; what a record of before does not have counts as 0."""
    return tuple((word, counts.get(table, 0)) for table, word in COUNTED.items())
