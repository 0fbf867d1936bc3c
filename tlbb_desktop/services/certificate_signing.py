"""The programme's own signing key, entered into the list of known keys when it first signs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from tlbb_desktop.data.models import CertificateKey, CertificateProgramme, Setting
from tlbb_desktop.security import certificate_keys as keys
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.office import Act

#: The parent organisation, until the settings name another.
DEFAULT_ISSUER: Final = "This Life Cambodia"


@dataclass(frozen=True, slots=True, repr=False)
class Signer:
    """Signs with the programme's key of today.

    Args:
        key_id: opaque id of the key.
        programme: opaque id of the programme.
        seed: the secret half.
    """

    key_id: str
    programme: str
    seed: bytes

    def certificate(self, payload: bytes) -> bytes:
        """The signature of a certificate's payload."""
        return keys.sign(self.seed, keys.CERTIFICATE, payload)

    def key_list(self, content: bytes) -> bytes:
        """The signature of a file of keys."""
        return keys.sign(self.seed, keys.KEY_LIST, content)

    def training_record(self, content: bytes) -> bytes:
        """The signature of a learner's portable record."""
        return keys.sign(self.seed, keys.TRAINING_RECORD, content)


def own_signer(act: Act, holder: KeyHolder) -> Signer:
    """The signer, its public key known from now on; an earlier own key ends today.

    Raises:
        NotPermitted: the actor does not hold the ``signing`` key.
    """
    seed = holder.keys.signing_seed
    public = keys.public_key(seed)
    signer = Signer(keys.key_id(public), keys.programme_id(holder.keys.keyring_id), seed)
    issuer_km, issuer_en = issuer(act)
    act.session.merge(
        CertificateProgramme(programme=signer.programme, issuer_km=issuer_km, issuer_en=issuer_en, own=True)
    )
    if act.session.get(CertificateKey, signer.key_id) is None:
        _end_earlier(act, signer.programme)
        act.session.add(
            CertificateKey(
                key_id=signer.key_id,
                programme=signer.programme,
                public=public,
                accepted_at=act.at,
                accepted_by=act.actor.staff_id,
            )
        )
        act.record("certificate_key", signer.key_id, "own")
    act.session.flush()
    return signer


def issuer(act: Act) -> tuple[str, str]:
    """The organisation on papers, in Khmer and in English."""
    khmer, english = word_setting(act, "organisation_km"), word_setting(act, "organisation_en")
    return khmer or english or DEFAULT_ISSUER, english or khmer or DEFAULT_ISSUER


def word_setting(act: Act, name: str) -> str:
    """The words that a setting holds, or ``""``."""
    kept = act.session.get(Setting, name)
    value = json.loads(kept.value) if kept else ""
    return value.strip() if isinstance(value, str) else ""


def _end_earlier(act: Act, programme: str) -> None:
    earlier = select(CertificateKey).where(CertificateKey.programme == programme, CertificateKey.until.is_(None))
    for key in act.session.scalars(earlier):
        key.until = act.today
