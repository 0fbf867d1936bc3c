"""Every service method with the action that it asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time
from typing import Any

from tests.services.case_gates import CASE_GATES
from tests.services.exchange_gates import EXCHANGE_GATES
from tests.services.gate_world import BACKUP, PHRASE, World
from tests.services.outcome_gates import OUTCOME_GATES
from tests.services.release_gates import RELEASE_GATES
from tlbb_desktop.domain.attendance import MarkCode, Reason, ReasonUse, SessionState
from tlbb_desktop.domain.classes import STAFF, Course, Holiday
from tlbb_desktop.domain.consents import ConsentPurpose
from tlbb_desktop.domain.follow_ups import AttemptForm, ContactMode, Reached
from tlbb_desktop.domain.form_code import bench_code, form_code
from tlbb_desktop.domain.people import PeopleFilter
from tlbb_desktop.domain.recidivism import RecidivismQuestion
from tlbb_desktop.domain.register import SetMark, SetSession
from tlbb_desktop.domain.reoffences import EvidenceLevel, PairDecision
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.wiring import Desk

Call = Callable[[Desk, World], Any]


@dataclass(frozen=True)
class Gate:
    """What a method asks for.

    ``at_prison`` says that it refuses another prison; a list is shortened to one's own instead.
    """

    action: Action
    call: Call
    at_prison: bool = False


def _at(action: Action, call: Call) -> Gate:
    return Gate(action, call, at_prison=True)


A = Action
GATES: dict[str, Gate] = {
    "settings.put": Gate(A.SETTINGS_WRITE, lambda d, w: d.settings.put("late_minutes", 5)),
    "settings.change": Gate(A.SETTINGS_WRITE, lambda d, w: d.settings.change({"late_minutes": 5}, {})),
    "prisons.save": Gate(A.PRISON_WRITE, lambda d, w: d.prisons.save(replace(d.prisons.own(), name_en="New name"))),
    "people.ids": Gate(A.PEOPLE_READ, lambda d, w: d.people.ids(PeopleFilter())),
    "people.rows": Gate(A.PEOPLE_READ, lambda d, w: d.people.rows([w.person_id])),
    "people.quick_find": Gate(A.PEOPLE_READ, lambda d, w: d.people.quick_find("sok")),
    "people.listing": Gate(A.PEOPLE_READ, lambda d, w: d.people.listing()),
    "people.likely_same": Gate(A.PEOPLE_WRITE, lambda d, w: d.people.likely_same(w.person())),
    "people.next_code": Gate(A.PEOPLE_READ, lambda d, w: d.people.next_code()),
    "people.person_with_code": _at(A.PEOPLE_READ, lambda d, w: d.people.person_with_code("0001")),
    "people.record": _at(A.PEOPLE_READ, lambda d, w: d.people.record(w.person_id)),
    "people.merges": _at(A.PEOPLE_READ, lambda d, w: d.people.merges(w.person_id)),
    "people.photo": _at(A.PHOTO_READ, lambda d, w: d.people.photo(w.person_id)),
    "people.set_photo": _at(A.PHOTO_WRITE, lambda d, w: d.people.set_photo(w.person_id, None)),
    "people.save": _at(A.PEOPLE_WRITE, lambda d, w: d.people.save(w.person())),
    "people.merge": _at(A.PEOPLE_MERGE, lambda d, w: d.people.merge(w.person_id, w.second_id)),
    "people_import.preview": _at(
        A.PEOPLE_IMPORT, lambda d, w: d.people_import.preview(d.people_import.propose(w.table(d)), w.day)
    ),
    "people_import.take": _at(A.PEOPLE_IMPORT, lambda d, w: d.people_import.take(())),
    "classes.courses": Gate(A.CLASS_READ, lambda d, w: d.classes.courses()),
    "classes.course_named": Gate(A.CLASS_READ, lambda d, w: d.classes.course_named("moto")),
    "classes.class_named": Gate(A.CLASS_READ, lambda d, w: d.classes.class_named("K")),
    "classes.names": Gate(A.CLASS_READ, lambda d, w: d.classes.names()),
    "classes.trainers": Gate(A.CLASS_READ, lambda d, w: d.classes.trainers()),
    "classes.classes": _at(A.CLASS_READ, lambda d, w: d.classes.classes(prison_id=w.own)),
    "classes.group": _at(A.CLASS_READ, lambda d, w: d.classes.group(w.class_id)),
    "classes.row": _at(A.CLASS_READ, lambda d, w: d.classes.row(w.class_id)),
    "classes.enrolments": _at(A.CLASS_READ, lambda d, w: d.classes.enrolments(w.class_id)),
    "classes.sessions": _at(A.CLASS_READ, lambda d, w: d.classes.sessions(w.class_id, w.day, w.day)),
    "classes.save": _at(A.CLASS_WRITE, lambda d, w: d.classes.save(w.group())),
    "classes.save_course": Gate(
        A.COURSE_WRITE, lambda d, w: d.classes.save_course(Course(None, "sew", "ដេរ", "Sewing"))
    ),
    "classes.enrol": _at(A.ENROL, lambda d, w: d.classes.enrol(w.class_id, [w.second_id], w.day)),
    "classes.set_list_number": _at(A.ENROL, lambda d, w: d.classes.set_list_number(w.enrolment_id, 7, 1)),
    "classes.end_enrolment": _at(A.ENROL, lambda d, w: d.classes.end_enrolment(w.enrolment_id, w.day)),
    "classes.add_session": _at(
        A.SESSION_WRITE, lambda d, w: d.classes.add_session(w.class_id, w.day, time(18), time(19))
    ),
    "calendar.holidays": Gate(A.CLASS_READ, lambda d, w: d.calendar.holidays(w.day, w.day)),
    "calendar.save": Gate(A.HOLIDAY_WRITE, lambda d, w: d.calendar.save(Holiday(w.day, "បុណ្យ", "Feast"), None)),
    "calendar.remove": Gate(
        A.HOLIDAY_WRITE, lambda d, w: d.calendar.remove(Holiday(w.day, "បុណ្យ", "Feast", source=STAFF))
    ),
    "attendance.register": _at(A.SHEET_READ, lambda d, w: d.attendance.register(w.class_id, w.month)),
    "attendance.course_tallies": _at(A.SHEET_READ, lambda d, w: d.attendance.course_tallies(w.class_id)),
    "attendance.summary": _at(A.SHEET_READ, lambda d, w: d.attendance.summary(w.class_id, w.month)),
    "attendance.story": _at(A.SHEET_READ, lambda d, w: d.attendance.story(w.session_id, w.person_id)),
    "attendance.away": _at(A.SHEET_READ, lambda d, w: d.attendance.away(w.class_id, w.day)),
    "attendance.any_mark": Gate(A.SHEET_READ, lambda d, w: d.attendance.any_mark()),
    "attendance.last_mark": Gate(A.SHEET_READ, lambda d, w: d.attendance.last_mark()),
    "attendance.reasons": Gate(A.CLASS_READ, lambda d, w: d.attendance.reasons()),
    "attendance.reason_named": Gate(A.CLASS_READ, lambda d, w: d.attendance.reason_named(ReasonUse.EXCUSED, "sick")),
    "attendance.mark": _at(
        A.MARK, lambda d, w: d.attendance.mark(w.class_id, [SetMark(w.session_id, w.person_id, MarkCode.PRESENT)])
    ),
    "attendance.rest_present": _at(A.MARK, lambda d, w: d.attendance.rest_present(w.class_id, w.session_id)),
    "attendance.undo": _at(A.MARK, lambda d, w: d.attendance.undo(w.class_id)),
    "attendance.redo": _at(A.MARK, lambda d, w: d.attendance.redo(w.class_id)),
    "attendance.set_session": _at(
        A.SESSION_WRITE, lambda d, w: d.attendance.set_session(SetSession(w.session_id, 1, SessionState.HELD))
    ),
    "attendance.add_guest": _at(A.GUEST_ADD, lambda d, w: d.attendance.add_guest(w.class_id, w.day, "ថ្មី")),
    "attendance.ask_gone": _at(A.QUESTION_ASK, lambda d, w: d.attendance.ask_gone(w.class_id, w.person_id)),
    "attendance.save_reason": Gate(
        A.REASON_WRITE, lambda d, w: d.attendance.save_reason(Reason(0, "rain", ReasonUse.CANCELLED, 0, "ភ្លៀង", "Rain"))
    ),
    "attendance_import.read": _at(A.MARK, lambda d, w: d.attendance_import.read(w.class_id, w.folder / "none.xlsx")),
    "attendance_import.take": _at(A.MARK, lambda d, w: d.attendance_import.take(w.nothing_to_import())),
    "sheets.sheet": _at(A.SHEET_READ, lambda d, w: d.sheets.sheet(w.class_id, w.month)),
    "sheets.live": _at(A.SHEET_READ, lambda d, w: d.sheets.live(w.class_id, w.month)),
    "sheets.scan": _at(A.SHEET_READ, lambda d, w: d.sheets.scan(w.class_id, w.month)),
    "sheets.overview": _at(A.SHEET_READ, lambda d, w: d.sheets.overview(w.month, w.own)),
    "sheets.file_name": _at(
        A.SHEET_READ, lambda d, w: d.sheets.file_name(w.class_id, w.month, fmt="xlsx", language="en")
    ),
    "sheets.prison_file_name": _at(A.SHEET_READ, lambda d, w: d.sheets.prison_file_name(w.own, w.month, language="en")),
    "sheets.prison_month": _at(A.SHEET_PRINT, lambda d, w: d.sheets.prison_month(w.own, w.month)),
    "class_papers.paper": _at(A.SHEET_READ, lambda d, w: d.class_papers.paper(w.roll())),
    "class_papers.file_name": _at(A.SHEET_READ, lambda d, w: d.class_papers.file_name(w.roll())),
    "class_papers.hand_out": _at(A.SHEET_PRINT, lambda d, w: d.class_papers.hand_out(w.roll())),
    "class_papers.save": _at(A.SHEET_PRINT, lambda d, w: d.class_papers.save(w.roll(), w.folder / "roll.pdf")),
    "class_papers.note_print": _at(A.SHEET_PRINT, lambda d, w: d.class_papers.note_print(w.roll(), 1, 1)),
    "class_papers.prison_file_name": _at(
        A.SHEET_READ, lambda d, w: d.class_papers.prison_file_name(w.own, w.month, "both")
    ),
    "class_papers.save_prison_month": _at(
        A.SHEET_PRINT,
        lambda d, w: d.class_papers.save_prison_month(w.own, w.month, "both", w.folder / "month.pdf"),
    ),
    "class_papers.marked_by_hand": _at(
        A.SHEET_READ, lambda d, w: d.class_papers.marked_by_hand(form_code(w.class_id, w.month))
    ),
    "sheets.issue": _at(A.SHEET_ISSUE, lambda d, w: d.sheets.issue(w.class_id, w.month)),
    "sheets.sign": _at(A.SHEET_SIGN, lambda d, w: d.sheets.sign(w.class_id, w.month, w.day, "Director")),
    "sheets.hours_lost": _at(A.HOURS_LOST_READ, lambda d, w: d.sheets.hours_lost(w.own, w.month)),
    "sheets.export": _at(
        A.SHEET_PRINT,
        lambda d, w: d.sheets.export(w.class_id, w.month, fmt="csv", language="en", path=w.folder / "sheet.csv"),
    ),
    "sheets.export_prison_month": _at(
        A.SHEET_PRINT,
        lambda d, w: d.sheets.export_prison_month(w.own, w.month, language="en", path=w.folder / "month.xlsx"),
    ),
    "certificates.list": Gate(A.CERTIFICATE_READ, lambda d, w: d.certificates.list()),
    "certificates.proposals": Gate(A.CERTIFICATE_PROPOSE, lambda d, w: d.certificates.proposals()),
    "certificates.rules_not_met": Gate(A.CERTIFICATE_ISSUE, lambda d, w: d.certificates.rules_not_met([1])),
    "certificates.eligibility": _at(
        A.CERTIFICATE_PROPOSE, lambda d, w: d.certificates.eligibility(w.class_id, [w.person_id])
    ),
    "certificates.eligible": _at(A.CERTIFICATE_PROPOSE, lambda d, w: d.certificates.eligible(w.class_id)),
    "certificates.propose": _at(
        A.CERTIFICATE_PROPOSE, lambda d, w: d.certificates.propose(w.class_id, [w.person_id], despite="a test")
    ),
    "certificates.approve": Gate(A.CERTIFICATE_APPROVE, lambda d, w: d.certificates.approve([1])),
    "certificates.withdraw": _at(A.CERTIFICATE_PROPOSE, lambda d, w: d.certificates.withdraw([1], "a test")),
    "certificates.issue": Gate(A.CERTIFICATE_ISSUE, lambda d, w: d.certificates.issue([1])),
    "certificates.issue_at_once": _at(
        A.CERTIFICATE_ISSUE, lambda d, w: d.certificates.issue_at_once(w.class_id, [w.person_id], despite="a test")
    ),
    "certificates.reprint": _at(A.CERTIFICATE_PRINT, lambda d, w: d.certificates.reprint(w.number)),
    "certificates.replace": _at(A.CERTIFICATE_ISSUE, lambda d, w: d.certificates.replace(w.number, "a test")),
    "certificates.revoke": _at(A.CERTIFICATE_REVOKE, lambda d, w: d.certificates.revoke(w.number, "a test")),
    "certificate_batches.issue": Gate(A.CERTIFICATE_ISSUE, lambda d, w: d.certificate_batches.issue([1])),
    "certificate_papers.draft": _at(A.CERTIFICATE_PROPOSE, lambda d, w: d.certificate_papers.draft(1, "km")),
    "certificate_papers.paper": _at(A.CERTIFICATE_READ, lambda d, w: d.certificate_papers.paper(1, "km")),
    "certificate_papers.file_name": _at(A.CERTIFICATE_READ, lambda d, w: d.certificate_papers.file_name([1])),
    "certificate_papers.bundle": Gate(A.CERTIFICATE_PRINT, lambda d, w: d.certificate_papers.bundle([1], "km")),
    "certificate_papers.note_print": Gate(
        A.CERTIFICATE_PRINT, lambda d, w: d.certificate_papers.note_print(w.bundle(), [0], 1)
    ),
    "certificate_papers.save": Gate(
        A.CERTIFICATE_PRINT, lambda d, w: d.certificate_papers.save([1], "km", w.folder / "certificate.pdf")
    ),
    "certificate_papers.save_each": Gate(
        A.CERTIFICATE_PRINT, lambda d, w: d.certificate_papers.save_each([1], "km", w.folder)
    ),
    "certificate_papers.with_photo": Gate(
        A.CERTIFICATE_PRINT, lambda d, w: d.certificate_papers.with_photo(w.certificate)
    ),
    "consents.holds": _at(A.CONSENT_READ, lambda d, w: d.consents.holds(w.person_id, ConsentPurpose.PHOTO_ON_PAPERS)),
    "consents.note": _at(
        A.CONSENT_WRITE, lambda d, w: d.consents.note(w.person_id, ConsentPurpose.PHOTO_ON_PAPERS, given=True)
    ),
    "certificate_checks.check_text": Gate(A.CERTIFICATE_READ, lambda d, w: d.certificate_checks.check_text(w.number)),
    "certificate_keys.export": Gate(A.CERTIFICATE_KEYS, lambda d, w: d.certificate_keys.export(w.folder / "keys.json")),
    "certificate_keys.stranger": Gate(
        A.CERTIFICATE_KEYS, lambda d, w: d.certificate_keys.stranger(w.folder / "keys.json")
    ),
    "certificate_keys.take": Gate(A.CERTIFICATE_KEYS, lambda d, w: d.certificate_keys.take(w.folder / "keys.json")),
    "case_history.read": Gate(A.HISTORY_IMPORT, lambda d, w: d.case_history.read(w.folder / "none.csv")),
    "case_history.take": Gate(A.HISTORY_IMPORT, lambda d, w: d.case_history.take(())),
    "follow_ups.of_release": _at(A.AFTERCARE_READ, lambda d, w: d.follow_ups.of_release(w.release_id)),
    "contact_lists.due": Gate(A.AFTERCARE_READ, lambda d, w: d.contact_lists.due()),
    "follow_ups.plan": _at(A.AFTERCARE_WRITE, lambda d, w: d.follow_ups.plan(w.release_id)),
    "follow_ups.note_attempt": _at(
        A.AFTERCARE_WRITE,
        lambda d, w: d.follow_ups.note_attempt(
            w.follow_up_id, AttemptForm(w.day, ContactMode.PHONE, Reached.NOT_REACHED)
        ),
    ),
    "follow_ups.note_contact": _at(
        A.AFTERCARE_WRITE, lambda d, w: d.follow_ups.note_contact(w.follow_up_id, w.contact(), 1)
    ),
    "follow_ups.add_extra": _at(A.AFTERCARE_WRITE, lambda d, w: d.follow_ups.add_extra(w.release_id, w.contact())),
    "contact_undo.take_back": _at(A.AFTERCARE_WRITE, lambda d, w: d.contact_undo.take_back(w.release_id)),
    "follow_ups.give_up": _at(A.AFTERCARE_WRITE, lambda d, w: d.follow_ups.give_up(w.follow_up_id, 1)),
    "admission_checks.read": _at(
        A.AFTERCARE_WRITE, lambda d, w: d.admission_checks.read(w.folder / "none.xlsx", w.span())
    ),
    "admission_checks.open": _at(
        A.AFTERCARE_WRITE, lambda d, w: d.admission_checks.open(w.admitted(), w.span(), "list.xlsx")
    ),
    "admission_checks.unfinished": Gate(A.AFTERCARE_READ, lambda d, w: d.admission_checks.unfinished()),
    "admission_checks.pairs": _at(A.AFTERCARE_READ, lambda d, w: d.admission_checks.pairs(w.check_id)),
    "admission_checks.decide": _at(
        A.AFTERCARE_WRITE, lambda d, w: d.admission_checks.decide(w.pair_id, PairDecision.OTHER, 1)
    ),
    "admission_checks.finish": _at(A.AFTERCARE_WRITE, lambda d, w: d.admission_checks.finish(w.check_id)),
    "reoffences.of_person": _at(A.AFTERCARE_READ, lambda d, w: d.reoffences.of_person(w.free_id)),
    "reoffences.story": _at(A.AFTERCARE_READ, lambda d, w: d.reoffences.story(w.event_id)),
    "reoffences.save": _at(A.AFTERCARE_WRITE, lambda d, w: d.reoffences.save(w.event())),
    "reoffences.set_level": _at(
        A.AFTERCARE_WRITE, lambda d, w: d.reoffences.set_level(w.event_id, EvidenceLevel.CHARGE, "a test", 1)
    ),
    "outcomes.people": Gate(A.OUTCOME_READ, lambda d, w: d.outcomes.people([w.person_id])),
    "outcomes.recidivism": Gate(A.OUTCOME_READ, lambda d, w: d.outcomes.recidivism(RecidivismQuestion(w.day))),
    "curricula.newest": Gate(A.CLASS_READ, lambda d, w: d.curricula.newest(1)),
    "curricula.versions": Gate(A.CLASS_READ, lambda d, w: d.curricula.versions(1)),
    "curricula.unit_named": Gate(A.CLASS_READ, lambda d, w: d.curricula.unit_named(1, "M01")),
    "curricula.of_class": _at(A.CLASS_READ, lambda d, w: d.curricula.of_class(w.class_id)),
    "curricula.switches": _at(A.CLASS_READ, lambda d, w: d.curricula.switches(w.own)),
    "curricula.followers": Gate(A.CLASS_READ, lambda d, w: d.curricula.followers(1)),
    "curricula.objections": Gate(A.COURSE_WRITE, lambda d, w: d.curricula.objections(w.curriculum())),
    "curricula.save": Gate(A.COURSE_WRITE, lambda d, w: d.curricula.save(w.curriculum(), 1)),
    "curricula.follow": _at(A.CLASS_CURRICULUM, lambda d, w: d.curricula.follow(w.class_id, 1)),
    "curricula.switch": _at(A.UNIT_SWITCH, lambda d, w: d.curricula.switch(w.own, 2, off=True, reason="a test")),
    "teaching.spells": _at(A.PROGRESS_READ, lambda d, w: d.teaching.spells(w.class_id)),
    "teaching.parts": _at(A.PROGRESS_READ, lambda d, w: d.teaching.parts(w.session_id)),
    "teaching.set_unit": _at(A.SESSION_WRITE, lambda d, w: d.teaching.set_unit(w.class_id, 1, w.day)),
    "teaching.set_parts": _at(A.SESSION_WRITE, lambda d, w: d.teaching.set_parts(w.session_id, (), 1)),
    "assessment.unit_named": _at(A.PROGRESS_READ, lambda d, w: d.assessment.unit_named(w.class_id, "M01")),
    "assessment.assess": _at(A.ASSESS, lambda d, w: d.assessment.assess(w.class_id, [w.attempt()])),
    "assessment.recognise": _at(
        A.ASSESS, lambda d, w: d.assessment.recognise(w.class_id, w.person_id, 1, w.day, "a test")
    ),
    "assessment.assessors": _at(A.ASSESS, lambda d, w: d.assessment.assessors(w.class_id)),
    "assessment.assess_second": _at(A.ASSESS, lambda d, w: d.assessment.assess_second(w.class_id, w.attempt())),
    "assessment.redo": _at(A.ASSESS, lambda d, w: d.assessment.redo(w.class_id)),
    "assessment.undo": _at(A.ASSESS, lambda d, w: d.assessment.undo(w.class_id)),
    "assessment.take_back": _at(A.ASSESS, lambda d, w: d.assessment.take_back(w.entry_id, "a test")),
    "assessment.story": _at(A.PROGRESS_READ, lambda d, w: d.assessment.story(w.class_id, w.person_id, 1)),
    "bench_sheets.sheet": _at(A.PROGRESS_READ, lambda d, w: d.bench_sheets.sheet(w.class_id, 1, w.day)),
    "bench_sheets.with_code": _at(A.PROGRESS_READ, lambda d, w: d.bench_sheets.with_code(bench_code(w.class_id, 1))),
    "bench_sheets.paper": _at(A.PROGRESS_READ, lambda d, w: d.bench_sheets.paper(w.class_id, 1, w.day, "km")),
    "bench_sheets.file_name": _at(A.PROGRESS_READ, lambda d, w: d.bench_sheets.file_name(w.class_id, 1, w.day, "km")),
    "bench_sheets.hand_out": _at(A.SHEET_PRINT, lambda d, w: d.bench_sheets.hand_out(w.class_id, 1, w.day, "km")),
    "bench_sheets.save": _at(
        A.SHEET_PRINT, lambda d, w: d.bench_sheets.save(w.class_id, 1, w.day, "km", w.folder / "bench.pdf")
    ),
    "bench_sheets.enter": _at(A.ASSESS, lambda d, w: d.bench_sheets.enter(w.bench_sheet(d), {})),
    "progress.board": _at(A.PROGRESS_READ, lambda d, w: d.progress.board(w.class_id)),
    "progress.standing": _at(A.PROGRESS_READ, lambda d, w: d.progress.standing(w.class_id)),
    "progress.path": _at(A.PROGRESS_READ, lambda d, w: d.progress.path(w.class_id, w.person_id)),
    "curriculum_files.export": Gate(A.CLASS_READ, lambda d, w: d.curriculum_files.export(1, w.folder / "course.xlsx")),
    "curriculum_files.read": Gate(A.COURSE_WRITE, lambda d, w: d.curriculum_files.read(1, w.folder / "none.xlsx")),
    "curriculum_files.take": Gate(A.COURSE_WRITE, lambda d, w: d.curriculum_files.take(1, w.folder / "none.xlsx")),
    "portable_records.give": _at(
        A.RECORD_GIVE, lambda d, w: d.portable_records.give(w.class_id, w.person_id, w.folder / "learner.json")
    ),
    "portable_records.look": Gate(A.RECORD_TAKE, lambda d, w: d.portable_records.look(w.folder / "none.json")),
    "portable_records.take": _at(
        A.RECORD_TAKE, lambda d, w: d.portable_records.take(w.class_id, w.person_id, w.folder / "none.json")
    ),
    "submissions.lines": Gate(A.SUBMISSION, lambda d, w: d.submissions.lines()),
    "submissions.note_results": Gate(A.SUBMISSION, lambda d, w: d.submissions.note_results(w.number, w.day)),
    "submissions.note_sent": Gate(A.SUBMISSION, lambda d, w: d.submissions.note_sent([w.number], w.day)),
    "submissions.note_returned": Gate(A.SUBMISSION, lambda d, w: d.submissions.note_returned(w.number, w.day, "7")),
    "submissions.export": Gate(A.SUBMISSION, lambda d, w: d.submissions.export(w.folder / "list.xlsx", "km")),
    "submissions.export_t1": _at(
        A.SUBMISSION, lambda d, w: d.submissions.export_t1(w.class_id, w.folder / "t1.xlsx", "km", "why")
    ),
    "practical_photos.photo": _at(A.PHOTO_READ, lambda d, w: d.practical_photos.photo(w.entry_id)),
    "practical_photos.set_photo": _at(A.ASSESS, lambda d, w: d.practical_photos.set_photo(w.entry_id, None)),
    "training_records.record": _at(A.SHEET_PRINT, lambda d, w: d.training_records.record(w.person_id)),
    "questions.open_questions": Gate(A.QUESTION_ANSWER, lambda d, w: d.questions.open_questions()),
    "questions.guests": Gate(A.QUESTION_ANSWER, lambda d, w: d.questions.guests()),
    "questions.answer": _at(A.QUESTION_ANSWER, lambda d, w: d.questions.answer(w.question_id, "នៅ")),
    "questions.join_guest": _at(A.QUESTION_ANSWER, lambda d, w: d.questions.join_guest(w.guest_id, w.second_id)),
    "today.page": Gate(A.CLASS_READ, lambda d, w: d.today.page(after_stop=True)),
    "today.clock_doubt": Gate(A.CLASS_READ, lambda d, w: d.today.clock_doubt()),
    "staff.list": Gate(A.STAFF_READ, lambda d, w: d.staff.list()),
    "staff.add": Gate(A.STAFF_WRITE, lambda d, w: d.staff.add(NewMember("dara", "", Role.TRAINER, PHRASE))),
    "staff.rename": Gate(A.STAFF_WRITE, lambda d, w: d.staff.rename("sokha", "Sokha")),
    "staff.set_prisons": Gate(A.STAFF_WRITE, lambda d, w: d.staff.set_prisons("sokha", [w.own])),
    "staff.change_role": Gate(A.STAFF_WRITE, lambda d, w: d.staff.change_role("nobody", Role.TRAINER, False)),
    "staff.deactivate": Gate(A.STAFF_WRITE, lambda d, w: d.staff.deactivate("nobody")),
    "staff.hand_over_duty": Gate(A.KEYS_WRITE, lambda d, w: d.staff.hand_over_duty("nobody")),
    "staff.finish_rekeying": Gate(A.KEYS_WRITE, lambda d, w: d.staff.finish_rekeying()),
    "staff.reset_passphrase": Gate(A.KEYS_WRITE, lambda d, w: d.staff.reset_passphrase("nobody", PHRASE)),
    "staff.renew_recovery": Gate(A.KEYS_WRITE, lambda d, w: d.staff.renew_recovery()),
    "server_accounts.give": Gate(A.STAFF_WRITE, lambda d, w: d.server_accounts.give("sokha", "account")),
    "backups.create": Gate(A.BACKUP_MAKE, lambda d, w: d.backups.create(w.folder)),
    "backups.remember": Gate(A.BACKUP_MAKE, lambda d, w: d.backups.remember(BACKUP)),
    "copies.make": Gate(A.BACKUP_MAKE, lambda d, w: d.copies.make()),
    "copies.day_was_cut_off": Gate(A.BACKUP_MAKE, lambda d, w: d.copies.day_was_cut_off()),
    "copies.standing": Gate(A.BACKUP_MAKE, lambda d, w: d.copies.standing()),
    "copies.choose_medium": Gate(A.BACKUP_MAKE, lambda d, w: d.copies.choose_medium(w.folder)),
    "copies.put_on": Gate(A.BACKUP_MAKE, lambda d, w: d.copies.put_on(w.folder / "none")),
    "copies.forget_medium": Gate(A.BACKUP_MAKE, lambda d, w: d.copies.forget_medium("none")),
    "drills.drill": Gate(A.BACKUP_RESTORE, lambda d, w: d.drills.drill(w.folder / "none.tlbb", "")),
    "moving.moved_away": Gate(A.BACKUP_RESTORE, lambda d, _w: d.moving.moved_away()),
    "moving.came_here": Gate(A.BACKUP_RESTORE, lambda d, _w: d.moving.came_here()),
    "moving.prepare": Gate(A.BACKUP_RESTORE, lambda d, w: d.moving.prepare(w.folder / "none")),
    "moving.finish": Gate(A.BACKUP_RESTORE, lambda d, w: d.moving.finish("")),
    "moving.reopen": Gate(A.BACKUP_RESTORE, lambda d, w: d.moving.reopen("")),
    "lost_laptops.replace_lost": Gate(A.KEYS_WRITE, lambda d, w: d.lost_laptops.replace_lost()),
    "backups.entered_again": Gate(A.BACKUP_RESTORE, lambda d, w: d.backups.entered_again()),
    "backups.verify": Gate(A.BACKUP_MAKE, lambda d, w: d.backups.verify(w.folder / "none.tlbb")),
    "audit.mine": Gate(A.AUDIT_READ_OWN, lambda d, w: d.audit.mine()),
    "audit.head_code": Gate(A.AUDIT_READ_OWN, lambda d, w: d.audit.head_code()),
    "audit.events": Gate(A.AUDIT_READ, lambda d, w: d.audit.events()),
    "audit.count": Gate(A.AUDIT_VERIFY, lambda d, w: d.audit.count()),
    "audit.first_broken": Gate(A.AUDIT_VERIFY, lambda d, w: d.audit.first_broken()),
    "integrity.check": Gate(A.AUDIT_VERIFY, lambda d, w: d.integrity.check()),
}
GATES |= {name: Gate(*gate) for name, gate in EXCHANGE_GATES.items()}
GATES |= {name: Gate(*gate) for name, gate in CASE_GATES.items()}
GATES |= {name: Gate(*gate) for name, gate in RELEASE_GATES.items()}
GATES |= {name: Gate(*gate) for name, gate in OUTCOME_GATES.items()}

#: No gate, each for a reason that stands in its service: public facts, one's own things, files of the caller.
