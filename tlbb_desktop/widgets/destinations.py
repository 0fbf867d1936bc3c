"""What one page asks of another when it sends the reader there."""

from __future__ import annotations

from dataclasses import dataclass

from tlbb_desktop.domain.certificates import CertificateState
from tlbb_desktop.domain.months import Month


@dataclass(frozen=True, slots=True)
class OpenRegister:
    """A class and, if known, a month and a session."""

    class_id: int
    month: Month | None = None
    session_id: int | None = None


@dataclass(frozen=True, slots=True)
class OpenBoard:
    """The progress board of a class and, if wished, the path of one of its learners."""

    class_id: int
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class OpenCertificates:
    """The list of certificates with those of a state and, if wished, of one class."""

    state: CertificateState
    class_code: str = ""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case and, if wished, one of its sections by name and one of the records there by row."""

    case_id: int
    section: str = ""
    record_id: int | None = None


#: What Today is opened with when the work before ended without a lock or a close: a power cut, a kill.
AFTER_STOP = "after_stop"

#: The chapter of the guide on what to do when the program fails, with the way to a diagnostic bundle.
TROUBLE_CHAPTER = "trouble"
