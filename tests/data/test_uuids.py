"""The UUIDs of rows."""

from __future__ import annotations

from itertools import islice
from uuid import UUID

from tlbb_desktop.data.models.vocabulary import new_uuid, uuids_in_order


def test_a_uuid_is_of_version_7() -> None:
    assert UUID(bytes=new_uuid()).version == 7


def test_many_are_of_version_7_and_none_comes_twice() -> None:
    made = [*islice(uuids_in_order(), 1000)]
    assert {UUID(bytes=each).version for each in made} == {7}
    assert len(set(made)) == 1000


def test_those_made_together_ascend() -> None:
    together = [*islice(uuids_in_order(), 100)]
    assert together == sorted(together)
