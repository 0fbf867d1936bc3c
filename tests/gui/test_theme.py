from __future__ import annotations

import pytest
from PySide6.QtCore import QFile, QIODevice, QSize
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from tlbb_desktop.qt.icons import ICON_NAME, apply_icons, icon, set_icon
from tlbb_desktop.qt.palettes import DARK, LIGHT, Theme, Tone, contrast
from tlbb_desktop.qt.theme import apply_theme, current_scale, current_theme, set_role

TEXT_CONTRAST, EDGE_CONTRAST = 4.5, 3.0
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


@pytest.fixture
def restored(qapp):
    yield qapp
    apply_theme(qapp, "light")


def tones(theme: Theme) -> dict[str, Tone]:
    own = theme._asdict()
    marks = {f"mark {name}": tone for name, tone in theme.marks._asdict().items()}
    return {name: value for name, value in {**own, **marks}.items() if isinstance(value, Tone)}


def test_contrast_is_that_of_the_accessibility_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@THEMES
def test_all_text_can_be_read_on_every_surface_it_stands_on(theme):
    for surface in (theme.window, theme.rail, theme.surface, theme.raised, theme.accent_soft):
        assert contrast(theme.text, surface) >= TEXT_CONTRAST, surface
    for surface in (theme.window, theme.rail, theme.surface, theme.raised):
        assert contrast(theme.muted, surface) >= TEXT_CONTRAST, surface
        assert contrast(theme.accent, surface) >= TEXT_CONTRAST, surface
    for fill in (theme.accent, theme.accent_hover):
        assert contrast(theme.on_accent, fill) >= TEXT_CONTRAST
    assert contrast(theme.danger.ink, theme.surface) >= TEXT_CONTRAST


@THEMES
def test_every_tone_can_be_read(theme):
    for name, tone in tones(theme).items():
        assert contrast(tone.ink, tone.fill) >= TEXT_CONTRAST, name


@THEMES
def test_edges_of_controls_and_the_focus_can_be_seen(theme):
    for colour in (theme.edge, theme.focus):
        for surface in (theme.window, theme.surface):
            assert contrast(colour, surface) >= EDGE_CONTRAST
    assert contrast(theme.focus_on_accent, theme.accent) >= EDGE_CONTRAST


@THEMES
def test_no_two_marks_look_the_same(theme):
    pairs = theme.marks
    assert len(set(pairs)) == len(pairs)


@THEMES
def test_the_signs_on_controls_have_the_colours_of_the_theme(qapp, theme):
    for name, colour in (("check", theme.on_accent), ("minus", theme.on_accent), ("chevron-down", theme.muted)):
        file = QFile(f":/icons/{theme.name}/{name}.svg")
        assert file.open(QIODevice.OpenModeFlag.ReadOnly)
        assert colour.encode() in bytes(file.readAll().data())


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_palette_follows_the_choice_at_once(restored, name):
    apply_theme(restored, name, 1.5)
    assert current_theme().name == name
    assert current_scale() == 1.5
    assert restored.palette().color(QPalette.ColorRole.Window).name() == current_theme().window


def test_the_desktop_without_a_colour_scheme_gets_the_light_theme(restored):
    apply_theme(restored, "system")
    assert current_theme().name in {"light", "dark"}


def test_text_size_grows_the_widgets_too(restored, qtbot):
    heights = []
    for scale in (1.0, 2.0):
        apply_theme(restored, "light", scale)
        button = QPushButton("ញ្ញូ")
        qtbot.addWidget(button)
        heights.append(button.sizeHint().height())
    assert heights[1] >= 1.9 * heights[0]


def ink_of(button: QPushButton) -> set[str]:
    image = button.icon().pixmap(QSize(20, 20)).toImage()
    colours = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {colour.name() for colour in colours if colour.alpha() == 255}


def test_icons_take_the_colours_of_the_new_theme(restored, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    button = QPushButton()
    QVBoxLayout(window).addWidget(button)
    set_icon(button, "house")
    assert LIGHT.text in ink_of(button)
    apply_theme(restored, "dark")
    assert DARK.text in ink_of(button)
    assert LIGHT.text not in ink_of(button)


def test_a_form_may_name_its_icons(qapp, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    button = QPushButton(window)
    button.setProperty(ICON_NAME, "search")
    apply_icons(window)
    assert not button.icon().isNull()


def test_a_disabled_icon_is_paler(qapp):
    image = icon("house").pixmap(QSize(20, 20), QIcon.Mode.Disabled).toImage()
    colours = {image.pixelColor(x, y).name() for x in range(20) for y in range(20) if image.pixelColor(x, y).alpha()}
    assert LIGHT.edge in colours


def test_an_unknown_icon_is_an_error_and_not_a_hole(qapp):
    with pytest.raises(LookupError):
        icon("no-such-icon")


def test_focus_can_be_seen_on_every_kind_of_control(qapp, qtbot):
    for control in (QPushButton("x"), QCheckBox("x")):
        window = QWidget()
        qtbot.addWidget(window)
        other = QPushButton("y")
        layout = QVBoxLayout(window)
        layout.addWidget(other)
        layout.addWidget(control)
        with qtbot.waitExposed(window):
            window.show()
        other.setFocus()
        before = control.grab().toImage()
        control.setFocus()
        qtbot.waitUntil(control.hasFocus)
        assert control.grab().toImage() != before


def test_a_role_given_later_is_seen_at_once(qapp, qtbot):
    button = QPushButton("x")
    qtbot.addWidget(button)
    before = button.grab().toImage()
    set_role(button, "primary")
    assert button.grab().toImage() != before
