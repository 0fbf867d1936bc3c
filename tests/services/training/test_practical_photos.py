"""Photos of practical work: off by default, only of learners who agreed, sealed, and gone from sight when withdrawn."""

from __future__ import annotations

import pytest

from tlbb_desktop.domain.consents import PRACTICAL_PHOTOS, ConsentPurpose
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.staff import Role

JPEG = b"\xff\xd8\xff\xe0 a picture of a carburettor"
OTHER = b"\xff\xd8\xff\xe0 the same one, in focus"


def entry_of(workshop, person: int = 0) -> int:
    story = workshop.desk.assessment.story(workshop.class_id, workshop.people[person], workshop.unit_id("M01"))
    return story[-1].entry.id


@pytest.fixture
def agreed(workshop):
    """The programme keeps photos, and the first learner agreed and was assessed."""
    workshop.desk.settings.put(PRACTICAL_PHOTOS, True)
    workshop.desk.consents.note(workshop.people[0], ConsentPurpose.PHOTO_OF_WORK, given=True)
    for person in (0, 1):
        workshop.assess(person)
    return workshop


def test_no_photo_is_kept_until_a_manager_asks_for_it_and_the_learner_agreed(workshop) -> None:
    workshop.assess(0)
    photos, entry = workshop.desk.practical_photos, entry_of(workshop)
    assert not photos.are_kept
    with pytest.raises(Refused, match="switched off"):
        photos.set_photo(entry, JPEG)
    workshop.desk.settings.put(PRACTICAL_PHOTOS, True)
    with pytest.raises(Refused, match="has not agreed"):
        photos.set_photo(entry, JPEG)
    workshop.desk.consents.note(workshop.people[0], ConsentPurpose.PHOTO_ON_PAPERS, given=True)
    with pytest.raises(Refused, match="has not agreed"):
        photos.set_photo(entry, JPEG)
    assert photos.photo(entry) is None


def test_a_photo_stands_with_its_attempt_is_replaced_and_taken_away(agreed) -> None:
    photos, entry = agreed.desk.practical_photos, entry_of(agreed)
    photos.set_photo(entry, JPEG)
    assert photos.photo(entry) == JPEG
    photos.set_photo(entry, OTHER)
    assert photos.photo(entry) == OTHER
    photos.set_photo(entry, None)
    assert photos.photo(entry) is None
    with agreed.desk.office.store.read() as connection:
        stored = connection.exec_driver_sql("SELECT content FROM attachment WHERE kind = 'practical'").scalars().all()
    assert len(stored) == 2
    assert not any(b"carburettor" in each or JPEG in each for each in stored)


def test_a_consent_that_is_withdrawn_takes_the_photo_out_of_sight(agreed) -> None:
    photos, entry, learner = agreed.desk.practical_photos, entry_of(agreed), agreed.people[0]
    photos.set_photo(entry, JPEG)
    agreed.desk.consents.note(learner, ConsentPurpose.PHOTO_OF_WORK, given=False)
    assert photos.photo(entry) is None
    agreed.desk.consents.note(learner, ConsentPurpose.PHOTO_OF_WORK, given=True)
    assert photos.photo(entry) == JPEG


def test_only_an_attempt_has_a_photo_and_only_a_small_jpeg(agreed) -> None:
    photos, entry = agreed.desk.practical_photos, entry_of(agreed)
    for wrong in (b"GIF89a", b"", JPEG + bytes(400_000)):
        with pytest.raises(Refused, match="JPEG"):
            photos.set_photo(entry, wrong)
    agreed.desk.assessment.take_back(entry, "wrong learner")
    with pytest.raises(Refused, match="Only an attempt"):
        photos.set_photo(entry_of(agreed), JPEG)
    with pytest.raises(NotFound):
        photos.photo(9999)


def test_a_trainer_keeps_and_sees_the_photo(agreed, desk_as) -> None:
    trainer = desk_as(Role.TRAINER)
    trainer.office.clock = trainer.office.laptop_clock = agreed.room.clock
    entry = entry_of(agreed)
    trainer.practical_photos.set_photo(entry, JPEG)
    assert trainer.practical_photos.photo(entry) == JPEG
    assert agreed.desk.practical_photos.photo(entry) == JPEG
