"""The one style sheet: rounded, calm, roomy, and never a fixed height, because Khmer stacks its letters.

What a widget is for is named in its dynamic property ``role``:
    QFrame: card, rail, banner-danger, banner-warning, banner-success, banner-info
    QLabel: title, heading, figure, caption, error, missing, badge-danger, badge-warning, badge-success, badge-info,
        badge-muted, ribbon
    QPushButton and QToolButton: primary, danger, quiet, place (an entry of the rail), key (of a legend)
    QProgressBar: thin
    QListView: rail, sections (the same without a surface, inside a page)
    QTableView: plain (part of a frame of its own)
"""

from __future__ import annotations

from string import Template

from tlbb_desktop.qt.fonts import BODY_FAMILY, BODY_POINTS
from tlbb_desktop.qt.palettes import Theme, Tone

#: For QApplication: the style under the sheet. Naming it in Python would load the 30 enums of QStyle, which takes 8 ms.
STYLE_ARGUMENTS = ("-style", "fusion")

GAP_SMALL = 8
GAP = 16
GAP_LARGE = 24

_TONES = ("danger", "warning", "success", "info")


def style_sheet(theme: Theme, scale: float = 1.0) -> str:
    """Return the style sheet of *theme* with all lengths times *scale* (1.0 to 2.0)."""
    values: dict[str, object] = theme._asdict()
    values |= {f"px{size}": f"{round(size * scale)}px" for size in range(1, 41)}
    values |= {f"pt{name}": f"{BODY_POINTS * scale * factor:.1f}pt" for name, factor in _TEXT_SIZES.items()}
    values |= {
        "family": BODY_FAMILY,
        "wrong": theme.danger.ink,
        "ribbon": theme.warning.fill,
        "ribbon_ink": theme.warning.ink,
        "icons": f":/icons/{theme.name}",
    }
    tones = [_tone_rules(name, getattr(theme, name)) for name in _TONES]
    tones.append(_tone_rules("muted", Tone(theme.raised, theme.muted)))
    return Template("\n".join([_SURFACES, _TEXT, _BUTTONS, _FIELDS, _TABLES, _CHROME, *tones])).substitute(values)


_TEXT_SIZES = {"Title": 1.55, "Heading": 1.15, "Figure": 2.0, "Caption": 0.92}


def _tone_rules(name: str, tone: Tone) -> str:
    return f"""
QFrame[role="banner-{name}"] {{ background: {tone.fill}; border: 1px solid {tone.ink}; border-radius: $px8; }}
QFrame[role="banner-{name}"] QLabel {{ color: {tone.ink}; background: transparent; }}
QLabel[role="badge-{name}"] {{ background: {tone.fill}; color: {tone.ink}; border-radius: $px8; padding: 0 $px8; }}
"""


_SURFACES = """
QMainWindow, QDialog, QWizard { background: $window; }
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: $px12; }
QFrame[role="rail"], QListView[role="rail"] { background: $rail; border: none; border-right: 1px solid $line; }
QListView[role="rail"] { padding: $px8; outline: none; }
QListView[role="sections"], QListView[role="sections"]:focus {
    background: transparent; border: none; outline: none; padding: 0;
}
QListView[role="rail"]::item, QListView[role="sections"]::item {
    padding: $px6 $px10; border-radius: $px8; border: 2px solid transparent;
}
QListView[role="rail"]::item:hover, QListView[role="sections"]::item:hover { background: $surface; }
QListView[role="rail"]::item:selected, QListView[role="sections"]::item:selected {
    background: $accent_soft; color: $text;
}
QListView[role="rail"]:focus::item:selected, QListView[role="sections"]:focus::item:selected { border-color: $focus; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QToolTip { background: $text; color: $surface; border: none; padding: $px4 $px8; }
QLabel[role="ribbon"] { background: $ribbon; color: $ribbon_ink; padding: 0 $px24; }
QSplitter::handle { background: $line; }
"""

_TEXT = """
QLabel[role="title"] { font-family: "$family"; font-size: $ptTitle; font-weight: bold; }
QLabel[role="heading"] { font-family: "$family"; font-size: $ptHeading; font-weight: bold; }
QLabel[role="figure"] { font-family: "$family"; font-size: $ptFigure; font-weight: bold; color: $accent; }
QLabel[role="caption"] { font-family: "$family"; font-size: $ptCaption; color: $muted; }
QLabel[role="error"] { color: $wrong; }
QLabel[role="missing"] { font-family: "$family"; font-size: $ptCaption; color: $ribbon_ink; }
QLabel:disabled { color: $edge; }
"""

_BUTTONS = """
QPushButton, QToolButton {
    background: $surface; color: $text; border: 1px solid $edge; border-radius: $px8; padding: $px4 $px14;
    icon-size: $px18;
}
QPushButton:hover, QToolButton:hover { background: $raised; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked, QPushButton:checked { background: $accent_soft; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: $px3 $px13; }
QPushButton:disabled, QToolButton:disabled { color: $edge; border-color: $line; }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: none; }
QPushButton[role="primary"], QToolButton[role="primary"], QPushButton:default {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: bold;
}
QPushButton[role="primary"]:hover, QToolButton[role="primary"]:hover, QPushButton:default:hover {
    background: $accent_hover;
}
QPushButton[role="primary"]:focus, QToolButton[role="primary"]:focus, QPushButton:default:focus {
    border: 2px solid $focus_on_accent;
}
QPushButton[role="primary"]:disabled, QToolButton[role="primary"]:disabled, QPushButton:default:disabled {
    background: $raised; color: $edge; border-color: $line;
}
QPushButton[role="quiet"], QToolButton[role="quiet"] { background: transparent; border-color: transparent; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: $raised; }
QPushButton[role="quiet"]:checked, QToolButton[role="quiet"]:checked { background: $accent_soft; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border-color: $focus; }
QPushButton[role="place"], QToolButton[role="place"] {
    background: transparent; border: 2px solid transparent; padding: $px5 $px10; text-align: left; icon-size: $px20;
}
QPushButton[role="place"]:hover, QToolButton[role="place"]:hover { background: $surface; }
QPushButton[role="place"]:checked, QToolButton[role="place"]:checked { background: $accent_soft; color: $accent; }
QPushButton[role="place"]:focus, QToolButton[role="place"]:focus { border-color: $focus; }
QPushButton[role="key"] {
    background: $raised; color: $muted; border: 1px solid $line; border-radius: $px6; padding: 0 $px6;
    font-size: $ptCaption;
}
QPushButton[role="key"]:hover { background: $accent_soft; color: $text; }
QDialogButtonBox, QMessageBox { dialogbuttonbox-buttons-have-icons: 0; }
QCheckBox, QRadioButton { spacing: $px8; padding: $px2; border: 2px solid transparent; border-radius: $px6; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
    width: $px16; height: $px16; background: $surface; border: 1px solid $edge;
}
QCheckBox::indicator, QAbstractItemView::indicator { border-radius: $px4; }
QRadioButton::indicator { border-radius: $px8; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked, QCheckBox::indicator:indeterminate,
QAbstractItemView::indicator:checked { background: $accent; border-color: $accent; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { image: url($icons/check.svg); }
QCheckBox::indicator:indeterminate { image: url($icons/minus.svg); }
QRadioButton::indicator:checked { image: url($icons/dot.svg); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $raised; border-color: $line; }
"""

_FIELDS = """
QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox {
    background: $surface; color: $text; border: 1px solid $edge; border-radius: $px8; padding: $px3 $px8;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus, QTextEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border: 2px solid $focus; padding: $px2 $px7;
}
QLineEdit:disabled, QTextEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled,
QLineEdit:read-only { background: $raised; border-color: $line; }
QLineEdit:disabled, QTextEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $muted; }
QLineEdit[role="wrong"], QComboBox[role="wrong"], QAbstractSpinBox[role="wrong"] { border-color: $wrong; }
QComboBox QLineEdit, QAbstractSpinBox QLineEdit { border: none; padding: 0; background: transparent; }
QSpinBox, QDoubleSpinBox { qproperty-alignment: AlignCenter; }
QComboBox::drop-down { border: none; width: $px28; }
QComboBox::down-arrow { image: url($icons/chevron-down.svg); width: $px16; height: $px16; }
QComboBox QAbstractItemView { padding: $px4; border: 1px solid $edge; }
QAbstractSpinBox { padding-right: $px24; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: $px22; background: transparent; }
QAbstractSpinBox::up-arrow { image: url($icons/chevron-up.svg); width: $px12; height: $px12; }
QAbstractSpinBox::down-arrow { image: url($icons/chevron-down.svg); width: $px12; height: $px12; }
QDateEdit::drop-down { border: none; width: $px28; }
QDateEdit::down-arrow { image: url($icons/chevron-down.svg); width: $px16; height: $px16; }
QGroupBox { border: 1px solid $line; border-radius: $px12; margin-top: 2.2em; padding: $px12; }
QGroupBox::title { subcontrol-origin: margin; left: 0; padding: 0; }
"""

_TABLES = """
QTableView, QListView, QTreeView, QTableWidget, QListWidget {
    background: $surface; alternate-background-color: $raised; gridline-color: $line;
    border: 1px solid $line; border-radius: $px8;
    selection-background-color: $accent_soft; selection-color: $text;
}
QTableView[role="plain"] { border: none; border-radius: 0; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 1px solid $focus; }
QTableView[role="plain"]:focus { border: none; }
QTableView { outline: none; }
QTableView::item, QTreeView::item, QListView::item { padding: $px2 $px8; }
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected {
    background: $accent_soft; color: $text;
}
QTableView::item:focus, QTreeView::item:focus { border: 2px solid $focus; padding: 0 $px6; }
QHeaderView { background: $raised; border: none; }
QHeaderView::section {
    background: $raised; color: $muted; border: none; border-bottom: 1px solid $line; padding: $px4 $px8;
}
QHeaderView::up-arrow { image: url($icons/chevron-up.svg); width: $px14; height: $px14; }
QHeaderView::down-arrow { image: url($icons/chevron-down.svg); width: $px14; height: $px14; }
QTableCornerButton::section { background: $raised; border: none; }
"""

_CHROME = """
QMenuBar { background: $window; }
QMenuBar::item { padding: $px4 $px10; border-radius: $px6; background: transparent; }
QMenuBar::item:selected { background: $accent_soft; }
QMenu { background: $surface; border: 1px solid $edge; padding: $px4; }
QMenu::item { padding: $px4 $px24 $px4 $px12; border-radius: $px6; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $edge; }
QMenu::separator { height: 1px; background: $line; margin: $px4 $px8; }
QMenu::icon { padding-left: $px8; }
QStatusBar { background: $rail; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: transparent; }
QTabBar::tab {
    background: transparent; color: $muted; padding: $px5 $px14; border: 2px solid transparent;
    border-bottom: 3px solid transparent;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { background: $accent_soft; border-radius: $px6; }
QProgressBar { background: $surface; border: 1px solid $edge; border-radius: $px8; text-align: center; }
QProgressBar::chunk { background: $accent_soft; border-radius: $px7; }
QProgressBar[role="thin"], QProgressBar[role="thin"]::chunk { max-height: $px6; border-radius: $px3; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: $px12; }
QScrollBar:horizontal { height: $px12; }
QScrollBar::handle { background: $edge; border-radius: $px4; margin: $px2; }
QScrollBar::handle:vertical { min-height: $px32; }
QScrollBar::handle:horizontal { min-width: $px32; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QCalendarWidget QWidget { alternate-background-color: $raised; }
QCalendarWidget QToolButton { border: none; }
"""
