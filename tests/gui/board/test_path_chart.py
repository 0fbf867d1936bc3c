"""The chart of a learner's months, as it is painted and as it is read aloud."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from tlbb_desktop.qt.theme import apply_theme, current_theme
from tlbb_desktop.widgets.path_chart import ChartPoint, PathChart

MONTHS = (ChartPoint("09/26", 95.0, 1), ChartPoint("10/26", None, 1), ChartPoint("11/26", 62.5, 3))


@pytest.fixture
def chart(qtbot) -> PathChart:
    chart = PathChart()
    qtbot.addWidget(chart)
    chart.resize(600, 320)
    return chart


def colours(chart: PathChart, left: float, right: float) -> set[str]:
    """The colours between two shares of the width."""
    image = chart.grab().toImage()
    columns = range(int(image.width() * left), int(image.width() * right))
    return {QColor(image.pixel(x, y)).name() for x in columns for y in range(40, image.height() - 40)}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_month_under_the_goal_has_another_colour_and_a_pattern(chart, qapp, theme) -> None:
    apply_theme(qapp, theme)
    try:
        chart.show_points(MONTHS, units=16, goal=80)
        marks = current_theme().marks
        first, middle, last = (colours(chart, share, share + 0.28) for share in (0.06, 0.36, 0.66))
        assert marks.present.fill in first
        assert marks.late.fill not in first
        assert marks.late.fill in last
        assert marks.late.ink in last  # the hatching
        assert not {marks.present.fill, marks.late.fill} & middle  # nothing was due
        assert current_theme().accent in first & middle & last  # the line of units runs through
    finally:
        apply_theme(qapp, "light")


def test_every_value_is_read_aloud(chart) -> None:
    chart.show_points(MONTHS, units=16, goal=80)
    assert chart.accessibleDescription() == "09/26: 95%, 1; 10/26: –, 1; 11/26: 62.5%, 3"


def test_a_chart_without_a_month_is_empty_and_stands(chart) -> None:
    chart.show_points((), units=0, goal=80)
    assert not chart.grab().isNull()
    assert chart.accessibleDescription() == ""
