"""Measures the program against named baselines: ``python -m tests.bench [name …]``, or ``--scale national``.

Every figure is the median of several rounds in which ours and its baseline take turns. A missed bar is printed as
``over``; the exit code tells only whether the benchmarks ran.
"""

from __future__ import annotations

import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from tests.bench.report import Finding, say, say_finding, say_table
from tests.bench.windows import use_memory_without_a_screen
from tlbb_desktop.domain.errors import UsageError

SCALE = "--scale"
NAMES = (
    "register", "key", "training", "start", "people", "importing", "paper", "typesetting", "certificates", "preview",
    "recidivism",
    "cases",
    "case_page",
    "server",
)  # fmt: skip


def main(wanted: list[str]) -> int:
    """Run the benchmarks named, or all; after ``--scale SIZE`` what each screen costs as a programme grows."""
    if wanted[:1] == [SCALE]:
        return _scale(wanted[1:])
    unknown = set(wanted).difference(NAMES)
    if unknown:
        say(f"There is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}.")
        return 2
    use_memory_without_a_screen(os.environ)
    findings: list[Finding] = []
    with tempfile.TemporaryDirectory(prefix="tlbb-bench-", ignore_cleanup_errors=True) as folder:
        for name in wanted or NAMES:
            benchmark = import_module(f"tests.bench.{name}")
            say(f"{name}: {(benchmark.__doc__ or '').splitlines()[0]}")
            for finding in benchmark.measure(Path(folder)):
                say_finding(finding)
                findings.append(finding)
    say()
    say_table(findings)
    return 0


def _scale(wanted: list[str]) -> int:
    from tests.bench import scale

    use_memory_without_a_screen(os.environ)
    try:
        size = scale.size_named(wanted[0] if wanted else "")
    except UsageError as error:
        say(str(error))
        return error.exit_code
    with tempfile.TemporaryDirectory(prefix="tlbb-bench-", ignore_cleanup_errors=True) as folder:
        costs = list(scale.measure(size, Path(folder), wanted[1:]))
    say()
    scale.say_costs(costs, size)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
