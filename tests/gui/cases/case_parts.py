"""What the tests of a case's parts do with a part: open it, type into it, read its table."""

from __future__ import annotations

from PySide6.QtTest import QTest


def opened(page, case_id, part):
    """The section of a case, shown."""
    page.show_case(case_id, part)
    return page.case_pane.section


def typed(pane, name, text):
    pane.form.go_to(pane.form.answers[name])
    QTest.keyClicks(pane.form.answers[name], text)


def cells(table, row=0):
    model = table.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def audited(room):
    return [(entry.kind, entry.detail) for entry in room.manager.audit.events()]
