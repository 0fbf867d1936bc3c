"""This laptop replaces one that was lost: what the lost one holds and sends is good for nothing any more."""

from __future__ import annotations

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.epochs import renew, require_held
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.backups import put_setting, setting
from tlbb_desktop.services.certificate_signing import own_signer
from tlbb_desktop.services.exchange_laptops import REFUSED_SENDERS
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.rekeying import finish_rekeying
from tlbb_desktop.services.seeds import SENDERS_BEFORE
from tlbb_desktop.services.settings import SettingsService

_NOTHING_LOST = N_(
    "This record did not come from a backup of another laptop, so no lost laptop can be replaced. Bring the backup back"
    " on the new laptop first."
)


class LostLaptopService:
    """What is done after the restore, once, by a manager.

    Args:
        office: who acts on which record.
        holder: the open keys, which are renewed.
        settings: what was refused before.
    """

    def __init__(self, office: Office, holder: KeyHolder, settings: SettingsService) -> None:
        self._office, self._holder, self._settings = office, holder, settings

    def senders_before(self) -> tuple[str, ...]:
        """The sender ids of the laptops that this record lay on before and that are not refused yet."""
        refused = self._settings.get(REFUSED_SENDERS, [])
        return tuple(each for each in self._settings.get(SENDERS_BEFORE, []) if each not in refused)

    def replace_lost(self) -> bool:
        """Put everything under new keys, refuse what the laptops before this one send, and end their certificate key.

        Returns:
            Whether the record is under its newest keys now; if not, it is done at a manager's next login.

        Raises:
            Refused: no other laptop had this record, or the actor lacks a key.
        """
        self._office.permit(Action.KEYS_WRITE)
        keyring = self._holder.keyring()
        with self._office.act(Action.KEYS_WRITE) as act:
            refused = setting(act.session, REFUSED_SENDERS, [])
            lost = [each for each in setting(act.session, SENDERS_BEFORE, []) if each not in refused]
            if not lost:
                raise Refused(_NOTHING_LOST)
            every = frozenset(Compartment)
            require_held(self._holder.keys, every, N_("Only a manager, who holds every key, can do this."))
            renewed, keys = renew(keyring, self._holder.keys, every)
            put_setting(act.session, REFUSED_SENDERS, [*refused, *lost])
            act.record("laptop_replaced", f"senders:{len(lost)}")
            act.changed("backup")
            self._holder.file.save(renewed, replaces=keyring)
        self._holder.keys = keys
        done = finish_rekeying(self._office, self._holder)
        with self._office.own_act() as act:
            own_signer(act, self._holder)  # the key that the lost laptop signs with ends today
        return done
