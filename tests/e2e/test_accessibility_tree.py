"""What a screen reader meets on every page: each control has a name, each cell can be read."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from tlbb_desktop.demonstration.build import demo_login
from tlbb_desktop.demonstration.cast import DAY, MANAGER
from tlbb_desktop.domain.errors import StorageDamaged, StorageLocked
from tlbb_desktop.domain.months import Month
from tlbb_desktop.i18n.days import day_in_words
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.main_window import MainWindow
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.screens.first_run.damaged import DamagedPage
from tlbb_desktop.screens.first_run.presenter import FirstRunPresenter
from tlbb_desktop.screens.first_run.screen import FirstRunPage
from tlbb_desktop.screens.login.notices import OtherWindowPage
from tlbb_desktop.screens.login.other_way import OtherWayPage
from tlbb_desktop.screens.login.screen import LoginPage
from tlbb_desktop.screens.settings.screen import ENTRIES
from tlbb_desktop.screens.shell.workplace import Workplace
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.widgets.destinations import OpenBoard, OpenRegister
from tlbb_desktop.widgets.month_grid import MonthGrid
from tlbb_desktop.wiring import Desk, open_desk

Role = QAccessible.Role
CONTROLS = frozenset(
    {
        *(Role.Button, Role.ButtonMenu, Role.ButtonDropDown, Role.CheckBox, Role.RadioButton, Role.ComboBox),
        *(Role.EditableText, Role.SpinBox, Role.Slider, Role.List, Role.Table, Role.Tree, Role.MenuItem),
        *(Role.ListItem, Role.TreeItem, Role.PageTab, Role.Link, Role.ProgressBar),
    }
)
COMPOSED = frozenset({Role.ComboBox, Role.SpinBox})
LANGUAGES = ("km", "en")


def visible(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """*node* and everything under it that a person can see; the inside of a composed control counts with the whole."""
    if not node.isValid() or node.state().invisible:
        return
    yield node
    if node.role() not in COMPOSED:
        for number in range(node.childCount()):
            child = node.child(number)
            if child is not None:
                yield from visible(child)


def unnamed(root: QWidget) -> list[str]:
    nodes = list(visible(QAccessible.queryAccessibleInterface(root)))
    assert len(nodes) > 5, "there is no tree"
    return [
        f"{node.role()} {type(node.object()).__name__} {node.object().objectName() if node.object() else ''}"
        for node in nodes
        if node.role() in CONTROLS and not node.text(QAccessible.Text.Name).strip()
    ]


@pytest.fixture(scope="module")
def demo_home(demonstration: Home, tmp_path_factory) -> Home:
    home = Home(tmp_path_factory.mktemp("accessible") / "home")
    shutil.copytree(demonstration.path, home.path)
    return home


@pytest.fixture(scope="module")
def manager(demo_home: Home) -> Iterator[Desk]:
    desk = open_desk(demo_home, unlock(demo_home, MANAGER, demo_login(demo_home, MANAGER).read_text(encoding="utf-8")))
    yield desk
    desk.close()


@pytest.fixture
def shown(qtbot) -> Callable[[QWidget], QWidget]:
    """Shows a page in the program's window."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()

    def show(page: QWidget) -> QWidget:
        window.show_inside(page)
        QApplication.processEvents()
        return page

    return show


@pytest.fixture(params=LANGUAGES)
def spoken(request, qapp) -> Iterator[str]:
    switch_language(qapp, request.param)
    yield request.param
    switch_language(qapp, "en")


@pytest.fixture
def workplace(manager: Desk, tasks, shown) -> Workplace:
    return shown(Workplace(manager, tasks, ChangeSignal(), manager.office.clock.today()))


def places(desk: Desk) -> list[tuple[str, object]]:
    """Every page with what it can be opened on."""
    class_id = desk.classes.class_named("SR-MOTO-25")
    return [
        ("today", None),
        *(("people", wish) for wish in (None, desk.people.person_with_code("SR-26-0028"), "new", "import")),
        *(("classes", wish) for wish in (None, class_id, "new")),
        ("register", OpenRegister(class_id, Month.of(DAY))),
        ("board", OpenBoard(class_id)),
        ("board", OpenBoard(class_id, desk.progress.board(class_id).learners[0].person_id)),
        ("sheets", (class_id, Month.of(DAY))),
        *(("settings", entry.name) for entry in ENTRIES),
        ("help", None),
    ]


def test_every_control_of_every_page_is_named(manager: Desk, workplace: Workplace, spoken: str) -> None:
    found = {}
    for place, wish in places(manager):
        workplace.go(place, wish)
        QApplication.processEvents()
        assert workplace.place == place
        found[place, str(wish)] = unnamed(workplace)
        workplace.page.go_back()
    assert {page: lines for page, lines in found.items() if lines} == {}


def test_the_panels_over_the_pages_are_named(workplace: Workplace, spoken: str) -> None:
    workplace.go("register")
    workplace.palette_panel.open()
    assert unnamed(workplace.palette_panel) == []
    workplace.palette_panel.leave()
    workplace.show_keys()
    assert unnamed(workplace.key_list) == []


def test_every_cell_of_the_register_says_day_and_mark(manager: Desk, workplace: Workplace, spoken: str) -> None:
    class_id, month = manager.classes.class_named("SR-MOTO-25"), Month.of(DAY)
    workplace.go("register", OpenRegister(class_id, month))
    grid, register = workplace.page.findChild(MonthGrid), manager.attendance.register(class_id, month)
    said = {view: [cell.text(QAccessible.Text.Name) for cell in cells_of(view)] for view in (grid.left, grid.cells)}
    assert [text for texts in said.values() for text in texts if not text.strip()] == []
    day = day_in_words(DAY)
    of_the_day = [text for text in said[grid.cells] if day in text]
    assert len(of_the_day) == len(register.learners)
    for learner, text in zip(register.learners, of_the_day, strict=True):
        assert text.startswith(learner.names.khmer)
        assert text.removeprefix(f"{learner.names.khmer}, {day}, ")
    assert any(learner.names.khmer in text for text in said[grid.left] for learner in register.learners)


def cells_of(view: QTableView) -> Iterator[QAccessibleInterface]:
    table = QAccessible.queryAccessibleInterface(view)
    for number in range(table.childCount()):
        child = table.child(number)
        if child is not None and child.role() == Role.Cell:
            yield child


def test_the_door_is_named(demo_home: Home, tasks, shown, tmp_path: Path, spoken: str) -> None:
    members = KeyringFile(demo_home.path).load().tiles()
    busy = StorageLocked(N_("TLBB Desktop is already open on this laptop. Go on in that window, or close it first."))
    pages = (
        lambda: LoginPage(members, MANAGER, None, tasks),
        lambda: OtherWayPage("slip", members[0], None, tasks),
        lambda: OtherWayPage("recovery", members[0], None, tasks),
        lambda: OtherWindowPage(busy, lambda: None),
        lambda: FirstRunPage(FirstRunPresenter(Home(tmp_path / "new"), None), tasks),
        lambda: DamagedPage(StorageDamaged(), FirstRunPresenter(Home(tmp_path / "new"), None), tasks),
    )
    for make in pages:
        page = shown(make())
        assert unnamed(page) == [], type(page).__name__


def test_an_unnamed_control_is_found(shown) -> None:
    from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout

    page = QWidget()
    column = QVBoxLayout(page)
    for control in (QLineEdit(), QPushButton("named"), QPushButton(), QLineEdit(), QLineEdit(), QLineEdit()):
        column.addWidget(control)
    assert len(unnamed(shown(page))) == 5
