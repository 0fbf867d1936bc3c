"""Today, for each role, in the real page over a real record."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.gui.accessible import unnamed_controls
from tests.gui.classroom import FRIDAY, OCTOBER, Classroom, desk_of, furnish, set_day
from tests.gui.people import add_person
from tests.gui.text_fits import cut_texts
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.certificates import CertificateKind, CertificateState
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.screens.today.screen import TodayScreen
from tlbb_desktop.widgets.destinations import OpenCertificates, OpenRegister

WEDNESDAY = date(2026, 10, 28)
TUESDAY = date(2026, 10, 20)


@pytest.fixture
def room(desk) -> Classroom:
    return furnish(desk)


@pytest.fixture
def busy(room) -> Classroom:
    """Wednesday's class waits, Tuesday's was forgotten; there are a question and a guest."""
    set_day(room.desk, WEDNESDAY)
    room.mark_all(until=WEDNESDAY - timedelta(days=1), but=(TUESDAY,))
    room.desk.attendance.ask_gone(room.class_id, room.people[0])
    room.desk.attendance.add_guest(room.class_id, TUESDAY, "SOK PISETH", "cell 4")
    return room


@pytest.fixture
def screen_at(qtbot, tasks):
    def build(desk, argument: object = None) -> TodayScreen:
        changes = ChangeSignal()
        desk.office._publish = changes.publish
        screen = TodayScreen(desk, tasks, changes)
        qtbot.addWidget(screen)
        screen.resize(1166, 660)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.open(argument)
        return screen

    return build


def texts(screen: TodayScreen) -> list[str]:
    return [label.text() for card in screen._cards for label in card.findChildren(QLabel) if label.text()]


def said(screen: TodayScreen, part: str) -> bool:
    return any(part in text for text in texts(screen))


def button(screen: TodayScreen, name: str) -> QPushButton:
    """The first button whose name as a screen reader says it begins with *name*."""
    buttons = [each for card in screen._cards for each in card.findChildren(QPushButton)]
    return next(each for each in buttons if each.accessibleName().startswith(name))


def headings(screen: TodayScreen) -> list[str]:
    labels = [label for card in screen._cards for label in card.findChildren(QLabel)]
    return [label.text() for label in labels if label.property("role") == "heading" and label.text()]


def test_the_class_of_the_hour_is_one_enter_away(busy, screen_at, qtbot, qapp):
    screen = screen_at(busy.desk)
    focused = qapp.focusWidget()
    assert focused.text() == "Register 0/5"
    with qtbot.waitSignal(screen.go_to) as went:
        QTest.keyClick(focused, Qt.Key.Key_Return)
    assert went.args == ["register", OpenRegister(busy.class_id, OCTOBER, busy.session_on(WEDNESDAY))]


def test_a_session_with_missing_marks_is_named_with_its_day(busy, screen_at, qtbot):
    screen = screen_at(busy.desk)
    assert said(screen, "Tuesday 20/10/2026 · Motorbike repair")
    with qtbot.waitSignal(screen.go_to) as went:
        button(screen, "Open: Tuesday").click()
    assert went.args[1] == OpenRegister(busy.class_id, OCTOBER, busy.session_on(TUESDAY))


def test_after_an_unexpected_stop_the_first_line_names_the_last_mark_kept(busy, screen_at):
    busy.mark(WEDNESDAY, 2, MarkCode.LATE, 15)
    screen = screen_at(busy.desk, "after_stop")
    assert "The last mark is kept: លី បុប្ផា, Late, 28/10/2026" in texts(screen)[0]
    screen.open()
    assert not said(screen, "The last mark is kept")


def test_the_sheets_of_the_last_working_days_lead_to_what_is_missing(busy, screen_at, qtbot):
    screen = screen_at(busy.desk)
    assert said(screen, "October 2026: 0 of 1 complete")
    with qtbot.waitSignal(screen.go_to) as went:
        button(screen, "Missing marks").click()
    assert went.args[0] == "register"
    with qtbot.waitSignal(screen.go_to) as went:
        button(screen, "Sheet").click()
    assert went.args == ["sheets", (busy.class_id, OCTOBER)]


def test_each_role_begins_with_its_own_work(busy, desk_as, screen_at):
    found = {}
    for role in Role:
        desk = desk_as(role)
        set_day(desk, WEDNESDAY)
        found[role] = headings(screen_at(desk))
    assert found[Role.TRAINER] == ["Classes of today", "Marks are missing", "Month sheets"]
    assert found[Role.LIAISON][:2] == ["Month sheets", "Questions from the classes"]
    assert found[Role.MANAGER][0] == "Questions from the classes"
    assert found[Role.MANAGER][-1] == "Sites"
    assert found[Role.SOCIAL_WORKER] == ["Due today", "Classes of today"]


def test_a_manager_goes_from_today_to_the_certificates_that_wait(busy, desk_as, screen_at, qtbot):
    busy.desk.certificates.propose(busy.class_id, busy.people[:2], CertificateKind.PARTICIPATION)
    screen = screen_at(busy.desk)
    assert headings(screen)[0] == "To approve"
    assert said(screen, "2 certificates wait for approval")
    looked_for = button(screen, "Look: 2 certificates")
    assert screen.focusProxy() is looked_for, "before the register of a class that comes later"
    buttons = [each for card in screen._cards for each in card.findChildren(QPushButton)]
    assert [each for each in buttons if each.property("role") == "primary"] == [looked_for]
    with qtbot.waitSignal(screen.go_to) as went:
        button(screen, "Look: 2 certificates").click()
    group = busy.desk.classes.row(busy.class_id)
    assert went.args == ["certificates", OpenCertificates(CertificateState.PROPOSED, group.code)]
    busy.desk.certificates.approve([row.id for row in busy.desk.certificates.list()])
    assert "To approve" not in headings(screen)
    assert "To approve" not in headings(screen_at(set_day(desk_as(Role.TRAINER), WEDNESDAY)))


def test_a_question_is_answered_with_the_last_day(busy, desk_as, screen_at):
    desk = set_day(desk_as(Role.LIAISON), WEDNESDAY)
    screen = screen_at(desk)
    button(screen, "Answer: Is គឹម វណ្ណា gone?").click()
    screen._answer._form.dayEdit.show_day(date(2026, 10, 27))
    screen._answer._form.keepButton.click()
    assert screen._answer.isHidden()
    assert desk.questions.open_questions() == ()
    ended = [one for one in desk.classes.enrolments(busy.class_id) if one.person_id == busy.people[0]]
    assert ended[0].ends_on == date(2026, 10, 27)
    assert not said(screen, "Is គឹម វណ្ណា gone?")


def test_still_here_ends_no_enrolment(busy, screen_at):
    screen = screen_at(busy.desk)
    button(screen, "Answer").click()
    screen._answer._form.hereButton.click()
    assert not screen._answer._form.dayEdit.isEnabled()
    screen._answer._form.keepButton.click()
    assert all(
        one.ends_on is None for one in busy.desk.classes.enrolments(busy.class_id) if one.person_id in busy.people
    )


def test_a_guest_is_joined_to_the_record_that_typing_finds(busy, screen_at):
    known = add_person(busy.desk, "សុខ", "ពិសិដ្ឋ", ("SOK", "PISETH"))
    screen = screen_at(busy.desk)
    button(screen, "Join: Who is SOK PISETH?").click()
    assert screen._join._form.peopleList.count() == 1
    QTest.keyClick(screen._join._form.findEdit, Qt.Key.Key_Return)
    assert busy.desk.questions.guests() == ()
    roster = busy.desk.attendance.register(busy.class_id, OCTOBER).learners
    assert known in [learner.person_id for learner in roster]
    assert screen._join.isHidden()


def test_a_guest_whom_nobody_fits_is_said_so_in_the_list_and_is_joined_to_no_line(busy, screen_at):
    screen = screen_at(busy.desk)
    button(screen, "Join: Who is SOK PISETH?").click()
    form = screen._join._form
    assert [form.peopleList.item(line).text() for line in range(form.peopleList.count())] == ["Nobody found"]
    assert not form.keepButton.isEnabled()
    QTest.keyClick(form.findEdit, Qt.Key.Key_Return)
    assert len(busy.desk.questions.guests()) == 1


def test_escape_leaves_a_question_open(busy, screen_at):
    screen = screen_at(busy.desk)
    button(screen, "Answer").click()
    assert screen.go_back()
    assert screen._answer.isHidden()
    assert not screen.go_back()
    assert len(busy.desk.questions.open_questions()) == 1


def test_a_new_programme_says_the_first_three_steps(desk, screen_at, qtbot):
    screen = screen_at(desk)
    assert headings(screen) == ["Three steps to the first register"]
    for step, place in (("1", ("people", "import")), ("2", ("classes", "new")), ("3", ("register", None))):
        with qtbot.waitSignal(screen.go_to) as went:
            button(screen, f"Begin: {step}").click()
        assert tuple(went.args) == place


def test_a_step_that_is_done_is_ticked_and_all_go_with_the_first_mark(room, screen_at):
    set_day(room.desk, WEDNESDAY)
    screen = screen_at(room.desk)
    waiting = [each for card in screen._cards for each in card.findChildren(QPushButton) if each.text() == "Begin"]
    assert len(waiting) == 1
    room.mark(WEDNESDAY, 0, MarkCode.PRESENT)
    screen.open()
    assert "Classes of today" in headings(screen)


def test_a_day_without_classes_names_the_next_one(busy, screen_at):
    set_day(busy.desk, FRIDAY)
    screen = screen_at(busy.desk)
    assert said(screen, "No class today.")
    assert said(screen, "Next: Monday, 2 November 2026, 08:00–11:00")


def test_an_old_backup_is_spoken_of_with_a_warning(busy, screen_at, qtbot):
    screen = screen_at(busy.desk)
    assert said(screen, "There is no backup yet.")
    made_at = datetime(2026, 10, 17, 17, 2, tzinfo=CAMBODIA)
    busy.desk.settings.put("last_backup", [{"made_at": made_at.isoformat()}])
    assert said(screen, "Last good backup: 11 days ago")
    assert screen._presenter.backup_is_due()
    with qtbot.waitSignal(screen.go_to) as went:
        button(screen, "Make a backup").click()
    assert went.args == ["settings", "backup"]


def test_a_copy_that_was_not_made_is_one_calm_line_with_one_button(busy, screen_at):
    busy.desk.copies.make()
    trouble = {"at": "2026-10-28T17:00:00+07:00", "medium": "KINGSTON", "kind": "refused"}
    busy.desk.settings.put("copy_trouble", trouble)
    screen = screen_at(busy.desk)
    assert said(screen, "The last copy on KINGSTON was not made: it did not take the file.")
    assert said(screen, "Last good backup: today")
    assert [each.text() for each in screen._cards[-1].findChildren(QPushButton)] == ["Make a backup"]


def test_a_copy_that_lies_on_this_laptop_alone_is_not_enough(busy, screen_at):
    busy.desk.copies.make()
    assert said(screen_at(busy.desk), "There is no copy outside this laptop yet.")


def test_a_doubted_clock_is_asked_about_once(busy, screen_at):
    busy.mark(WEDNESDAY, 0, MarkCode.PRESENT)
    set_day(busy.desk, date(2016, 10, 29))
    screen = screen_at(busy.desk)
    assert headings(screen)[0] == "What day is it today?"
    button_of_panel = screen._cards[0]._form.keepButton
    button_of_panel.click()
    screen.open()
    assert busy.desk.office.clock.today() >= WEDNESDAY
    assert not said(screen, "What day is it today?")
    assert said(screen, "The laptop's clock says Saturday, 29 October 2016.")


def test_a_right_laptop_is_believed(busy, screen_at):
    busy.mark(WEDNESDAY, 0, MarkCode.PRESENT)
    set_day(busy.desk, date(2027, 3, 1))
    screen = screen_at(busy.desk)
    screen._cards[0]._form.laptopButton.click()
    screen.open()
    assert busy.desk.office.clock.today() == date(2027, 3, 1)
    assert not said(screen, "What day is it today?")


def test_a_restored_record_says_what_to_enter_again_until_it_is_done(busy, screen_at):
    came = {"made_at": "2026-10-20T17:00:00+07:00", "restored_at": "2026-10-28T08:00:00+07:00"}
    busy.desk.settings.put("restored_from", came)
    busy.mark(date(2026, 10, 26), 0, None)
    screen = screen_at(busy.desk)
    assert said(screen, "This record came out of the backup of 20/10/2026 17:00.")
    assert headings(screen)[0] == "To enter again from paper"
    buttons = [each.text() for each in screen._cards[0].findChildren(QPushButton)]
    assert buttons[:2] == ["All is entered", "Open"]
    button(screen, "All is entered").click()
    assert not said(screen, "This record came out of the backup")


def test_a_mark_made_meanwhile_shows_at_once(busy, screen_at):
    screen = screen_at(busy.desk)
    busy.mark(WEDNESDAY, 0, MarkCode.PRESENT)
    assert button(screen, "Register 1/5").isVisible()


def test_a_social_worker_reads_and_marks_nothing(busy, desk_as, screen_at):
    screen = screen_at(set_day(desk_as(Role.SOCIAL_WORKER), WEDNESDAY))
    assert button(screen, "Open: 08:00–11:00").text() == "Open"


def test_the_liaison_finds_the_last_months_sheets_in_the_first_week(busy, desk_as, screen_at):
    desk = set_day(desk_as(Role.LIAISON), date(2026, 11, 3))
    assert desk.today.page().sheets_month == OCTOBER
    assert said(screen_at(desk), "October 2026: 0 of 1 complete")
    desk = set_day(desk_of(desk_as, Role.LIAISON), date(2026, 11, 12))
    assert desk.today.page().sheets_month == Month(2026, 11)


def test_every_control_is_named_and_no_text_is_cut(busy, screen_at, language):
    screen = screen_at(busy.desk, "after_stop")
    question, guest = screen._presenter.questions[0], screen._presenter.guests[0]
    for step in (lambda: None, lambda: screen.ask_answer(question), lambda: screen.ask_join(guest)):
        step()
        QApplication.processEvents()
        assert unnamed_controls(screen) == []
        assert cut_texts(screen) == []


def test_the_language_switches_live(busy, screen_at, qapp):
    screen = screen_at(busy.desk)
    try:
        switch_language(qapp, "km")
        QApplication.processEvents()
        assert "ថ្នាក់រៀនថ្ងៃនេះ" in headings(screen)
        assert said(screen, "អង្គារ 20/10/2026 · ការជួសជុលម៉ូតូ")
    finally:
        switch_language(qapp, "en")
