"""Whose certificates can be checked here: giving out the programme's own keys, and taking in those of others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from tlbb_desktop.data.models import CertificateKey, CertificateProgramme, CertificateWithdrawal
from tlbb_desktop.data.queries import certificates as queries
from tlbb_desktop.documents import certificate_key_file as key_files
from tlbb_desktop.documents.certificate_key_file import KeyFile
from tlbb_desktop.domain.errors import BadFile, Refused
from tlbb_desktop.domain.verification import KnownProgramme, TrustedKey, TrustStore
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security import certificate_keys as crypto
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.certificate_signing import issuer, own_signer
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.whole_file import write_whole


@dataclass(frozen=True, slots=True)
class Stranger:
    """A key that nobody here has accepted yet.

    Args:
        issuer_km, issuer_en: whose key the file says it is.
        fingerprint: what to compare with its programme, by telephone or on paper.
    """

    issuer_km: str
    issuer_en: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class TakenKeys:
    """What a file brought.

    Args:
        issuer_km, issuer_en: whose it is.
        dated: moment of its list.
        keys: how many new keys.
        withdrawals: how many numbers that were not known as withdrawn.
    """

    issuer_km: str
    issuer_en: str
    dated: datetime
    keys: int
    withdrawals: int


class CertificateKeyService:
    """Gives out and takes in files of keys.

    Args:
        office: who acts on which record.
        holder: the open keys; a manager's sign the file.
    """

    def __init__(self, office: Office, holder: KeyHolder) -> None:
        self._office = office
        self._holder = holder

    def export(self, path: Path) -> Path:
        """Write the programme's public keys and its list of withdrawn numbers, dated and signed.

        Raises:
            StorageFull, Refused: the file could not be written.
        """
        with self._office.act(Action.CERTIFICATE_KEYS, enters=False) as act:
            signer = own_signer(act, self._holder)
            connection = act.connection
            trust = queries.trust_store(connection, act.at)
            issuer_km, issuer_en = issuer(act)
            file = KeyFile(
                programme=signer.programme,
                issuer_km=issuer_km,
                issuer_en=issuer_en,
                dated=_moment_after(act, signer.programme),
                keys=tuple(key for key in trust.keys.values() if key.programme == signer.programme),
                withdrawals=tuple(trust.programmes[signer.programme].withdrawals.values()),
                signed_with=signer.key_id,
            )
            content = key_files.written(file, signer.key_list)
            act.record("certificate_keys_exported", signer.programme, f"withdrawn:{len(file.withdrawals)}")
        write_whole(path, content)
        return path

    def stranger(self, path: Path) -> Stranger | None:
        """The key that a person must compare before the file is taken; None when it is known already.

        Raises:
            BadFile: it is no such file, or its signature does not hold.
        """
        self._office.permit(Action.CERTIFICATE_KEYS)
        file = read_key_file(path)
        with self._office.read(Action.CERTIFICATE_KEYS) as connection:
            known = _vouched(file, queries.trust_store(connection, self._office.clock.now()))
        return None if known else _stranger(file)

    def take(self, path: Path, accept: str = "") -> TakenKeys:
        """Take in the keys and the list of a file. What was withdrawn once stays so.

        Args:
            path: of the file.
            accept: the fingerprint of a key that is not known yet, as its programme says it.

        Raises:
            BadFile: it is no such file, or its signature does not hold.
            Refused: its key is not known and was not accepted, or its list is older than the known one.
        """
        self._office.permit(Action.CERTIFICATE_KEYS)
        file = read_key_file(path)
        with self._office.act(Action.CERTIFICATE_KEYS) as act:
            connection = act.connection
            trust = queries.trust_store(connection, act.at)
            _require_vouched(file, trust, accept)
            _require_newer(connection, file)
            taken = _stored(act, file, trust)
            act.record("certificate_keys_taken", file.programme, f"keys:{taken.keys} withdrawn:{taken.withdrawals}")
            act.changed("certificate")
            return taken


def read_key_file(path: Path) -> KeyFile:
    """The content of a file of keys whose own signature holds.

    Raises:
        BadFile: it cannot be read, is no such file, or was changed.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(key_files.MOST_BYTES + 1)
    except OSError as problem:
        raise BadFile(
            N_("{name} cannot be read ({reason})."), name=path.name, reason=problem.strerror or ""
        ) from problem
    signed = key_files.read(content, path.name)
    signer = signed.file.key(signed.file.signed_with)
    ids_fit = all(key.key_id == crypto.key_id(key.public) for key in signed.file.keys)
    if signer is None or not ids_fit:
        raise BadFile(N_("{name} is not a file of certificate keys, or is damaged."), name=path.name)
    if not crypto.holds(signer.public, signed.signature, crypto.KEY_LIST, signed.content):
        raise BadFile(N_("{name} was changed after it was signed. Ask for it again."), name=path.name)
    return signed.file


def trust_of_file(path: Path) -> TrustStore:
    """What a file of keys alone lets one check, without any record."""
    file = read_key_file(path)
    known = KnownProgramme(
        file.programme, file.issuer_km, file.issuer_en, file.dated, {gone.number: gone for gone in file.withdrawals}
    )
    return TrustStore({key.key_id: key for key in file.keys}, {file.programme: known})


def _vouched(file: KeyFile, trust: TrustStore) -> bool:
    """Whether the file is signed with a key of its programme that is known here and still in use."""
    key = trust.key(file.signed_with)
    return key is not None and key.programme == file.programme and key.until is None


def _require_vouched(file: KeyFile, trust: TrustStore, accept: str) -> None:
    if _vouched(file, trust):
        return
    stranger = _stranger(file)
    if _plain(accept) != _plain(stranger.fingerprint):
        raise Refused(
            N_(
                "The key of this file is not known here. It says that it belongs to {issuer}. Ask them to read their"
                " code to you; if it is {fingerprint}, take the file in with this code. Nothing was changed."
            ),
            place="accept",
            issuer=stranger.issuer_en if stranger.issuer_en == stranger.issuer_km else _both(stranger),
            fingerprint=stranger.fingerprint,
        )


def _require_newer(connection: Connection, file: KeyFile) -> None:
    known = queries.list_date(connection, file.programme)
    if known is not None and file.dated < known:
        raise Refused(
            N_("This list is of {dated}; a newer one, of {known}, is known already. Nothing was changed."),
            dated=file.dated,
            known=known,
        )


def _stored(act: Act, file: KeyFile, trust: TrustStore) -> TakenKeys:
    session = act.session
    before = trust.programmes.get(file.programme)
    programme = session.get(CertificateProgramme, file.programme) or CertificateProgramme(
        programme=file.programme, own=False
    )
    if not programme.own:
        programme.issuer_km, programme.issuer_en = file.issuer_km, file.issuer_en
    programme.dated = file.dated
    session.add(programme)
    session.flush()
    new_keys = [key for key in file.keys if key.key_id not in trust.keys]
    session.add_all(_key_row(act, key) for key in new_keys)
    _end_keys(act, file.keys)
    known = before.withdrawals if before else {}
    new = [gone for gone in file.withdrawals if gone.number not in known]
    session.add_all(
        CertificateWithdrawal(
            programme=file.programme,
            number=gone.number,
            state=gone.state,
            withdrawn_on=gone.on,
            replaced_by=gone.replaced_by,
        )
        for gone in {gone.number: gone for gone in new}.values()
    )
    return TakenKeys(file.issuer_km, file.issuer_en, file.dated, len(new_keys), len(new))


def _key_row(act: Act, key: TrustedKey) -> CertificateKey:
    return CertificateKey(
        key_id=key.key_id,
        programme=key.programme,
        public=key.public,
        until=key.until,
        accepted_at=act.at,
        accepted_by=act.actor.staff_id,
    )


def _end_keys(act: Act, keys: Iterable[TrustedKey]) -> None:
    """Note the last day of keys that ended since; a key of another programme is none of the file's business."""
    for key in keys:
        row = act.session.get(CertificateKey, key.key_id)
        if row is not None and row.programme == key.programme and row.until is None:
            row.until = key.until


def _moment_after(act: Act, programme: str) -> datetime:
    """Now, or just after the last list where the clock was set back."""
    last = queries.list_date(act.connection, programme)
    now = act.at.replace(microsecond=act.at.microsecond // 1000 * 1000)  # as exact as file and record keep it
    moment = now if last is None or now > last else last + timedelta(seconds=1)
    act.session.get_one(CertificateProgramme, programme).dated = moment
    return moment


def _stranger(file: KeyFile) -> Stranger:
    key = file.key(file.signed_with)
    return Stranger(file.issuer_km, file.issuer_en, crypto.fingerprint(key.public) if key else "")


def _both(stranger: Stranger) -> str:
    return f"{stranger.issuer_km} / {stranger.issuer_en}"


def _plain(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isalnum())
