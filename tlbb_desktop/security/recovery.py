"""Codes that are printed and typed back: the recovery key and the reset slips.

A code is random bits in Crockford's base 32 (https://www.crockford.com/base32.html), written in groups of four
characters and one check character. The check character depends on the place of the group, so that a mistyped, turned
round or misplaced group is found while the person is still looking at it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.khmer_keyboard import latin_keys

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP_DATA = 4
GROUP_LENGTH = GROUP_DATA + 1
RECOVERY_GROUPS = 8
SLIP_GROUPS = 4
_BITS = 5
_ALIKE = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True, repr=False)
class PrintedCode:
    """A secret on paper: 8 groups (160 bits) for the recovery key, 4 groups (80 bits) for a reset slip.

    Args:
        groups: groups of five characters, the last of each being its check character.
    """

    groups: tuple[str, ...]

    def __str__(self) -> str:
        return "-".join(self.groups)

    @property
    def secret(self) -> bytes:
        """What the key derivation takes: the code's characters without the check characters."""
        return "".join(group[:GROUP_DATA] for group in self.groups).encode()

    def has_group(self, index: int, typed: str) -> bool:
        """Whether *typed* is this code's group number *index* (from 0); for typing back what was printed."""
        return secrets.compare_digest(read_characters(typed).encode(), self.groups[index].encode())


def new_code(groups: int = RECOVERY_GROUPS) -> PrintedCode:
    """A new random code of 20 bits in each of *groups* groups."""
    return PrintedCode(tuple(_with_check(index, _random_group()) for index in range(groups)))


def parse_code(typed: str, groups: int = RECOVERY_GROUPS) -> PrintedCode:
    """Read a code as people type it: any case, O for 0, I or L for 1, any grouping, Khmer digits, Khmer layout active.

    Raises:
        Refused: it has another length, or the check character of a group does not fit; names the group.
    """
    text = read_characters(typed)
    parts = tuple(text[start : start + GROUP_LENGTH] for start in range(0, len(text), GROUP_LENGTH))
    for index, part in enumerate(parts[:groups]):
        if not _fits(index, part):
            raise Refused(N_("Group {number} of the code is not right. Compare it with the paper."), number=index + 1)
    if len(parts) != groups:
        raise Refused(N_("The code must have {count} groups. Compare it with the paper."), count=groups)
    return PrintedCode(parts)


def check_group(index: int, typed: str) -> bool:
    """Whether *typed* can be group number *index* (from 0) of a code: right length and right check character."""
    return _fits(index, read_characters(typed))


def read_characters(typed: str) -> str:
    """The code's characters in *typed*, in capitals; what is not of the alphabet stays and makes the check fail."""
    return latin_keys(typed).upper().translate(_ALIKE)


def _random_group() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(GROUP_DATA))


def _with_check(index: int, data: str) -> str:
    return data + _check_character(index, data)


def _fits(index: int, group: str) -> bool:
    well_formed = len(group) == GROUP_LENGTH and all(character in ALPHABET for character in group)
    return well_formed and _with_check(index, group[:GROUP_DATA]) == group


def _check_character(index: int, data: str) -> str:
    """A sum over GF(32) with weights 2, 4, 8, 16: finds each single error and each exchange of two neighbours."""
    total = index
    for place, character in enumerate(data, start=1):
        total ^= _times_power_of_two(ALPHABET.index(character), place)
    return ALPHABET[total]


def _times_power_of_two(value: int, power: int) -> int:
    """*value* times x^power in GF(2)[x] modulo x^5 + x^2 + 1."""
    for _ in range(power):
        value <<= 1
        if value >> _BITS:
            value ^= 0b100101
    return value
