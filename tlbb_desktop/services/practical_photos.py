"""Photos of practical work: off until a manager asks for them, only of learners who agreed, sealed like every photo."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from tlbb_desktop.data.models import Attachment, AttemptPhoto, AttemptRow
from tlbb_desktop.data.models.vocabulary import new_uuid
from tlbb_desktop.data.queries.consents import standing_consent
from tlbb_desktop.domain.assessment import EntryKind
from tlbb_desktop.domain.consents import PRACTICAL_PHOTOS, ConsentPurpose
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.class_access import ClassPrisons
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.settings import SettingsService

MOST_BYTES: Final = 400_000
_JPEG: Final = b"\xff\xd8\xff"
_KIND: Final = "practical"


class PracticalPhotoService:
    """Keeps one photo of an attempt; an older one stays among the attachments and is shown no more.

    Args:
        office: who acts on which record.
        settings: whether such photos are kept at all.
    """

    def __init__(self, office: Office, settings: SettingsService) -> None:
        self._office, self._settings = office, settings
        self._prisons = ClassPrisons(office)

    @property
    def are_kept(self) -> bool:
        """Whether the programme keeps photos of practical work."""
        return self._settings.get(PRACTICAL_PHOTOS) is True

    def photo(self, entry_id: int) -> bytes | None:
        """The photo of an attempt as JPEG; None where there is none, or the learner does not agree any more.

        Raises:
            NotFound: the attempt is not on record.
        """
        class_id, person_id, _kind = self._entry(entry_id)
        with self._office.read(Action.PHOTO_READ, self._prisons[class_id]) as connection:
            wanted = (
                select(Attachment.uuid, Attachment.version, Attachment.content)
                .join(AttemptPhoto, AttemptPhoto.attachment_id == Attachment.id)
                .where(AttemptPhoto.attempt_id == entry_id)
            )
            stored = connection.execute(wanted).one_or_none()
            if stored is None or standing_consent(connection, person_id, ConsentPurpose.PHOTO_OF_WORK) is None:
                return None
        return self._office.cipher.decrypt(Compartment.DB, "attachment", stored[0], "content", stored[1], stored[2])

    def set_photo(self, entry_id: int, jpeg: bytes | None) -> None:
        """Give an attempt a photo, or none.

        Args:
            entry_id: row of the attempt.
            jpeg: encoded anew by the program, at most 400,000 bytes.

        Raises:
            Refused: such photos are not kept, the learner has not agreed, it is no JPEG or too large, or the entry is
                no attempt.
            NotFound: the attempt is not on record.
        """
        class_id, person_id, kind = self._entry(entry_id)
        with self._office.act(Action.ASSESS, self._prisons[class_id]) as act:
            if jpeg is not None:
                self._require_wanted(act, person_id, kind, jpeg)
            link = act.session.scalars(select(AttemptPhoto).where(AttemptPhoto.attempt_id == entry_id)).one_or_none()
            attachment_id = None if jpeg is None else self._attach(act, person_id, jpeg)
            if link is not None:
                act.change(link, link.version)
                link.attachment_id = attachment_id
            elif attachment_id is not None:
                act.add(AttemptPhoto(attempt_id=entry_id, attachment_id=attachment_id))
            act.record("practical_photo", f"person:{person_id}", f"attempt:{entry_id} attachment:{attachment_id}")
            act.changed("attempt", person_id)

    def _require_wanted(self, act: Act, person_id: int, kind: str, jpeg: bytes) -> None:
        if not self.are_kept:
            raise Refused(
                N_("Photos of practical work are switched off. A manager can switch them on in the settings.")
            )
        if kind != EntryKind.ATTEMPT:
            raise Refused(N_("Only an attempt has a photo."))
        if standing_consent(act.connection, person_id, ConsentPurpose.PHOTO_OF_WORK) is None:
            raise Refused(
                N_(
                    "This person has not agreed to photos of practical work. The agreement stands in the person's form."
                ),
                place="photo",
            )
        if not (jpeg.startswith(_JPEG) and len(jpeg) <= MOST_BYTES):
            raise Refused(N_("The photo must be a JPEG of at most {kilobytes} kB."), place="photo", kilobytes=400)

    def _attach(self, act: Act, person_id: int, jpeg: bytes) -> int:
        photo = Attachment(
            person_id=person_id,
            kind=_KIND,
            compartment=Compartment.DB,
            mime="image/jpeg",
            taken_on=act.today,
            uuid=new_uuid(),
            version=1,
        )
        photo.content = self._office.cipher.encrypt(Compartment.DB, "attachment", photo.uuid, "content", 1, jpeg) or b""
        act.add(photo)
        return photo.id

    def _entry(self, entry_id: int) -> tuple[int, int, str]:
        with self._office.store.read() as connection:
            wanted = select(AttemptRow.class_id, AttemptRow.person_id, AttemptRow.kind).where(AttemptRow.id == entry_id)
            found = connection.execute(wanted).one_or_none()
        if found is None:
            raise NotFound(N_("This entry is not on record. Open the story again."))
        return found[0], found[1], found[2]
