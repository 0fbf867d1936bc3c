"""Large text: the parts of a case put their fields under each other, and no part scrolls sideways."""

from __future__ import annotations

import pytest

from tests.services.cases.conftest import TODAY
from tlbb_desktop.domain.money import Money
from tlbb_desktop.domain.referrals import LegalNeed, ReferralForm, ReferralKind
from tlbb_desktop.domain.visits import VisitForm, VisitKind, Visitor
from tlbb_desktop.qt.theme import apply_theme
from tlbb_desktop.qt.translator import switch_language


@pytest.fixture(params=[1.0, 1.5, 2.0])
def scale(request, qapp):
    apply_theme(qapp, "light", request.param)
    yield request.param
    apply_theme(qapp, "light", 1.0)


@pytest.fixture(params=["en", "km"])
def tongue(request, qapp):
    switch_language(qapp, request.param)
    yield request.param
    switch_language(qapp, "en")
    qapp.processEvents()


def sideways(page) -> int:
    """How far the part that is shown scrolls to the side, in pixels."""
    return page.case_pane._areas[page.case_pane.section_name].horizontalScrollBar().maximum()


def test_no_part_scrolls_sideways(qapp, scale, tongue, page, room):
    case_id, desk = room.case(), room.desk()
    form = VisitForm((Visitor("ស៊ិន សុខា", "ម្តាយ"),), transport=Money(20_000), fees_asked=True)
    desk.visits.add(case_id, VisitKind.FAMILY_TO_PRISON, TODAY, form)
    desk.referrals.add(case_id, ReferralForm(ReferralKind.LEGAL, need=LegalNeed.NO_LAWYER))
    for name in ("overview", "law", "notes", "visits", "referrals"):
        page.show_case(case_id, name)
        qapp.processEvents()
        assert (name, sideways(page)) == (name, 0)


def test_fields_go_under_each_other_when_the_text_grows_while_the_page_is_open(qapp, page, room):
    page.show_case(room.case(), "law")
    fields = page.case_pane.section.file.form.fields
    qapp.processEvents()
    assert fields["category"].y() == fields["offence_class"].y()
    apply_theme(qapp, "light", 2.0)
    try:
        qapp.processEvents()
        assert fields["category"].y() < fields["offence_class"].y()
    finally:
        apply_theme(qapp, "light", 1.0)
    qapp.processEvents()
    assert fields["category"].y() == fields["offence_class"].y()
