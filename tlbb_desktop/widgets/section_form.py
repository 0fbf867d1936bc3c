"""A long form in sections: fields in two columns, each with its trouble and what is still missing beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Literal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import Refused, TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.stylesheet import GAP
from tlbb_desktop.qt.theme import current_scale
from tlbb_desktop.widgets.answers import (
    LINES_SHOWN,
    ChoiceAnswer,
    Choices,
    DayAnswer,
    LineAnswer,
    NumberAnswer,
    TextAnswer,
    yes_or_no,
)
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.compound_answers import MoneyAnswer, TicksAnswer
from tlbb_desktop.widgets.find_answer import FindAnswer
from tlbb_desktop.widgets.form_field import FormField
from tlbb_desktop.widgets.lines_answer import LinesAnswer, Part
from tlbb_desktop.widgets.pick_answer import LevelAnswer, PickAnswer

Kind = Literal["line", "text", "choice", "yes", "day", "number", "level", "keys", "ticks", "money", "find", "lines"]
COLUMNS: Final = 2
TOP: Final = Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a form.

    Args:
        name: the attribute of the form that it fills, and ``TlbbError.place`` where it is wrong.
        label: marked words.
        kind: what is filled in.
        choices: gives (value, words) whenever the language changes; for choices, keys, ticks, levels, what is found.
        wide: whether it takes the whole line.
        about: marked words that are read out before the label, where several fields bear the same one.
        first: the digit of the first of the keys.
        parts: of each line, for lines.
        share: how wide it is beside the other parts of its line.
        rows: how many rows a text shows while it is empty.
    """

    name: str
    label: str
    kind: Kind = "line"
    choices: Callable[[], Choices] = tuple
    wide: bool = False
    about: str = ""
    first: int = 1
    parts: tuple[Question, ...] = ()
    share: int = 1
    rows: int = LINES_SHOWN


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together, so many in a line; *heading* and *hint* are marked, ``""`` for none."""

    heading: str
    questions: tuple[Question, ...]
    hint: str = ""
    columns: int = COLUMNS


class SectionForm(QWidget):
    """Shows and gives values by the names of its questions.

    Args:
        sections: from top to bottom; each is a card.
        parent: where it stands.

    Signals:
        edited: something was typed or chosen.
    """

    edited = Signal()

    def __init__(self, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._questions: dict[str, Question] = {}
        self.answers: dict[str, Any] = {}
        self.fields: dict[str, FormField] = {}
        self.cards: list[Card] = []
        self._names: list[tuple[str, ...]] = []
        self._grids: list[tuple[QGridLayout, Section]] = []
        self._hidden: frozenset[str] = frozenset()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        for section in sections:
            self._add(section)
        self._word()

    def _add(self, section: Section) -> None:
        card = Card(section.heading, section.hint, self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP)
        for question in section.questions:
            self._field(question)
        self._arrange(grid, section)
        self._grids.append((grid, section))
        card.body.addLayout(grid)
        self.cards.append(card)
        self._names.append(tuple(question.name for question in section.questions))
        self._column.addWidget(card)

    def _arrange(self, grid: QGridLayout, section: Section) -> None:
        """Put the fields into their columns; the larger the text, the fewer stand in a line."""
        columns, place = max(1, round(section.columns / current_scale())), 0
        for column in range(section.columns):
            grid.setColumnStretch(column, 1 if column < columns else 0)
        for question in section.questions:
            if question.wide and place % columns:
                place += columns - place % columns
            width = columns if question.wide else 1
            grid.addWidget(self.fields[question.name], place // columns, place % columns, 1, width, TOP)
            place += width

    def _field(self, question: Question) -> None:
        answer = _answer(question, self)
        answer.edited.connect(self.edited)
        if isinstance(answer, PickAnswer):
            answer.stepped.connect(lambda step: self._step(answer, step))
        field = FormField.around(answer, self)
        self._questions[question.name] = question
        self.answers[question.name], self.fields[question.name] = answer, field

    def values(self) -> dict[str, Any]:
        """What stands in the form; questions that are not asked are left out.

        Raises:
            Refused: a field cannot be read; the sentence stands under it already.
        """
        self.clear_trouble()
        found: dict[str, Any] = {}
        wrong: Refused | None = None
        for name, answer in self._asked():
            try:
                found[name] = answer.value()
            except Refused as error:
                self.fields[name].show_problem(error)
                wrong = wrong or error
        if wrong is not None:
            raise wrong
        return found

    def readable(self) -> dict[str, Any]:
        """What stands in the form, without what cannot be read yet; nothing is said about that."""
        found: dict[str, Any] = {}
        for name, answer in self.answers.items():
            with suppress(Refused):
                found[name] = answer.value()
        return found

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show values; a field that is not among them is emptied."""
        self.clear_trouble()
        for name, answer in self.answers.items():
            answer.show_value(values.get(name))

    def raw(self) -> dict[str, object]:
        """What is typed, readable or not, in JSON values for a draft."""
        return {name: answer.raw() for name, answer in self.answers.items()}

    def show_raw(self, raw: Mapping[str, Any]) -> None:
        """Put back what :meth:`raw` gave; a field that the form had not then stays as it is."""
        for name, typed in raw.items():
            if name in self.answers:
                self.answers[name].show_raw(typed)

    def set_editable(self, editable: bool, locked: Collection[str] = ()) -> None:
        """Let the form be filled in, or only be read; *locked* questions are only read in any case."""
        for name, answer in self.answers.items():
            answer.setEnabled(editable and name not in locked)

    def ask(self, names: Collection[str] | None) -> None:
        """Ask these questions and no others; None asks them all. A card without a question is not shown."""
        hidden = frozenset() if names is None else frozenset(self.answers).difference(names)
        if hidden == self._hidden:
            return
        self._hidden = hidden
        for name, field in self.fields.items():
            field.setVisible(name not in hidden)
        for card, inside in zip(self.cards, self._names, strict=True):
            card.setVisible(not hidden.issuperset(inside))

    def show_notes(self, notes: Mapping[str, str]) -> None:
        """Put captions under fields, translated; the others have none."""
        for name, field in self.fields.items():
            field.show_note(notes.get(name, ""))

    def begin(self) -> None:
        """Put the cursor into the first field that can be filled in."""
        first = next((answer for _name, answer in self._asked() if answer.isEnabled()), None)
        if first is not None:
            self.go_to(first)

    def go_to(self, answer: QWidget) -> None:
        """Put the cursor into a field, and bring it into sight."""
        answer.setFocus(Qt.FocusReason.TabFocusReason)
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(answer)

    def show_trouble(self, error: TlbbError) -> bool:
        """Say under its field what is wrong, and go there; False when the form has no such field."""
        field = self.fields.get(error.place)
        if field is None or error.place in self._hidden:
            return False
        field.show_problem(error)
        self.go_to(self.answers[error.place])
        return True

    def clear_trouble(self) -> None:
        """Take every trouble away."""
        for field in self.fields.values():
            field.show_problem(None)

    def show_missing(self, names: Iterable[str]) -> None:
        """Mark the fields that are needed before the paper can be approved or closed."""
        missing = frozenset(names)
        for name, field in self.fields.items():
            field.show_missing(missing=name in missing)

    def offer_again(self) -> None:
        """Offer the choices anew, after the records behind them have changed."""
        for answer in self.answers.values():
            if isinstance(answer, ChoiceAnswer):
                answer.offer()

    def _asked(self) -> list[tuple[str, Any]]:
        return [(name, answer) for name, answer in self.answers.items() if name not in self._hidden]

    def _step(self, here: QWidget, step: int) -> None:
        """From one field that is answered by a key to the next one, past the texts between them."""
        picked = [answer for _name, answer in self._asked() if isinstance(answer, PickAnswer) and answer.isEnabled()]
        there = picked.index(here) + step if here in picked else -1
        if 0 <= there < len(picked):
            self.go_to(picked[there])

    def _word(self) -> None:
        for name, field in self.fields.items():
            question = self._questions[name]
            field.set_label(_(question.label))
            if question.about:
                self.answers[name].setAccessibleName(labelled(_(question.about), _(question.label)))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        elif event.type() == QEvent.Type.StyleChange:
            for grid, section in self._grids:
                self._arrange(grid, section)
        super().changeEvent(event)


def _answer(question: Question, form: QWidget) -> Any:
    makers: dict[Kind, Callable[[], QWidget]] = {
        "line": lambda: LineAnswer(form),
        "text": lambda: TextAnswer(form, rows=question.rows),
        "choice": lambda: ChoiceAnswer(question.choices, form),
        "yes": lambda: ChoiceAnswer(yes_or_no, form),
        "day": lambda: DayAnswer(form),
        "number": lambda: NumberAnswer(form),
        "level": lambda: LevelAnswer(question.choices, form),
        "keys": lambda: PickAnswer(question.choices, question.first, form),
        "ticks": lambda: TicksAnswer(question.choices, form),
        "money": lambda: MoneyAnswer(form),
        "find": lambda: FindAnswer(question.choices, form),
        "lines": lambda: LinesAnswer([_part(part, form) for part in question.parts], form),
    }
    return makers[question.kind]()


def _part(question: Question, form: QWidget) -> Part:
    return question.name, question.label, question.share, lambda: _answer(question, form)
