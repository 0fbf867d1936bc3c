"""The items of one group: keys set a status, F2 opens the rest."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.release_items import ItemGroup
from tlbb_desktop.domain.release_plans import ReleaseItem
from tlbb_desktop.forms.ui_release_items import Ui_ReleaseItemsForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.screens.releases.item_panel import ItemPanel
from tlbb_desktop.screens.releases.presenter import GroupLine, ReleasesPresenter
from tlbb_desktop.screens.releases.words import item_columns, item_sign, status_keys_words

ITEM_COLUMN = 0
#: While an item is asked about, so many stay in sight above.
LEAST_LINES = 3


class ItemsPane(QWidget):
    """Shows the items of the group that is chosen.

    Args:
        presenter: the page's.

    Signals:
        kept: (the item or None, its form) an item is to be kept like this.
    """

    kept = Signal(object, object)

    def __init__(self, presenter: ReleasesPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._group = ItemGroup.HOME
        self.form = Ui_ReleaseItemsForm()
        self.form.setupUi(self)
        self.form.table.set_columns(item_columns(presenter.today), ITEM_COLUMN, item_sign)
        self.form.table.keep_lines_in_sight(LEAST_LINES)
        self.form.table.chosen.connect(self.edit)
        self.panel = ItemPanel(self)
        self.panel.kept.connect(self.kept)
        self.panel.closed.connect(self.close_panel)
        self.form.strip.add(self.panel)
        self._word()

    def show_group(self, line: GroupLine) -> None:
        """Show the items of a group; of one that the reader may not see, only that."""
        if line.group is not self._group:
            self.close_panel()
        self._group = line.group
        self.form.table.show_lines(self._presenter.items(line.group))
        self.form.table.setVisible(not line.hidden)
        self.form.hiddenLabel.setVisible(line.hidden)
        self.form.keysLabel.setVisible(not line.hidden and self._presenter.may_write())

    def current(self) -> ReleaseItem | None:
        """The item that has the cursor."""
        return self._presenter.items(self._group).get(self.form.table.current_id() or 0)

    def edit(self) -> None:
        """Ask for owner, due day and note of the item that has the cursor."""
        item = self.current()
        if item is not None and self._presenter.may_write():
            self.form.strip.ask(self.panel)
            self.panel.ask(item, self._group)

    def add(self) -> None:
        """Ask for an item of one's own in this group."""
        if self._presenter.may_write() and self.form.hiddenLabel.isHidden():
            self.form.strip.ask(self.panel)
            self.panel.ask(None, self._group)

    def close_panel(self) -> bool:
        """Take the question away; False when none was shown."""
        return self.form.strip.close_panel()

    def show_trouble(self, error: TlbbError) -> bool:
        """Say at its field what is wrong."""
        return self.form.strip.shown is self.panel and self.panel.show_trouble(error)

    def _word(self) -> None:
        self.form.keysLabel.setText(status_keys_words())
        self.form.hiddenLabel.setText(_("Only the member of staff who is responsible for the case reads these items."))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.form.retranslateUi(self)
            self._word()
        super().changeEvent(event)
