"""Addresses of databases as somebody typed them, who may have put a password in."""

from __future__ import annotations


def without_password(typed: str) -> str:
    """*typed* as it may be shown or written down: what may be a password in it is left out."""
    import re  # only where something was typed wrong, which the first paint does not wait for

    shown = re.sub(r"://.*", "://…", typed, flags=re.DOTALL)  # to the end: a password may have spaces in it
    shown = re.sub(r"\S+@\S*", "…", shown)  # the rest of an address that a space tore apart
    return re.sub(r"(password\s*=\s*).*", r"\1…", shown, flags=re.IGNORECASE | re.DOTALL)
