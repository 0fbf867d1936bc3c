"""The exact (Clopper-Pearson) interval of a share, without a statistics library in the bundle.

Source: C. Clopper and E. Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial",
Biometrika 26 (1934); the regularised incomplete beta function by its continued fraction (Abramowitz and Stegun,
26.5.8), evaluated by Lentz's method. SciPy agrees in the tests.
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p
from typing import Final, NamedTuple

_ENOUGH: Final = 1e-15
_TINY: Final = 1e-300
_MOST_STEPS: Final = 10_000
_HALVINGS: Final = 60


class Interval(NamedTuple):
    """A share's interval.

    Args:
        low, high: shares from 0 to 1.
    """

    low: float
    high: float


def exact_interval(events: int, of: int, confidence: float = 0.95) -> Interval:
    """The Clopper-Pearson interval of *events* of *of*.

    Args:
        events: from 0 to *of*.
        of: at least 1.
        confidence: such as 0.95, two-sided.

    Raises:
        ValueError: there cannot be so many events.
    """
    if not 0 <= events <= of or of < 1:
        raise ValueError(f"{events} of {of}")
    tail = (1 - confidence) / 2
    low = 0.0 if events == 0 else _beta_quantile(tail, events, of - events + 1)
    high = 1.0 if events == of else _beta_quantile(1 - tail, events + 1, of - events)
    return Interval(low, high)


def regularised_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b): *x* from 0 to 1, *a* and *b* above 0."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _continued_fraction(x, a, b) / a
    return 1 - front * _continued_fraction(1 - x, b, a) / b


def _beta_quantile(share: float, a: float, b: float) -> float:
    """The x at which I_x(a, b) reaches *share*; halving never fails and 60 halvings reach the last bit."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if regularised_beta(middle, a, b) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _continued_fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _apart(1 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, _MOST_STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / _apart(1 + even * d), _apart(1 + even / c)
        fraction *= d * c
        d, c = 1 / _apart(1 + odd * d), _apart(1 + odd / c)
        fraction *= d * c
        if abs(d * c - 1) < _ENOUGH:
            break
    return fraction


def _apart(value: float) -> float:
    """*value*, or the smallest number beside nought."""
    return value if abs(value) > _TINY else _TINY
