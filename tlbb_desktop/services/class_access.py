"""Which prison decides who may work with a class."""

from __future__ import annotations

from tlbb_desktop.data.queries import classes as queries
from tlbb_desktop.domain.errors import NotFound
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.services.office import Office


def prison_of(office: Office, class_id: int) -> int:
    """The prison of a class; it never changes. Raises NotFound for a class that is not on record."""
    with office.store.read() as connection:
        found = queries.prison_of_class(connection, class_id)
    if found is None:
        raise NotFound(N_("This class is not on record any more."))
    return found


class ClassPrisons:
    """Remembers the prisons of classes, so that a mark need not ask for it again."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._known: dict[int, int] = {}

    def __getitem__(self, class_id: int) -> int:
        if class_id not in self._known:
            self._known[class_id] = prison_of(self._office, class_id)
        return self._known[class_id]
