"""The papers that bear a secret code, and what they say."""

from __future__ import annotations

import enum
from typing import Final

from tlbb_desktop.i18n.marks import N_


class CodeKind(enum.Enum):
    """What the code is for; the value names its file."""

    RECOVERY = "recovery-key"
    SLIP = "reset-slip"

    @property
    def heading(self) -> str:
        """To translate."""
        return _HEADINGS[self]

    @property
    def advice(self) -> str:
        """What to do with the paper, to translate."""
        return _ADVICE[self]


_HEADINGS: Final = {
    CodeKind.RECOVERY: N_("Recovery key of TLBB Desktop"),
    CodeKind.SLIP: N_("Reset slip of TLBB Desktop"),
}
_ADVICE: Final = {
    CodeKind.RECOVERY: N_(
        "Keep this paper in a locked place outside the office. It opens the record when every passphrase is lost."
    ),
    CodeKind.SLIP: N_("Fold it, close it in an envelope, and write your name on the envelope. It works once."),
}
