from __future__ import annotations

import pytest

from tests.documents import sheets
from tlbb_desktop.domain.register import MonthSheet


@pytest.fixture
def full_sheet() -> MonthSheet:
    """Thirty-four learners, every kind of mark, a cancelled session, a holiday, an afternoon lesson, a guest."""
    return sheets.full_sheet()


@pytest.fixture
def draft_sheet() -> MonthSheet:
    """The same class, not yet marked to the end."""
    return sheets.draft_sheet()
