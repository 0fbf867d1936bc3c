"""Papers for a week of visits, and typing them in afterwards in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Row, func, select

from tlbb_desktop.data import models
from tlbb_desktop.data.models.vocabulary import to_milliseconds
from tlbb_desktop.data.queries import aftercare as queries
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.follow_ups import AttemptForm, ContactMode, FollowUpKind, Reached
from tlbb_desktop.domain.form_code import read_road_code, road_code
from tlbb_desktop.domain.issued_reports import IssuedFigure, IssuedReportForm
from tlbb_desktop.domain.plan_papers import NOTHING_SAID, PlanText
from tlbb_desktop.domain.road_form import QUESTIONS, findings_of
from tlbb_desktop.domain.road_pack import RoadStop, in_route_order, read_answers, within
from tlbb_desktop.domain.stigma import StigmaLint
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.aftercare_access import AftercareAccess
from tlbb_desktop.services.certificate_issuing import is_demonstration, sites
from tlbb_desktop.services.contact_undo import ContactUndoService, TakenBack
from tlbb_desktop.services.follow_ups import Contact, ContactNoted, FollowUpService
from tlbb_desktop.services.gazetteer import Gazetteer
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.person_seal import CONTACT
from tlbb_desktop.services.sealed_forms import FOLLOW_UP, ISSUED_REPORT
from tlbb_desktop.services.whole_file import require_place, write_whole

if TYPE_CHECKING:
    from tlbb_desktop.documents.typesetting import FinishedPaper

KIND: Final = "road_pack"
_COMMUNE: Final = 6


@dataclass(frozen=True, slots=True)
class RoadPack:
    """Papers of a journey.

    Args:
        code: that stands on them.
        first: first day of the journey.
        stops: in the order of the paper.
        done: rows of contacts that are over by now, or in whose place another one was entered since.
        tried: rows of contacts at which nobody was met on this journey.
    """

    code: str
    first: date
    stops: tuple[RoadStop, ...]
    done: frozenset[int] = frozenset()
    tried: frozenset[int] = frozenset()


class RoadPackService:
    """Journeys.

    Args:
        office: who travels.
        gazetteer: names villages and communes.
    """

    def __init__(self, office: Office, gazetteer: Gazetteer) -> None:
        self._office = office
        self._gazetteer = gazetteer
        self._follow_ups = FollowUpService(office)
        self._access = AftercareAccess(office)

    def stops(self, district: str, first: date, last: date) -> tuple[RoadStop, ...]:
        """Whom to see in a district by the last day, overdue ones too, in the order of the way.

        Args:
            district: NCDD code of 2 to 8 digits; ``""`` = everywhere.
            first: first day of the journey.
            last: its last day.
        """
        prisons = self._office.prison_limit(Action.AFTERCARE_READ)
        with self._office.act(Action.AFTERCARE_READ, enters=False) as act:
            rows = queries.open_follow_ups(act.connection, prisons, act.actor.staff_id)
            found = [self._stop(row) for row in rows]
            act.record("protected_read", "road_pack", f"district:{district} contacts:{len(found)}")
        return in_route_order(_first_of_each(within(found, district, first, last)))

    def make(self, stops: Sequence[RoadStop], first: date) -> RoadPack:
        """Keep the order of a journey under a code, so that its papers can be typed in later.

        Raises:
            Refused: there is nobody to see.
        """
        if not stops:
            raise Refused(N_("Nobody is due there in these days."))
        figures = tuple(IssuedFigure(str(stop.follow_up_id), _stored(stop)) for stop in stops)
        with self._office.act(Action.AFTERCARE_WRITE) as act:
            highest = act.session.scalar(select(func.max(models.IssuedReport.id))) or 0
            code = road_code(highest + 1)
            row = models.IssuedReport(kind=KIND, number=code, as_of=first)
            ISSUED_REPORT.add(act, self._office.cipher, row, IssuedReportForm(KIND, figures=figures))
            act.record("road_pack", f"report:{row.id}", f"stops:{len(stops)}")
        return RoadPack(code, first, tuple(stops))

    def paper(self, pack: RoadPack, language: str, *, sheets: bool = False) -> FinishedPaper:
        """The papers of a journey: one list, or a sheet for each person. Handing them out is audited.

        Raises:
            Refused: a text would show detention.
        """
        from tlbb_desktop.documents.plan_pdf import plans_pdf
        from tlbb_desktop.documents.road_pack_papers import road_list, road_sheets
        from tlbb_desktop.documents.typesetting import Heading, PaperLanguage

        made = road_sheets if sheets else road_list
        with self._office.act(Action.AFTERCARE_READ, enters=False) as act:
            result = made(pack.stops, pack.code, pack.first, demonstration=is_demonstration(act))
            documents = result if isinstance(result, tuple) else (result,)
            own = sorted({stop.code for stop in pack.stops}, key=len, reverse=True)
            places = [text for stop in pack.stops for text in stop.place]
            lint = StigmaLint(sites(act), (), places)
            texts = [text for document in documents for text in document.texts()]
            lint.require_clean({f"{n}": _without(own, text) for n, text in enumerate(texts)})
            act.record("road_pack_printed", f"pack:{pack.code}", f"{language} sheets:{sheets}")
        return plans_pdf(documents, PaperLanguage(language), documents[0].title, Heading.NONE)

    def save(self, pack: RoadPack, language: str, path: Path, *, sheets: bool = False) -> FinishedPaper:
        """Write the papers to *path*; an older file is replaced as a whole. Errors as for :meth:`paper`."""
        require_place(path)
        finished = self.paper(pack, language, sheets=sheets)
        write_whole(path, finished.pdf)
        return finished

    def with_code(self, typed: str) -> RoadPack:
        """The journey whose code stands on the paper, with what is typed in already.

        Raises:
            Refused: it is no code of a journey.
            NotFound: this laptop has no such journey.
            NotPermitted: somebody on it left a prison that is not the actor's, and another is responsible.
        """
        code = read_road_code(typed)
        with self._office.read(Action.AFTERCARE_READ) as connection:
            row = connection.execute(
                select(models.IssuedReport.__table__).where(
                    models.IssuedReport.number == code, models.IssuedReport.kind == KIND
                )
            ).first()
            if row is None:
                raise NotFound(N_("This laptop has no journey with the code {code}."), code=code)
            form = ISSUED_REPORT.open(self._office.cipher, row)
            stops = tuple(_read(int(each.key), each.values) for each in form.figures)
            ids = [stop.follow_up_id for stop in stops]
            made_at = to_milliseconds(row.created_at)
            over, tried = (found(connection, ids, made_at) for found in (queries.met_since, queries.tried_since))
            pack = RoadPack(code, row.as_of, stops, over, tried)
            places = [place for each in ids if (place := queries.place_of_follow_up(connection, each)) is not None]
        for place in places:
            self._office.permit(Action.AFTERCARE_READ, self._access.prison(place))
        with self._office.act(Action.AFTERCARE_READ, enters=False) as act:
            act.record("protected_read", "road_pack", f"pack:{code} contacts:{len(ids)}")
        return pack

    def enter(self, pack: RoadPack, number: int, typed: str, held_on: date) -> ContactNoted:
        """Type in a row: one digit for each question of the form.

        Args:
            pack: from :meth:`with_code`.
            number: of the row on the paper, from 1.
            typed: digits, 0 where nothing was ticked.
            held_on: day of the visit.

        Raises:
            Refused: a digit has no answer, nobody says who was met, or the contact is over.
        """
        said = read_answers(typed, QUESTIONS)
        if "reached" not in said:
            raise Refused(N_("The first digit says who was met. Nobody was met: press the key for it."), place="row")
        reached = Reached(said["reached"])
        mode = ContactMode.PHONE if reached is Reached.BY_PHONE else ContactMode.HOME_VISIT
        contact = Contact(held_on, mode, reached, findings_of(said))
        stop = _stop_numbered(pack, number)
        release_id, seen = self._standing(stop.follow_up_id)
        if stop.kind.value.startswith("m") and held_on < stop.opens_on:
            return self._follow_ups.add_extra(release_id, contact)
        return self._follow_ups.note_contact(stop.follow_up_id, contact, seen)

    def not_met(self, pack: RoadPack, number: int, on: date) -> date:
        """Say by one key that nobody was met at a stop; returns the day that is proposed for the next try."""
        stop = _stop_numbered(pack, number)
        tried = AttemptForm(on, ContactMode.HOME_VISIT, Reached.NOT_REACHED)
        return self._follow_ups.note_attempt(stop.follow_up_id, tried)

    def take_back(self, pack: RoadPack, number: int) -> TakenBack | None:
        """Take back what was typed in last today at a stop; arguments else and errors as for ``ContactUndoService``."""
        release_id, _version = self._standing(_stop_numbered(pack, number).follow_up_id)
        return ContactUndoService(self._office).take_back(release_id)

    # ----------------------------------------------------------------------------------------------------------------

    def _standing(self, follow_up_id: int) -> tuple[int, int]:
        """The release that a contact belongs to, and its version."""
        row = models.FollowUpRow
        with self._office.read(Action.AFTERCARE_READ) as connection:
            found = connection.execute(select(row.release_id, row.version).where(row.id == follow_up_id)).first()
        if found is None:
            raise NotFound(N_("This contact is not on record any more."))
        return found.release_id, found.version

    def _stop(self, row: Row[Any]) -> RoadStop:
        form = FOLLOW_UP.open(self._office.cipher, row)
        code, text = self._address(row)
        return RoadStop(
            row.id,
            row.code,
            row.nickname,
            code,
            self._place(code, text),
            form.kind,
            form.next_on or form.late_after,
            form.due_on,
        )

    def _address(self, row: Row[Any]) -> tuple[str, str]:
        if row.contact_uuid is None:
            return "", ""
        opened = [
            self._office.cipher.decrypt_text(
                CONTACT.compartment, CONTACT.name, row.contact_uuid, column, row.contact_version, getattr(row, column)
            )
            or ""
            for column in ("place_code", "place_text")
        ]
        return opened[0], opened[1]

    def _place(self, code: str, text: str) -> PlanText:
        """Village and commune, no more; what was typed where the gazetteer has no village."""
        path = [place for place in self._gazetteer.path(code) if len(place.code) >= _COMMUNE]
        if not path:
            return PlanText(text) if text else NOTHING_SAID
        near = list(reversed(path))
        return PlanText(", ".join(each.name_km for each in near), ", ".join(each.name_latin for each in near))


def _first_of_each(stops: Sequence[RoadStop]) -> tuple[RoadStop, ...]:
    """One visit for each person: the latest contact that is open, as it answers the earlier ones too."""
    latest: dict[str, RoadStop] = {}
    for stop in sorted(stops, key=lambda each: each.opens_on):
        latest[stop.code] = stop
    return tuple(latest.values())


def _without(codes: Sequence[str], text: str) -> str:
    """*text* without the codes, which begin with that of a prison and say so to nobody else."""
    for code in codes:
        text = text.replace(code, "")
    return text


def _stop_numbered(pack: RoadPack, number: int) -> RoadStop:
    if not 1 <= number <= len(pack.stops):
        raise Refused(N_("The paper has rows 1 to {most}."), place="number", most=len(pack.stops))
    return pack.stops[number - 1]


def _stored(stop: RoadStop) -> dict[str, str]:
    return {
        "code": stop.code,
        "nickname": stop.nickname,
        "place_code": stop.place_code,
        "place_km": stop.place.khmer,
        "place_en": stop.place.english,
        "kind": stop.kind.value,
        "due_on": stop.due_on.isoformat(),
        "opens_on": stop.opens_on.isoformat(),
    }


def _read(follow_up_id: int, stored: Mapping[str, str]) -> RoadStop:
    return RoadStop(
        follow_up_id,
        stored["code"],
        stored["nickname"],
        stored["place_code"],
        PlanText(stored["place_km"], stored["place_en"]),
        FollowUpKind(stored["kind"]),
        date.fromisoformat(stored["due_on"]),
        date.fromisoformat(stored["opens_on"]),
    )
