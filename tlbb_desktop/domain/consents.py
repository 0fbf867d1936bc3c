"""What people agree to."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

#: Name of the setting: whether certificates show the photos of those who agreed to it.
PHOTOS_ON_CERTIFICATES: Final = "certificate_photos"

#: Name of the setting: whether photos of practical work are kept of those who agreed to it.
PRACTICAL_PHOTOS: Final = "practical_photos"


class ConsentPurpose(StrEnum):
    """What an agreement is about."""

    PHOTO_ON_PAPERS = "photo_on_papers"
    PHOTO_OF_WORK = "photo_of_work"
