"""Passphrases: their canonical form, how strong they must be, and proposals that people can remember.

Strength of the proposals: each word list holds 1,024 words, so four words are 40 bits and five are 50; 13 digits are
43 bits. Each guess costs an Argon2id run (``kdf.py``). No list holds a word that can be spelt in two ways which look
equal: no subscripts, no series shifters.
"""

from __future__ import annotations

import secrets
import unicodedata
from enum import StrEnum
from importlib.resources import files

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.typed_text import visible

CANONICAL_VERSION = 1
MIN_LENGTH = 12
MIN_DIGITS = 13
MIN_DIFFERENT = 4
MAX_LENGTH = 512
LONGEST_TYPED = 20_000
"""What comes after that is not looked at: nobody can set so long a passphrase, and megabytes take minutes."""
WORDS = 4
WORDS_STRONG = 5


class PassphraseKind(StrEnum):
    """What a proposal is made of."""

    KHMER = "km"
    LATIN = "en"
    DIGITS = "digits"


def canonicalise(passphrase: str, version: int = CANONICAL_VERSION) -> bytes:
    """The form of *passphrase* that is hashed, so that equal passphrases typed in different ways are equal.

    Version 1: NFC; any Unicode decimal digit becomes ASCII; invisible characters and all white space are dropped. Inner
    white space goes too, because the space bar types U+200B under the Khmer layout and U+0020 under every other. What
    a space held apart is brought into NFC once more, so that it does not matter whether the space was typed.

    Args:
        passphrase: as typed, or as read from a file.
        version: the version stored in the slot; a later version never changes what an earlier one gives.

    Raises:
        Refused: the version is not known to this program.
    """
    if version != CANONICAL_VERSION:
        raise Refused(
            N_("This keyring was made by a newer version of the program. Nothing was changed. Update the program.")
        )
    composed = unicodedata.normalize("NFC", passphrase[:LONGEST_TYPED])
    return unicodedata.normalize("NFC", visible(composed)).encode(errors="surrogatepass")


def require_strong(passphrase: str) -> None:
    """Refuse PINs and other short passphrases.

    Args:
        passphrase: as typed; white space does not count.

    Raises:
        Refused: shorter than 12 characters, digits alone shorter than 13, too few different characters, or too long.
    """
    text = canonicalise(passphrase).decode(errors="surrogatepass")
    if text.isdecimal() and len(text) < MIN_DIGITS:
        raise Refused(
            N_("A number alone must have at least {count} digits. Take longer, or take the proposed words."),
            place="passphrase",
            count=MIN_DIGITS,
        )
    if len(text) < MIN_LENGTH or len(set(text)) < MIN_DIFFERENT:
        raise Refused(
            N_("This passphrase is too easy to guess. Take at least {count} letters, for example four words."),
            place="passphrase",
            count=MIN_LENGTH,
        )
    if len(text) > MAX_LENGTH:
        raise Refused(
            N_("This passphrase is too long. Take at most {count} letters."), place="passphrase", count=MAX_LENGTH
        )


def propose(kind: PassphraseKind, strong: bool = False) -> str:
    """A new random passphrase.

    Args:
        kind: Khmer words, Latin words, or 13 digits in groups.
        strong: five words instead of four (managers).
    """
    if kind is PassphraseKind.DIGITS:
        digits = f"{secrets.randbelow(10**MIN_DIGITS):0{MIN_DIGITS}d}"
        proposal = f"{digits[:4]} {digits[4:7]} {digits[7:10]} {digits[10:]}"
        return proposal if len(set(digits)) >= MIN_DIFFERENT else propose(kind, strong)
    words = word_list(kind)
    return " ".join(secrets.choice(words) for _ in range(WORDS_STRONG if strong else WORDS))


def word_list(kind: PassphraseKind) -> tuple[str, ...]:
    """The 1,024 words that proposals in Khmer or Latin are drawn from."""
    text = files(__package__).joinpath("words", f"{kind.value}.txt").read_text(encoding="utf-8")
    return tuple(text.split())
