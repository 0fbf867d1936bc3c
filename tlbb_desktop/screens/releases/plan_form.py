"""What is said of a release plan itself: who receives, where, how, and who comes first."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.release_plan_rules import ReleaseGap
from tlbb_desktop.domain.release_plans import ReceivingAdult, ReleasePlan, ReleasePlanForm, ReleaseType
from tlbb_desktop.domain.release_words import RELEASE_TYPE_NAMES
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.stylesheet import GAP
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.widgets.section_form import Question, Section, SectionForm

ADULT = "adult_"


def _kinds() -> tuple[tuple[object, str], ...]:
    return tuple((kind, _(RELEASE_TYPE_NAMES[kind])) for kind in ReleaseType)


_SECTIONS = (
    Section(
        Np_("release plan", "Where to"),
        (
            Question("kind", Np_("release plan", "How the person leaves"), "choice", _kinds),
            Question("place_text", Np_("release plan", "Address after the release")),
        ),
    ),
    Section(
        Np_("release plan", "Who receives"),
        (
            Question("adult_name", N_("Name")),
            Question("adult_relation", Np_("of somebody in the family", "Relation")),
            Question("adult_phone", N_("Phone")),
            Question("adult_agreed_on", Np_("release plan", "Agreed on"), "day"),
            Question("adult_visited_on", Np_("release plan", "Home visited on"), "day"),
            Question("adult_safe", Np_("release plan", "The home is safe"), "yes"),
        ),
    ),
    Section(
        Np_("release plan", "The way home and the first days"),
        (
            Question("transport", Np_("release plan", "Who takes the person home, and how"), wide=True),
            Question("transport_cost", Np_("release plan", "Cost of the way"), "money", wide=True),
            Question("contact_on", Np_("release plan", "First contact on"), "day"),
            Question("contact", Np_("release plan", "Who makes it, and how")),
            Question("note", Np_("release plan", "Anything else"), "text", wide=True),
        ),
    ),
)
_MISSING_AT = {
    ReleaseGap.ADDRESS: "place_text",
    ReleaseGap.ADULT: "adult_name",
    ReleaseGap.ADULT_AGREED: "adult_agreed_on",
    ReleaseGap.HOME_SAFE: "adult_safe",
    ReleaseGap.TRANSPORT: "transport",
    ReleaseGap.FIRST_CONTACT: "contact_on",
}


class PlanForm(QWidget):
    """Shows the form of one version.

    Signals:
        kept: a ``ReleasePlanForm`` is to be kept.
    """

    kept = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ReleasePlanForm()
        self._typed = False
        self.form = SectionForm(_SECTIONS, self)
        self.form.edited.connect(self._note_typed)
        self.save_button = QPushButton(self)
        set_role(self.save_button, "primary")
        self.save_button.setAutoDefault(False)
        self.save_button.clicked.connect(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.form)
        column.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch()
        self._word()

    @property
    def typed(self) -> bool:
        """Whether something is typed that was not kept."""
        return self._typed

    def show_plan(self, plan: ReleasePlan, gaps: tuple[ReleaseGap, ...], *, editable: bool) -> None:
        """Show what stands in a version; an approved one is only read."""
        form, adult = plan.form, plan.form.adult
        self._shown, self._typed = form, False
        names = [question.name for section in _SECTIONS for question in section.questions]
        self.form.fill(
            {
                name: getattr(adult, name.removeprefix(ADULT)) if name.startswith(ADULT) else getattr(form, name)
                for name in names
            }
        )
        self.form.set_editable(editable)
        self.save_button.setVisible(editable)
        self.form.show_missing(_MISSING_AT[gap] for gap in gaps if gap in _MISSING_AT)

    def save(self) -> None:
        """Hand over what stands there, if it can be read."""
        try:
            values = self.form.values()
        except Refused:
            return
        adult = {name.removeprefix(ADULT): values.pop(name) for name in list(values) if name.startswith(ADULT)}
        self.kept.emit(replace(self._shown, **values, adult=ReceivingAdult(**adult)))

    def raw(self) -> dict[str, object]:
        """What is typed, for a draft."""
        return self.form.raw()

    def show_raw(self, raw: dict[str, object]) -> None:
        """Put back what :meth:`raw` gave."""
        self.form.show_raw(raw)
        self._typed = True

    def _note_typed(self) -> None:
        self._typed = True

    def _word(self) -> None:
        self.save_button.setText(_("Save"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_S and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.save()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
