"""The invented people, staff and classes of the demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from importlib.resources import files
from random import Random

from tlbb_desktop.domain.births import Birth, BirthPrecision
from tlbb_desktop.domain.classes import TimetableSlot, Weekday
from tlbb_desktop.domain.people import Names, PersonKind, PersonStatus, Sex
from tlbb_desktop.domain.staff import Role

#: The demonstration always plays on this Monday, so that there is a class to mark whenever it is opened.
DAY = date(2026, 11, 16)
FIRST_DAY = date(2025, 5, 19)
LAST_DAY = date(2027, 3, 31)
SEED = 20101101
MANAGER, TRAINER = "chan", "dara"


@dataclass(frozen=True, slots=True)
class DemoMember:
    """A login of the demonstration."""

    username: str
    name: str
    role: Role
    prisons: tuple[str, ...]
    passphrase: str


@dataclass(frozen=True, slots=True)
class DemoClass:
    """A class of the demonstration; ``learners`` is how many are enrolled over its time."""

    code: str
    course: str
    prison: str
    trainer: str
    days: tuple[Weekday, ...]
    starts: time
    ends: time
    learners: int

    def timetable(self) -> tuple[TimetableSlot, ...]:
        """Its lessons of the week."""
        return tuple(TimetableSlot(day, self.starts, self.ends) for day in self.days)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An invented person and the day on which they came."""

    code: str
    prison: str
    names: Names
    sex: Sex
    kind: PersonKind
    status: PersonStatus
    birth: Birth
    province_code: str
    came_on: date
    leaves_on: date


MEMBERS = (
    DemoMember(
        MANAGER, "ចាន់ សុភា / Chan Sophea", Role.MANAGER, ("SR", "BMC", "CC2"), "demonstration manager sample words"
    ),
    DemoMember("dara", "សុខ ដារ៉ា / Sok Dara", Role.TRAINER, ("SR",), "demonstration trainer sample words"),
    DemoMember("vanna", "គឹម វណ្ណា / Kim Vanna", Role.TRAINER, ("BMC",), "demonstration trainer second words"),
    DemoMember("kunthea", "លី គន្ធា / Ly Kunthea", Role.TRAINER, ("CC2",), "demonstration trainer third words"),
    DemoMember(
        "bopha", "មាស បុប្ផា / Meas Bopha", Role.SOCIAL_WORKER, ("SR", "BMC"), "demonstration social sample words"
    ),
    DemoMember("rithy", "អ៊ុក រិទ្ធី / Ouk Rithy", Role.LIAISON, ("SR", "BMC", "CC2"), "demonstration liaison sample words"),
)

#: Settings: who stands on its papers.
PAPER_WORDS = {
    "organisation_km": "អង្គការជំនួយយុវជនកម្ពុជា",
    "organisation_en": "Youth Support Organisation of Cambodia",
    "certificate_signer": "ចាន់ សុភា / Chan Sophea",
    "certificate_post_km": "ប្រធានកម្មវិធី",
    "certificate_post_en": "Programme manager",
}

_MORNING, _AFTERNOON = (time(8), time(11)), (time(13, 30), time(16))
_FOUR = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU)
CLASSES = (
    DemoClass("SR-MOTO-25", "moto", "SR", "dara", _FOUR, *_MORNING, 44),
    DemoClass("SR-ELEC-25", "electronics", "SR", "dara", (Weekday.TUE, Weekday.WED, Weekday.FRI), *_AFTERNOON, 16),
    DemoClass("SR-LIFE-25", "life-skills", "SR", "dara", (Weekday.MON,), time(14), time(16), 24),
    DemoClass("BMC-MOTO-25", "moto", "BMC", "vanna", _FOUR, *_MORNING, 18),
    DemoClass("BMC-AIR-25", "aircon", "BMC", "vanna", (Weekday.MON, Weekday.WED), *_AFTERNOON, 12),
    DemoClass("CC2-ELEC-25", "electronics", "CC2", "kunthea", _FOUR, *_MORNING, 16),
    DemoClass("CC2-WIRE-25", "electrical", "CC2", "kunthea", (Weekday.TUE, Weekday.THU), *_AFTERNOON, 12),
    DemoClass("CC2-LIFE-25", "life-skills", "CC2", "kunthea", (Weekday.FRI,), time(8), time(10), 18),
)
HEADS = {"SR": 54, "BMC": 30, "CC2": 36}
_PROVINCES = {"SR": ("17", "17", "17", "22", "06"), "BMC": ("01", "01", "02", "17"), "CC2": ("12", "08", "14", "03")}


def invent_people(random: Random) -> list[DemoPerson]:
    """The 120 people, in the order of their codes; the same for the same seed."""
    names = name_lists()
    used: set[tuple[str, str]] = set()
    return [
        _invent(random, names, used, prison, number)
        for prison, heads in HEADS.items()
        for number in range(1, heads + 1)
    ]


def _invent(
    random: Random, names: dict[str, list[tuple[str, str]]], used: set[tuple[str, str]], prison: str, number: int
) -> DemoPerson:
    sex = Sex.FEMALE if random.random() < (0.45 if prison == "CC2" else 0.08) else Sex.MALE
    mother = sex is Sex.FEMALE and random.random() < 0.2
    family, given = _fresh_name(random, names, used, "female" if sex is Sex.FEMALE else "male")
    nickname = random.choice(names["nickname"])[0] if random.random() < 0.35 else ""
    came_on = FIRST_DAY + timedelta(days=random.choice((0, 0, 14, 60, 150, 240, 330, 400)))
    leaves_on = came_on + timedelta(days=random.choice((200, 300, 420, 560, 700, 900)))
    gone = leaves_on <= DAY
    return DemoPerson(
        code=f"{prison}-{came_on:%y}-{number:04d}",
        prison=prison,
        names=Names(family[0], given[0], family[1].upper(), given[1].upper(), nickname),
        sex=sex,
        kind=PersonKind.MOTHER if mother else PersonKind.PARTICIPANT,
        status=PersonStatus.POST_RELEASE if gone else _status(random, leaves_on),
        birth=_birth(random, mother=mother),
        province_code=random.choice(_PROVINCES[prison]),
        came_on=came_on,
        leaves_on=leaves_on,
    )


def _fresh_name(
    random: Random, names: dict[str, list[tuple[str, str]]], used: set[tuple[str, str]], given_kind: str
) -> tuple[tuple[str, str], tuple[str, str]]:
    while True:
        family, given = random.choice(names["family"]), random.choice(names[given_kind])
        if (family[0], given[0]) not in used:
            used.add((family[0], given[0]))
            return family, given


def _status(random: Random, leaves_on: date) -> PersonStatus:
    if leaves_on <= DAY + timedelta(days=90):
        return PersonStatus.AWAITING_RELEASE
    return PersonStatus.IN_TRAINING if random.random() < 0.9 else PersonStatus.ENROLLED


def _birth(random: Random, *, mother: bool) -> Birth:
    years = random.randint(20, 34) if mother else random.randint(15, 18)
    born = DAY - timedelta(days=round(365.25 * years) + random.randint(0, 364))
    chance = random.random()
    if chance < 0.7:
        return Birth.on(born)
    if chance < 0.85:
        return Birth(BirthPrecision.YEAR, born.year)
    return Birth.of_age(years, DAY)


def name_lists() -> dict[str, list[tuple[str, str]]]:
    """The bundled parts of invented names by kind, each in Khmer and Latin."""
    found: dict[str, list[tuple[str, str]]] = {}
    lines = (files("tlbb_desktop") / "assets" / "demo" / "names.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines[2:]:
        kind, khmer, latin = line.split("\t")
        found.setdefault(kind, []).append((khmer, latin))
    return found
