"""Set up everything that the program needs, then run it, test it or build it.

    python3 installer/bootstrap.py run | test | lint | bench | soak | package | package-windows | translations | clean

`make run` and `make test` call it; on Windows `py installer/bootstrap.py run`. It needs Python 3.11 to 3.13 and a
package index, nothing else: no pip, no venv package. The second run finds its stamp and starts at once.
Exit code 3: something outside the project is missing, and the message says what to do.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from package_index import IndexUnavailable, fetch_pip
from system_libraries import SystemPackagesMissing, ensure

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
PROGRAMS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
STAMP = ENVIRONMENT / "tlbb-ready"
ASSETS_STAMP = ENVIRONMENT / "tlbb-assets"

OLDEST, TOO_NEW = (3, 11), (3, 14)
RUN_LOCK, DEV_LOCK = "requirements.lock", "requirements-dev.lock"
ASSET_SOURCES = ("ui", "resources", "translations", "docs/guide", "installer")
CACHES = (".pytest_cache", ".mypy_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis")
GENERATED = ("tlbb_desktop/assets", "tlbb_desktop/forms", "tlbb_desktop/locale")
#: Run once more at night with every programme of theirs on a server: see ``tests/programme.py``.
SERVER_TESTS = ("tests/data", "tests/services")
NIGHT_TESTS = (
    "tests/faults",
    "tests/services/register/test_marking_survives.py",
    "tests/services/exchange/test_any_order.py",
    "tests/services/exchange/test_killed.py",
    "tests/e2e/test_killed_window.py",
)
OUTSIDE_TROUBLE = 3


class WrongPython(Exception):
    """No supported Python is on the path."""


def main(arguments: list[str]) -> int:
    """Do one verb; return the exit code."""
    if not arguments or arguments[0] not in VERBS:
        print(__doc__)
        return 2
    try:
        if not OLDEST <= sys.version_info[:2] < TOO_NEW:
            return _again_with(_supported_python(), arguments)
        return VERBS[arguments[0]](arguments[1:])
    except (WrongPython, IndexUnavailable, SystemPackagesMissing) as error:
        print(error, file=sys.stderr)
        return OUTSIDE_TROUBLE
    except subprocess.CalledProcessError as error:
        print(f"Stopped: {' '.join(map(str, error.cmd[:4]))}… failed.", file=sys.stderr)
        return 1


# Verbs


def run(arguments: list[str]) -> int:
    """Open the demonstration programme, or without a screen walk through it and leave papers and screenshots."""
    screen = has_screen()
    prepare(RUN_LOCK, virtual_screen=not screen)
    program = str(PROGRAMS / "tlbb-desktop")
    if screen:
        return _call([program, "--home", "build/demo-home", *arguments, "demo", "--open"])
    return _call([program, "tour", "--out", "build/tour", *arguments])


def test(arguments: list[str]) -> int:
    """Lint, then run all tests; end-to-end tests find a virtual screen in DISPLAY."""
    prepare(DEV_LOCK, virtual_screen=True, test_tools=True)
    failed = lint([])
    if failed:
        return failed
    return _pytest(["--numprocesses=2", *arguments])


def _pytest(arguments: list[str]) -> int:
    """Run tests on compiled modules, as an installation has them: the programs that tests start take half as long."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    _call([str(PYTHON), "-m", "compileall", "-q", "tlbb_desktop", "tests"])
    command = [str(PYTHON), "-m", "pytest", *arguments]
    if shutil.which("xvfb-run"):
        command = ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1366x768x24", *command]
    return _call(command)


def lint(_: list[str]) -> int:
    """Check style, types and the direction of imports."""
    prepare(DEV_LOCK, virtual_screen=True)
    checks = (
        [PROGRAMS / "ruff", "check"],
        [PROGRAMS / "ruff", "format", "--check"],
        [PROGRAMS / "lint-imports"],
        [PROGRAMS / "mypy"],
    )
    return next((code for code in (_call([*map(str, each)]) for each in checks) if code), 0)


def bench(arguments: list[str]) -> int:
    """Print each speed as a ratio to a baseline of the same run."""
    prepare(DEV_LOCK, virtual_screen=True)
    return _call([str(PYTHON), "-m", "tests.bench", *arguments])


def soak(arguments: list[str]) -> int:
    """Run the tests of faults and kills with the numbers of a night, from a new seed; then the services on a server."""
    prepare(DEV_LOCK, virtual_screen=True, test_tools=True)
    os.environ["TLBB_NIGHT"] = "1"
    seed = os.environ.setdefault("TLBB_SEED", str(secrets.randbelow(1_000_000)))
    print(f"TLBB_SEED={seed}", flush=True)
    code = _pytest(["--numprocesses=2", "--timeout=0", "--durations=30", *(arguments or NIGHT_TESTS)])
    if code or arguments:
        return code
    del os.environ["TLBB_NIGHT"]
    os.environ["TLBB_TEST_DATABASE"] = "postgresql"
    return _pytest(["--numprocesses=2", "--timeout=600", *SERVER_TESTS])


def package(arguments: list[str]) -> int:
    """Build what is handed out."""
    prepare(DEV_LOCK, virtual_screen=True)
    return _call([str(PYTHON), "installer/package.py", *arguments])


def package_windows(arguments: list[str]) -> int:
    """Build setup.exe for Windows on Linux, and try it under Wine; on Windows itself: installer/windows/build.ps1."""
    if not sys.platform.startswith("linux"):
        print("On Windows run installer\\windows\\build.ps1; elsewhere only Linux builds setup.exe.", file=sys.stderr)
        return OUTSIDE_TROUBLE
    prepare(DEV_LOCK, virtual_screen=True, windows_tools=True)
    return _call([str(PYTHON), "installer/windows/build.py", *arguments])


def translations(_: list[str]) -> int:
    """Extract the strings into translations/tlbb.pot."""
    prepare(DEV_LOCK, virtual_screen=False)
    return _call([str(PYTHON), "installer/translations.py", "extract"])


def clean(_: list[str]) -> int:
    """Remove what can be made again; the environment stays, as it may not be had again without internet."""
    for name in ("build", "dist", *CACHES, *GENERATED):
        shutil.rmtree(ROOT / name, ignore_errors=True)
    (ROOT / "tlbb_desktop" / "resources_rc.py").unlink(missing_ok=True)
    ASSETS_STAMP.unlink(missing_ok=True)
    return 0


VERBS = {
    "run": run,
    "test": test,
    "lint": lint,
    "bench": bench,
    "soak": soak,
    "package": package,
    "package-windows": package_windows,
    "translations": translations,
    "clean": clean,
}


# Set-up


def has_screen() -> bool:
    """Tell whether a window can be shown here."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def prepare(lock: str, *, virtual_screen: bool, test_tools: bool = False, windows_tools: bool = False) -> None:
    """Bring system libraries, environment and generated files up to date; cheap when they are."""
    ensure(virtual_screen=virtual_screen, test_tools=test_tools, windows_tools=windows_tools)
    if _read(STAMP) not in {_fingerprint(lock), _fingerprint(DEV_LOCK)}:
        _make_environment(lock)
        STAMP.write_text(_fingerprint(lock), encoding="utf-8")
    sources = _state_of_sources()
    if _read(ASSETS_STAMP) != sources or not (ROOT / "tlbb_desktop" / "resources_rc.py").exists():
        _check([PYTHON, "installer/build_assets.py"])
        ASSETS_STAMP.write_text(sources, encoding="utf-8")


def _make_environment(lock: str) -> None:
    print(f"Setting up {ENVIRONMENT.name} from {lock}; this takes a few minutes once.", flush=True)
    other_python = not _read(STAMP).endswith(_interpreter())
    venv.create(ENVIRONMENT, clear=other_python, with_pip=False, symlinks=os.name != "nt")
    with tempfile.TemporaryDirectory() as folder:
        pip: list[str | Path] = [
            PYTHON,
            fetch_pip(Path(folder)) / "pip",
            "--disable-pip-version-check",
            "--no-input",
            "-qq",
        ]
        _check([*pip, "install", "--require-hashes", "--only-binary=:all:", "-r", lock])
        _check([*pip, "install", "--no-index", "--no-deps", "--no-build-isolation", "--editable", "."])


def _fingerprint(lock: str) -> str:
    content = b"".join((ROOT / name).read_bytes() for name in (lock, "pyproject.toml"))
    return f"{lock} {hashlib.sha256(content).hexdigest()} {_interpreter()}"


def _interpreter() -> str:
    return f"{sys.base_prefix} {sys.version}"


def _state_of_sources() -> str:
    found = (path for name in ASSET_SOURCES for path in sorted((ROOT / name).rglob("*")))
    files = (path for path in found if path.is_file() and path.suffix != ".pyc")
    lines = (f"{path.relative_to(ROOT)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _supported_python() -> str:
    for minor in range(TOO_NEW[1] - 1, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return found
    raise WrongPython(f"Python 3.11, 3.12 or 3.13 is needed; this is {sys.version.split()[0]} ({sys.executable}).")


def _again_with(python: str, arguments: list[str]) -> int:
    return _call([python, __file__, *arguments])


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _call(command: list[str]) -> int:
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _check(command: list[str | Path]) -> None:
    subprocess.run([str(each) for each in command], cwd=ROOT, check=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
