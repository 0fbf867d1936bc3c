"""What pages say about copies."""

from __future__ import annotations

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.services.copies import CopyTrouble, TroubleKind


def trouble_words(trouble: CopyTrouble) -> str:
    """One calm sentence on a copy that was not made."""
    if trouble.kind is TroubleKind.DAMAGED:
        return _("The last copy was not made, because the record has a fault. Check it under Settings.")
    full = trouble.kind is TroubleKind.FULL
    if not trouble.medium:
        if full:
            return _("The last copy was not made: this laptop is full. The earlier copies are all there.")
        return _("The last copy was not made: the disk did not take it. The earlier copies are all there.")
    words = (
        _("The last copy on {medium} was not made: it is full. The earlier copies are all there.")
        if full
        else _("The last copy on {medium} was not made: it did not take the file. The earlier copies are all there.")
    )
    return words.format(medium=trouble.medium)
