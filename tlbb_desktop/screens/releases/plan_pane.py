"""One release plan: who and when above, its groups at the left, what is chosen at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.release_items import ItemGroup
from tlbb_desktop.forms.ui_release_plan import Ui_ReleasePlanForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import Np_
from tlbb_desktop.qt.icons import apply_icons, icon
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.theme import current_scale
from tlbb_desktop.screens.releases.items_pane import ItemsPane
from tlbb_desktop.screens.releases.plan_form import PlanForm
from tlbb_desktop.screens.releases.presenter import ReleasesPresenter
from tlbb_desktop.screens.releases.words import (
    BETWEEN,
    gaps_words,
    group_icon,
    group_words,
    ready_words,
    release_day_words,
    version_words,
)
from tlbb_desktop.widgets.paper_trail import PaperTrailPane
from tlbb_desktop.widgets.scrolling import scrolling

LEAST_PIXELS, MOST_PIXELS, ICON_PIXELS = 200, 360, 16
FORM_ROW = 0
FORM_WORDS = Np_("release plan", "The plan itself")


class PlanPane(QWidget):
    """Shows the plan that the presenter has open.

    Args:
        presenter: the page's.
        tasks: read scans in the background.

    Signals:
        left: back to the list.
        moved: another group was chosen.
    """

    left = Signal()
    moved = Signal()

    def __init__(self, presenter: ReleasesPresenter, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.form = Ui_ReleasePlanForm()
        self.form.setupUi(self)
        box = self.form.groupList
        box.ensurePolished()
        box.setIconSize(QSize(*[round(ICON_PIXELS * current_scale())] * 2))
        box.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for _number in range(len(ItemGroup) + 1):
            QListWidgetItem("", box)
        self.plan_form, self.items = PlanForm(self), ItemsPane(presenter, self)
        self.trail = PaperTrailPane(tasks, self)
        middle = QWidget(self)
        self._form_area = scrolling(middle)
        self.form.stack.addWidget(self._form_area)
        column = QVBoxLayout(middle)  # filled where it stands: what is moved is gone through once more, whole
        column.setContentsMargins(0, 0, GAP_SMALL, 0)
        column.addWidget(self.plan_form)
        column.addWidget(self.trail)
        column.addStretch(1)
        self.form.stack.addWidget(self.items)
        box.setCurrentRow(1)
        box.currentRowChanged.connect(self._group_chosen)
        self.form.backButton.clicked.connect(self.left)
        apply_icons(self)

    @property
    def group(self) -> ItemGroup | None:
        """The group that is shown; None for the plan itself."""
        row = self.form.groupList.currentRow()
        return None if row == FORM_ROW else ItemGroup(row)

    def show_plan(self) -> None:
        """Show the plan anew, with the form as it stands on record."""
        presenter, plan = self._presenter, self._presenter.plan
        if plan is not None:
            self.plan_form.show_plan(plan, presenter.gaps(), editable=plan.is_draft and presenter.may_write())
        self.trail.show_trail(presenter.trail())
        self.show_state()

    def show_state(self) -> None:
        """Show head, groups and items anew; what is typed in the form stays."""
        presenter, plan, line = self._presenter, self._presenter.plan, self._presenter.line
        form = self.form
        if line is None:
            return
        form.nameLabel.setText(line.shown_name or line.code)
        facts = [line.code, line.prison, version_words(plan) if plan else _("There is no release plan yet.")]
        form.factsLabel.setText(BETWEEN.join(part for part in facts if part))
        for shown in (form.dayLabel, form.readyLabel, form.groupList, form.stack):
            shown.setVisible(plan is not None)
        form.beginButton.setVisible(plan is None and line.case_id is not None and presenter.may_write())
        form.printButton.setVisible(presenter.may_print())
        form.proposeButton.setVisible(presenter.may_propose())
        form.approveButton.setVisible(presenter.may_approve())
        form.versionButton.setVisible(presenter.may_begin_version())
        missing = gaps_words(presenter.gaps())
        form.missingLabel.setText(missing)
        form.missingLabel.setVisible(bool(missing))
        if plan is not None:
            days_left = None if plan.planned_on is None else (plan.planned_on - presenter.today).days
            form.dayLabel.setText(release_day_words(plan, presenter.today))
            form.readyLabel.setText(ready_words(plan.readiness, plan.readiness.light(days_left)))
            self._show_groups()

    def next_group(self, step: int) -> None:
        """Go to the group before or after."""
        box = self.form.groupList
        box.setCurrentRow(max(0, min(box.currentRow() + step, box.count() - 1)))

    def show_trouble(self, error: TlbbError) -> bool:
        """Say at its field what is wrong; False when no field is shown for it."""
        if self.group is None:
            return self.plan_form.form.show_trouble(error)
        return self.items.show_trouble(error)

    def put_cursor(self) -> None:
        """Go to where keys set a status."""
        (self.form.groupList if self.group is None else self.items.form.table).setFocus()

    def _show_groups(self) -> None:
        lines = self._presenter.groups()
        for line in lines:
            entry = self.form.groupList.item(int(line.group))
            entry.setText(group_words(line))
            entry.setIcon(icon(*group_icon(line)))
        own = self.form.groupList.item(FORM_ROW)
        own.setText(_(FORM_WORDS))
        own.setIcon(icon("file-text", "muted"))
        self._fit_list()
        group = self.group
        if group is None:
            self.form.stack.setCurrentWidget(self._form_area)
        else:
            self.items.show_group(lines[int(group) - 1])
            self.form.stack.setCurrentWidget(self.items)

    def _fit_list(self) -> None:
        """Be as wide as the longest name in the reader's language."""
        box, scale = self.form.groupList, current_scale()
        wanted = box.sizeHintForColumn(0) + box.verticalScrollBar().sizeHint().width() + 2 * box.frameWidth()
        box.setFixedWidth(round(min(max(wanted, LEAST_PIXELS * scale), MOST_PIXELS * scale)))

    def _group_chosen(self, _row: int) -> None:
        if self._presenter.plan is not None:
            self._show_groups()
            self.moved.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.form.retranslateUi(self)
            self.show_state()
        elif event.type() == QEvent.Type.StyleChange and self._presenter.plan is not None:
            self._show_groups()
        super().changeEvent(event)
