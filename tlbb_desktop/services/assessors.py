"""Who may assess in a class: active staff whose role allows it, at their own prisons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, or_, select

from tlbb_desktop.data.models import Staff, StaffPrison
from tlbb_desktop.domain.assessment import Assessor
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action, Scope, allowed


def assessors_at(connection: Connection, prison_id: int, day: date) -> tuple[Assessor, ...]:
    """The active staff who may assess at a prison on *day*, in order of their names."""
    here = connection.execute(
        select(StaffPrison.staff_id).where(
            StaffPrison.prison_id == prison_id,
            StaffPrison.starts_on <= day,
            or_(StaffPrison.ends_on.is_(None), StaffPrison.ends_on >= day),
        )
    )
    own = set(here.scalars())
    wanted = select(Staff.id, Staff.name, Staff.username, Staff.role, Staff.admin_duty).where(Staff.active)
    found = []
    for member in connection.execute(wanted.order_by(Staff.name, Staff.username)):
        reach = allowed(Role(member.role), member.admin_duty, Action.ASSESS)
        if reach is Scope.ALL or (reach is Scope.OWN and member.id in own):
            found.append(Assessor(member.id, member.name or member.username))
    return tuple(found)


def require_assessors(connection: Connection, prison_id: int, day: date, named: Iterable[int]) -> None:
    """Raise Refused where somebody of *named* (rows of staff) may not assess at a prison on *day*."""
    wanted = set(named)
    if wanted and not wanted <= {each.staff_id for each in assessors_at(connection, prison_id, day)}:
        raise Refused(
            N_("Only active staff who may assess at this prison can be named as assessor. Nothing was changed."),
            place="assessor",
        )
