"""Papers of a case: gathered with what the actor may read, looked through for stigma, audited, and set as PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from tlbb_desktop.data.queries.cases import cases_of_person
from tlbb_desktop.data.queries.people import prisons_of_people
from tlbb_desktop.domain.births import UNKNOWN_BIRTH
from tlbb_desktop.domain.case_papers import CaseOnPaper, CasePaper, CaseSubject, PrintReason
from tlbb_desktop.domain.case_plans import CasePlan
from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.errors import NotFound
from tlbb_desktop.domain.follow_ups import FollowUp
from tlbb_desktop.domain.people import PersonRecord, Prison
from tlbb_desktop.domain.plan_papers import NOTHING_SAID, PlanText
from tlbb_desktop.domain.stigma import StigmaLint
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.case_access import CaseAccess
from tlbb_desktop.services.case_plans import CasePlanService
from tlbb_desktop.services.certificate_issuing import is_demonstration, private_numbers, sites
from tlbb_desktop.services.certificate_signing import issuer
from tlbb_desktop.services.follow_ups import FollowUpService
from tlbb_desktop.services.gazetteer import Gazetteer
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.release_plans import ReleasePlanService
from tlbb_desktop.services.releases import ReleaseService
from tlbb_desktop.services.settings import SettingsService
from tlbb_desktop.services.strengths import StrengthService
from tlbb_desktop.services.whole_file import require_place, write_whole

if TYPE_CHECKING:
    from tlbb_desktop.documents.typesetting import FinishedPaper

#: Name of the actor's own setting: the reason that was given last, proposed for the next paper.
LAST_REASON: Final = "last_print_reason"


class People(Protocol):
    """What papers need of the people service."""

    def record(self, person_id: int) -> PersonRecord:
        """The person's form."""
        ...

    def person_with_code(self, code: str) -> int:
        """The person who bears a code."""
        ...


class CasePaperService:
    """The papers of cases.

    Args:
        office: who acts on which record.
        people: the person's form.
        gazetteer: names places.
        settings: keeps the last reason.
    """

    def __init__(self, office: Office, people: People, gazetteer: Gazetteer, settings: SettingsService) -> None:
        self._office = office
        self._people = people
        self._gazetteer = gazetteer
        self._settings = settings
        self._access = CaseAccess(office)
        self._strengths = StrengthService(office)
        self._plans = CasePlanService(office)
        self._release_plans = ReleasePlanService(office)
        self._releases = ReleaseService(office)
        self._follow_ups = FollowUpService(office)

    def last_reason(self) -> PrintReason:
        """The reason that is proposed: the one that the actor gave last."""
        stored = self._settings.mine(LAST_REASON)
        known = {reason.value: reason for reason in PrintReason}
        return known.get(str(stored), PrintReason.OWN_FILE)

    def paper(self, case_id: int, paper: CasePaper, language: str, reason: PrintReason) -> FinishedPaper:
        """A paper as it goes out now; who, which and why is written to the audit.

        Args:
            case_id: row of the case.
            paper: which.
            language: ``km``, ``en`` or ``both``.
            reason: why.

        Raises:
            Refused: a text on the paper that the young person carries would show detention.
            NotPermitted: somebody else is responsible for the case, and the actor is no manager.
            NotFound: it is not on record.
        """
        from tlbb_desktop.documents.case_papers.making import case_paper_pdf, documents_of
        from tlbb_desktop.documents.typesetting import PaperLanguage

        case = self._access.file(case_id)
        self._office.permit(Action.CASE_PRINT, self._access.where_own(case))
        gathered = self._gathered(case)
        documents = documents_of(paper, gathered)
        with self._office.act(Action.CASE_PRINT, self._access.where_own(case), enters=False) as act:
            if paper is CasePaper.MY_PLAN:
                known = sites(act)
                place = gathered.subject.place
                lint = StigmaLint(known, private_numbers(case.code), place)
                texts = {f"{place} {n}": text for n, text in enumerate(documents[0].texts())}
                lint.require_clean(texts)
            act.record("case_printed", f"case:{case_id}", f"{paper} {language} reason:{reason}")
        if reason is not self.last_reason():
            self._settings.put_mine(LAST_REASON, reason.value)
        return case_paper_pdf(paper, documents, PaperLanguage(language))

    def save(self, case_id: int, paper: CasePaper, language: str, reason: PrintReason, path: Path) -> FinishedPaper:
        """Write a paper to *path*; an older file is replaced as a whole. Errors as for :meth:`paper`."""
        require_place(path)
        finished = self.paper(case_id, paper, language, reason)
        write_whole(path, finished.pdf)
        return finished

    def case_with_code(self, code: str) -> int:
        """The row of the newest case of the person with this code.

        Raises:
            NotFound: nobody bears the code, or there is no case.
        """
        person_id = self._people.person_with_code(code)
        with self._office.read(Action.CASE_READ, self._access.where_lives(person_id)) as connection:
            cases = cases_of_person(connection, person_id)
        if not cases or cases[0].id is None:
            raise NotFound(N_("{code} has no case. Open one first."), code=code)
        return cases[0].id

    # ----------------------------------------------------------------------------------------------------------------

    def _gathered(self, case: CaseFile) -> CaseOnPaper:
        case_id = case.id or 0
        person = self._people.record(case.person_id)
        released_on, contacts = self._after(case)
        release_plan = self._release_plans.plan(case_id)
        with self._office.act(Action.CASE_PRINT, self._access.where_own(case), enters=False) as act:
            subject = self._subject(act, case, person)
        form = release_plan.form if release_plan else None
        home = self._address(form.place_code, form.place_text) if form else NOTHING_SAID
        return CaseOnPaper(
            subject,
            tuple(sorted(self._strengths.assessments(case_id), key=lambda each: (each.on_day, each.id), reverse=True)),
            self._plan(case_id),
            release_plan,
            home,
            contacts,
            released_on,
        )

    def _plan(self, case_id: int) -> CasePlan | None:
        versions = self._plans.versions(case_id)
        newest = max(versions, key=lambda each: each.number, default=None)
        return None if newest is None else self._plans.plan(newest.id)

    def _after(self, case: CaseFile) -> tuple[date | None, tuple[FollowUp, ...]]:
        mine = [each for each in self._releases.of_person(case.person_id) if each.case_id == case.id]
        if not mine or mine[0].id is None or not self._office.cipher.opens(Compartment.AFTERCARE):
            return None, ()
        return mine[0].form.released_on, self._follow_ups.of_release(mine[0].id)

    def _subject(self, act: Act, case: CaseFile, person: PersonRecord) -> CaseSubject:
        prison_id = prisons_of_people(act.connection, [case.person_id])[case.person_id]
        site = next((each for each in sites(act) if each.id == prison_id), None)
        contact = person.contact
        return CaseSubject(
            code=case.code,
            names=person.names,
            made_on=act.today,
            sex=person.sex,
            birth=person.identity.birth if person.identity else UNKNOWN_BIRTH,
            address=self._address(contact.place_code, contact.place_text) if contact else NOTHING_SAID,
            phones=contact.phones if contact else "",
            prison=PlanText(site.name_km, site.name_en) if site else NOTHING_SAID,
            worker=case.worker,
            place=self._province(site),
            issuer=PlanText(*issuer(act)),
            demonstration=is_demonstration(act),
        )

    def _province(self, site: Prison | None) -> PlanText:
        found = self._gazetteer.place(site.province_code) if site else None
        return PlanText(found.name_km, found.name_latin) if found else NOTHING_SAID

    def _address(self, code: str, text: str) -> PlanText:
        """Village, commune, district and province, small to large as Khmer addresses go, then what was typed."""
        places = reversed(self._gazetteer.path(code)) if code else ()
        found = list(places)
        khmer, english = ([getattr(each, name) for each in found] for name in ("name_km", "name_latin"))
        return PlanText(", ".join(filter(None, (text, *khmer))), ", ".join(filter(None, (text, *english))))
