"""What the bundle starts."""

from __future__ import annotations

import sys

from tlbb_desktop.__main__ import main

sys.exit(main())
