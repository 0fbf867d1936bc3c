"""What the bundle starts."""

from __future__ import annotations

import sys

from tlbb_desktop.bundle.environment import stand_alone

stand_alone()  # before anything that looks for its plug-ins

from tlbb_desktop.__main__ import main  # noqa: E402

sys.exit(main())
