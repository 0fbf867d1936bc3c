"""The last card of Today: copies, keys and the clock."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QWidget

from tlbb_desktop.i18n.catalog import _, _n, _p
from tlbb_desktop.i18n.days import day_in_words, digits
from tlbb_desktop.screens.today.presenter import TodayPresenter
from tlbb_desktop.services.copies import CopyStanding
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.copy_words import trouble_words
from tlbb_desktop.widgets.task_line import TaskLine


class Goer(Protocol):
    """What the button leads to."""

    def go(self, place: str, argument: object = None) -> None:
        """Open another page."""
        ...


def house_card(presenter: TodayPresenter, goer: Goer) -> QWidget | None:
    """One line on copies with its button; keys and clock only where there is something to say."""
    page = presenter.page
    if page is None:
        return None
    lines = [] if presenter.copies is None else [_copy_line(presenter, presenter.copies, goer)]
    if page.rekey_due:
        unfinished = _("A change of keys is not finished yet. It goes on by itself at the next quiet moment.")
        lines.append(TaskLine(("key-round", "warning"), unfinished))
    if page.laptop_day is not None:
        days = _p("the day the program works with", "Working day: {day}. The laptop's clock says {laptop}.")
        words = days.format(day=day_in_words(page.day), laptop=day_in_words(page.laptop_day))
        lines.append(TaskLine(("clock", "muted"), words))
    if not lines:
        return None
    card = Card()
    for line in lines:
        card.body.addWidget(line)
    return card


def _copy_line(presenter: TodayPresenter, copies: CopyStanding, goer: Goer) -> TaskLine:
    due = presenter.backup_is_due() or copies.trouble is not None
    words, caption = _copy_words(presenter, copies)
    line = TaskLine(("triangle-alert", "warning") if due else ("shield-check", "success"), words, caption)
    line.add_button(_("Make a backup"), partial(goer.go, "settings", "backup"), icon="usb")
    return line


def _copy_words(presenter: TodayPresenter, copies: CopyStanding) -> tuple[str, str]:
    """What most needs to be said about copies, and the rest of it, smaller."""
    if copies.newest is None:
        return _("There is no backup yet. Plug in a USB stick and make one."), ""
    age = (presenter.today - copies.newest.made_at.date()).days
    newest = _n("Last good backup: {n} day ago", "Last good backup: {n} days ago", age).format(n=digits(age))
    newest = newest if age > 0 else _("Last good backup: today")
    if copies.trouble is not None:
        return trouble_words(copies.trouble), newest
    if copies.outside is None:
        return _("There is no copy outside this laptop yet. Plug in a USB stick and make one."), newest
    away = (presenter.today - copies.outside.made_at.date()).days
    outside = _n(
        "The last copy outside this laptop is {n} day old.", "The last copy outside this laptop is {n} days old.", away
    ).format(n=digits(away))
    if copies.outside == copies.newest:
        return newest, ""
    if presenter.backup_is_due():
        return outside + " " + _("Plug in the stick; the next lock puts a copy there."), newest
    return newest, outside if away > 0 else ""
