"""The diagnostic bundle: what the person who looks after the program needs to know, and nothing that names anybody."""

from __future__ import annotations

import hashlib
import io
import json
import os
import platform
import re
import shutil
import sys
import time
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tlbb_desktop.data.queries.diagnosis import database_form
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.security.keyring_names import NAMES as KEYRING_FILES
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.fault_log import describe, noted_faults
from tlbb_desktop.services.home import Home, default_home, file_system_of
from tlbb_desktop.services.integrity import IntegrityService
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.start_record import last_start
from tlbb_desktop.services.whole_file import write_whole

DIAGNOSIS, FAULTS, READ_ME = "diagnosis.json", "faults.log", "READ-ME.txt"
_PACKAGES = (
    "tlbb-desktop",
    "pyside6-essentials",
    "sqlalchemy",
    "alembic",
    "sqlcipher3",
    "argon2-cffi",
    "cryptography",
    "pynacl",
    "reportlab",
    "uharfbuzz",
    "pypdfium2",
    "psycopg",
)
#: The list of an installed program's files, beside it.
_LISTING = "files.sha256"
_SYNCED_BYTES = 64 * 1024
#: Settings whose words say nothing of anybody.
_OPEN_WORDS = frozenset({"km", "en", "both", "light", "dark", "system", "xlsx", "pdf", "csv"})
_SETTING_NAME = re.compile(r"(staff:\d+:)?[a-z_]{1,40}", re.ASCII)
_READ_ME = """\
TLBB Desktop — សំណុំឯកសារវិភាគបញ្ហា / diagnostic bundle

ក្នុងនេះមាន៖ ជំនាន់កម្មវិធី ប្រព័ន្ធ ទំហំ ចំនួនប្រហាក់ប្រហែល និងកន្លែងក្នុងកម្មវិធីដែលមានបញ្ហា។
ក្នុងនេះគ្មាន៖ ឈ្មោះមនុស្ស កំណត់ចំណាំ ទីតាំងឯកសារ ឈ្មោះអ្នកប្រើ ឬពាក្យសម្ងាត់ទេ។
សូមផ្ញើឯកសារនេះទៅអ្នកថែទាំកម្មវិធី។

Inside: versions, the system, sizes, rough counts, and the places in the program that failed.
Not inside: names of people, notes, folders, user names or passphrases.
Send this file to the person who looks after the program.
"""


class DiagnosisService:
    """Makes the bundle over the open record; everybody may, as it holds nothing of anybody.

    Args:
        office: who acts on which record.
        holder: home and keys.
        integrity: the checks, for those who may run them.
    """

    def __init__(self, office: Office, holder: KeyHolder, integrity: IntegrityService) -> None:
        self._office, self._holder, self._integrity = office, holder, integrity

    def save(self, path: Path, window: Mapping[str, object] | None = None) -> Path:
        """Write the bundle.

        Args:
            path: a file, or a folder, such as a USB stick, that takes a file named by the day.
            window: what only the window knows, such as the version of Qt; numbers and words without names.

        Returns:
            The file.

        Raises:
            StorageFull: no room for it.
            Refused: the place cannot be written to.
        """
        facts = {**facts_of_laptop(self._holder.home), "window": dict(window or {}), "record": self._record()}
        return write_bundle(self._holder.home, path, facts)

    def _record(self) -> dict[str, Any]:
        """The record as far as it can be read; what is damaged is named by the place that found it."""
        found: dict[str, Any] = {"role": str(self._office.actor.role)}
        started = time.perf_counter()
        try:
            with self._office.store.read() as connection:
                form = database_form(connection)
        except TlbbError as error:
            return {**found, "cannot_be_read": describe(error).splitlines()}
        found["schema"] = {"revision": form.schema, "newest": form.newest}
        found["database"] = form.pragmas
        found["rows"] = form.rows
        found["settings"] = open_settings(form.settings)
        found["seconds_to_count"] = _since(started)
        found["checks"] = self._checks()
        return found

    def _checks(self) -> dict[str, Any]:
        if not self._office.may(Action.AUDIT_VERIFY):
            return {"left_out": "the role may not run them"}
        started = time.perf_counter()
        try:
            lines = self._integrity.check()
        except TlbbError as error:
            return {"failed": describe(error).splitlines()}
        return {**{str(line.check): line.sound for line in lines}, "seconds": _since(started)}


def write_bundle(home: Home, path: Path, facts: Mapping[str, object]) -> Path:
    """Write *facts* and the log of faults as one zip; see :meth:`DiagnosisService.save`."""
    target = path / f"tlbb-diagnosis-{SystemClock().today():%Y-%m-%d}.zip" if path.is_dir() else path
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr(READ_ME, _READ_ME)
        bundle.writestr(DIAGNOSIS, json.dumps(facts, indent=1, ensure_ascii=True))
        bundle.writestr(FAULTS, noted_faults(home))
    write_whole(target, packed.getvalue())
    return target


def facts_of_laptop(home: Home) -> dict[str, Any]:
    """What can be known without a passphrase."""
    return {
        "made_at": SystemClock().now().isoformat(timespec="seconds"),
        "program": _program(),
        "system": _system(),
        "home": _home(home),
        "last_start": last_start(home),
    }


def open_settings(stored: Mapping[str, str]) -> dict[str, object]:
    """Settings without texts: switches and numbers as they are, of all else only what kind of thing it is."""
    return {name: _open_value(value) for name, value in sorted(stored.items()) if _SETTING_NAME.fullmatch(name)}


def _open_value(stored: str) -> object:
    try:
        value = json.loads(stored)
    except (ValueError, RecursionError):
        return "(cannot be read)"
    if value is None or isinstance(value, bool) or (isinstance(value, int | float) and abs(value) < 1000):
        return value
    if isinstance(value, str) and value in _OPEN_WORDS:
        return value
    return f"({type(value).__name__})"


def _program() -> dict[str, Any]:
    import sqlcipher3.dbapi2 as driver

    frozen = bool(getattr(sys, "frozen", False))
    found: dict[str, Any] = {"frozen": frozen, "python": platform.python_version()}
    found["sqlite"] = driver.sqlite_version
    found["packages"] = {name: _version(name) for name in _PACKAGES}
    if frozen:
        program = Path(sys.executable)
        found["sha256"] = {path.name: _sha256(path) for path in (program, program.with_name(_LISTING))}
    return found


def _sha256(path: Path) -> str:
    """Of a file of the bundle; the list of its files stands for all of them."""
    with suppress(OSError):
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return "?"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


def _system() -> dict[str, Any]:
    """The system, without the laptop's name and without its user's."""
    found: dict[str, Any] = {
        "name": platform.system(),
        "release": platform.release(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "file_names": sys.getfilesystemencoding(),
        "hours_from_utc": -time.timezone / 3600,
    }
    with suppress(AttributeError, OSError, ValueError):
        found["memory_megabytes"] = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_000_000
    return found


def _home(home: Home) -> dict[str, Any]:
    """Sizes of the program's own files in the home; whatever else lies there is only counted."""
    found: dict[str, Any] = {"usual_place": home.path.absolute() == default_home().absolute()}
    with suppress(OSError):
        room = shutil.disk_usage(home.path)
        found["disk"] = {"free_megabytes": room.free // 1_000_000, "all_megabytes": room.total // 1_000_000}
        found["file_system"] = file_system_of(home.path)
        found["files"], found["other_entries"] = _sizes(home)
        found["backups"] = sum(1 for _each in home.backups.glob("*.tlbb"))
        found["seconds_to_write"] = _seconds_to_write(home)
    return found


def _sizes(home: Home) -> tuple[dict[str, int], int]:
    database = home.database.name
    ours = {database, f"{database}-wal", f"{database}-shm", *KEYRING_FILES}
    ours |= {path.name for path in (home.tries, home.failed_logins, home.window_memory, home.running, home.ballast)}
    entries = list(home.path.iterdir())
    sizes = {entry.name: entry.stat().st_size for entry in entries if entry.name in ours and entry.is_file()}
    return sizes, len(entries) - len(sizes)


def _seconds_to_write(home: Home) -> float | None:
    """How long a small file takes to be on the disk."""
    place = home.logs / "write-test"
    started = time.perf_counter()
    try:
        with place.open("wb") as stream:
            stream.write(bytes(_SYNCED_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        return _since(started)
    except OSError:
        return None
    finally:
        with suppress(OSError):
            place.unlink(missing_ok=True)


def _since(started: float) -> float:
    return round(time.perf_counter() - started, 4)
