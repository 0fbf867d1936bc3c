"""The home directory of a programme: where its files lie and where it may lie itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.keyring_names import NAMES as KEYRING_FILES

APP_NAME = "TLBB Desktop"
OWNER_ONLY = 0o700
#: File systems that forget what was acknowledged, or that another computer may write to at the same time.
UNSAFE_FILE_SYSTEMS = frozenset({"vfat", "msdos", "exfat", "fat", "fat32", "nfs", "nfs4", "cifs", "smb3", "smbfs"})
#: A container's own layers are called fuse, too, but lie on this computer's disk.
_LOCAL_FUSE = "fuse.fuse-overlayfs"
_CLOUD_FOLDERS = ("onedrive", "dropbox", "google drive", "googledrive", "my drive", "icloud", "mobile documents")
_WINDOWS_REMOTE_DRIVE = 4


def default_home() -> Path:
    """Where the record lies when nobody says otherwise.

    On Windows it belongs to the laptop, not to one account, so that a second account finds it.
    """
    import platformdirs

    if sys.platform == "win32":
        return Path(platformdirs.site_data_dir(APP_NAME, appauthor=False))
    return Path(platformdirs.user_data_dir("tlbb-desktop", appauthor=False))


class Home(NamedTuple):
    """A home directory.

    Args:
        path: the directory; it need not exist yet.
    """

    path: Path

    @property
    def database(self) -> Path:
        """The encrypted record."""
        return self.path / "programme.db"

    @property
    def server_file(self) -> Path:
        """Names the server's database where the record lies on one; else it does not exist."""
        return self.path / "server.txt"

    @property
    def server(self) -> str:
        """``postgresql://…`` where the record lies on a server, or ``""``."""
        try:
            return self.server_file.read_text(encoding="utf-8").strip()
        except OSError:
            return ""

    @property
    def backups(self) -> Path:
        """Verified encrypted copies that stay on this laptop."""
        return self.path / "backups"

    @property
    def exchange(self) -> Path:
        """Bundles from and for other laptops."""
        return self.path / "exchange"

    @property
    def logs(self) -> Path:
        """What the program wrote down about its own faults; never a name."""
        return self.path / "logs"

    @property
    def tries(self) -> Path:
        """The count of wrong passphrases, for the back-off."""
        return self.path / "tries.json"

    @property
    def failed_logins(self) -> Path:
        """Failed logins that wait for somebody who can write them into the audit."""
        return self.path / "failed-logins.jsonl"

    @property
    def window_lock(self) -> Path:
        """Held by the one window that may be open."""
        return self.path / "app.lock"

    @property
    def window_memory(self) -> Path:
        """Language and look of the login page; nothing secret."""
        return self.path / "window.json"

    @property
    def running(self) -> Path:
        """Lies here while somebody works, so that an unexpected stop is noticed."""
        return self.path / "running"

    @property
    def moved(self) -> Path:
        """Lies here when the record moved to another laptop, so that the login page can say so."""
        return self.path / "moved.json"

    @property
    def starting(self) -> Path:
        """Lies here from a start to its first page, and counts the starts that did not get there."""
        return self.path / "starting"

    @property
    def ballast(self) -> Path:
        """Room that is kept for the moment when the disk is full."""
        return self.path / "ballast"

    @property
    def unfinished(self) -> Path:
        """Where a programme is put together before the home shows it."""
        return self.path / ".new"

    @property
    def replacing(self) -> Path:
        """Where a programme is put together that takes the place of a damaged one."""
        return self.path / ".restored"

    @property
    def set_aside(self) -> Path:
        """Damaged records that a backup took the place of, a folder for each; nothing deletes them."""
        return self.path / "set-aside"

    @property
    def has_keyring(self) -> bool:
        """Whether a keyring lies here; it comes last, so with it the programme is whole."""
        return any((self.path / name).exists() for name in KEYRING_FILES)

    def is_empty(self) -> bool:
        """Whether nothing of a programme is here; the window's small files and a broken-off beginning do not count."""
        if not self.path.is_dir():
            return not self.path.exists()
        if self.unfinished.exists() and not self.has_keyring:
            return True
        allowed = {self.logs.name, self.window_lock.name, self.window_memory.name, self.starting.name}
        allowed |= {self.replacing.name, self.set_aside.name}
        return all(entry.name in allowed or self._is_bare_folder(entry) for entry in self.path.iterdir())

    def _is_bare_folder(self, entry: Path) -> bool:
        return entry in {self.backups, self.exchange} and not any(entry.iterdir())

    def make_folders(self) -> None:
        """Make the directory and its folders, closed to other accounts where the system knows that.

        Raises:
            Refused: the system does not let us.
        """
        try:
            for folder in (self.path, self.backups, self.exchange, self.logs):
                folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        except OSError as error:
            raise Refused(
                N_("The folder {folder} cannot be made ({reason}). Choose another one."),
                folder=str(self.path),
                reason=error.strerror or "",
            ) from error

    def require_reachable(self) -> None:
        """Raise Refused where the system lets nobody look into the directory, or something else lies in its place."""
        try:
            with os.scandir(self.path):
                return
        except FileNotFoundError:
            return  # it is made when it is needed
        except OSError as error:
            raise self.unusable(error) from error

    def unusable(self, error: OSError) -> Refused:
        """What to say where the system refuses the directory with *error*."""
        return Refused(
            N_(
                "The folder {folder} cannot be used ({reason}). Nothing was changed."
                " Ask the person who looks after this laptop to give you the right to it."
            ),
            folder=str(self.path),
            reason=error.strerror or "",
        )

    def require_empty(self) -> None:
        """Raise Refused when something lies here already."""
        if not self.is_empty():
            raise Refused(
                N_("There is something in {folder} already. Nothing was changed. Choose an empty folder."),
                folder=str(self.path),
            )

    def require_safe_place(self) -> None:
        """Raise Refused for a folder that loses data: FAT, network, or kept in step with a cloud.

        Source: vault design, "The live database is refused on FAT, network and cloud-synchronised folders".
        """
        place = self.path.absolute()
        if any(part.casefold().startswith(_CLOUD_FOLDERS) for part in place.parts):
            raise Refused(
                N_(
                    "The record cannot lie in {folder}, because a cloud service copies it."
                    " Choose another folder of this laptop."
                ),
                folder=str(place),
            )
        if is_unsafe(file_system_of(place)):
            raise Refused(
                N_(
                    "The record cannot lie in {folder}: a USB stick or a network drive can lose what was saved."
                    " Choose a folder on this laptop's own disk."
                ),
                folder=str(place),
            )


def is_unsafe(file_system: str) -> bool:
    """Whether a live record is refused on a file system of this name."""
    name = file_system.casefold()
    return name in UNSAFE_FILE_SYSTEMS or (name.startswith("fuse.") and name != _LOCAL_FUSE)


def file_system_of(place: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """Name of the file system that *place* lies on, as the system calls it, or ``""`` when it does not say."""
    if sys.platform == "win32":
        return _windows_file_system(place)
    if not mounts.exists():
        return ""
    best, name = "", ""
    target = os.path.realpath(place)
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        fields = line.split(" ")
        point = fields[1].replace("\\040", " ") if len(fields) > 2 else ""
        inside = point in {"/", target} or target.startswith(point + "/")
        if point and inside and len(point) >= len(best):
            best, name = point, fields[2]
    return name


def _windows_file_system(place: Path) -> str:
    import ctypes

    if str(place).startswith("\\\\"):
        return "cifs"
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    if kernel.GetDriveTypeW(place.anchor) == _WINDOWS_REMOTE_DRIVE:
        return "cifs"
    name = ctypes.create_unicode_buffer(64)
    kernel.GetVolumeInformationW(place.anchor, None, 0, None, None, None, name, len(name))
    return name.value
