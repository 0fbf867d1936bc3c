"""What a release plan lacks, and what may be entered in one (programme facts, form H)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.case_plans import Doer, Signer
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.release_items import PRISON_GROUPS
from tlbb_desktop.domain.release_plans import ItemForm, ReleasePlan, ReleasePlanForm
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.khmer import normalise

LONGEST_TITLE: Final = 120
LONGEST_TEXT: Final = 4000
_RELAPSE_PLAN: Final = "relapse_plan"


class ReleaseGap(StrEnum):
    """What a release plan lacks; it is saved, printed and followed all the same."""

    RELEASE_DAY = "release_day"
    ADDRESS = "address"
    ADULT = "adult"
    ADULT_AGREED = "adult_agreed"
    HOME_SAFE = "home_safe"
    TRANSPORT = "transport"
    FIRST_CONTACT = "first_contact"
    RELAPSE_PLAN = "relapse_plan"
    DUE = "due"
    PARTICIPANT_SIGNATURE = "participant_signature"


#: Without these a release plan is not approved: what form H asks for, and a relapse plan where it is critical.
NEEDED_FOR_APPROVAL: Final = frozenset(
    {ReleaseGap.RELEASE_DAY, ReleaseGap.ADDRESS, ReleaseGap.ADULT, ReleaseGap.FIRST_CONTACT, ReleaseGap.RELAPSE_PLAN}
)

GAP_NAMES: Final = {
    ReleaseGap.RELEASE_DAY: Np_("missing in a release plan", "The day of the release"),
    ReleaseGap.ADDRESS: Np_("missing in a release plan", "The address after the release"),
    ReleaseGap.ADULT: Np_("missing in a release plan", "The adult who receives"),
    ReleaseGap.ADULT_AGREED: Np_("missing in a release plan", "The day on which this adult agreed"),
    ReleaseGap.HOME_SAFE: Np_("missing in a release plan", "That the home is safe"),
    ReleaseGap.TRANSPORT: Np_("missing in a release plan", "The way home"),
    ReleaseGap.FIRST_CONTACT: Np_("missing in a release plan", "The first contact within 72 hours"),
    ReleaseGap.RELAPSE_PLAN: Np_("missing in a release plan", "The relapse plan"),
    ReleaseGap.DUE: Np_("missing in a release plan", "Due days of critical items"),
    ReleaseGap.PARTICIPANT_SIGNATURE: Np_("missing in a release plan", "The participant's signature"),
}


def release_gaps(plan: ReleasePlan) -> tuple[ReleaseGap, ...]:
    """What is missing in a plan, as far as its reader sees the items; each gap once, in the order of the form."""
    form, adult = plan.form, plan.form.adult
    applying = [item.form for item in plan.items if item.form.counts]
    present = {
        ReleaseGap.RELEASE_DAY: plan.planned_on is not None,
        ReleaseGap.ADDRESS: bool(form.place_code or form.place_text.strip()),
        ReleaseGap.ADULT: bool(adult.name.strip()),
        ReleaseGap.ADULT_AGREED: adult.agreed_on is not None,
        ReleaseGap.HOME_SAFE: bool(adult.safe),
        ReleaseGap.TRANSPORT: bool(form.transport.strip()),
        ReleaseGap.FIRST_CONTACT: form.contact_on is not None and bool(form.contact.strip()),
        ReleaseGap.RELAPSE_PLAN: not any(_lacks_its_plan(each) for each in applying),
        ReleaseGap.DUE: all(each.due_on for each in applying if each.critical and each.is_open),
        ReleaseGap.PARTICIPANT_SIGNATURE: any(each.signer is Signer.PARTICIPANT for each in plan.signatures),
    }
    return tuple(gap for gap, there in present.items() if not there)


def _lacks_its_plan(item: ItemForm) -> bool:
    return item.key == _RELAPSE_PLAN and item.critical and not item.note.strip()


def checked_item(item: ItemForm, today: date) -> ItemForm:
    """The item with its texts as they are stored.

    Raises:
        Refused: an added item has no title, it was done in the future, or it would belong to a liaison who may not
            open its group.
    """
    tidy = replace(
        item,
        title=normalise(item.title).strip(),
        owner_name=normalise(item.owner_name).strip(),
        note=normalise(item.note).strip(),
    )
    if not tidy.key and not tidy.title:
        raise Refused(N_("Say what has to be done."), place="title")
    if len(tidy.title) > LONGEST_TITLE:
        raise Refused(N_("This is too long. {most} letters are enough."), place="title", most=LONGEST_TITLE)
    if len(tidy.note) > LONGEST_TEXT:
        raise Refused(N_("This is too long. {most} letters are enough."), place="note", most=LONGEST_TEXT)
    if tidy.done_on is not None and tidy.done_on > today:
        raise Refused(N_("{day} has not come yet."), place="done_on", day=tidy.done_on)
    if tidy.owner is Doer.LIAISON and tidy.group not in PRISON_GROUPS:
        raise Refused(
            N_("The liaison cannot open items of this group. Choose somebody else, or add an item under papers."),
            place="owner",
        )
    return tidy


def checked_form(form: ReleasePlanForm) -> ReleasePlanForm:
    """What is said of a plan itself, with its texts as they are stored.

    Raises:
        Refused: a text is too long, or an amount is less than nothing.
    """
    adult = form.adult
    tidy = replace(
        form,
        place_text=normalise(form.place_text).strip(),
        transport=normalise(form.transport).strip(),
        contact=normalise(form.contact).strip(),
        note=normalise(form.note).strip(),
        adult=replace(
            adult,
            name=normalise(adult.name).strip(),
            relation=normalise(adult.relation).strip(),
            phone=normalise(adult.phone).strip(),
        ),
    )
    texts = (tidy.place_text, tidy.transport, tidy.contact, tidy.note, tidy.adult.name, tidy.adult.relation)
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise Refused(N_("This is too long. {most} letters are enough."), place="note", most=LONGEST_TEXT)
    if tidy.transport_cost is not None:
        tidy.transport_cost.check("transport_cost")
    return tidy
