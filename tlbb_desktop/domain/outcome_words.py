"""The words for what is found after a release: contacts, answers, evidence."""

from __future__ import annotations

from typing import Final

from tlbb_desktop.domain.follow_ups import (
    ContactMode,
    FollowUpKind,
    LawTrouble,
    LivesWith,
    Reached,
    SubstanceUse,
    WorkerView,
    WorkStatus,
)
from tlbb_desktop.domain.reoffences import EventSource, EvidenceLevel
from tlbb_desktop.i18n.marks import MarkedWord, Np_

LEVEL_NAMES: Final = {
    EvidenceLevel.ACQUITTED: Np_("evidence of a re-offence", "Acquitted"),
    EvidenceLevel.REPORT: Np_("evidence of a re-offence", "Report only"),
    EvidenceLevel.ARREST: Np_("evidence of a re-offence", "Arrest"),
    EvidenceLevel.CHARGE: Np_("evidence of a re-offence", "Charge"),
    EvidenceLevel.CONVICTION: Np_("evidence of a re-offence", "Conviction"),
    EvidenceLevel.IMPRISONMENT: Np_("evidence of a re-offence", "Imprisonment"),
}
SOURCE_NAMES: Final = {
    EventSource.PARTICIPANT: Np_("source of an event", "Participant"),
    EventSource.FAMILY: Np_("source of an event", "Family"),
    EventSource.POLICE: Np_("source of an event", "Police"),
    EventSource.COURT: Np_("source of an event", "Court"),
    EventSource.PRISON_LIST: Np_("source of an event", "Prison's list"),
    EventSource.LOCAL_AUTHORITY: Np_("source of an event", "Local authority"),
    EventSource.MEDIA: Np_("source of an event", "Media"),
    EventSource.HISTORY: Np_("source of an event", "Older records"),
}
REACHED_NAMES: Final = {
    Reached.IN_PERSON: Np_("who was reached", "In person"),
    Reached.BY_PHONE: Np_("who was reached", "By phone"),
    Reached.FAMILY_ONLY: Np_("who was reached", "Family only"),
    Reached.NOT_REACHED: Np_("who was reached", "Not reached"),
    Reached.REFUSED: Np_("who was reached", "Refused"),
    Reached.MOVED: Np_("who was reached", "Moved away"),
    Reached.DIED: Np_("who was reached", "Died"),
    Reached.IN_CUSTODY: Np_("who was reached", "In custody"),
}
MODE_NAMES: Final = {
    ContactMode.HOME_VISIT: Np_("way of contact", "Home visit"),
    ContactMode.WORKPLACE: Np_("way of contact", "At work"),
    ContactMode.PHONE: Np_("way of contact", "Phone"),
    ContactMode.OFFICE: Np_("way of contact", "Office"),
    ContactMode.FAMILY_ONLY: Np_("way of contact", "Family only"),
    ContactMode.LOCAL_AUTHORITY: Np_("way of contact", "Local authority"),
}
WORK_NAMES: Final = {
    WorkStatus.EMPLOYED: Np_("work", "Paid work"),
    WorkStatus.SELF_EMPLOYED: Np_("work", "Own business"),
    WorkStatus.APPRENTICE: Np_("work", "Apprentice or family work"),
    WorkStatus.SEEKING: Np_("work", "Looking for work"),
    WorkStatus.NOT_SEEKING: Np_("work", "Not looking"),
    WorkStatus.STUDYING: Np_("work", "Studying"),
    WorkStatus.SICK: Np_("work", "Sick"),
}
TROUBLE_NAMES: Final = {
    LawTrouble.NONE: Np_("trouble with the law", "None"),
    LawTrouble.QUESTIONED: Np_("trouble with the law", "Questioned"),
    LawTrouble.ARRESTED: Np_("trouble with the law", "Arrested"),
    LawTrouble.CHARGED: Np_("trouble with the law", "Charged"),
    LawTrouble.CONVICTED: Np_("trouble with the law", "Convicted"),
    LawTrouble.UNKNOWN: Np_("trouble with the law", "Not known"),
}
SUBSTANCE_NAMES: Final = {
    SubstanceUse.NONE: Np_("alcohol or drugs", "None"),
    SubstanceUse.SOME: Np_("alcohol or drugs", "Some"),
    SubstanceUse.PROBLEM: Np_("alcohol or drugs", "A problem"),
}
HOME_NAMES: Final = {
    LivesWith.PARENTS: Np_("lives with", "Parents"),
    LivesWith.RELATIVES: Np_("lives with", "Relatives"),
    LivesWith.PARTNER: Np_("lives with", "Partner"),
    LivesWith.FRIENDS: Np_("lives with", "Friends"),
    LivesWith.EMPLOYER: Np_("lives with", "Employer"),
    LivesWith.ALONE: Np_("lives with", "Alone"),
    LivesWith.PAGODA: Np_("lives with", "Pagoda"),
    LivesWith.STREET: Np_("lives with", "On the street"),
    LivesWith.OTHER: Np_("lives with", "Others"),
}
VIEW_NAMES: Final = {
    WorkerView.ON_TRACK: Np_("how somebody is doing", "On track"),
    WorkerView.NEEDS_HELP: Np_("how somebody is doing", "Needs help"),
    WorkerView.CRISIS: Np_("how somebody is doing", "Crisis"),
}
_HOURS: Final = Np_("contact after release", "72 hours")
_WEEK: Final = Np_("contact after release", "Week {n}")
_FORTNIGHT: Final = Np_("contact after release", "Every two weeks")
_MONTH: Final = Np_("contact after release", "Month {n}")
_EXTRA: Final = Np_("contact after release", "Extra")
_ALONE: Final = {
    FollowUpKind.HOURS_72: _HOURS,
    FollowUpKind.FORTNIGHT: _FORTNIGHT,
    FollowUpKind.EXTRA: _EXTRA,
}


def contact_name(kind: FollowUpKind) -> tuple[MarkedWord, int]:
    """The name of a contact, and the number that stands for ``{n}`` in it."""
    if kind in _ALONE:
        return _ALONE[kind], 0
    return (_MONTH if kind.value.startswith("m") else _WEEK), int(kind.value[1:])
