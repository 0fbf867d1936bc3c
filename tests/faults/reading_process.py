"""A process that reads spreadsheets and says what the program said of each, and how much memory it took at most.

One line of JSON a file, and one with the peak in megabytes: the operating system's own figure, which counts what the
readers written in other languages take, too.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from tlbb_desktop.domain.errors import BadFile
from tlbb_desktop.services.spreadsheets import read_spreadsheet

LIMIT_BYTES = 2 << 30


def main() -> None:
    """Read the files that are named."""
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))
    for name in sys.argv[1:]:
        try:
            rows, said = sum(len(table.rows) for table in read_spreadsheet(Path(name))), ""
        except BadFile as error:
            rows, said = 0, str(error)
        peak = int(Path("/proc/self/status").read_text(encoding="ascii").partition("VmHWM:")[2].split()[0]) // 1024
        sys.stdout.write(json.dumps({"name": Path(name).name, "rows": rows, "said": said, "peak": peak}) + "\n")


main()
