"""The fixed words of the papers that the class itself works with: the register for hand marking and the roll."""

from __future__ import annotations

from tlbb_desktop.i18n.marks import Np_

BLANK_TITLE = Np_("register for hand marking", "Register for hand marking, {month} {year}")
FORM_CODE = Np_("register for hand marking", "Code of this register")
HELD = Np_("register for hand marking", "Session held: tick the box")
NOT_HELD = Np_("register for hand marking", "Not held: why")
INITIALS = Np_("register for hand marking", "Trainer's initials")
LATE_LETTER = Np_("register for hand marking, late", "L")
LEFT_LETTER = Np_("register for hand marking, left early", "O")
INSTITUTION_LETTER = Np_("register for hand marking, kept away by the prison", "I")
HOW_TO_MARK = Np_(
    "register for hand marking",
    "Tick the box over each session that was held. Then leave the place of everybody who was present empty; write"
    " {absent} = absent without permission · {excused} = absent with permission · {late} and minutes = came late"
    " · {left} and minutes = left early · {institution} = kept away by the prison.",
)
NOT_LISTED = Np_(
    "register for hand marking", "Somebody who is not on the list: write the name in an empty line at the end."
)
BLANK_FILE_TITLE = Np_("name of a file", "register {code} {month}")

ROLL_TITLE = Np_("roll", "Roll of trainees, {day}")
LIST_NUMBER = Np_("roll", "List no.")
NICKNAME = Np_("roll", "Nickname")
ROLL_EMPTY = Np_("roll", "Nobody is on the list of this class on that day.")
ROLL_FILE_TITLE = Np_("name of a file", "roll {code} {day}")
