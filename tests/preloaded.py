"""What the server of processes loads once (see ``process_server``): whatever a job of these tests may need."""

from __future__ import annotations

import alembic.command
import alembic.config
import alembic.script

import tests.faults.power_cuts
import tests.faults.upgrade_cuts
import tlbb_desktop.wiring

__all__ = ["alembic", "tests", "tlbb_desktop"]
