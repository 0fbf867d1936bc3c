"""Which heading a learner's paper bears, and what is kept about it in the settings."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.certificates import CertificateKind
from tlbb_desktop.i18n.marks import Np_


class PaperHeading(StrEnum):
    """Who stands at the head of a paper.

    The motto belongs to papers of the state; an organisation of its own heads its papers without it (training facts,
    4b). So the organisation alone is what a template has until a manager says otherwise.
    """

    NGO = "ngo"
    JOINT = "joint"
    STATE = "state"


HEADING_NAMES: Final = {
    PaperHeading.NGO: Np_("heading of a paper", "The organisation alone"),
    PaperHeading.JOINT: Np_("heading of a paper", "The Kingdom beside the organisation"),
    PaperHeading.STATE: Np_("heading of a paper", "The Kingdom over the page"),
}


class PaperTemplate(StrEnum):
    """A paper whose heading is a setting; what a prison gets is always headed by the Kingdom."""

    CERTIFICATE = "certificate"
    STATEMENT = "statement"
    TRAINING_RECORD = "training_record"

    @property
    def setting(self) -> str:
        """Name of the setting that holds its heading."""
        return f"heading_{self.value}"

    @classmethod
    def of_certificate(cls, kind: CertificateKind) -> PaperTemplate:
        """The template of a certificate of *kind*."""
        return cls.STATEMENT if kind is CertificateKind.PARTIAL else cls.CERTIFICATE


def heading_read(stored: object) -> PaperHeading:
    """The heading that a setting names; the organisation alone where it names none."""
    known = {heading.value: heading for heading in PaperHeading}
    return known.get(str(stored), PaperHeading.NGO)
