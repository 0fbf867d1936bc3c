"""What the first start does, without widgets. Loaded before the first paint, so the heavy services come later."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n import catalog
from tlbb_desktop.screens.first_run.join_step import JoinWish
from tlbb_desktop.screens.first_run.restore_step import RestoreWish
from tlbb_desktop.security.recovery import PrintedCode, parse_code
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.removable_media import Medium, backups_in, removable_media

if TYPE_CHECKING:
    from collections.abc import Callable

    from tlbb_desktop.domain.staff import MemberTile
    from tlbb_desktop.security.kdf import KdfCost
    from tlbb_desktop.services.moving import CameHere
    from tlbb_desktop.services.vault import Created, Unlocked
    from tlbb_desktop.wiring import Desk


@dataclass(frozen=True, slots=True, repr=False)
class Begun:
    """A new programme: its open desk, the recovery key that is shown once, and what the service made."""

    desk: Desk
    recovery: PrintedCode
    created: Created


class FirstRunPresenter:
    """The acts of the first start.

    Args:
        home: the empty home directory.
        open_desk: builds the services over an unlocked record.
        measure_cost: how much an unlocking may cost on this laptop; None measures it.
        server: ``postgresql://…`` of an empty server that the programme shall lie on, or ``""``.
    """

    def __init__(
        self,
        home: Home,
        open_desk: Callable[[Unlocked], Desk],
        measure_cost: Callable[[], KdfCost] | None = None,
        server: str = "",
    ) -> None:
        self._home, self._open_desk, self._measure_cost, self._server = home, open_desk, measure_cost, server

    @property
    def server(self) -> str:
        """What the server is called on the page, or ``""`` where the programme lies on this laptop."""
        if not self._server:
            return ""
        from tlbb_desktop.services.server_home import name_of_server

        return name_of_server(self._server)

    def media(self) -> tuple[Medium, ...]:
        """The USB sticks that are plugged in."""
        return removable_media()

    def find_backup(self, *, at_home: bool = False) -> Path | None:
        """The backup that was made last, on a plugged-in stick or, where *at_home*, in the home's own folder."""
        found = [backup for medium in self.media() for backup in medium.backups]
        if at_home:
            found += backups_in(self._home.backups)
        newest = max(found, key=lambda backup: backup.made_at, default=None)
        return newest.path if newest else None

    def stick(self) -> str:
        """Folder of the first stick, or ``""``."""
        return next((str(medium.path) for medium in self.media()), "")

    def prisons(self) -> tuple[tuple[str, str, str], ...]:
        """Code, Khmer and English name of the prisons to choose from."""
        from tlbb_desktop.services.seeds import known_prisons

        return known_prisons()

    def begin(self, prison: str, username: str, name: str, passphrase: str) -> Begun:
        """Make the programme; it is there whole or not at all. See ``services.vault.create_programme``."""
        from tlbb_desktop.security.kdf import calibrate
        from tlbb_desktop.services.vault import NewProgramme, create_programme

        cost = self._measure_cost() if self._measure_cost else calibrate()
        wishes = NewProgramme(prison, username.strip(), passphrase, name.strip(), catalog.language())
        created = create_programme(self._home, wishes, cost, server=self._server)
        return Begun(self._open_desk(created.unlocked), parse_code(created.recovery_key), created)

    def key_kept(self, begun: Begun) -> None:
        """Say that the recovery key was typed back from paper. See ``services.vault.recovery_key_kept``."""
        from tlbb_desktop.services.vault import recovery_key_kept

        recovery_key_kept(begun.created)

    def back_up(self, desk: Desk, folder: str) -> str:
        """Make and check a backup in *folder*; gives the file's name.

        A stick gets a copy at each lock from now on. A folder on the record's own disk gets this one backup only,
        and Today goes on asking for one outside.

        Raises:
            Refused: the folder lies in the home itself.
            NotFound, StorageFull, BadFile, StorageDamaged: as for ``CopyService.put_on``.
        """
        stick = Path(folder)
        try:
            return desk.copies.put_on(stick).path.name
        except Refused:
            if stick.resolve().is_relative_to(self._home.path.resolve()):
                raise
            return desk.backups.create(stick).path.name

    def restore(self, wish: RestoreWish) -> CameHere | None:
        """Bring a programme back into the home, or take it over; see ``services.restoring`` and ``services.moving``.

        Returns:
            What arrived with the bundle of a move; None for a backup.
        """
        from tlbb_desktop.services.moving import is_bundle, receive
        from tlbb_desktop.services.restoring import Word, restore

        word = Word(wish.username.strip(), wish.passphrase, wish.recovery_key)
        if is_bundle(wish.path):
            return receive(wish.path, self._home, word, server=self._server)
        restore(
            wish.path,
            self._home,
            username=word.username,
            passphrase=word.passphrase,
            recovery_key=word.recovery_key,
            server=self._server,
        )
        return None

    def invited(self, path: Path) -> tuple[str, tuple[MemberTile, ...]]:
        """Name of the laptop that an invitation is for, and who may open it. See ``exchange_joining.invited``."""
        from tlbb_desktop.services.exchange_joining import invited

        return invited(path)

    def join(self, wish: JoinWish) -> None:
        """Begin as a further laptop of a programme. See ``services.exchange_joining.join``."""
        from tlbb_desktop.services.exchange_joining import join

        join(wish.path, self._home, wish.username, wish.passphrase)

    def restore_over_damaged(self, wish: RestoreWish) -> Path:
        """Put a backup in the place of a damaged record; gives the folder that keeps it."""
        from tlbb_desktop.services.restoring import restore_over_damaged

        _info, kept = restore_over_damaged(
            wish.path,
            self._home,
            username=wish.username.strip(),
            passphrase=wish.passphrase,
            recovery_key=wish.recovery_key,
        )
        return kept
