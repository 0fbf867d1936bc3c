"""Expunges a case inside an act: names and words go, coded days and answers stay for the figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from tlbb_desktop.data import models
from tlbb_desktop.data.queries.people import names_of
from tlbb_desktop.data.repositories import retention
from tlbb_desktop.domain.attendance import Mark
from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.issued_reports import IssuedFigure
from tlbb_desktop.domain.kept_statistics import kept_contacts, kept_event, kept_release
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.person_keys import person_keys
from tlbb_desktop.domain.register import Learner, MonthSheet
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services import sheet_freezing
from tlbb_desktop.services.office import Act
from tlbb_desktop.services.sealed_forms import (
    FOLLOW_UP,
    ISSUED_REPORT,
    KEPT_STATISTIC,
    RELEASE,
    REOFFENCE,
    Form,
    SealedForm,
)

#: Kind of the stored journeys; the nicknames and villages of their stops stand in them.
ROAD_PACK = "road_pack"


def expunge(act: Act, cipher: FieldCipher, case: CaseFile) -> None:
    """What tells who somebody is goes; code, sex, province, releases, events and coded answers stay.

    Raises:
        NotPermitted: the actor does not hold the compartments of what stays.
    """
    _keep_answers(act, cipher, case)
    _empty_texts(act, cipher, case)
    _leave_journeys(act, cipher, case.code)
    named = select(models.Person).where(
        (models.Person.id == case.person_id) | (models.Person.merged_into_id == case.person_id)
    )
    people = act.session.scalars(named).all()
    _drop_drafts(act, cipher, case, people)
    _leave_sheets(act, people)
    for person in people:
        _forget_names(act, person)
    act.session.flush()
    retention.expunge(act.connection, case.id or 0, case.person_id)


def _forget_names(act: Act, person: models.Person) -> None:
    if not any((names_of(person).shown, person.nickname, person.note, person.photo_id)):
        return  # another laptop expunged it, and its row came
    act.change(person, person.version)
    keys = person_keys(Names(), person.code)
    person.family_km = person.given_km = person.family_latin = person.given_latin = person.nickname = ""
    person.note, person.photo_id = "", None
    person.sort_key, person.latin_sort_key = keys.sort_key, keys.latin_sort_key
    person.search_text, person.duplicate_key = keys.search_text, keys.duplicate_key


def _keep_answers(act: Act, cipher: FieldCipher, case: CaseFile) -> None:
    contacts = select(models.FollowUpRow).join(models.ReleaseRow, models.ReleaseRow.id == models.FollowUpRow.release_id)
    wanted = contacts.where(models.ReleaseRow.case_id == case.id, models.FollowUpRow.done).order_by(
        models.FollowUpRow.id
    )
    form = kept_contacts(FOLLOW_UP.open(cipher, row) for row in act.session.scalars(wanted))
    if form.contacts:
        KEPT_STATISTIC.add(act, cipher, models.KeptStatistic(case_id=case.id), form)


def _empty_texts(act: Act, cipher: FieldCipher, case: CaseFile) -> None:
    releases = select(models.ReleaseRow).where(models.ReleaseRow.person_id == case.person_id)
    for release in act.session.scalars(releases).all():
        _keep(act, cipher, RELEASE, release, kept_release)
    events = select(models.ReoffenceRow).where(models.ReoffenceRow.person_id == case.person_id)
    for event in act.session.scalars(events).all():
        _keep(act, cipher, REOFFENCE, event, kept_event)


def _keep(act: Act, cipher: FieldCipher, sealed: SealedForm[Form], row: Any, kept: Callable[[Form], Form]) -> None:
    form = sealed.open(cipher, row)
    if kept(form) != form:
        sealed.change(act, cipher, row, kept(form), row.version)


def _leave_journeys(act: Act, cipher: FieldCipher, code: str) -> None:
    """Take the nickname and the place of somebody out of the stored journeys; the row of the paper stays."""
    for row in act.session.scalars(select(models.IssuedReport).where(models.IssuedReport.kind == ROAD_PACK)).all():
        form = ISSUED_REPORT.open(cipher, row)
        if any(stop.values.get("code") == code for stop in form.figures):
            stops = tuple(_without_place(stop) if stop.values.get("code") == code else stop for stop in form.figures)
            ISSUED_REPORT.change(act, cipher, row, replace(form, figures=stops), row.version)


def _without_place(stop: IssuedFigure) -> IssuedFigure:
    emptied = dict.fromkeys(("nickname", "place_code", "place_km", "place_en"), "")
    return replace(stop, values={**stop.values, **emptied})


def _drop_drafts(act: Act, cipher: FieldCipher, case: CaseFile, people: Sequence[models.Person]) -> None:
    """Drop what was half typed before the case was sealed, and since then on a page that names the person."""
    for draft in act.session.scalars(select(models.Draft)).all():
        own = Compartment(draft.compartment)
        text = cipher.decrypt_text(own, "draft", draft.uuid, "content", draft.version, draft.content) or ""
        old = case.sealed_on is not None and draft.saved_at.date() <= case.sealed_on
        if old or any(_names(text, person) for person in people):
            act.session.delete(draft)


def _names(text: str, person: models.Person) -> bool:
    scripts = ((person.family_km, person.given_km), (person.family_latin, person.given_latin))
    return f'"{person.code}"' in text or any(
        family and given and family in text and given in text for family, given in scripts
    )


def _leave_sheets(act: Act, people: Sequence[models.Person]) -> None:
    """Take the name and the notes of somebody off the issued sheets of their classes; code, marks and totals stay."""
    ids, codes = {each.id for each in people}, {each.code for each in people}
    classes = select(models.Enrolment.class_id).where(models.Enrolment.person_id.in_(ids))
    wanted = select(models.MonthSheetRow).where(models.MonthSheetRow.class_id.in_(classes))
    for row in act.session.scalars(wanted).all():
        sheet = sheet_freezing.thaw(row.figures)
        if any(learner.person_id in ids for learner in sheet.register.learners):
            row.figures = sheet_freezing.freeze(_without_names(sheet, ids, codes))


def _without_names(sheet: MonthSheet, ids: set[int], codes: set[str]) -> MonthSheet:
    def learner(one: Learner) -> Learner:
        return replace(one, names=Names()) if one.person_id in ids else one

    def mark(one: Mark) -> Mark:
        return one._replace(note="") if one.person_id in ids else one

    register = replace(
        sheet.register,
        learners=tuple(learner(one) for one in sheet.register.learners),
        marks={cell: mark(one) for cell, one in sheet.register.marks.items()},
    )
    rows = tuple(
        replace(row, learner=learner(row.learner), marks={day: mark(one) for day, one in row.marks.items()})
        for row in sheet.rows
    )
    differences = tuple(replace(each, who="") if each.person_code in codes else each for each in sheet.differences)
    return replace(sheet, register=register, rows=rows, differences=differences)
