"""What is half typed on a page, kept sealed so that it survives a lock, a power cut or a kill."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select

from tlbb_desktop.data.models import Draft
from tlbb_desktop.data.models.vocabulary import new_uuid
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.services.office import Office


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft as it was left.

    Args:
        page: which page.
        content: what the page put in: fields, the person, the cursor; anything that JSON holds.
        saved_at: when.
    """

    page: str
    content: Any
    saved_at: datetime


class DraftService:
    """Each member of staff has one draft a page and sees only their own. A draft is no act: it is not audited.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    def save(self, page: str, content: Any, compartment: Compartment | str = Compartment.DB) -> None:
        """Keep *content* as the draft of *page*, in place of an older one.

        Args:
            page: short name of the page, with the record's id where it has one.
            content: anything that JSON holds.
            compartment: the most protected compartment of the fields on the page.

        Raises:
            NotPermitted: the actor does not hold that compartment.
        """
        kept_under = Compartment(compartment)
        with self._office.store.write() as session:
            draft = session.scalars(select(Draft).where(*self._wanted(page))).first()
            if draft is None:
                draft = Draft(staff_id=self._office.actor.staff_id, page=page, uuid=new_uuid(), version=0)
                session.add(draft)
            draft.version += 1
            draft.compartment = kept_under
            draft.saved_at = self._office.clock.now()
            text = json.dumps(content, ensure_ascii=False)
            draft.content = self._sealed(draft, text)

    def load(self, page: str | None = None) -> KeptDraft | None:
        """The draft of *page*, or the newest one of any page; None when there is none that the actor can still read."""
        query = select(Draft.page, Draft.compartment, Draft.uuid, Draft.version, Draft.content, Draft.saved_at).where(
            *self._wanted(page)
        )
        with self._office.store.read() as connection:
            row = connection.execute(query.order_by(Draft.saved_at.desc(), Draft.id.desc()).limit(1)).first()
        if row is None or not self._office.cipher.opens(Compartment(row.compartment)):
            return None
        text = self._office.cipher.decrypt_text(
            Compartment(row.compartment), "draft", row.uuid, "content", row.version, row.content
        )
        return KeptDraft(row.page, json.loads(text or "null"), row.saved_at)

    def clear(self, page: str | None = None) -> None:
        """Forget the draft of *page*, or all of the actor's drafts."""
        with self._office.store.write() as session:
            session.execute(delete(Draft).where(*self._wanted(page)))

    def _wanted(self, page: str | None) -> tuple[ColumnElement[bool], ...]:
        own = Draft.staff_id == self._office.actor.staff_id
        return (own,) if page is None else (own, Draft.page == page)

    def _sealed(self, draft: Draft, text: str) -> bytes:
        sealed = self._office.cipher.encrypt(
            Compartment(draft.compartment), "draft", draft.uuid, "content", draft.version, text
        )
        if sealed is None:
            raise AssertionError("text always has a sealed form")
        return sealed
