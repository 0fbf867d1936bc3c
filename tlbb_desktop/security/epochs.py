"""Renewing keys, so that whoever left or lost a role cannot read what is written from now on.

The old keys stay sealed beside the new ones until the copied database has been verified. The audit key is never
renewed: every member of staff holds it, so renewing it would protect nothing and would break the chain in two.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.security.compartments import MATERIAL_LENGTHS, Compartment
from tlbb_desktop.security.keyring import Keyring
from tlbb_desktop.security.unlocked import UnlockedKeys

FIRST_EPOCH = 1


def new_material() -> dict[Compartment, dict[int, bytes]]:
    """Random keys for all compartments, of the first epoch."""
    return {compartment: {FIRST_EPOCH: _random_key(compartment)} for compartment in Compartment}


def require_held(keys: UnlockedKeys, compartments: frozenset[Compartment], refusal: str) -> None:
    """Refuse an act that needs keys which the actor does not hold.

    Raises:
        Refused: with the sentence *refusal*.
    """
    if not compartments <= keys.compartments:
        raise Refused(refusal)


def renew(keyring: Keyring, keys: UnlockedKeys, compartments: frozenset[Compartment]) -> tuple[Keyring, UnlockedKeys]:
    """Begin a new epoch in which *compartments* and the database have new keys.

    Everybody who holds a compartment gets its new key, present or away, and so does the recovery key. The database is
    then copied under the new keys (``UnlockedKeys.at_epoch`` still reads the old one), and once the copy is verified
    ``forget_old_epochs`` drops the old keys.

    Args:
        keyring: as it is, already changed by the act that calls for the new epoch.
        keys: the actor's open keys; they must include *compartments*.
        compartments: what to renew; ``audit`` among them is passed over.
    """
    epoch = keyring.epoch + 1
    fresh = (compartments | {Compartment.DB}) - {Compartment.AUDIT}
    added = {compartment: {epoch: _random_key(compartment)} for compartment in fresh}
    material = {name: {**epochs, **added.get(name, {})} for name, epochs in keys.material.items()}
    renewed = replace(
        keyring,
        epoch=epoch,
        slots=tuple(slot.with_keys(keyring.keyring_id, added) for slot in keyring.slots),
        recovery=keyring.recovery.with_keys(keyring.keyring_id, added),
    )
    new_keys = replace(keys, epoch=epoch, material=material)
    return renewed.authenticated(new_keys), new_keys


def forget_old_epochs(keyring: Keyring, keys: UnlockedKeys) -> tuple[Keyring, UnlockedKeys]:
    """Drop the keys of earlier epochs; to be called when the database copied under the new keys has been verified.

    Write the result with ``KeyringFile.save(..., both=True)``, so that the older generation does not keep them.
    """
    keyring.verify(keys)
    current = {
        compartment: max(key.epoch for key in keyring.recovery.sealed if key.compartment is compartment)
        for compartment in Compartment
    }
    slots = tuple(slot.keeping(current.items()) for slot in keyring.slots)
    left = replace(keyring, slots=slots, recovery=keyring.recovery.keeping(current.items()))
    material = {name: {current[name]: epochs[current[name]]} for name, epochs in keys.material.items()}
    return left.authenticated(keys), replace(keys, material=material)


def _random_key(compartment: Compartment) -> bytes:
    return secrets.token_bytes(MATERIAL_LENGTHS[compartment])
