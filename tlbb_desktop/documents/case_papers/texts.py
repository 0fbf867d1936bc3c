"""Texts of the papers of a case in both languages, and what all of them have in common."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from tlbb_desktop.documents.typesetting import words
from tlbb_desktop.domain.births import BirthPrecision
from tlbb_desktop.domain.case_papers import CaseSubject
from tlbb_desktop.domain.money import Currency, Money
from tlbb_desktop.domain.people import SEX_NAMES
from tlbb_desktop.domain.plan_papers import NOTHING_SAID, PlanParty, PlanText
from tlbb_desktop.i18n.catalog import KHMER, SOURCE_LANGUAGE
from tlbb_desktop.i18n.marks import Np_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.khmer import to_khmer_digits

_YEARS: Final = Np_("case paper", "{n} years")
_PARTICIPANT: Final = Np_("case paper", "Participant")
_WORKER: Final = Np_("case paper", "Case worker")
_CODE: Final = Np_("case paper", "Code {code}")
BETWEEN: Final = " · "


def said(message: str, **fields: object) -> PlanText:
    """A marked text in both languages."""
    return PlanText(*words(message, **{name: _words(value) for name, value in fields.items()}))


def typed(text: str) -> PlanText:
    """What somebody wrote: the same in both languages."""
    return PlanText(text)


def day(when: date | None) -> PlanText:
    """A day as papers write it short; nothing for None."""
    if when is None:
        return NOTHING_SAID
    text = f"{when:%d/%m/%Y}"
    return PlanText(to_khmer_digits(text), text)


def number(value: int | None) -> PlanText:
    """A number in the digits of each language; nothing for None."""
    return NOTHING_SAID if value is None else PlanText(to_khmer_digits(str(value)), str(value))


def money(amount: Money | None) -> PlanText:
    """An amount with its sign: ``12,500 ៛`` or ``$3.10``."""
    if amount is None or not amount.amount:
        return NOTHING_SAID
    riel = f"{amount.amount:,} ៛"
    text = riel if amount.currency is Currency.KHR else f"${amount.amount / 100:,.2f}"
    return PlanText(to_khmer_digits(text), text)


def joined(parts: Iterable[PlanText], between: str = BETWEEN) -> PlanText:
    """Texts on one line; what is not said is left out."""
    found = [part for part in parts if any(part)]
    return PlanText(
        between.join(part.khmer or part.english for part in found),
        between.join(part.english or part.khmer for part in found),
    )


def labelled_text(label: PlanText, value: PlanText) -> PlanText:
    """What is told of something, with the colon of each language."""
    return PlanText(
        labelled(label.khmer, value.khmer or value.english, KHMER),
        labelled(label.english or label.khmer, value.english or value.khmer, SOURCE_LANGUAGE),
    )


def parties(subject: CaseSubject, *, named: bool, others: Iterable[PlanParty] = ()) -> tuple[PlanParty, ...]:
    """Whom the paper is about, by name or by code, and who is responsible."""
    details = [_age(subject), said(SEX_NAMES[subject.sex]) if subject.sex else NOTHING_SAID]
    if named:
        details.insert(0, said(_CODE, code=subject.code))
        who = PlanParty(said(_PARTICIPANT), subject.names.khmer, subject.names.latin, joined(details))
    else:
        who = PlanParty(said(_PARTICIPANT), subject.code, "", joined(details))
    worker = PlanParty(said(_WORKER), subject.worker)
    return (who, *others, worker) if subject.worker else (who, *others)


def _age(subject: CaseSubject) -> PlanText:
    if subject.birth.precision is BirthPrecision.UNKNOWN:
        return NOTHING_SAID
    age = subject.birth.age_on(subject.made_on)
    return NOTHING_SAID if age is None else said(_YEARS, n=age)


def _words(value: object) -> object:
    from tlbb_desktop.documents.typesetting import Words

    return Words(*value) if isinstance(value, PlanText) else value
