"""The people of the programme, as lists and forms carry them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from tlbb_desktop.domain.births import UNKNOWN_BIRTH, Birth
from tlbb_desktop.domain.months import Month
from tlbb_desktop.i18n.marks import Np_


class Sex(StrEnum):
    """Sex as the papers ask for it."""

    MALE = "M"
    FEMALE = "F"


SEX_NAMES = {Sex.MALE: Np_("sex", "Male"), Sex.FEMALE: Np_("sex", "Female")}
SEX_LETTERS = {Sex.MALE: Np_("sex, one letter", "M"), Sex.FEMALE: Np_("sex, one letter", "F")}


class PersonKind(StrEnum):
    """What somebody is to the programme. A guest is a row that a trainer added and nobody has joined yet."""

    PARTICIPANT = "participant"
    MOTHER = "mother"
    FAMILY = "family"
    CHILD = "child"
    GUEST = "guest"


KIND_NAMES = {
    PersonKind.PARTICIPANT: Np_("kind of person", "Participant"),
    PersonKind.MOTHER: Np_("kind of person", "Mother"),
    PersonKind.FAMILY: Np_("kind of person", "Family member"),
    PersonKind.CHILD: Np_("kind of person", "Child living in prison"),
    PersonKind.GUEST: Np_("kind of person", "Not on the list"),
}


class PersonStatus(StrEnum):
    """Where somebody stands on the way through the programme."""

    CANDIDATE = "candidate"
    ENROLLED = "enrolled"
    IN_TRAINING = "in_training"
    AWAITING_RELEASE = "awaiting_release"
    POST_RELEASE = "post_release"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


STATUS_NAMES = {
    PersonStatus.CANDIDATE: Np_("status of a person", "Candidate"),
    PersonStatus.ENROLLED: Np_("status of a person", "Enrolled"),
    PersonStatus.IN_TRAINING: Np_("status of a person", "In training"),
    PersonStatus.AWAITING_RELEASE: Np_("status of a person", "Awaiting release"),
    PersonStatus.POST_RELEASE: Np_("status of a person", "After release"),
    PersonStatus.CLOSED: Np_("status of a person", "Closed"),
    PersonStatus.WITHDRAWN: Np_("status of a person", "Withdrawn"),
}
#: Those whom "all" means when a class is filled.
ACTIVE_STATUSES = frozenset(
    {PersonStatus.CANDIDATE, PersonStatus.ENROLLED, PersonStatus.IN_TRAINING, PersonStatus.AWAITING_RELEASE}
)


@dataclass(frozen=True, slots=True)
class Names:
    """What somebody is called: family and given name in both scripts, and the name that friends use."""

    family_km: str = ""
    given_km: str = ""
    family_latin: str = ""
    given_latin: str = ""
    nickname: str = ""

    @property
    def khmer(self) -> str:
        """Family name first, in Khmer."""
        return f"{self.family_km} {self.given_km}".strip()

    @property
    def latin(self) -> str:
        """Family name first, in Latin letters."""
        return f"{self.family_latin} {self.given_latin}".strip()

    @property
    def shown(self) -> str:
        """The Khmer name, or the Latin one where there is no other."""
        return self.khmer or self.latin


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A line of the list of people: fields of the ``db`` compartment only.

    Args:
        id: row.
        code: the programme's code, text with its leading zeros.
        names: in both scripts.
        sex: or None when not recorded.
        kind, status: see the enums.
        prison: code of the prison where they stay today, or ``""``.
        age_band: such as ``14-15``, or ``""``.
        province_code: NCDD code of the home province, or ``""``.
        release_month: planned month of release, or None.
        classes: codes of the classes of today, joined with a comma.
        has_photo: whether there is a photo.
    """

    id: int
    code: str
    names: Names
    sex: Sex | None
    kind: PersonKind
    status: PersonStatus
    prison: str
    age_band: str
    province_code: str
    release_month: Month | None
    classes: str
    has_photo: bool


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Which people a list shows.

    Args:
        search: what was typed, in any script and encoding.
        prison_id, status, class_id, kind: None = all.
        include_guests: whether rows that nobody has joined yet are listed.
    """

    search: str = ""
    prison_id: int | None = None
    status: PersonStatus | None = None
    class_id: int | None = None
    kind: PersonKind | None = None
    include_guests: bool = False


@dataclass(frozen=True, slots=True)
class CustodyStay:
    """A stay in a prison, from a day to a day (both included; None = open)."""

    prison_id: int
    starts_on: date
    ends_on: date | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """What only the ``legal`` compartment holds.

    Args:
        birth: birth date with precision.
        release_on: official release date, or None.
        id_numbers: kind of paper -> number, such as ``national_id``.
        external_ids: system -> id, ``oscar`` or ``mosvy``.
    """

    birth: Birth = UNKNOWN_BIRTH
    release_on: date | None = None
    id_numbers: dict[str, str] = field(default_factory=dict)
    external_ids: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contact:
    """What only the ``family`` compartment holds: the address below the province, and phones.

    Args:
        place_code: NCDD code of district, commune or village (4, 6 or 8 digits), or ``""``.
        place_text: free text where a village is missing from the gazetteer.
        phones: as typed.
    """

    place_code: str = ""
    place_text: str = ""
    phones: str = ""


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person's form. ``identity`` and ``contact`` are None for a reader without that compartment.

    ``id`` is None for somebody new; an empty ``code`` lets the program give the next one.
    ``version``, ``identity_version`` and ``contact_version`` are those that were read; saving over another editor is
    refused.
    """

    id: int | None
    code: str
    names: Names
    sex: Sex | None
    kind: PersonKind
    status: PersonStatus
    province_code: str = ""
    release_month: Month | None = None
    stays: tuple[CustodyStay, ...] = ()
    identity: Identity | None = None
    contact: Contact | None = None
    note: str = ""
    version: int = 0
    identity_version: int = 0
    contact_version: int = 0


@dataclass(frozen=True, slots=True)
class LikelySame:
    """A person on record who may be the one at hand, for comparing side by side."""

    person: PersonRow
    birth_text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the gazetteer: NCDD code (2, 4, 6 or 8 digits) with both names."""

    code: str
    name_km: str
    name_latin: str


@dataclass(frozen=True, slots=True)
class Prison:
    """A site.

    Args:
        id: row.
        code: short Latin code such as ``SR``.
        name_km, name_en: full names.
        province_code: NCDD code.
        active: whether the programme works there.
        version: for detecting two editors.
    """

    id: int
    code: str
    name_km: str
    name_en: str
    province_code: str
    active: bool
    version: int = 0


@dataclass(frozen=True, slots=True)
class PersonListing:
    """A person as the command line lists them; ``birth`` is unknown to a reader without the ``legal`` compartment."""

    code: str
    names: Names
    sex: Sex | None
    birth: Birth
    province_code: str


@dataclass(frozen=True, slots=True)
class PersonMergeStory:
    """Two records that were made one.

    Args:
        at: when.
        by: name of the member of staff, or ``""``.
        kept_code, merged_code: codes of the record that stayed and of the one that it took in.
        reason: as given.
        marks_moved: how many marks went over.
        marks_left: days of the sessions on which both had a mark; there the mark of the kept record stands.
    """

    at: datetime
    by: str
    kept_code: str
    merged_code: str
    reason: str
    marks_moved: int
    marks_left: tuple[date, ...]
