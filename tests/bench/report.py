"""What a benchmark found, and the table of all of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table.

    Args:
        what: is measured.
        seconds: ours.
        baseline: its name.
        baseline_seconds: measured in the same run.
        ratio: ours to the baseline's.
        most_ratio: the bar, or None where there is none.
        most_seconds: the bar in seconds, or None.
        remarks: more lines, printed under the benchmark.
    """

    what: str
    seconds: float
    baseline: str
    baseline_seconds: float
    ratio: float
    most_ratio: float | None = None
    most_seconds: float | None = None
    remarks: tuple[str, ...] = field(default=())

    @property
    def over(self) -> bool:
        """Whether a bar is missed."""
        slower = self.most_ratio is not None and self.ratio > self.most_ratio
        return slower or (self.most_seconds is not None and self.seconds > self.most_seconds)

    @property
    def bar(self) -> str:
        """The bar in words."""
        parts = []
        if self.most_ratio is not None:
            parts.append(f"{self.most_ratio:g} ×")
        if self.most_seconds is not None:
            parts.append(duration(self.most_seconds))
        return " and ".join(parts) or "none"

    @property
    def verdict(self) -> str:
        """``OK`` or ``over``; a line without a bar has none."""
        if self.most_ratio is None and self.most_seconds is None:
            return "–"
        return "over" if self.over else "OK"


def duration(seconds: float) -> str:
    """Seconds as people read them."""
    if seconds >= 1:
        return f"{seconds:.2f} s"
    return f"{seconds * 1000:.3g} ms"


def say(line: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def say_finding(finding: Finding) -> None:
    """Print what a benchmark found."""
    say(f"  {finding.what}: {duration(finding.seconds)}")
    say(f"    baseline {duration(finding.baseline_seconds)}: {finding.baseline}")
    say(f"    ratio {finding.ratio:.2f}, bar {finding.bar}: {finding.verdict}")
    for remark in finding.remarks:
        say(f"    {remark}")


def say_table(findings: Sequence[Finding]) -> None:
    """Print all findings below each other."""
    rows = [("what", "measured", "baseline", "ratio", "bar", "")]
    rows += [
        (
            each.what,
            duration(each.seconds),
            duration(each.baseline_seconds),
            f"{each.ratio:.2f}",
            each.bar,
            each.verdict,
        )
        for each in findings
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        say("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())
