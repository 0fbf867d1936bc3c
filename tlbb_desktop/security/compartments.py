"""Compartments: which key protects which part of the record, and which role holds which keys."""

from __future__ import annotations

from enum import StrEnum

from tlbb_desktop.domain.staff import Role


class Compartment(StrEnum):
    """A part of the record with a key of its own (vault design, "Which field lives where")."""

    DB = "db"
    LEGAL = "legal"
    FAMILY = "family"
    COUNSELLING = "counselling"
    AFTERCARE = "aftercare"
    AUDIT = "audit"
    SIGNING = "signing"


FIELD_COMPARTMENTS = frozenset(
    {Compartment.DB, Compartment.LEGAL, Compartment.FAMILY, Compartment.COUNSELLING, Compartment.AFTERCARE}
)
"""Compartments that fields of the record are encrypted under."""

DB_KEY_LENGTH = 32
DB_SALT_LENGTH = 16
FIELD_KEY_LENGTH = 32
MATERIAL_LENGTHS = {
    **dict.fromkeys(Compartment, FIELD_KEY_LENGTH),
    Compartment.DB: DB_KEY_LENGTH + DB_SALT_LENGTH,
    Compartment.SIGNING: 2 * FIELD_KEY_LENGTH,
}
"""Bytes of key material per compartment; signing holds the Ed25519 seed and the bundle key."""

_EVERYBODY = frozenset({Compartment.DB, Compartment.AUDIT})
_OF_ROLE = {
    Role.TRAINER: _EVERYBODY,
    Role.SOCIAL_WORKER: _EVERYBODY | (FIELD_COMPARTMENTS - {Compartment.DB}),
    Role.LIAISON: _EVERYBODY | {Compartment.LEGAL},
    Role.MANAGER: frozenset(Compartment),
}


def compartments_of(role: Role, admin_duty: bool) -> frozenset[Compartment]:
    """The compartments whose keys a member of staff holds.

    Args:
        role: their work.
        admin_duty: whether they also keep users, keys and backups; the duty needs ``db`` and ``audit`` only.
    """
    return _OF_ROLE[role] | (_EVERYBODY if admin_duty else frozenset())
